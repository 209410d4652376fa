package io.tandem.routing.flow;

import static io.tandem.routing.flow.FlowRig.ID;
import static io.tandem.routing.flow.FlowRig.facts;
import static io.tandem.routing.flow.FlowRig.say;
import static io.tandem.routing.flow.FlowRig.spoken;
import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.routing.model.FlowStep;
import io.tandem.routing.model.FlowVariables;
import io.tandem.routing.model.NumberTransform;
import io.tandem.routing.model.ResourceReader;
import io.tandem.routing.model.TargetKind;
import io.tandem.routing.model.TransformDirection;
import io.tandem.routing.model.TransformScope;
import io.tandem.routing.number.DialString;
import io.tandem.routing.policy.RuleTrace;
import io.tandem.routing.transform.TransformPlan;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FlowInterpreterTest {
    private final FlowRig rig = new FlowRig();

    @Test
    void shouldGoOnThroughWhatDecidesAtOnceAndCommandTheRest() {
        final FlowPlan plan = new GraphText()
                .node("in", "entry")
                .node("set", "setVariable", "'variable':'who','value':'{{caller_cid}} for {{ did }}{{nobody}}'")
                .node("hello", "say", "'text':'hello {{who}}','voice':'anna'")
                .node("bye", "hangup", "'sipCode':480")
                .edge("in", "set")
                .edge("set", "hello")
                .edge("hello", "bye")
                .plan();

        final FlowCommand first = rig.start(plan);

        assertThat(first).isInstanceOfSatisfying(FlowCommand.Media.class, media -> {
            assertThat(media.nodeId()).isEqualTo("hello");
            assertThat(media.text()).isEqualTo("hello 12025550199 for 12025550123");
            assertThat(media.step()).isInstanceOfSatisfying(FlowStep.Say.class, say -> assertThat(say.voice())
                    .isEqualTo("anna"));
        });
        assertThat(rig.run.isWaiting()).isTrue();
        assertThat(rig.run.steps()).isEqualTo(3);
        assertThat(rig.step(plan, "default", "")).isEqualTo(new FlowCommand.Hangup(480, FlowEnd.HANGUP_NODE));
        assertThat(rig.run.isWaiting()).isFalse();
        assertThat(rig.step(plan, "default", "")).isEqualTo(new FlowCommand.Hangup(0, FlowEnd.ALREADY_ENDED));
    }

    @Test
    @DisplayName("N-039 dest_xform variables of the hop reach the flow as variables")
    void shouldTakeTheVariablesOfTheHop() {
        final byte[] number = ("{'account_id':'acc_" + GraphText.ULID + "','e164':'12025550123','dest_kind':'flow',"
                        + "'dest_id':'flow_" + GraphText.ULID
                        + "','dest_xform':{'department':'sales','priority':2,'direction':'sideways','list':[1]}}")
                .replace('\'', '"')
                .getBytes(StandardCharsets.UTF_8);
        final Map<String, String> hop =
                FlowVariables.ofHop(ResourceReader.number(number).target().xform());
        final FlowPlan plan = say("{{department}}/{{priority}}/{{direction}}/{{list}}/{{call_id}}");

        assertThat(spoken(rig.start(plan, facts(hop)))).isEqualTo("sales/2/sideways//call-7");
    }

    @Test
    @DisplayName("N-040 variables of a hop, and those a flow made, stay behind when it hands the call over")
    void shouldLeaveVariablesBehindAtTheNextHop() {
        final FlowPlan first = new GraphText()
                .node("in", "entry")
                .node("set", "setVariable", "'variable':'mood','value':'good'")
                .node(
                        "over",
                        "route",
                        "'dest_kind':'flow','dest_id':'flow_" + GraphText.ULID
                                + "','dest_xform':{'from':'{{department}}','fixed':7}")
                .edge("in", "set")
                .edge("set", "over")
                .plan();
        final FlowPlan second = say("{{department}}|{{mood}}|{{from}}|{{fixed}}|{{caller_cid}}");

        final FlowCommand command = rig.start(first, facts(Map.of("department", "sales")));

        assertThat(command)
                .isEqualTo(new FlowCommand.Route(TargetKind.FLOW, ID, Map.of("from", "sales", "fixed", "7")));
        assertThat(command.ends()).isTrue();
        final Map<String, String> hop = ((FlowCommand.Route) command).variables();
        assertThat(spoken(rig.start(second, facts(hop)))).isEqualTo("||sales|7|12025550199");
    }

    @Test
    @DisplayName("N-076 the caller's number, after its transforms, is the flow's variable caller_cid")
    void shouldExposeTheTransformedCaller() {
        final DialString caller = new DialString();
        caller.setAscii("+1 (202) 555-0199");
        caller.normalise();
        new TransformPlan(List.of(new NumberTransform(
                        ID, ID, TransformScope.DID, ID, TransformDirection.INBOUND_CID, "^1(\\d+)$", "0$1", 0, false)))
                .apply(caller, RuleTrace.NONE);
        final FlowFacts facts = new FlowFacts(caller.toString(), "1", ID, "c", "inbound", Map.of(), 0);

        assertThat(spoken(rig.start(say("{{caller_cid}}"), facts))).isEqualTo("02025550199");
    }

    @Test
    void shouldStopAfterTooManySteps() {
        final FlowPlan plan = new GraphText()
                .node("in", "entry")
                .node("hello", "say", "'text':'hello'")
                .edge("in", "hello")
                .edge("hello", "hello")
                .plan();
        FlowCommand command = rig.start(plan);
        int commands = 1;
        while (!command.ends()) {
            command = rig.step(plan, "default", "");
            commands++;
        }
        assertThat(command).isEqualTo(new FlowCommand.Hangup(0, FlowEnd.STEP_LIMIT));
        assertThat(commands).isEqualTo(FlowInterpreter.STEPS_MAX);
        assertThat(rig.run.steps()).isEqualTo(FlowInterpreter.STEPS_MAX);
    }

    @Test
    void shouldGoOnInTheVersionThatIsPublishedWhenTheOutcomeComes() {
        final GraphText graph = new GraphText()
                .node("in", "entry")
                .node("hello", "say", "'text':'hello'")
                .node("bye", "hangup")
                .edge("in", "hello")
                .edge("hello", "bye");
        final GraphText changed = new GraphText()
                .node("first", "say", "'text':'new'")
                .node("in", "entry")
                .node("hello", "say", "'text':'good day'")
                .node("more", "say", "'text':'more'")
                .edge("in", "first")
                .edge("first", "hello")
                .edge("hello", "more")
                .edge("more", "in");
        rig.start(graph.plan());
        assertThat(spoken(rig.step(changed.plan(), "default", ""))).isEqualTo("more");
        assertThat(rig.step(graph.plan(), "default", "")).isEqualTo(new FlowCommand.Hangup(0, FlowEnd.NODE_GONE));
        rig.start(graph.plan());
        assertThat(rig.step(null, "default", "")).isEqualTo(new FlowCommand.Hangup(0, FlowEnd.NODE_GONE));
    }
}
