package io.tandem.routing.model;

import java.util.List;

/**
 * A short code that the phones of an account can dial.
 *
 * @param digits as dialled: digits, {@code *} and {@code #}; unique within the account.
 */
public record Extension(
        ResourceId id,
        ResourceId accountId,
        String digits,
        String label,
        ServiceStatus status,
        RouteTarget target,
        Hours hours)
        implements Resource {

    /** Most digits of an extension. */
    public static final int DIGITS_MAX = 32;

    /** Reads one and reports what is wrong with it. */
    public static Extension read(final Fields fields) {
        final ResourceId account = fields.requiredReference("account_id", ResourceKind.ACCOUNTS, ResourceId.NIL);
        final String digits = fields.required("digits");
        if (!isDialled(digits)) {
            fields.refuse(
                    "digits",
                    "must have at most " + DIGITS_MAX + " digits, asterisks and hashes",
                    "write it like 1001 or *97");
        }
        final RouteTarget target = RouteTarget.readOfExtension(fields, account);
        if (target.kind() == TargetKind.NONE && !fields.given("dest_kind")) {
            fields.refuse("dest_kind", "is required", "give a route target, see docs/configuration-model.md");
        }
        final Extension extension = new Extension(
                fields.identity(ResourceKind.EXTENSIONS, Trunk.naturalKey(account, digits)),
                account,
                digits,
                fields.text("label", ""),
                fields.choice("status", ServiceStatus.class, ServiceStatus.ACTIVE),
                target,
                Hours.read(fields, account));
        fields.finish();
        return extension;
    }

    @Override
    public List<UniqueName> names() {
        return List.of(new UniqueName(ResourceKind.EXTENSIONS, "digits", accountId, digits));
    }

    @Override
    public void check(final Fields fields, final Resources others) {
        target.checkStem(fields, "dest", accountId, others);
        hours.check(fields, accountId, others);
        if (target.kind() == TargetKind.EXTENSION && target.id().equals(id)) {
            fields.refuse("dest_id", "leads back to the extension itself", "point it elsewhere");
        }
        if (others.find(ResourceKind.USERS, fields.bearer(ResourceKind.USERS, digits, accountId)) instanceof User user
                && user.accountId().equals(accountId)
                && !isFor(user.id())) {
            fields.warn("digits", "are another user's name too: whoever dials them reaches the extension");
        }
    }

    /** Whether it leads to a user. */
    boolean isFor(final ResourceId user) {
        return target.kind() == TargetKind.USER && target.id().equals(user);
    }

    @Override
    public byte[] json() {
        final CanonicalJson json = new CanonicalJson();
        json.id("id", id, ResourceKind.EXTENSIONS.prefix());
        json.id("account_id", accountId, ResourceKind.ACCOUNTS.prefix());
        json.text("digits", digits);
        json.text("label", label);
        json.word("status", status);
        target.write(json, "");
        hours.write(json);
        return json.finish();
    }

    private static boolean isDialled(final String text) {
        for (int i = 0; i < text.length(); i++) {
            final char c = text.charAt(i);
            if ((c < '0' || c > '9') && c != '*' && c != '#') {
                return false;
            }
        }
        return text.length() <= DIGITS_MAX;
    }
}
