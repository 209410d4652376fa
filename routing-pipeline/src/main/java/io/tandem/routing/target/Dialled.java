package io.tandem.routing.target;

import io.tandem.routing.model.TargetKind;

/**
 * What an authenticated caller meant by what he dialled: an extension of his account, else a user, else a device, else a number
 * outside (X24). Names of other accounts are not looked at, and who did not authenticate matches nothing.
 *
 * @param device the device that was meant; null unless {@link Match#DEVICE}.
 */
public record Dialled(Match match, TargetRef target, DevicePlan device) {
    /** Which it was. */
    public enum Match {
        /** An extension that is in use. */
        EXTENSION,
        /** A user name. */
        USER,
        /** A device by the name that it authenticates with. */
        DEVICE,
        /** Nothing of the account: to be dialled outside. */
        OUTBOUND,
        /** The caller has not authenticated. */
        NOT_AUTHENTICATED
    }

    private static final Dialled OUTSIDE = new Dialled(Match.OUTBOUND, TargetRef.NONE, null);
    private static final Dialled NOBODY = new Dialled(Match.NOT_AUTHENTICATED, TargetRef.NONE, null);

    /**
     * Looks up what was dialled.
     *
     * @param realm domain of the Request-URI, in which device names stand.
     * @param caller who dialled; null if he has not authenticated.
     */
    public static Dialled of(
            final CharSequence dialled, final CharSequence realm, final UserPlan caller, final TargetSource source) {
        if (caller == null) {
            return NOBODY;
        }
        final long accountHigh = caller.user().accountId().high();
        final long accountLow = caller.user().accountId().low();
        final ExtensionPlan extension = source.extensionDialled(accountHigh, accountLow, dialled);
        if (extension != null && extension.active()) {
            return new Dialled(
                    Match.EXTENSION,
                    TargetRef.of(TargetKind.EXTENSION, extension.extension().id()),
                    null);
        }
        final UserPlan user = source.userNamed(accountHigh, accountLow, dialled);
        if (user != null) {
            return new Dialled(
                    Match.USER, TargetRef.of(TargetKind.USER, user.user().id()), null);
        }
        final DevicePlan device = source.deviceNamed(dialled, realm);
        if (device != null && device.device().accountId().equals(caller.user().accountId())) {
            return new Dialled(Match.DEVICE, TargetRef.NONE, device);
        }
        return OUTSIDE;
    }
}
