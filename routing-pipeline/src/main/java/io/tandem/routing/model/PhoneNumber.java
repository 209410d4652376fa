package io.tandem.routing.model;

import java.util.List;

import io.tandem.routing.number.E164;

/**
 * An external number and where it points.
 *
 * @param e164 digits only, unique on the whole platform.
 * @param maxChannels most simultaneous calls, or {@link Fields#UNLIMITED}.
 * @param target {@link RouteTarget#NONE} for the account's default.
 * @param scheduleId business hours, or {@link ResourceId#NIL}.
 */
public record PhoneNumber(
        ResourceId id,
        ResourceId accountId,
        long e164,
        String label,
        NumberStatus status,
        RouteTarget target,
        int maxChannels,
        FaxMode faxMode,
        boolean allowAnonymous,
        ResourceId scheduleId,
        RouteTarget closedTarget,
        RouteTarget holidayTarget) implements Resource {

    /** What may be configured; the other states come from dealings with providers. */
    private enum Given {
        ACTIVE,
        DISABLED,
        VIRTUAL
    }

    /** Reads one and reports what is wrong with it. */
    public static PhoneNumber read(final Fields fields) {
        final ResourceId account = fields.requiredReference("account_id", ResourceKind.ACCOUNTS, ResourceId.NIL);
        final String digits = fields.number("e164");
        if (!fields.given("e164")) {
            fields.refuse("e164", "is required", "write it like 12025550123");
        }
        final PhoneNumber number = new PhoneNumber(
                fields.identity(ResourceKind.NUMBERS, digits),
                account,
                digits.isEmpty() ? E164.NONE : Long.parseLong(digits),
                fields.text("label", ""),
                NumberStatus.valueOf(
                        fields.choice("status", Given.class, Given.ACTIVE).name()),
                RouteTarget.read(fields, "", account),
                fields.ceiling("max_channels"),
                fields.choice("fax_mode", FaxMode.class, FaxMode.VOICE),
                fields.flag("allow_anonymous", true),
                fields.reference("schedule_id", ResourceKind.SCHEDULES, account),
                RouteTarget.read(fields, "closed_", account),
                RouteTarget.read(fields, "holiday_", account));
        fields.finish();
        return number;
    }

    @Override
    public List<UniqueName> names() {
        return List.of(new UniqueName(ResourceKind.NUMBERS, "e164", ResourceId.NIL, Long.toString(e164)));
    }

    @Override
    public void check(final Fields fields, final Resources others) {
        target.check(fields, "", accountId, others);
        closedTarget.check(fields, "closed_", accountId, others);
        holidayTarget.check(fields, "holiday_", accountId, others);
        if (target.kind() == TargetKind.NONE
                && !fields.given("dest_kind")
                && others.find(ResourceKind.ACCOUNTS, accountId) instanceof Account account
                && account.numberDefault().kind() == TargetKind.NONE) {
            fields.refuse(
                    "dest_kind",
                    "is required, since the account has no did_default_dest_kind",
                    "give it here or at the account");
        }
    }

    @Override
    public byte[] json() {
        final CanonicalJson json = new CanonicalJson();
        json.id("id", id, ResourceKind.NUMBERS.prefix());
        json.id("account_id", accountId, ResourceKind.ACCOUNTS.prefix());
        json.text("e164", Long.toString(e164));
        json.text("label", label);
        json.word("status", status);
        target.write(json, "");
        json.number("max_channels", maxChannels);
        json.word("fax_mode", faxMode);
        json.flag("allow_anonymous", allowAnonymous);
        json.id("schedule_id", scheduleId, ResourceKind.SCHEDULES.prefix());
        closedTarget.write(json, "closed_");
        holidayTarget.write(json, "holiday_");
        return json.finish();
    }
}
