package io.tandem.routing.flow;

import static io.tandem.routing.flow.FlowRig.ID;
import static io.tandem.routing.flow.FlowRig.facts;
import static io.tandem.routing.flow.FlowRig.spoken;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nodes that ask a server. */
class AskingNodesTest {
    private static final List<String> POINTERS =
            List.of("/customer/name", "/customer/vip", "/customer/orders/1", "/customer/orders", "/moon");

    private final FlowRig rig = new FlowRig();

    @Test
    @DisplayName("a flow asks a server about caller_cid and goes on by what it answers")
    void shouldLookTheCallerUp() {
        final FlowPlan plan = lookUp();
        final FlowFacts facts = new FlowFacts("+1 202&x", "12025550123", ID, "c", "inbound", Map.of(), 0);

        assertThat(rig.start(plan, facts))
                .isEqualTo(new FlowCommand.HttpRequest(
                        "POST",
                        "https://crm.example.com/callers/%2B1%20202%26x",
                        "{\"did\":\"12025550123\",\"nobody\":\"\"}",
                        1500,
                        POINTERS));
        assertThat(spoken(rig.step(plan, "default", "{\"customer\":{\"name\":\"Ann\",\"vip\":true,\"orders\":[1,2]}}")))
                .isEqualTo("Ann true 2 .");
    }

    @Test
    void shouldFindTheSameInWhatIsLeftOfAnAnswer() {
        final FlowPlan plan = lookUp();
        rig.start(plan);
        final String left = AnswerVariables.prune(
                POINTERS,
                "{\"other\":[{}],\"customer\":{\"name\":\"" + "A".repeat(600)
                        + "\",\"vip\":true,\"orders\":[1,2],\"x\":null}}");
        assertThat(left)
                .isEqualTo("{\"customer\":{\"name\":\"" + "A".repeat(512)
                        + "\",\"vip\":\"true\",\"orders\":{\"1\":\"2\"}}}");
        assertThat(spoken(rig.step(plan, "default", left))).isEqualTo("A".repeat(512) + " true 2 .");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "default|{}|say",
                "default||bad",
                "default|{\"customer\":|bad",
                "default|<html>|bad",
                "error||bad",
                "timeout||late"
            })
    void shouldTellAnswersFromErrorsAndSilence(final String outcome, final String body, final String node) {
        final FlowPlan plan = lookUp();
        rig.start(plan);
        assertThat(rig.step(plan, outcome, body == null ? "" : body))
                .isInstanceOfSatisfying(FlowCommand.Media.class, media -> assertThat(media.nodeId())
                        .isEqualTo(node));
    }

    @Test
    void shouldTakeALongAnswerForAnError() {
        final FlowPlan plan = lookUp();
        rig.start(plan);
        final String body = "{\"x\":\"" + "x".repeat(FlowInterpreter.ANSWER_MAX) + "\"}";
        assertThat(rig.step(plan, "default", body))
                .isInstanceOfSatisfying(FlowCommand.Media.class, media -> assertThat(media.nodeId())
                        .isEqualTo("bad"));
    }

    @Test
    void shouldNotAskAUrlThatHasBecomeTooLong() {
        final FlowPlan plan = new GraphText()
                .node("in", "entry")
                .node("ask", "http", "'url':'https://crm.example.com/" + "{{x}}".repeat(100) + "'")
                .node("bye", "hangup", "'sipCode':500")
                .edge("in", "ask")
                .edge("ask", "ask")
                .edge("ask", "error", "bye")
                .plan();
        assertThat(rig.start(plan, facts(Map.of("x", "y".repeat(100)))))
                .isEqualTo(new FlowCommand.Hangup(500, FlowEnd.HANGUP_NODE));
    }

    @Test
    void shouldStopAskingServersInACircle() {
        final FlowPlan plan = new GraphText()
                .node("in", "entry")
                .node("ask", "http", "'url':'https://crm.example.com/'")
                .node("hello", "say", "'text':'hello'")
                .edge("in", "ask")
                .edge("ask", "ask")
                .edge("ask", "timeout", "hello")
                .edge("hello", "ask")
                .plan();
        rig.start(plan);
        for (int i = 1; i < FlowInterpreter.REQUESTS_MAX; i++) {
            assertThat(rig.step(plan, "default", "").ends()).isFalse();
        }
        assertThat(rig.step(plan, "timeout", "")).isInstanceOf(FlowCommand.Media.class);
        rig.step(plan, "default", "");
        for (int i = 1; i < FlowInterpreter.REQUESTS_MAX; i++) {
            assertThat(rig.step(plan, "error", "").ends()).isFalse();
        }
        assertThat(rig.step(plan, "default", "")).isEqualTo(new FlowCommand.Hangup(0, FlowEnd.REQUEST_LIMIT));
    }

    private static FlowPlan lookUp() {
        return new GraphText()
                .node("in", "entry")
                .node(
                        "ask",
                        "http",
                        "'method':'POST','url':'https://crm.example.com/callers/{{caller_cid}}','timeoutMs':1500,"
                                + "'send':['did','nobody'],'variables':{'name':'/customer/name','vip':'/customer/vip',"
                                + "'second':'/customer/orders/1','none':'/customer/orders','call_id':'/moon'}")
                .node("say", "say", "'text':'{{name}} {{vip}} {{second}} {{none}}{{call_id}}.'")
                .node("bad", "say", "'text':'error'")
                .node("late", "say", "'text':'timeout'")
                .node("bye", "hangup")
                .edge("in", "ask")
                .edge("ask", "default", "say")
                .edge("ask", "error", "bad")
                .edge("ask", "timeout", "late")
                .edge("say", "bye")
                .edge("bad", "bye")
                .edge("late", "bye")
                .plan();
    }
}
