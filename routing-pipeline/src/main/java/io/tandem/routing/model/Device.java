package io.tandem.routing.model;

import java.util.List;
import java.util.Locale;

/**
 * What registers for a user: a desk phone, a softphone, an app.
 *
 * @param authUsername user name of its digest identity, unique within the realm.
 * @param realm domain of its account in which it authenticates, in small letters.
 * @param domainId that domain.
 * @param ringOrder lower ones ring first where devices ring in order, and stand first where they ring together.
 */
public record Device(
        ResourceId id,
        ResourceId accountId,
        ResourceId userId,
        String label,
        String authUsername,
        String realm,
        ResourceId domainId,
        DigestHashes hashes,
        DeviceTransport transport,
        boolean webRtc,
        ServiceStatus status,
        int ringOrder,
        ForkOption ringOnFork) implements Resource {

    /** Most devices of one user. */
    public static final int OF_USER_MAX = 10;

    /** Greatest {@code ring_order}. */
    public static final int RING_ORDER_MAX = 1000;

    /** Reads one and reports what is wrong with it. */
    public static Device read(final Fields fields) {
        final ResourceId account = fields.requiredReference("account_id", ResourceKind.ACCOUNTS, ResourceId.NIL);
        final ResourceId user = fields.requiredReference("user_id", ResourceKind.USERS, account);
        final String authUsername = UserName.read(fields, "auth_username");
        final String realm = fields.required("realm").toLowerCase(Locale.ROOT);
        final Device device = new Device(
                fields.identity(ResourceKind.DEVICES, naturalKey(authUsername, realm)),
                account,
                user,
                fields.text("label", ""),
                authUsername,
                realm,
                domain(fields, account),
                DigestHashes.read(fields, authUsername, realm),
                fields.choice("transport", DeviceTransport.class, DeviceTransport.UDP),
                fields.flag("is_webrtc", false),
                fields.choice("status", ServiceStatus.class, ServiceStatus.ACTIVE),
                fields.integer("ring_order", 0, 0, RING_ORDER_MAX),
                ringOnFork(fields));
        fields.finish();
        return device;
    }

    @Override
    public List<UniqueName> names() {
        return List.of(identity(authUsername, realm));
    }

    /** The name under which a device authenticates. */
    public static UniqueName identity(final String authUsername, final String realm) {
        return new UniqueName(
                ResourceKind.DEVICES, "auth_username", ResourceId.NIL, naturalKey(authUsername, realm));
    }

    @Override
    public void check(final Fields fields, final Resources others) {
        Ownership.check(fields, "user_id", ResourceKind.USERS, userId, accountId, others);
        Ownership.check(fields, "realm", ResourceKind.DOMAINS, domainId, accountId, others);
        if (others.find(ResourceKind.DOMAINS, domainId) instanceof Domain domain
                && !domain.domain().equals(realm)) {
            fields.refuse("realm", "must be the name of the domain", "give domain_id or realm, not both");
        }
        checkCount(fields, others);
    }

    @Override
    public byte[] json() {
        final CanonicalJson json = new CanonicalJson();
        json.id("id", id, ResourceKind.DEVICES.prefix());
        json.id("account_id", accountId, ResourceKind.ACCOUNTS.prefix());
        json.id("user_id", userId, ResourceKind.USERS.prefix());
        json.text("label", label);
        json.text("auth_username", authUsername);
        json.text("realm", realm);
        json.id("domain_id", domainId, ResourceKind.DOMAINS.prefix());
        hashes.write(json);
        json.word("transport", transport);
        json.flag("is_webrtc", webRtc);
        json.word("status", status);
        json.number("ring_order", ringOrder);
        if (ringOnFork != ForkOption.UNSAID) {
            json.flag("ring_on_fork", ringOnFork == ForkOption.YES);
        }
        return json.finish();
    }

    /** Refuses those beyond the limit, and lets the first ones be. */
    private void checkCount(final Fields fields, final Resources others) {
        int before = 0;
        for (final Resource other : others.referring(ResourceKind.DEVICES, ResourceKind.USERS, userId)) {
            if (other.id().equals(id)) {
                return;
            }
            if (++before == OF_USER_MAX) {
                fields.refuse("user_id", "must have at most " + OF_USER_MAX + " devices", "remove some");
                return;
            }
        }
    }

    private static String naturalKey(final String authUsername, final String realm) {
        return authUsername + '@' + realm;
    }

    /** The realm's domain: by its identifier in what was stored, else by the realm. */
    private static ResourceId domain(final Fields fields, final ResourceId account) {
        final ResourceId given = fields.reference("domain_id", ResourceKind.DOMAINS, account);
        return fields.given("domain_id") ? given : fields.named("realm", ResourceKind.DOMAINS, account);
    }

    private static ForkOption ringOnFork(final Fields fields) {
        final boolean rings = fields.flag("ring_on_fork", true);
        if (!fields.given("ring_on_fork")) {
            return ForkOption.UNSAID;
        }
        return rings ? ForkOption.YES : ForkOption.NO;
    }
}
