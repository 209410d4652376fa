package io.tandem.routing.policy;

import io.tandem.routing.model.GeoMode;
import io.tandem.routing.model.GeoPolicy;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.number.Country;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * Which countries a call may go to. Every policy of every scope that the call meets has to let it pass: those of the user, of
 * the number, of the account, and of each account above it, so that a reseller binds its customers. Immutable; core's thread.
 */
public final class GeoPolicies {
    private final ScopeTable<List<Compiled>> table;

    private GeoPolicies(final ScopeTable<List<Compiled>> table) {
        this.table = table;
    }

    /** Compiles policies in any order. */
    public static GeoPolicies of(final Collection<GeoPolicy> policies) {
        return new GeoPolicies(ScopeTable.of(
                policies, all -> all.stream().map(Compiled::new).toList()));
    }

    /** Whether there is no policy at all. */
    public boolean isEmpty() {
        return table.isEmpty();
    }

    /**
     * Whether a number may be called (403 if not).
     *
     * @param country of the called number; {@link Country#NONE}, where that is not known, is on no list: it passes denylists
     *     and no allowlist.
     * @return the policy that forbids it, or {@link ResourceId#NIL} if none does.
     */
    public ResourceId forbids(final PolicySubject subject, final int country, final RuleTrace trace) {
        ResourceId forbidding = ResourceId.NIL;
        for (int scope = 0; scope < subject.scopes(); scope++) {
            final List<Compiled> policies = table.find(subject, scope);
            for (int i = 0; policies != null && i < policies.size(); i++) {
                final Compiled policy = policies.get(i);
                if (policy.passes(country)) {
                    trace.onRule(policy.id, Finding.PASSES);
                } else if (forbidding.isNil()) {
                    forbidding = policy.id;
                    trace.onRule(policy.id, Finding.DECIDES);
                } else {
                    trace.onRule(policy.id, Finding.COMES_LATER);
                }
            }
        }
        return forbidding;
    }

    private static final class Compiled {
        private final ResourceId id;
        private final boolean allowlist;
        private final int[] countries;

        Compiled(final GeoPolicy policy) {
            id = policy.id();
            allowlist = policy.mode() == GeoMode.ALLOWLIST;
            countries =
                    policy.countries().stream().mapToInt(Country::parse).sorted().toArray();
        }

        boolean passes(final int country) {
            return Arrays.binarySearch(countries, country) >= 0 == allowlist;
        }
    }
}
