package io.tandem.routing.stage;

import io.tandem.routing.configuration.TrunkPlan;
import io.tandem.routing.flow.FlowTrace;
import io.tandem.routing.model.AddressRange;
import io.tandem.routing.model.Fields;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.model.TargetKind;
import io.tandem.routing.model.TransformDirection;
import io.tandem.routing.model.TransformScope;
import io.tandem.routing.policy.Finding;
import io.tandem.routing.policy.RuleTrace;
import io.tandem.routing.schedule.HoursVerdict;
import io.tandem.routing.schedule.OpeningBasis;
import io.tandem.routing.target.TargetStep;
import io.tandem.routing.target.TargetTrace;
import java.util.ArrayList;
import java.util.List;

/**
 * Remembers which rules of operators the stages looked at, while somebody asks to explain a call; otherwise nobody listens, and
 * nothing is worked out for it. Core's thread.
 */
final class StageTrace implements RuleTrace, TargetTrace, FlowTrace {
    private final List<Explanation.Considered> considered = new ArrayList<>();
    private Stage stage;
    private ResourceKind kind;
    private String where = "";
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
        where = "";
        return listening ? this : RuleTrace.NONE;
    }

    /** Whom a chain of transforms tells about its rules. */
    RuleTrace transforms(final TransformScope scope, final TransformDirection direction) {
        if (!listening) {
            return RuleTrace.NONE;
        }
        stage = switch (direction) {
            case INBOUND_DST -> scope == TransformScope.DID ? Stage.NUMBER_TRANSFORM : Stage.TRANSFORM;
            case INBOUND_CID -> Stage.NUMBER_TRANSFORM;
            case OUTBOUND_DST, OUTBOUND_CID -> Stage.OUTBOUND;
        };
        kind = ResourceKind.NUMBER_TRANSFORMS;
        where = Fields.word(direction) + " of " + Fields.word(scope) + ": ";
        return this;
    }

    @Override
    public void onRule(final ResourceId rule, final Finding finding) {
        tell(stage, kind, rule, where + finding.text(), finding == Finding.DECIDES);
    }

    @Override
    public void onTarget(final TargetKind target, final long idHigh, final long idLow, final TargetStep step) {
        if (target.resources() != null) {
            tell(Stage.TARGET, target.resources(), new ResourceId(idHigh, idLow), step.text(), false);
        }
    }

    @Override
    public void onHours(
            final long scheduleHigh, final long scheduleLow, final HoursVerdict verdict, final OpeningBasis basis) {
        tellHours(Stage.TARGET, scheduleHigh, scheduleLow, verdict, basis);
    }

    @Override
    public void onNode(final long flowHigh, final long flowLow, final String node, final String what) {
        tell(Stage.TARGET, ResourceKind.FLOWS, new ResourceId(flowHigh, flowLow), "node " + node + ", " + what, false);
    }

    /** Tells which block of a trunk holds the source address. */
    void tellSource(final TrunkPlan trunk, final long addressHigh, final long addressLow) {
        String block = "";
        int most = -1;
        for (final String text : trunk.trunk().acl()) {
            final AddressRange range = AddressRange.parse(text);
            if (range != null && range.prefixBits() > most && range.contains(addressHigh, addressLow)) {
                block = text;
                most = range.prefixBits();
            }
        }
        tell(
                Stage.SCREEN,
                ResourceKind.TRUNKS,
                new ResourceId(trunk.idHigh(), trunk.idLow()),
                block + " holds the source address",
                true);
    }

    /** Tells what hours say, and by which kind of rule. */
    void tellHours(
            final Stage at,
            final long scheduleHigh,
            final long scheduleLow,
            final HoursVerdict verdict,
            final OpeningBasis basis) {
        tell(
                at,
                ResourceKind.SCHEDULES,
                new ResourceId(scheduleHigh, scheduleLow),
                Rule.of(verdict).text() + ": " + basis.text(),
                at == Stage.SCHEDULE);
    }

    /** Whether somebody asks to explain a call: what is only worked out for him is left out otherwise. */
    @Override
    public boolean listens() {
        return listening;
    }

    /** Tells of something in words; only while somebody listens. */
    void tell(
            final Stage at, final ResourceKind what, final ResourceId id, final String finding, final boolean decides) {
        considered.add(new Explanation.Considered(at, what, id, finding, decides));
    }

    /** What was told so far, in order. */
    List<Explanation.Considered> considered() {
        return List.copyOf(considered);
    }
}
