package io.tandem.routing.model;

import java.util.List;

/**
 * Business hours, shared by whatever names them.
 *
 * @param timezone IANA name; empty for that of the account.
 */
public record Schedule(ResourceId id, ResourceId accountId, String name, String timezone, List<ScheduleRule> rules) implements Resource {
    /** Most rules of one schedule. */
    public static final int RULES_MAX = 512;

    /** Copies the list. */
    public Schedule {
        rules = List.copyOf(rules);
    }

    /** Reads one and reports what is wrong with it. */
    public static Schedule read(final Fields fields) {
        final ResourceId account = fields.requiredReference("account_id", ResourceKind.ACCOUNTS, ResourceId.NIL);
        final String name = fields.required("name");
        final ResourceId id = fields.identity(ResourceKind.SCHEDULES, Trunk.naturalKey(account, name));
        final String timezone = TimeZones.read(fields, "timezone", "");
        final List<ScheduleRule> rules = fields.list("rules", RULES_MAX, ScheduleRule::read);
        if (!fields.given("rules")) {
            fields.warn("rules", "are missing: a schedule without rules counts as open");
        }
        fields.finish();
        return new Schedule(id, account, name, timezone, rules);
    }

    @Override
    public List<UniqueName> names() {
        return List.of(UniqueName.within(ResourceKind.SCHEDULES, accountId, name));
    }

    @Override
    public byte[] json() {
        final CanonicalJson json = new CanonicalJson();
        json.id("id", id, ResourceKind.SCHEDULES.prefix());
        json.id("account_id", accountId, ResourceKind.ACCOUNTS.prefix());
        json.text("name", name);
        json.text("timezone", timezone);
        json.startList("rules");
        for (final ScheduleRule rule : rules) {
            rule.write(json);
        }
        json.endList();
        return json.finish();
    }
}
