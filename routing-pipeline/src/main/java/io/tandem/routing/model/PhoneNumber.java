package io.tandem.routing.model;

import java.util.List;

/**
 * An external number, or a prefix or a range of such, and where it points.
 *
 * <p>What can be called through it stands in three fields: {@code status} (active, disabled, virtual), {@code class}
 * (pstn, virtual) and, of a disabled one, {@code disabled_as} (pending, suspended, deleted). {@code virtual} is a
 * number that is both active and of class virtual. So whoever writes back the status that he read changes nothing.
 *
 * @param pattern the number or numbers, unique on the whole platform; ranges do not overlap.
 * @param detail longer description.
 * @param virtual whether it is of class virtual: not of the telephone network, routed internally.
 * @param messageFlowId flow that decides on messages (RFC 3428), or {@link ResourceId#NIL} to treat them like calls.
 * @param emergency whether emergency calls show it before others.
 * @param rtpDebug whether its media are to be looked at closely; stored, for whoever handles them.
 * @param maxChannels most simultaneous calls, or {@link Fields#UNLIMITED}.
 * @param target {@link RouteTarget#NONE} for the account's default.
 * @param scheduleId business hours, or {@link ResourceId#NIL}.
 */
public record PhoneNumber(
        ResourceId id,
        ResourceId accountId,
        NumberPattern pattern,
        String label,
        String detail,
        NumberStatus status,
        boolean virtual,
        RouteTarget target,
        int maxChannels,
        FaxMode faxMode,
        boolean allowAnonymous,
        ResourceId scheduleId,
        RouteTarget closedTarget,
        RouteTarget holidayTarget,
        ResourceId messageFlowId,
        boolean emergency,
        boolean rtpDebug)
        implements Resource {

    /** Virtual numbers have twelve digits that begin with this. */
    private static final long VIRTUAL_FIRST = 899_000_000_000L;

    /** The first million of them is reserved. */
    private static final long VIRTUAL_OPEN = 899_001_000_000L;

    private static final long VIRTUAL_END = 900_000_000_000L;

    /** Prefixes and ranges of one configuration. */
    public static final int BLOCKS_MAX = 1_000_000;

    /** What all prefixes and ranges refer to, so that they can be counted. */
    private static final ResourceId BLOCKS = ResourceId.derived(ResourceKind.NUMBERS, "prefixes and ranges");

    /** What callers find. */
    private enum Given {
        ACTIVE,
        DISABLED,
        VIRTUAL
    }

    private enum NumberClass {
        PSTN,
        VIRTUAL
    }

    /** Why a number is disabled, when it is more than that. */
    private enum DisabledAs {
        PENDING,
        SUSPENDED,
        DELETED
    }

    /** Whether a number, by its digits alone, can only be a virtual one: {@code 899} and nine more. */
    public static boolean isInVirtualRange(final long e164) {
        return e164 >= VIRTUAL_FIRST && e164 < VIRTUAL_END;
    }

    /** What all virtual numbers of an account refer to, so that they can be counted. */
    public static ResourceId virtualNumbers(final ResourceId account) {
        return ResourceId.derived(ResourceKind.ACCOUNTS, account.ulid() + "\nvirtual numbers");
    }

    /** What all numbers of an account refer to that have no target of their own, so that they can be counted. */
    public static ResourceId untargeted(final ResourceId account) {
        return ResourceId.derived(ResourceKind.ACCOUNTS, account.ulid() + "\nnumbers without a target");
    }

    /** Reads one and reports what is wrong with it. */
    public static PhoneNumber read(final Fields fields) {
        final ResourceId account = fields.requiredReference("account_id", ResourceKind.ACCOUNTS, ResourceId.NIL);
        final NumberPattern pattern = NumberPattern.read(fields, "e164");
        checkReserved(fields, pattern);
        final Given given = fields.choice("status", Given.class, Given.ACTIVE);
        final boolean virtual = readVirtual(fields, given, pattern);
        final PhoneNumber number = new PhoneNumber(
                fields.identity(ResourceKind.NUMBERS, pattern.isThere() ? pattern.text() : ""),
                account,
                pattern,
                fields.text("label", ""),
                fields.text("detail", ""),
                status(given, virtual, readDisabledAs(fields, virtual)),
                virtual,
                RouteTarget.read(fields, "", account),
                fields.ceiling("max_channels"),
                fields.choice("fax_mode", FaxMode.class, FaxMode.VOICE),
                fields.flag("allow_anonymous", true),
                fields.reference("schedule_id", ResourceKind.SCHEDULES, account),
                RouteTarget.read(fields, "closed_", account),
                RouteTarget.read(fields, "holiday_", account),
                fields.reference("message_flow_id", ResourceKind.FLOWS, account),
                fields.flag("emergency_enabled", false),
                fields.flag("rtp_debug", false));
        if (virtual && number.status != NumberStatus.DELETED) {
            fields.group("class", ResourceKind.ACCOUNTS, virtualNumbers(account));
        }
        if (number.target.kind() == TargetKind.NONE) {
            fields.group("dest_kind", ResourceKind.ACCOUNTS, untargeted(account));
        }
        if (!pattern.isSingle()) {
            fields.group("e164", ResourceKind.NUMBERS, BLOCKS);
        }
        fields.finish();
        return number;
    }

    private static void checkReserved(final Fields fields, final NumberPattern pattern) {
        if (pattern.isSingle()) {
            if (pattern.first() >= VIRTUAL_FIRST && pattern.first() < VIRTUAL_OPEN) {
                fields.refuse("e164", "is reserved: 899000 and six digits", "choose one from 899001000000 on");
            }
        } else if (pattern.touches(VIRTUAL_FIRST, VIRTUAL_END - 1)) {
            fields.refuse(
                    "e164",
                    "must hold no virtual numbers, which are 899 and nine digits",
                    "give virtual numbers one by one");
        }
    }

    private static boolean readVirtual(final Fields fields, final Given given, final NumberPattern pattern) {
        final NumberClass word = fields.choice("class", NumberClass.class, null);
        final boolean inRange = pattern.isSingle() && isInVirtualRange(pattern.first());
        if (given == Given.VIRTUAL || word == NumberClass.VIRTUAL) {
            if (!pattern.isSingle()) {
                fields.refuse("class", "must be pstn for a prefix or a range", "give virtual numbers one by one");
            }
            return true;
        }
        if (word == NumberClass.PSTN && inRange) {
            fields.refuse("class", "must be virtual for 899 and nine digits", "leave it out");
        }
        return inRange;
    }

    private static DisabledAs readDisabledAs(final Fields fields, final boolean virtual) {
        final DisabledAs word = fields.choice("disabled_as", DisabledAs.class, null);
        if (virtual && word == DisabledAs.PENDING) {
            fields.refuse("disabled_as", "must not be pending for a virtual number", "nobody sells it: leave it out");
            return null;
        }
        return word;
    }

    private static NumberStatus status(final Given given, final boolean virtual, final DisabledAs disabledAs) {
        if (given != Given.DISABLED) {
            return virtual ? NumberStatus.VIRTUAL : NumberStatus.ACTIVE;
        }
        return disabledAs == null ? NumberStatus.DISABLED : NumberStatus.valueOf(disabledAs.name());
    }

    @Override
    public List<UniqueName> names() {
        return List.of(pattern.name());
    }

    @Override
    public void check(final Fields fields, final Resources others) {
        target.check(fields, "", accountId, others);
        closedTarget.check(fields, "closed_", accountId, others);
        holidayTarget.check(fields, "holiday_", accountId, others);
        Ownership.check(fields, "schedule_id", ResourceKind.SCHEDULES, scheduleId, accountId, others);
        Ownership.check(fields, "message_flow_id", ResourceKind.FLOWS, messageFlowId, accountId, others);
        if (target.kind() == TargetKind.NONE
                && !fields.given("dest_kind")
                && others.find(ResourceKind.ACCOUNTS, accountId) instanceof Account account
                && !account.hasDefault(others)) {
            fields.refuse(
                    "dest_kind",
                    "is required, since neither the account nor one above it has a did_default_dest_kind that it may use",
                    "give it here or at the account");
        }
        if (virtual) {
            checkVirtualNumbers(fields, others);
        }
        if (!pattern.isSingle()
                && others.referrerCount(ResourceKind.NUMBERS, ResourceKind.NUMBERS, BLOCKS) > BLOCKS_MAX) {
            fields.refuse(
                    "e164",
                    "would be one prefix or range more than there may be: " + BLOCKS_MAX,
                    "merge neighbouring ranges");
        }
    }

    private void checkVirtualNumbers(final Fields fields, final Resources others) {
        if (others.find(ResourceKind.ACCOUNTS, accountId) instanceof Account account
                && account.maxVirtualNumbers() != Fields.UNLIMITED
                && others.referrerCount(ResourceKind.NUMBERS, ResourceKind.ACCOUNTS, virtualNumbers(accountId))
                        > account.maxVirtualNumbers()) {
            fields.refuse(
                    "class",
                    "would be one virtual number more than the account may have: max_virtual_numbers="
                            + account.maxVirtualNumbers(),
                    "delete one, or have the limit raised");
        }
    }

    @Override
    public byte[] json() {
        final CanonicalJson json = new CanonicalJson();
        json.id("id", id, ResourceKind.NUMBERS.prefix());
        json.id("account_id", accountId, ResourceKind.ACCOUNTS.prefix());
        json.text("e164", pattern.text());
        json.text("label", label);
        json.text("detail", detail);
        json.word(
                "status",
                switch (status) {
                    case ACTIVE -> Given.ACTIVE;
                    case VIRTUAL -> Given.VIRTUAL;
                    default -> Given.DISABLED;
                });
        json.word("class", virtual ? NumberClass.VIRTUAL : NumberClass.PSTN);
        json.word(
                "disabled_as",
                switch (status) {
                    case ACTIVE, VIRTUAL, DISABLED -> null;
                    case PENDING -> DisabledAs.PENDING;
                    case SUSPENDED -> DisabledAs.SUSPENDED;
                    case DELETED -> DisabledAs.DELETED;
                });
        target.write(json, "");
        json.number("max_channels", maxChannels);
        json.word("fax_mode", faxMode);
        json.flag("allow_anonymous", allowAnonymous);
        json.id("schedule_id", scheduleId, ResourceKind.SCHEDULES.prefix());
        closedTarget.write(json, "closed_");
        holidayTarget.write(json, "holiday_");
        json.id("message_flow_id", messageFlowId, ResourceKind.FLOWS.prefix());
        json.flag("emergency_enabled", emergency);
        if (rtpDebug) {
            json.flag("rtp_debug", true);
        }
        return json.finish();
    }
}
