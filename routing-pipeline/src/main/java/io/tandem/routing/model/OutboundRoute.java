package io.tandem.routing.model;

import java.util.List;

/**
 * Which way calls to some numbers leave.
 *
 * @param name for people and for references; empty for none.
 * @param matchPrefix what the called number begins with; empty for any.
 * @param matchCountry country of the called number; empty for any.
 * @param trunkId the trunk of {@link RouteVia#TRUNK}, else {@link ResourceId#NIL}.
 * @param priority lower ones come first among equally long prefixes (D14).
 */
public record OutboundRoute(
        ResourceId id,
        ResourceId accountId,
        String name,
        String matchPrefix,
        String matchCountry,
        RouteVia via,
        ResourceId trunkId,
        int priority) implements Resource {

    /** Most routes of one account. */
    public static final int PER_ACCOUNT_MAX = 1_000;

    /** Greatest priority number. */
    public static final int PRIORITY_MAX = 1_000_000;

    /** Reads one and reports what is wrong with it. */
    public static OutboundRoute read(final Fields fields) {
        final ResourceId account = fields.requiredReference("account_id", ResourceKind.ACCOUNTS, ResourceId.NIL);
        final String name = fields.text("name", "");
        final String prefix = DigitPrefix.read(fields, "match_prefix");
        final String country = Countries.read(fields, "match_country");
        final RouteVia via = fields.requiredChoice("via", RouteVia.class);
        final ResourceId trunk = fields.reference("trunk_id", ResourceKind.TRUNKS, account);
        if (via == RouteVia.TRUNK && !fields.given("trunk_id")) {
            fields.refuse("trunk_id", "is required via trunk", "give tr_ and a ULID, or name: and a name");
        }
        if (via == RouteVia.CARRIER && fields.given("trunk_id")) {
            fields.refuse("trunk_id", "must not be given via carrier", "remove it, or choose via trunk");
        }
        final int priority = fields.integer("priority", 0, 0, PRIORITY_MAX);
        final String key = String.join(
                "\n",
                account.ulid(),
                prefix,
                country,
                String.valueOf(via),
                trunk.ulid(),
                Integer.toString(priority));
        final ResourceId id = fields.identity(ResourceKind.OUTBOUND_ROUTES, key);
        fields.finish();
        return new OutboundRoute(id, account, name, prefix, country, via, trunk, priority);
    }

    @Override
    public void check(final Fields fields, final Resources others) {
        PolicyChecks.count(fields, others, ResourceKind.OUTBOUND_ROUTES, this, PER_ACCOUNT_MAX);
        if (trunkId.isNil() || !(others.find(ResourceKind.TRUNKS, trunkId) instanceof Trunk trunk)) {
            return;
        }
        if (!PolicyChecks.isAbove(others, trunk.accountId(), accountId)) {
            fields.refuse(
                    "trunk_id",
                    "must be a trunk of the account or of one above it",
                    "choose one of them, or give the trunk to the account");
        }
        if (trunk.direction() == TrunkDirection.INBOUND) {
            fields.refuse("trunk_id", "must be a trunk that takes calls", "change its direction, or choose another");
        }
    }

    @Override
    public List<UniqueName> names() {
        return name.isEmpty() ? List.of() : List.of(UniqueName.within(ResourceKind.OUTBOUND_ROUTES, accountId, name));
    }

    @Override
    public byte[] json() {
        final CanonicalJson json = new CanonicalJson();
        json.id("id", id, ResourceKind.OUTBOUND_ROUTES.prefix());
        json.id("account_id", accountId, ResourceKind.ACCOUNTS.prefix());
        json.text("name", name);
        json.text("match_prefix", matchPrefix);
        json.text("match_country", matchCountry);
        json.word("via", via);
        json.id("trunk_id", trunkId, ResourceKind.TRUNKS.prefix());
        json.number("priority", priority);
        return json.finish();
    }
}
