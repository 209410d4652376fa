package io.tandem.routing.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.routing.model.FlowOutcomes;
import io.tandem.routing.model.FlowStep;
import io.tandem.routing.model.FlowVariables;
import io.tandem.routing.model.NumberTransform;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceReader;
import io.tandem.routing.model.TargetKind;
import io.tandem.routing.model.TransformDirection;
import io.tandem.routing.model.TransformScope;
import io.tandem.routing.number.DialString;
import io.tandem.routing.schedule.Opening;
import io.tandem.routing.transform.TransformPlan;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class FlowInterpreterTest {
    private static final ResourceId ID = new ResourceId(0, 1);

    private Opening opening = Opening.OPEN;
    private long askedHigh;
    private long askedLow;
    private final FlowInterpreter interpreter = new FlowInterpreter((high, low) -> {
        askedHigh = high;
        askedLow = low;
        return opening;
    });
    private final FlowRun run = new FlowRun();

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

        final FlowCommand first = interpreter.start(plan, run, facts(Map.of()));

        assertThat(first).isInstanceOfSatisfying(FlowCommand.Media.class, media -> {
            assertThat(media.nodeId()).isEqualTo("hello");
            assertThat(media.text()).isEqualTo("hello 12025550199 for 12025550123");
            assertThat(media.step()).isInstanceOfSatisfying(FlowStep.Say.class, say -> assertThat(say.voice())
                    .isEqualTo("anna"));
        });
        assertThat(run.isWaiting()).isTrue();
        assertThat(run.steps()).isEqualTo(3);
        assertThat(interpreter.step(plan, run, "default", ""))
                .isEqualTo(new FlowCommand.Hangup(480, FlowEnd.HANGUP_NODE));
        assertThat(run.isWaiting()).isFalse();
        assertThat(interpreter.step(plan, run, "default", ""))
                .isEqualTo(new FlowCommand.Hangup(0, FlowEnd.ALREADY_ENDED));
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

        assertThat(spoken(interpreter.start(plan, run, facts(hop)))).isEqualTo("sales/2/sideways//call-7");
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

        final FlowCommand command = interpreter.start(first, run, facts(Map.of("department", "sales")));

        assertThat(command)
                .isEqualTo(new FlowCommand.Route(TargetKind.FLOW, ID, Map.of("from", "sales", "fixed", "7")));
        assertThat(command.ends()).isTrue();
        final Map<String, String> hop = ((FlowCommand.Route) command).variables();
        assertThat(spoken(interpreter.start(second, run, facts(hop)))).isEqualTo("||sales|7|12025550199");
    }

    @Test
    @DisplayName("N-076 the caller's number, after its transforms, is the flow's variable caller_cid")
    void shouldExposeTheTransformedCaller() {
        final DialString caller = new DialString();
        caller.setAscii("+1 (202) 555-0199");
        caller.normalise();
        new TransformPlan(List.of(new NumberTransform(
                        ID, ID, TransformScope.DID, ID, TransformDirection.INBOUND_CID, "^1(\\d+)$", "0$1", 0, false)))
                .apply(caller);
        final FlowFacts facts = new FlowFacts(caller.toString(), "1", ID, "c", "inbound", Map.of(), 0);

        assertThat(spoken(interpreter.start(say("{{caller_cid}}"), run, facts))).isEqualTo("02025550199");
    }

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

        assertThat(interpreter.start(plan, run, facts))
                .isEqualTo(new FlowCommand.Hangup(holds ? 486 : 404, FlowEnd.HANGUP_NODE));
    }

    private static final List<String> POINTERS = List.of(
            "/customer/name", "/customer/vip", "/customer/orders/1", "/customer/orders", "/moon");

    @Test
    @DisplayName("a flow asks a server about caller_cid and goes on by what it answers")
    void shouldLookTheCallerUp() {
        final FlowPlan plan = lookUp();
        final FlowFacts facts = new FlowFacts("+1 202&x", "12025550123", ID, "c", "inbound", Map.of(), 0);

        assertThat(interpreter.start(plan, run, facts))
                .isEqualTo(new FlowCommand.HttpRequest(
                        "POST",
                        "https://crm.example.com/callers/%2B1%20202%26x",
                        "{\"did\":\"12025550123\",\"nobody\":\"\"}",
                        1500,
                        POINTERS));
        assertThat(spoken(interpreter.step(
                        plan, run, "default", "{\"customer\":{\"name\":\"Ann\",\"vip\":true,\"orders\":[1,2]}}")))
                .isEqualTo("Ann true 2 .");
    }

    @Test
    void shouldFindTheSameInWhatIsLeftOfAnAnswer() {
        final FlowPlan plan = lookUp();
        interpreter.start(plan, run, facts(Map.of()));
        final String left = AnswerVariables.prune(
                POINTERS,
                "{\"other\":[{}],\"customer\":{\"name\":\"" + "A".repeat(600)
                        + "\",\"vip\":true,\"orders\":[1,2],\"x\":null}}");
        assertThat(left)
                .isEqualTo("{\"customer\":{\"name\":\"" + "A".repeat(512)
                        + "\",\"vip\":\"true\",\"orders\":{\"1\":\"2\"}}}");
        assertThat(spoken(interpreter.step(plan, run, "default", left))).isEqualTo("A".repeat(512) + " true 2 .");
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
        interpreter.start(plan, run, facts(Map.of()));
        assertThat(interpreter.step(plan, run, outcome, body == null ? "" : body))
                .isInstanceOfSatisfying(FlowCommand.Media.class, media -> assertThat(media.nodeId())
                        .isEqualTo(node));
    }

    @Test
    void shouldTakeALongAnswerForAnError() {
        final FlowPlan plan = lookUp();
        interpreter.start(plan, run, facts(Map.of()));
        final String body = "{\"x\":\"" + "x".repeat(FlowInterpreter.ANSWER_MAX) + "\"}";
        assertThat(interpreter.step(plan, run, "default", body))
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
        assertThat(interpreter.start(plan, run, facts(Map.of("x", "y".repeat(100)))))
                .isEqualTo(new FlowCommand.Hangup(500, FlowEnd.HANGUP_NODE));
    }

    @ParameterizedTest
    @CsvSource({"OPEN,in", "CLOSED,out", "HOLIDAY,holiday", "BROKEN,in"})
    void shouldAskSchedules(final Opening state, final String way) {
        opening = state;
        assertThat(way(hours(true))).isEqualTo(way);
        assertThat(askedHigh).isEqualTo(ID.high());
        assertThat(askedLow).isEqualTo(ID.low());
    }

    @ParameterizedTest
    @NullSource
    @EnumSource(value = Opening.class, names = "BROKEN")
    void shouldTakeAMissingOrBrokenScheduleForOpen(final Opening state) {
        opening = state;
        assertThat(way(hours(true))).isEqualTo("in");
    }

    @Test
    void shouldTakeAHolidayWithoutEdgeForOutOfHours() {
        opening = Opening.HOLIDAY;
        assertThat(way(hours(false))).isEqualTo("out");
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
        assertThat(spoken(interpreter.start(plan, run, caller("12025550199")))).isEqualTo("us");
        assertThat(spoken(interpreter.start(plan, run, caller("4930")))).isEqualTo("de");
        assertThat(spoken(interpreter.start(plan, run, caller("33")))).isEqualTo("else");
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
            final var hangup = (FlowCommand.Hangup) interpreter.start(plan, run, facts);
            assertThat(interpreter.start(plan, run, facts)).isEqualTo(hangup);
            counts[hangup.sipCode() - 401]++;
        }
        assertThat(counts[0]).isBetween(1850, 2150);
        assertThat(counts[1]).isBetween(4800, 5200);
        assertThat(counts[2]).isBetween(2800, 3200);
    }

    @Test
    void shouldTellTheMediaTrunkWhichKeysLeadSomewhere() {
        final FlowPlan plan = menu();
        assertThat(interpreter.start(plan, run, facts(Map.of())))
                .isInstanceOfSatisfying(FlowCommand.Media.class, media -> {
                    assertThat(media.choices()).containsExactly("1", "*");
                    assertThat(media.step()).isInstanceOf(FlowStep.Menu.class);
                });
        assertThat(interpreter.step(plan, run, "digit:*", ""))
                .isEqualTo(new FlowCommand.Visit(TargetKind.RING_GROUP, ID));
    }

    @ParameterizedTest
    @CsvSource({"digit:1,401", "timeout,402", "invalid,403", "digit:9,403", "moon,403"})
    void shouldFollowTheEdgeOfTheOutcomeElseTheDefault(final String outcome, final int code) {
        final FlowPlan plan = menu();
        interpreter.start(plan, run, facts(Map.of()));
        assertThat(interpreter.step(plan, run, outcome, ""))
                .isEqualTo(new FlowCommand.Hangup(code, FlowEnd.HANGUP_NODE));
    }

    @Test
    void shouldHangUpNormallyWhereNothingLeadsOn() {
        final FlowPlan plan = menu();
        interpreter.start(plan, run, facts(Map.of()));
        interpreter.step(plan, run, "digit:*", "");
        assertThat(interpreter.step(plan, run, "no_answer", "")).isEqualTo(new FlowCommand.Hangup(0, FlowEnd.NO_EDGE));
    }

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
        assertThat(interpreter.start(plan, run, facts(Map.of())))
                .isEqualTo(new FlowCommand.Dial(TargetKind.USER, ID, "", 20));
        assertThat(interpreter.step(plan, run, outcome, "")).isEqualTo(new FlowCommand.Hangup(code, reason));
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
        assertThat(interpreter.start(plan, run, facts(Map.of())))
                .isEqualTo(new FlowCommand.Dial(TargetKind.NONE, ResourceId.NIL, "0012025550199", -1));
        assertThat(spoken(interpreter.step(plan, run, "answered", ""))).isEqualTo("how was it");
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
        assertThat(interpreter.start(plan, run, facts(Map.of("target", number))))
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
        final FlowCommand command = interpreter.start(plan, run, facts(Map.of()));
        assertThat(command).isEqualTo(new FlowCommand.Visit(target, ID));
        assertThat(interpreter.start(plan, run, facts(Map.of()))).isSameAs(command);
        assertThat(run.isWaiting()).isTrue();
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
        assertThat(interpreter.start(plan, run, facts(Map.of()))).isInstanceOf(FlowCommand.Media.class);
        assertThat(spoken(interpreter.step(plan, run, "default", digits)))
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
        interpreter.start(plan, run, facts(Map.of()));
        assertThat(spoken(interpreter.step(plan, run, "default", "acme/7.wav"))).isEqualTo("acme/7.wav");
    }

    @Test
    void shouldStopAfterTooManySteps() {
        final FlowPlan plan = new GraphText()
                .node("in", "entry")
                .node("hello", "say", "'text':'hello'")
                .edge("in", "hello")
                .edge("hello", "hello")
                .plan();
        FlowCommand command = interpreter.start(plan, run, facts(Map.of()));
        int commands = 1;
        while (!command.ends()) {
            command = interpreter.step(plan, run, "default", "");
            commands++;
        }
        assertThat(command).isEqualTo(new FlowCommand.Hangup(0, FlowEnd.STEP_LIMIT));
        assertThat(commands).isEqualTo(FlowInterpreter.STEPS_MAX);
        assertThat(run.steps()).isEqualTo(FlowInterpreter.STEPS_MAX);
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
        interpreter.start(plan, run, facts(Map.of()));
        for (int i = 1; i < FlowInterpreter.REQUESTS_MAX; i++) {
            assertThat(interpreter.step(plan, run, "default", "").ends()).isFalse();
        }
        assertThat(interpreter.step(plan, run, "timeout", "")).isInstanceOf(FlowCommand.Media.class);
        interpreter.step(plan, run, "default", "");
        for (int i = 1; i < FlowInterpreter.REQUESTS_MAX; i++) {
            assertThat(interpreter.step(plan, run, "error", "").ends()).isFalse();
        }
        assertThat(interpreter.step(plan, run, "default", ""))
                .isEqualTo(new FlowCommand.Hangup(0, FlowEnd.REQUEST_LIMIT));
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
        interpreter.start(graph.plan(), run, facts(Map.of()));
        assertThat(spoken(interpreter.step(changed.plan(), run, "default", ""))).isEqualTo("more");
        assertThat(interpreter.step(graph.plan(), run, "default", ""))
                .isEqualTo(new FlowCommand.Hangup(0, FlowEnd.NODE_GONE));
        interpreter.start(graph.plan(), run, facts(Map.of()));
        assertThat(interpreter.step(null, run, "default", "")).isEqualTo(new FlowCommand.Hangup(0, FlowEnd.NODE_GONE));
    }

    @Test
    void shouldBoundWhatIsSpoken() {
        final FlowPlan plan = say("{{x}}".repeat(100));
        assertThat(spoken(interpreter.start(plan, run, facts(Map.of("x", "y".repeat(400))))))
                .hasSize(FlowInterpreter.SPOKEN_MAX);
    }

    @Test
    void shouldReadAnEdgeWithoutHandleAsTheDefault() {
        assertThat(menu().find("menu").handles())
                .containsExactly("digit:1", "digit:*", "timeout", FlowOutcomes.DEFAULT);
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

    private static FlowPlan say(final String text) {
        return new GraphText()
                .node("in", "entry")
                .node("say", "say", "'text':'" + text + "'")
                .node("bye", "hangup")
                .edge("in", "say")
                .edge("say", "bye")
                .plan();
    }

    private String way(final FlowPlan plan) {
        return spoken(interpreter.start(plan, run, facts(Map.of())));
    }

    private static String spoken(final FlowCommand command) {
        return ((FlowCommand.Media) command).text();
    }

    private static FlowFacts caller(final String number) {
        return new FlowFacts(number, "1", ID, "c", "inbound", Map.of(), 0);
    }

    private static FlowFacts facts(final Map<String, String> hop) {
        return new FlowFacts("12025550199", "12025550123", ID, "call-7", "inbound", hop, 42);
    }
}
