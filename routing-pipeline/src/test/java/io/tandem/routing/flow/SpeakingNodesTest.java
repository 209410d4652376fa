package io.tandem.routing.flow;

import static io.tandem.routing.flow.FlowRig.ID;
import static io.tandem.routing.flow.FlowRig.facts;
import static io.tandem.routing.flow.FlowRig.say;
import static io.tandem.routing.flow.FlowRig.spoken;
import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.routing.model.FlowOutcomes;
import io.tandem.routing.model.FlowStep;
import io.tandem.routing.model.TargetKind;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nodes that speak and listen: texts, menus, digits and recordings. */
class SpeakingNodesTest {
    private final FlowRig rig = new FlowRig();

    @Test
    void shouldTellTheMediaTrunkWhichKeysLeadSomewhere() {
        final FlowPlan plan = menu();
        assertThat(rig.start(plan)).isInstanceOfSatisfying(FlowCommand.Media.class, media -> {
            assertThat(media.choices()).containsExactly("1", "*");
            assertThat(media.step()).isInstanceOf(FlowStep.Menu.class);
        });
        assertThat(rig.step(plan, "digit:*", "")).isEqualTo(new FlowCommand.Visit(TargetKind.RING_GROUP, ID));
    }

    @ParameterizedTest
    @CsvSource({"digit:1,401", "timeout,402", "invalid,403", "digit:9,403", "moon,403"})
    void shouldFollowTheEdgeOfTheOutcomeElseTheDefault(final String outcome, final int code) {
        final FlowPlan plan = menu();
        rig.start(plan);
        assertThat(rig.step(plan, outcome, "")).isEqualTo(new FlowCommand.Hangup(code, FlowEnd.HANGUP_NODE));
    }

    @Test
    void shouldHangUpNormallyWhereNothingLeadsOn() {
        final FlowPlan plan = menu();
        rig.start(plan);
        rig.step(plan, "digit:*", "");
        assertThat(rig.step(plan, "no_answer", "")).isEqualTo(new FlowCommand.Hangup(0, FlowEnd.NO_EDGE));
    }

    @Test
    void shouldReadAnEdgeWithoutHandleAsTheDefault() {
        assertThat(menu().find("menu").handles())
                .containsExactly("digit:1", "digit:*", "timeout", FlowOutcomes.DEFAULT);
    }

    @ParameterizedTest
    @CsvSource({"1234,good", "123,bad", "123456,bad", "9999,bad", "12345,good"})
    void shouldKeepDigitsThatPass(final String digits, final String heard) {
        final FlowPlan plan = new GraphText()
                .node("in", "entry")
                .node(
                        "pin",
                        "collect",
                        "'variable':'pin','promptText':'pin','minDigits':4,'maxDigits':5,'regex':'1[0-9]+'")
                .node("good", "say", "'text':'good {{pin}}'")
                .node("bad", "say", "'text':'bad {{pin}}'")
                .node("bye", "hangup")
                .edge("in", "pin")
                .edge("pin", "good")
                .edge("pin", "invalid", "bad")
                .edge("good", "bye")
                .edge("bad", "bye")
                .plan();
        assertThat(rig.start(plan)).isInstanceOf(FlowCommand.Media.class);
        assertThat(spoken(rig.step(plan, "default", digits)))
                .isEqualTo(heard.equals("good") ? "good " + digits : "bad ");
    }

    @Test
    void shouldKeepWhereARecordingIs() {
        final FlowPlan plan = new GraphText()
                .node("in", "entry")
                .node("rec", "record", "'variable':'message','maxSec':30")
                .node("done", "say", "'text':'{{message}}'")
                .node("bye", "hangup")
                .edge("in", "rec")
                .edge("rec", "done")
                .edge("done", "bye")
                .plan();
        rig.start(plan);
        assertThat(spoken(rig.step(plan, "default", "acme/7.wav"))).isEqualTo("acme/7.wav");
    }

    @Test
    void shouldBoundWhatIsSpoken() {
        final FlowPlan plan = say("{{x}}".repeat(100));
        assertThat(spoken(rig.start(plan, facts(Map.of("x", "y".repeat(400)))))).hasSize(FlowInterpreter.SPOKEN_MAX);
    }

    private static FlowPlan menu() {
        return new GraphText()
                .node("in", "entry")
                .node("menu", "menu", "'promptText':'choose','minDigits':1,'maxDigits':1")
                .node("one", "hangup", "'sipCode':401")
                .node("late", "hangup", "'sipCode':402")
                .node("else", "hangup", "'sipCode':403")
                .node("group", "ringGroup", "'ringGroupId':'rg_" + GraphText.ULID + "'")
                .edge("in", "menu")
                .edge("menu", "digit:1", "one")
                .edge("menu", "digit:*", "group")
                .edge("menu", "timeout", "late")
                .edge("menu", "else")
                .plan();
    }
}
