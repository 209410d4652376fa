package io.tandem.routing.policy;

import io.tandem.routing.model.IdTable;
import io.tandem.routing.model.Policy;
import io.tandem.routing.model.PolicyScope;
import io.tandem.routing.model.ResourceId;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Compiled policies by what they belong to. Immutable; a look-up is a binary search and allocates nothing. */
final class ScopeTable<P> {
    private final IdTable<P> users;
    private final IdTable<P> dids;
    private final IdTable<P> accounts;
    private final boolean empty;

    private ScopeTable(
            final IdTable<P> users, final IdTable<P> dids, final IdTable<P> accounts, final boolean empty) {
        this.users = users;
        this.dids = dids;
        this.accounts = accounts;
        this.empty = empty;
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
                table(byScope, PolicyScope.USER, compile),
                table(byScope, PolicyScope.DID, compile),
                table(byScope, PolicyScope.ACCOUNT, compile),
                policies.isEmpty());
    }

    /** Whether nothing belongs to anybody. */
    boolean isEmpty() {
        return empty;
    }

    /** What belongs to one of a subject's scopes, counted from the most specific; null if nothing does. */
    P find(final PolicySubject subject, final int scope) {
        return switch (scope) {
            case 0 -> users.find(subject.userHigh, subject.userLow);
            case 1 -> dids.find(subject.didHigh, subject.didLow);
            default -> accounts.find(subject.account.idHigh(scope - 2), subject.account.idLow(scope - 2));
        };
    }

    @SuppressWarnings("NonApiType") // the order is what matters
    private static <R, P> IdTable<P> table(
            final Map<PolicyScope, TreeMap<ResourceId, TreeMap<ResourceId, R>>> byScope,
            final PolicyScope scope,
            final Function<List<R>, P> compile) {
        return IdTable.of(
                byScope.getOrDefault(scope, new TreeMap<>()),
                policies -> compile.apply(List.copyOf(policies.values())));
    }
}
