package io.tandem.routing.stage;

import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.policy.Finding;
import io.tandem.routing.policy.RuleTrace;
import java.util.ArrayList;
import java.util.List;

/**
 * Remembers which rules of operators the stages looked at, while somebody asks to explain a call; otherwise nobody listens, and
 * nothing is worked out for it. Core's thread.
 */
final class StageTrace implements RuleTrace {
    private final List<Explanation.Considered> considered = new ArrayList<>();
    private Stage stage;
    private ResourceKind kind;
    private boolean listening;

    /** Forgets what was told, and listens from now on, or no longer. */
    void listen(final boolean on) {
        considered.clear();
        listening = on;
    }

    /** Whom a stage tells about rules of a kind. */
    RuleTrace at(final Stage newStage, final ResourceKind newKind) {
        stage = newStage;
        kind = newKind;
        return listening ? this : RuleTrace.NONE;
    }

    @Override
    public void onRule(final ResourceId rule, final Finding finding) {
        considered.add(Explanation.Considered.of(stage, kind, rule, finding));
    }

    /** Whether somebody asks to explain a call: what is only worked out for him is left out otherwise. */
    @Override
    public boolean listens() {
        return listening;
    }

    /** Tells of something in words; only while somebody listens. */
    void tell(
            final Stage where,
            final ResourceKind what,
            final ResourceId id,
            final String finding,
            final boolean decides) {
        considered.add(new Explanation.Considered(where, what, id, finding, decides));
    }

    /** What was told so far, in order. */
    List<Explanation.Considered> considered() {
        return List.copyOf(considered);
    }
}
