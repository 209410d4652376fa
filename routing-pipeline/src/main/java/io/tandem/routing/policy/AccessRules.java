package io.tandem.routing.policy;

import io.tandem.routing.model.AclRule;
import io.tandem.routing.model.AclRuleType;
import io.tandem.routing.model.AddressRange;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.number.Country;
import java.util.Collection;
import java.util.List;

/**
 * Whether a call may come from an address, by the address and by its country. Every scope that the call meets is asked, and
 * each has to let it pass. Within one scope a rule that denies beats every rule that allows, and as soon as there is any rule
 * that allows, what none of them names is denied; so a country that is not known passes rules that deny countries, and none
 * that allows them. Immutable; core's thread.
 */
public final class AccessRules {
    private static final AccessVerdict NOTHING_SAID = new AccessVerdict(true, ResourceId.NIL);

    private final ScopeTable<List<Compiled>> table;
    private final boolean empty;
    private final boolean geo;

    private AccessRules(final Collection<AclRule> rules) {
        table = ScopeTable.of(rules, all -> all.stream().map(Compiled::new).toList());
        empty = rules.isEmpty();
        geo = rules.stream().anyMatch(rule -> rule.ruleType().isGeo());
    }

    /** Compiles rules in any order. */
    public static AccessRules of(final Collection<AclRule> rules) {
        return new AccessRules(rules);
    }

    /** Whether there is no rule at all. */
    public boolean isEmpty() {
        return empty;
    }

    /** Whether any rule is about countries: if none is, nobody has to look them up. */
    public boolean needsCountry() {
        return geo;
    }

    /**
     * Decides (403 if not allowed).
     *
     * @param country of the address, or {@link Country#NONE} if not known.
     */
    public AccessVerdict decide(
            final PolicySubject subject,
            final long addressHigh,
            final long addressLow,
            final int country,
            final RuleTrace trace) {
        AccessVerdict verdict = NOTHING_SAID;
        for (int scope = 0; scope < subject.scopes() && !empty; scope++) {
            final List<Compiled> rules = table.find(subject, scope);
            if (rules != null) {
                final AccessVerdict own = decide(rules, addressHigh, addressLow, country);
                tell(rules, verdict.allowed() ? own : NOTHING_SAID, addressHigh, addressLow, country, trace);
                verdict = verdict.allowed() && (!own.allowed() || verdict.rule().isNil()) ? own : verdict;
            }
        }
        return verdict;
    }

    private static AccessVerdict decide(
            final List<Compiled> rules, final long addressHigh, final long addressLow, final int country) {
        AccessVerdict allowing = null;
        boolean anyAllows = false;
        for (int i = 0; i < rules.size(); i++) {
            final Compiled rule = rules.get(i);
            anyAllows |= rule.allows;
            if (rule.matches(addressHigh, addressLow, country)) {
                if (!rule.allows) {
                    return rule.verdict;
                }
                if (allowing == null) {
                    allowing = rule.verdict;
                }
            }
        }
        return allowing != null ? allowing : anyAllows ? AccessVerdict.DENIED_BY_DEFAULT : NOTHING_SAID;
    }

    private static void tell(
            final List<Compiled> rules,
            final AccessVerdict verdict,
            final long addressHigh,
            final long addressLow,
            final int country,
            final RuleTrace trace) {
        if (trace.listens()) {
            for (final Compiled rule : rules) {
                final Finding finding = !rule.matches(addressHigh, addressLow, country)
                        ? rule.range == null ? Finding.OTHER_COUNTRY : Finding.OTHER_ADDRESS
                        : rule.verdict.equals(verdict) ? Finding.DECIDES : Finding.COMES_LATER;
                trace.onRule(rule.verdict.rule(), finding);
            }
        }
    }

    private static final class Compiled {
        private final AccessVerdict verdict;
        private final boolean allows;
        private final AddressRange range;
        private final int country;

        Compiled(final AclRule rule) {
            final AclRuleType type = rule.ruleType();
            allows = type.allows();
            verdict = new AccessVerdict(allows, rule.id());
            range = type.isGeo() ? null : AddressRange.parse(rule.value());
            country = type.isGeo() ? Country.parse(rule.value()) : Country.NONE;
        }

        boolean matches(final long addressHigh, final long addressLow, final int addressCountry) {
            return range == null
                    ? country != Country.NONE && country == addressCountry
                    : range.contains(addressHigh, addressLow);
        }
    }
}
