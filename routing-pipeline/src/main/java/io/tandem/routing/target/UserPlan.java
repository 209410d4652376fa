package io.tandem.routing.target;

import io.tandem.routing.model.Device;
import io.tandem.routing.model.Extension;
import io.tandem.routing.model.ServiceStatus;
import io.tandem.routing.model.TargetKind;
import io.tandem.routing.model.User;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A user with its devices, as a call sees them. Immutable.
 *
 * @param devices in the order in which they ring: {@code ring_order}, then identifier.
 * @param identity what other phones of the account are shown of its calls.
 */
public record UserPlan(
        User user,
        List<DevicePlan> devices,
        TargetRef forwardAlways,
        TargetRef forwardBusy,
        TargetRef forwardNoAnswer,
        TargetRef voicemail,
        CallerIdentity identity) {

    private static final Comparator<Device> RING_ORDER =
            Comparator.comparingInt(Device::ringOrder).thenComparing(Device::id);

    /**
     * Compiles one.
     *
     * @param devices its devices, in any order.
     * @param extensions those that may reach it; of several that do, the shortest and then lowest digits stand for it.
     */
    public static UserPlan of(final User user, final List<Device> devices, final List<Extension> extensions) {
        final List<Device> ordered = new ArrayList<>(devices);
        ordered.sort(RING_ORDER);
        return new UserPlan(
                user,
                ordered.stream().map(DevicePlan::new).toList(),
                TargetRef.of(user.forwardAlways()),
                TargetRef.of(user.forwardBusy()),
                TargetRef.of(user.forwardNoAnswer()),
                user.voicemailId().isNil() ? TargetRef.NONE : TargetRef.of(TargetKind.VOICEMAIL, user.voicemailId()),
                new CallerIdentity(number(user, extensions), user.displayName()));
    }

    private static String number(final User user, final List<Extension> extensions) {
        return extensions.stream()
                .filter(extension -> extension.status() == ServiceStatus.ACTIVE
                        && extension.target().kind() == TargetKind.USER
                        && extension.target().id().equals(user.id()))
                .map(Extension::digits)
                .min(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()))
                .orElse(user.username());
    }

    boolean active() {
        return user.status() == ServiceStatus.ACTIVE;
    }

    long idHigh() {
        return user.id().high();
    }

    long idLow() {
        return user.id().low();
    }

    /** Whether it has as many calls as it may have, which makes it busy (D13). */
    boolean full(final LiveState state) {
        return user.maxSimultaneous() >= 0 && state.callsOfUser(idHigh(), idLow()) >= user.maxSimultaneous();
    }
}
