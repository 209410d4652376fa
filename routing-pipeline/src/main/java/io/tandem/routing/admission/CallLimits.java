package io.tandem.routing.admission;

import io.tandem.routing.model.CallLimit;
import io.tandem.routing.model.CallLimitScope;
import io.tandem.routing.model.IdTable;
import io.tandem.routing.model.LimitDirection;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.number.E164;
import io.tandem.routing.number.NumberPrefix;
import io.tandem.routing.policy.Finding;
import io.tandem.routing.policy.PolicySubject;
import io.tandem.routing.policy.RuleTrace;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Call limits by what they belong to. A call meets those of its account and of every account above it, of its user and of its
 * number; all of them stack. Limits on remote numbers are those of the account and of the accounts above it. Immutable; core's
 * thread; allocates nothing.
 */
public final class CallLimits {
    private final IdTable<List<Compiled>> accounts;
    private final IdTable<List<Compiled>> users;
    private final IdTable<List<Compiled>> dids;
    private final IdTable<List<Compiled>> numbers;
    private final boolean empty;

    private CallLimits(final Collection<CallLimit> limits) {
        accounts = table(limits, CallLimitScope.ACCOUNT);
        users = table(limits, CallLimitScope.USER);
        dids = table(limits, CallLimitScope.DID);
        numbers = table(limits, CallLimitScope.NUMBER);
        empty = limits.isEmpty();
    }

    /** Compiles limits in any order. */
    public static CallLimits of(final Collection<CallLimit> limits) {
        return new CallLimits(limits);
    }

    /** Whether there is no limit at all. */
    public boolean isEmpty() {
        return empty;
    }

    /**
     * Adds the limits that a call meets: account, accounts above it, number, user, remote number; within each by identifier.
     *
     * @param direction of the call: {@link LimitDirection#ANY} for an internal one, which only limits for any direction count.
     * @param remote number of the other side; {@link E164#NONE} if it has none: all such callers are counted as one number.
     */
    public void addTo(
            final RateRules rules,
            final PolicySubject subject,
            final LimitDirection direction,
            final long remote,
            final RuleTrace trace) {
        for (int i = 0; i < subject.account.depth(); i++) {
            add(rules, accounts.find(subject.account.idHigh(i), subject.account.idLow(i)), direction, remote, trace);
        }
        add(rules, dids.find(subject.didHigh, subject.didLow), direction, remote, trace);
        add(rules, users.find(subject.userHigh, subject.userLow), direction, remote, trace);
        for (int i = 0; i < subject.account.depth(); i++) {
            add(rules, numbers.find(subject.account.idHigh(i), subject.account.idLow(i)), direction, remote, trace);
        }
    }

    private static void add(
            final RateRules rules,
            final List<Compiled> limits,
            final LimitDirection direction,
            final long remote,
            final RuleTrace trace) {
        for (int i = 0; limits != null && i < limits.size(); i++) {
            final Compiled limit = limits.get(i);
            if (limit.direction != LimitDirection.ANY && limit.direction != direction) {
                trace.onRule(limit.id, Finding.OTHER_DIRECTION);
            } else if (limit.prefix != 0 && !NumberPrefix.begins(remote, limit.prefix)) {
                trace.onRule(limit.id, Finding.OTHER_NUMBER);
            } else {
                rules.add(
                        limit.id.high(),
                        limit.id.low(),
                        limit.eachNumber ? Math.max(remote, 0) : RateRules.ALL_NUMBERS,
                        limit.periodNs,
                        limit.maxCount,
                        limit.hard);
            }
        }
    }

    private static IdTable<List<Compiled>> table(final Collection<CallLimit> limits, final CallLimitScope scope) {
        final TreeMap<ResourceId, TreeMap<ResourceId, Compiled>> byOwner = new TreeMap<>();
        for (final CallLimit limit : limits) {
            if (limit.scope() == scope) {
                byOwner.computeIfAbsent(
                                scope == CallLimitScope.NUMBER ? limit.accountId() : limit.scopeId(),
                                id -> new TreeMap<>())
                        .put(limit.id(), new Compiled(limit));
            }
        }
        return IdTable.of(byOwner, own -> List.copyOf(own.values()));
    }

    private static final class Compiled {
        private final ResourceId id;
        private final LimitDirection direction;
        private final long periodNs;
        private final int maxCount;
        private final boolean hard;
        private final boolean eachNumber;
        private final long prefix;

        Compiled(final CallLimit limit) {
            id = limit.id();
            direction = limit.direction();
            periodNs = TimeUnit.SECONDS.toNanos(limit.periodSec());
            maxCount = limit.maxCount();
            hard = limit.hard();
            prefix = NumberPrefix.key(limit.numbers());
            eachNumber = limit.scope() == CallLimitScope.NUMBER && limit.numbers().isEmpty();
        }
    }
}
