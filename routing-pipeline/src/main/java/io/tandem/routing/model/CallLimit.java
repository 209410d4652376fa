package io.tandem.routing.model;

import java.util.List;

/**
 * Most calls that may be admitted in any period of a length.
 *
 * @param scopeId what it belongs to; {@link ResourceId#NIL} for {@link CallLimitScope#NUMBER}.
 * @param numbers for {@link CallLimitScope#NUMBER} the digits that remote numbers begin with which are counted together; empty
 *     to count each remote number by itself.
 * @param periodSec length of the period.
 * @param maxCount most calls in it; 0 for none at all.
 * @param hard whether a call too many is refused; if not, it is counted and flagged.
 */
public record CallLimit(
        ResourceId id,
        ResourceId accountId,
        CallLimitScope scope,
        ResourceId scopeId,
        String numbers,
        LimitDirection direction,
        int periodSec,
        int maxCount,
        boolean hard) implements Resource {

    /** Longest period: a week. */
    public static final int PERIOD_SEC_MAX = 604_800;

    /** Most calls that a limit may count: every one of them is remembered for the period. */
    public static final int COUNT_MAX = 10_000;

    /** Most limits of one account: the ones that a call meets are all asked. */
    public static final int PER_ACCOUNT_MAX = 64;

    /** Reads one and reports what is wrong with it. */
    public static CallLimit read(final Fields fields) {
        final ResourceId account = fields.requiredReference("account_id", ResourceKind.ACCOUNTS, ResourceId.NIL);
        final CallLimitScope scope = fields.choice("scope_kind", CallLimitScope.class, CallLimitScope.ACCOUNT);
        final boolean byNumber = scope == CallLimitScope.NUMBER;
        final String numbers = byNumber ? DigitPrefix.read(fields, "scope_id") : "";
        final ResourceId scopeId = byNumber ? ResourceId.NIL : PolicyScope.readId(fields, policyScope(scope), account);
        final LimitDirection direction = fields.choice("direction", LimitDirection.class, LimitDirection.ANY);
        final int periodSec = fields.integer("period_sec", 0, 1, PERIOD_SEC_MAX);
        if (!fields.given("period_sec")) {
            fields.refuse("period_sec", "is required", "give it a value");
        }
        final int maxCount = fields.integer("max_count", 0, 0, COUNT_MAX);
        if (!fields.given("max_count")) {
            fields.refuse("max_count", "is required", "give it a value, 0 for no calls at all");
        }
        final boolean hard = fields.flag("hard", true);
        final String key = String.join(
                "\n",
                account.ulid(),
                Fields.word(scope),
                byNumber ? numbers : scopeId.ulid(),
                Fields.word(direction),
                Integer.toString(periodSec));
        final ResourceId id = fields.identity(ResourceKind.CALL_LIMITS, key);
        fields.finish();
        return new CallLimit(id, account, scope, scopeId, numbers, direction, periodSec, maxCount, hard);
    }

    @Override
    public void check(final Fields fields, final Resources others) {
        PolicyChecks.count(fields, others, ResourceKind.CALL_LIMITS, this, PER_ACCOUNT_MAX);
        if (scope.kind() != null) {
            PolicyChecks.scope(fields, others, accountId, scope.kind(), scopeId);
        }
    }

    @Override
    public List<UniqueName> names() {
        return List.of();
    }

    @Override
    public byte[] json() {
        final CanonicalJson json = new CanonicalJson();
        json.id("id", id, ResourceKind.CALL_LIMITS.prefix());
        json.id("account_id", accountId, ResourceKind.ACCOUNTS.prefix());
        json.word("scope_kind", scope);
        if (scope.kind() == null) {
            json.text("scope_id", numbers);
        } else {
            json.id("scope_id", scopeId, scope.kind().prefix());
        }
        json.word("direction", direction);
        json.number("period_sec", periodSec);
        json.number("max_count", maxCount);
        json.flag("hard", hard);
        return json.finish();
    }

    private static PolicyScope policyScope(final CallLimitScope scope) {
        return switch (scope) {
            case ACCOUNT -> PolicyScope.ACCOUNT;
            case USER -> PolicyScope.USER;
            case DID -> PolicyScope.DID;
            case NUMBER -> null;
        };
    }
}
