package io.tandem.routing.stage;

import io.tandem.routing.admission.Ceilings;
import io.tandem.routing.admission.Dimension;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import java.util.ArrayList;
import java.util.List;

/**
 * Why a call would go where it would: what each stage concludes, with nothing taken and nothing counted.
 *
 * @param status SIP status that the caller would get, 0 if the call would be sent to {@code target}.
 * @param target name of the trunk, or empty.
 * @param called number that would be sent there; for a media server the address that it is asked by.
 * @param caller number that would be shown there.
 * @param revision of the configuration that was asked.
 * @param lines one for each stage that was asked, in order.
 * @param ceilings those that were looked at, the refused one last.
 * @param considered rules of operators that were looked at, in that order, with what became of each.
 */
public record Explanation(
        int status,
        String target,
        String called,
        String caller,
        long revision,
        List<Line> lines,
        List<CeilingLine> ceilings,
        List<Considered> considered) {

    /** Copies the lists. */
    public Explanation {
        lines = List.copyOf(lines);
        ceilings = List.copyOf(ceilings);
        considered = List.copyOf(considered);
    }

    /**
     * What one stage concluded.
     *
     * @param passed whether the call went on.
     * @param text the rule in words, values filled in.
     * @param ns how long it took.
     */
    public record Line(Stage stage, Rule rule, boolean passed, String text, long ns) {}

    /**
     * One ceiling that was looked at.
     *
     * @param now calls counted before this one.
     * @param limit most calls, or {@link Ceilings#UNLIMITED}.
     */
    public record CeilingLine(Dimension dimension, ResourceId id, int now, int limit) {}

    /**
     * One thing of an operator's that a stage looked at, and what became of it.
     *
     * @param kind of thing: a policy, a call limit, an outbound route, a transform, a target, a flow.
     * @param finding in words.
     * @param decides whether the stage concluded what it did because of it.
     */
    public record Considered(Stage stage, ResourceKind kind, ResourceId rule, String finding, boolean decides) {
        /** Its identifier with the prefix of its kind. */
        public String id() {
            return rule.prefixed(kind);
        }
    }

    /** Whether the call would be sent to a trunk. */
    public boolean accepted() {
        return status == 0;
    }

    /**
     * One line for each stage, {@code number pass number-found "number found" 120 ns}, and below it one for each rule that it
     * considered, {@code   geo_01j... lets the call pass}; what was considered when all stages had passed comes last.
     */
    @Override
    public String toString() {
        final StringBuilder text = new StringBuilder();
        for (final Line line : lines) {
            text.append(line.stage.word())
                    .append(line.passed ? " pass " : " refuse ")
                    .append(line.rule.word())
                    .append(" \"")
                    .append(line.text)
                    .append("\" ")
                    .append(line.ns)
                    .append(" ns\n");
            appendConsidered(text, line.stage);
        }
        appendConsidered(text, Stage.CALL);
        return text.toString();
    }

    private void appendConsidered(final StringBuilder text, final Stage stage) {
        for (final Considered rule : considered) {
            if (rule.stage == stage) {
                text.append("  ")
                        .append(rule.id())
                        .append(' ')
                        .append(rule.finding)
                        .append('\n');
            }
        }
    }

    static Explanation of(
            final Decision decision, final List<CeilingLine> ceilings, final List<Considered> considered) {
        final List<Line> lines = new ArrayList<>();
        for (int i = 0; i < decision.verdictCount(); i++) {
            final Rule rule = decision.verdictRule(i);
            final boolean last = i == decision.verdictCount() - 1;
            lines.add(new Line(
                    rule.stage(),
                    rule,
                    !last || decision.accepted(),
                    ReasonText.text(rule, decision.verdictLimit(i)),
                    decision.verdictNs(i)));
        }
        return new Explanation(
                decision.status(),
                decision.target() == null ? "" : decision.target().name(),
                decision.media == null ? decision.calledOut.toString() : decision.media.requestUri(),
                decision.callerOut.toString(),
                decision.revision(),
                lines,
                ceilings,
                considered);
    }
}
