package io.tandem.routing.policy;

import io.tandem.routing.model.RecordingDirection;
import io.tandem.routing.model.RecordingMode;
import io.tandem.routing.model.RecordingRule;
import io.tandem.routing.model.ResourceId;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Whether calls are recorded: the most specific scope that has a rule for the call's direction decides (user, number, account,
 * the accounts above it); within a scope a rule for that direction before one for any, then the identifier. A number on a
 * do-not-record list turns it off. Immutable; core's thread; allocates only for the latter.
 */
public final class RecordingRules {
    private static final Comparator<RecordingRule> ORDER = Comparator.<RecordingRule, Boolean>comparing(
                    rule -> rule.direction() == RecordingDirection.ANY)
            .thenComparing(RecordingRule::id);

    private final ScopeTable<List<Compiled>> table;

    private RecordingRules(final ScopeTable<List<Compiled>> table) {
        this.table = table;
    }

    /** Compiles rules in any order. */
    public static RecordingRules of(final Collection<RecordingRule> rules) {
        return new RecordingRules(ScopeTable.of(
                rules, all -> all.stream().sorted(ORDER).map(Compiled::new).toList()));
    }

    /** Whether there is no rule at all. */
    public boolean isEmpty() {
        return table.isEmpty();
    }

    /**
     * Decides.
     *
     * @param direction {@link RecordingDirection#ANY} for an internal call, which rules for one direction are not about.
     * @param forbidding list that forbids it, {@link PhoneLists#forbidsRecording}, or {@link ResourceId#NIL}.
     */
    public Recording decide(
            final PolicySubject subject,
            final RecordingDirection direction,
            final ResourceId forbidding,
            final RuleTrace trace) {
        Recording decided = null;
        for (int scope = 0; scope < subject.scopes(); scope++) {
            final List<Compiled> rules = table.find(subject, scope);
            for (int i = 0; rules != null && i < rules.size(); i++) {
                final Compiled rule = rules.get(i);
                if (rule.direction != RecordingDirection.ANY && rule.direction != direction) {
                    trace.onRule(rule.recording.rule(), Finding.OTHER_DIRECTION);
                } else if (decided == null) {
                    decided = rule.recording;
                    trace.onRule(rule.recording.rule(), forbidding.isNil() ? Finding.DECIDES : Finding.COMES_LATER);
                } else {
                    trace.onRule(rule.recording.rule(), Finding.COMES_LATER);
                }
            }
        }
        if (decided != null && decided.mode() != RecordingMode.OFF && !forbidding.isNil()) {
            return new Recording(RecordingMode.OFF, false, forbidding);
        }
        return decided == null ? Recording.NO_RULE : decided;
    }

    private static final class Compiled {
        private final RecordingDirection direction;
        private final Recording recording;

        Compiled(final RecordingRule rule) {
            direction = rule.direction();
            recording = new Recording(rule.mode(), rule.stereo(), rule.id());
        }
    }
}
