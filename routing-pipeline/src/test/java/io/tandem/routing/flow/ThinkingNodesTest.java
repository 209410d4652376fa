package io.tandem.routing.flow;

import static io.tandem.routing.flow.FlowRig.ID;
import static io.tandem.routing.flow.FlowRig.caller;
import static io.tandem.routing.flow.FlowRig.spoken;
import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.routing.schedule.Opening;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullSource;

/** Nodes that decide at once: conditions and schedules. */
class ThinkingNodesTest {
    private final FlowRig rig = new FlowRig();

    @ParameterizedTest
    @DisplayName("N-077 a flow branches on caller_cid")
    @CsvSource(
            delimiter = '|',
            value = {
                "'operator':'equals','value':'12025550199'|12025550199|true",
                "'operator':'equals','value':'12025550199'|120255501990|false",
                "'operator':'prefix','value':'+1202'|12025550199|true",
                "'operator':'prefix','value':'1202'|+12025550199|true",
                "'operator':'prefix','value':'1203'|12025550199|false",
                "'operator':'prefix','value':'12025550199'|1202|false",
                "'operator':'in','values':['49301234567','12025550199']|12025550199|true",
                "'operator':'in','values':['49301234567']|12025550199|false",
                "'operator':'regex','value':'^12[01]2'|12125550199|true",
                "'operator':'regex','value':'^12[01]2'|13125550199|false",
                "'operator':'present'|1|true",
                "'operator':'present'|''|false"
            })
    void shouldBranchOnTheCaller(final String test, final String caller, final boolean holds) {
        final FlowPlan plan = new GraphText()
                .node("in", "entry")
                .node("who", "condition", "'variable':'caller_cid'," + test)
                .node("yes", "hangup", "'sipCode':486")
                .node("no", "hangup", "'sipCode':404")
                .edge("in", "who")
                .edge("who", "true", "yes")
                .edge("who", "false", "no")
                .plan();
        final FlowFacts facts = new FlowFacts(caller, "1", ID, "c", "inbound", Map.of(), 0);

        assertThat(rig.start(plan, facts)).isEqualTo(new FlowCommand.Hangup(holds ? 486 : 404, FlowEnd.HANGUP_NODE));
    }

    @Test
    void shouldFollowTheFirstBranchThatHolds() {
        final FlowPlan plan = new GraphText()
                .node("in", "entry")
                .node(
                        "who",
                        "condition",
                        "'branches':[{'name':'us','operator':'prefix','variable':'caller_cid','value':'1'},"
                                + "{'name':'dc','operator':'prefix','variable':'caller_cid','value':'1202'},"
                                + "{'name':'de','operator':'prefix','variable':'caller_cid','value':'49'}]")
                .node("a", "say", "'text':'us'")
                .node("b", "say", "'text':'de'")
                .node("c", "say", "'text':'else'")
                .node("bye", "hangup")
                .edge("in", "who")
                .edge("who", "us", "a")
                .edge("who", "de", "b")
                .edge("who", "dc", "c")
                .edge("who", "default", "c")
                .edge("a", "bye")
                .edge("b", "bye")
                .edge("c", "bye")
                .plan();
        assertThat(spoken(rig.start(plan, caller("12025550199")))).isEqualTo("us");
        assertThat(spoken(rig.start(plan, caller("4930")))).isEqualTo("de");
        assertThat(spoken(rig.start(plan, caller("33")))).isEqualTo("else");
    }

    @Test
    void shouldShareCallsOutByTheirSeed() {
        final FlowPlan plan = new GraphText()
                .node("in", "entry")
                .node(
                        "lot",
                        "condition",
                        "'branches':[{'name':'a','operator':'percent','percent':20},"
                                + "{'name':'b','operator':'percent','percent':50}]")
                .node("ha", "hangup", "'sipCode':401")
                .node("hb", "hangup", "'sipCode':402")
                .node("hc", "hangup", "'sipCode':403")
                .edge("in", "lot")
                .edge("lot", "a", "ha")
                .edge("lot", "b", "hb")
                .edge("lot", "hc")
                .plan();
        final int[] counts = new int[3];
        for (int seed = 0; seed < 10_000; seed++) {
            final FlowFacts facts = new FlowFacts("1", "2", ID, "c", "inbound", Map.of(), seed);
            final var hangup = (FlowCommand.Hangup) rig.start(plan, facts);
            assertThat(rig.start(plan, facts)).isEqualTo(hangup);
            counts[hangup.sipCode() - 401]++;
        }
        assertThat(counts[0]).isBetween(1850, 2150);
        assertThat(counts[1]).isBetween(4800, 5200);
        assertThat(counts[2]).isBetween(2800, 3200);
    }

    @ParameterizedTest
    @CsvSource({"OPEN,in", "CLOSED,out", "HOLIDAY,holiday", "BROKEN,in"})
    void shouldAskSchedules(final Opening state, final String way) {
        rig.opening = state;
        assertThat(spoken(rig.start(hours(true)))).isEqualTo(way);
        assertThat(rig.askedHigh).isEqualTo(ID.high());
        assertThat(rig.askedLow).isEqualTo(ID.low());
    }

    @ParameterizedTest
    @NullSource
    @EnumSource(value = Opening.class, names = "BROKEN")
    void shouldTakeAMissingOrBrokenScheduleForOpen(final Opening state) {
        rig.opening = state;
        assertThat(spoken(rig.start(hours(true)))).isEqualTo("in");
    }

    @Test
    void shouldTakeAHolidayWithoutEdgeForOutOfHours() {
        rig.opening = Opening.HOLIDAY;
        assertThat(spoken(rig.start(hours(false)))).isEqualTo("out");
    }

    private static FlowPlan hours(final boolean holiday) {
        final GraphText graph = new GraphText()
                .node("start", "entry")
                .node("hours", "timeCondition", "'scheduleId':'sch_" + GraphText.ULID + "'")
                .node("in", "say", "'text':'in'")
                .node("out", "say", "'text':'out'")
                .node("bye", "hangup")
                .edge("start", "hours")
                .edge("hours", "in_hours", "in")
                .edge("hours", "out_of_hours", "out")
                .edge("in", "bye")
                .edge("out", "bye");
        return holiday
                ? graph.node("holiday", "say", "'text':'holiday'")
                        .edge("hours", "holiday", "holiday")
                        .edge("holiday", "bye")
                        .plan()
                : graph.plan();
    }
}
