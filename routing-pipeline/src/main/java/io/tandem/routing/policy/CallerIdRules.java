package io.tandem.routing.policy;

import io.tandem.routing.model.CallerIdRule;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.number.Country;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Caller-ID rules: the most specific scope first (user, number, account, the accounts above it); within a scope a rule for the
 * called number's country before one for any, then the lower priority number, then the identifier. Immutable; core's thread.
 */
public final class CallerIdRules {
    private static final Comparator<CallerIdRule> ORDER = Comparator.<CallerIdRule, Boolean>comparing(
                    rule -> rule.matchCountry().isEmpty())
            .thenComparingInt(CallerIdRule::priority)
            .thenComparing(CallerIdRule::id);

    private final ScopeTable<List<Compiled>> table;

    private CallerIdRules(final ScopeTable<List<Compiled>> table) {
        this.table = table;
    }

    /** Compiles rules in any order. */
    public static CallerIdRules of(final Collection<CallerIdRule> rules) {
        return new CallerIdRules(ScopeTable.of(
                rules, all -> all.stream().sorted(ORDER).map(Compiled::new).toList()));
    }

    /** Whether there is no rule at all. */
    public boolean isEmpty() {
        return table.isEmpty();
    }

    /**
     * Adds the rules that apply to a call as candidates, the best first.
     *
     * @param country of the called number, or {@link Country#NONE}.
     */
    public void addTo(final CallerId callerId, final PolicySubject subject, final int country, final RuleTrace trace) {
        for (int scope = 0; scope < subject.scopes(); scope++) {
            final List<Compiled> rules = table.find(subject, scope);
            for (int i = 0; rules != null && i < rules.size(); i++) {
                final Compiled rule = rules.get(i);
                if (rule.country == Country.NONE || rule.country == country) {
                    callerId.add(CallerIdSource.RULE, rule.number, rule.name, rule.id, false);
                } else {
                    trace.onRule(rule.id, Finding.OTHER_COUNTRY);
                }
            }
        }
    }

    private static final class Compiled {
        private final ResourceId id;
        private final int country;
        private final long number;
        private final String name;

        Compiled(final CallerIdRule rule) {
            id = rule.id();
            country = Country.parse(rule.matchCountry());
            number = Long.parseLong(rule.cidNumber());
            name = rule.cidName();
        }
    }
}
