package io.tandem.routing.policy;

import io.tandem.routing.model.Policy;
import io.tandem.routing.model.PolicyScope;
import io.tandem.routing.model.ResourceId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Compiled policies by what they belong to. Immutable; a look-up is a binary search and allocates nothing. */
final class ScopeTable<P> {
    private final Scope<P> users;
    private final Scope<P> dids;
    private final Scope<P> accounts;

    private ScopeTable(final Scope<P> users, final Scope<P> dids, final Scope<P> accounts) {
        this.users = users;
        this.dids = dids;
        this.accounts = accounts;
    }

    /** Compiles all policies of each scope together, in ascending order of their identifiers. */
    static <R extends Policy, P> ScopeTable<P> of(final Collection<R> policies, final Function<List<R>, P> compile) {
        final Map<PolicyScope, TreeMap<ResourceId, TreeMap<ResourceId, R>>> byScope = new EnumMap<>(PolicyScope.class);
        for (final R policy : policies) {
            byScope.computeIfAbsent(policy.scope(), scope -> new TreeMap<>())
                    .computeIfAbsent(policy.scopeId(), id -> new TreeMap<>())
                    .put(policy.id(), policy);
        }
        return new ScopeTable<>(
                new Scope<>(byScope.getOrDefault(PolicyScope.USER, new TreeMap<>()), compile),
                new Scope<>(byScope.getOrDefault(PolicyScope.DID, new TreeMap<>()), compile),
                new Scope<>(byScope.getOrDefault(PolicyScope.ACCOUNT, new TreeMap<>()), compile));
    }

    /** What belongs to one of a subject's scopes, counted from the most specific; null if nothing does. */
    P find(final PolicySubject subject, final int scope) {
        return switch (scope) {
            case 0 -> users.find(subject.userHigh, subject.userLow);
            case 1 -> dids.find(subject.didHigh, subject.didLow);
            default -> accounts.find(subject.account.idHigh(scope - 2), subject.account.idLow(scope - 2));
        };
    }

    private static final class Scope<P> {
        private final long[] highs;
        private final long[] lows;
        private final List<P> plans = new ArrayList<>();

        <R> Scope(final TreeMap<ResourceId, TreeMap<ResourceId, R>> byId, final Function<List<R>, P> compile) {
            highs = byId.keySet().stream().mapToLong(ResourceId::high).toArray();
            lows = byId.keySet().stream().mapToLong(ResourceId::low).toArray();
            byId.values().forEach(policies -> plans.add(compile.apply(List.copyOf(policies.values()))));
        }

        P find(final long high, final long low) {
            int from = 0;
            int to = highs.length - 1;
            while (from <= to) {
                final int middle = (from + to) >>> 1;
                final int upper = Long.compareUnsigned(highs[middle], high);
                final int order = upper != 0 ? upper : Long.compareUnsigned(lows[middle], low);
                if (order == 0) {
                    return plans.get(middle);
                }
                if (order < 0) {
                    from = middle + 1;
                } else {
                    to = middle - 1;
                }
            }
            return null;
        }
    }
}
