package io.tandem.routing.flow;

import static io.tandem.routing.flow.FlowRig.ID;
import static io.tandem.routing.flow.FlowRig.facts;
import static io.tandem.routing.flow.FlowRig.spoken;
import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.TargetKind;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nodes that ring somebody: calls, groups, queues and what else a call may visit. */
class RingingNodesTest {
    private final FlowRig rig = new FlowRig();

    @ParameterizedTest
    @CsvSource({"answered,ANSWERED,0", "busy,HANGUP_NODE,486", "no_answer,HANGUP_NODE,480", "failed,HANGUP_NODE,480"})
    void shouldNotTakeTheDefaultAfterAConversation(final String outcome, final FlowEnd reason, final int code) {
        final FlowPlan plan = new GraphText()
                .node("in", "entry")
                .node("ring", "dial", "'userId':'us_" + GraphText.ULID + "','timeoutSec':20")
                .node("busy", "hangup", "'sipCode':486")
                .node("else", "hangup", "'sipCode':480")
                .edge("in", "ring")
                .edge("ring", "busy", "busy")
                .edge("ring", "default", "else")
                .plan();
        assertThat(rig.start(plan)).isEqualTo(new FlowCommand.Dial(TargetKind.USER, ID, "", 20));
        assertThat(rig.step(plan, outcome, "")).isEqualTo(new FlowCommand.Hangup(code, reason));
    }

    @Test
    void shouldFollowAnEdgeOfItsOwnAfterAConversation() {
        final FlowPlan plan = new GraphText()
                .node("in", "entry")
                .node("ring", "dial", "'number':'00{{caller_cid}}'")
                .node("survey", "say", "'text':'how was it'")
                .node("bye", "hangup")
                .edge("in", "ring")
                .edge("ring", "answered", "survey")
                .edge("ring", "bye")
                .edge("survey", "bye")
                .plan();
        assertThat(rig.start(plan))
                .isEqualTo(new FlowCommand.Dial(TargetKind.NONE, ResourceId.NIL, "0012025550199", -1));
        assertThat(spoken(rig.step(plan, "answered", ""))).isEqualTo("how was it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1234567890123456789012345678901234567890123456789012345678901234x"})
    void shouldFailToDialWhatIsNoNumber(final String number) {
        final FlowPlan plan = new GraphText()
                .node("in", "entry")
                .node("ring", "dial", "'number':'{{target}}'")
                .node("failed", "hangup", "'sipCode':484")
                .node("else", "hangup", "'sipCode':480")
                .edge("in", "ring")
                .edge("ring", "failed", "failed")
                .edge("ring", "else")
                .plan();
        assertThat(rig.start(plan, facts(Map.of("target", number))))
                .isEqualTo(new FlowCommand.Hangup(484, FlowEnd.HANGUP_NODE));
    }

    @ParameterizedTest
    @CsvSource({
        "ringGroup,ringGroupId,rg_,RING_GROUP",
        "enqueue,queueId,q_,QUEUE",
        "voicemail,mailboxId,vm_,VOICEMAIL",
        "conference,conferenceId,conf_,CONFERENCE",
        "forward,forwardId,fwd_,FORWARD"
    })
    void shouldVisitWhatTheNodeNames(
            final String kind, final String field, final String prefix, final TargetKind target) {
        final FlowPlan plan = new GraphText()
                .node("in", "entry")
                .node("go", kind, "'" + field + "':'" + prefix + GraphText.ULID + "'")
                .edge("in", "go")
                .plan();
        final FlowCommand command = rig.start(plan);
        assertThat(command).isEqualTo(new FlowCommand.Visit(target, ID));
        assertThat(rig.start(plan)).isSameAs(command);
        assertThat(rig.run.isWaiting()).isTrue();
    }
}
