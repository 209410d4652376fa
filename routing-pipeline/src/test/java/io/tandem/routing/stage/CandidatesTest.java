package io.tandem.routing.stage;

import static io.tandem.routing.stage.StageFixture.ACME;
import static io.tandem.routing.stage.StageFixture.BASE;
import static io.tandem.routing.stage.StageFixture.PBX_ADDRESS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tandem.routing.configuration.InMemoryConfiguration;
import io.tandem.routing.configuration.TrunkPlan;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.model.UniqueName;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The trunks that a call may be offered to, one after the other: the exchange dials a number outside. */
class CandidatesTest {
    private static final String TRANSFORM = """
            {"resource":"number-transforms","account_id":"name:acme","scope_kind":"trunk","scope_id":"name:t%d",\
            "direction":"outbound_dst","match_regex":"^44","replacement":"%s"}
            """;

    private final Decision further = new Decision();
    private final CandidatesLeft left = new CandidatesLeft();

    private static String trunk(final int index, final String more) {
        return """
                {"resource":"trunks","account_id":"name:acme","name":"t%d","direction":"outbound",\
                "proxy":"127.0.0.9:60%02d"%s}
                """.formatted(index, index, more.isEmpty() ? "" : "," + more);
    }

    private static String route(final int index) {
        return """
                {"resource":"outbound-routes","account_id":"name:acme","match_prefix":"44","via":"trunk",\
                "trunk_id":"name:t%d","priority":%d}
                """.formatted(index, index);
    }

    private static String routes(final int count) {
        final StringBuilder lines = new StringBuilder();
        for (int i = 0; i < count; i++) {
            lines.append(trunk(i, "")).append(route(i));
        }
        return lines.toString();
    }

    private static StageFixture call(final String lines) {
        return new StageFixture(BASE + StageFixture.number("").replace("12025550123", "12025550100") + lines)
                .from(PBX_ADDRESS, "12025550100", "442071838750");
    }

    private static TrunkPlan named(final StageFixture call, final String name) {
        final var configuration = call.stages.configuration();
        final ResourceId account =
                configuration.findNamed(new UniqueName(ResourceKind.ACCOUNTS, "name", ResourceId.NIL, "acme"));
        final ResourceId id = configuration.findNamed(new UniqueName(ResourceKind.TRUNKS, "name", account, name));
        return call.stages.trunk(id.high(), id.low());
    }

    private static List<String> names(final Decision decision) {
        final List<String> names = new ArrayList<>();
        for (int i = 0; i < decision.candidateCount(); i++) {
            names.add(decision.candidate(i).name());
        }
        return names;
    }

    private String next(final StageFixture call) {
        return call.stages.next(left, further) ? further.target().name() : "none";
    }

    @Test
    void shouldKeepTrunksInTheirOrderEachOnce() {
        final StageFixture call = call(routes(3));
        assertThat(call.decide()).isTrue();
        assertThat(names(call.decision)).containsExactly("t0", "t1", "t2");
        assertThat(call.decision.addCandidate(call.decision.candidate(2))).isTrue();
        assertThat(call.decision.candidateCount()).isEqualTo(3);
        assertThatThrownBy(() -> call.decision.candidate(3)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void shouldRefuseMoreThanEightTrunks() {
        final StageFixture call = call(routes(9));
        assertThat(call.decide()).isTrue();
        assertThat(names(call.decision)).hasSize(Decision.CANDIDATES_MAX).endsWith("t7");
        assertThat(call.decision.addCandidate(named(call, "t8"))).isFalse();
        assertThat(call.decision.addCandidate(named(call, "t7")))
                .as("is there already")
                .isTrue();
        assertThat(names(call.decision)).hasSize(Decision.CANDIDATES_MAX).endsWith("t7");
        left.keep(call.decision);
        assertThat(left.count()).isEqualTo(CandidatesLeft.COUNT_MAX);
        left.add(9, 9, ResourceId.NIL);
        assertThat(left.count()).as("one too many").isEqualTo(CandidatesLeft.COUNT_MAX);
        assertThat(left.trunkLow(CandidatesLeft.COUNT_MAX - 1)).isNotEqualTo(9);
    }

    @Test
    void shouldForgetTheCandidatesOfTheCallBefore() {
        final StageFixture call = call(routes(3) + StageFixture.number(""));
        assertThat(call.decide()).isTrue();
        call.from(PBX_ADDRESS, "12025550100", "12025550123");
        assertThat(call.decideAnother()).isTrue();
        assertThat(names(call.decision)).containsExactly("pbx");
        call.from(PBX_ADDRESS, "12025550100", "33142278186");
        assertThat(call.decideAnother()).isFalse();
        assertThat(call.decision.target()).isNull();
    }

    @Test
    void shouldOfferACallToOneTrunkAfterTheOther() {
        final StageFixture call = call(routes(3));
        assertThat(call.decide()).isTrue();
        left.keep(call.decision);
        assertThat(next(call)).isEqualTo("t1");
        assertThat(further.rule()).isEqualTo(Rule.TRUNK_CHOSEN);
        assertThat(further.candidateCount()).isEqualTo(1);
        assertThat(call.stages.admitLeg(further, further.target(), call.legHolds))
                .isTrue();
        assertThat(next(call)).isEqualTo("t2");
        assertThat(next(call)).isEqualTo("none");
        assertThat(call.stages.counts().count(Rule.TRUNK_CHOSEN)).isEqualTo(2);
    }

    @Test
    void shouldRewriteForEachTrunkWhatWasNotYetRewritten() {
        final StageFixture call = call(routes(3) + TRANSFORM.formatted(0, "a") + TRANSFORM.formatted(1, "b"));
        assertThat(call.decide()).isTrue();
        assertThat(call.decision.calledOut).hasToString("a2071838750");
        left.keep(call.decision);
        assertThat(next(call)).isEqualTo("t1");
        assertThat(further.calledOut).hasToString("b2071838750");
        assertThat(further.rule()).isEqualTo(Rule.OUTBOUND_REWRITTEN);
        assertThat(next(call)).isEqualTo("t2");
        assertThat(further.calledOut).hasToString("442071838750");
    }

    @Test
    void shouldStayWithinTheShortestDurationOfACallThatIsRoutedAgain() {
        final StageFixture call = call(routes(1) + trunk(1, "\"max_call_sec\":30") + route(1));
        assertThat(call.decide()).isTrue();
        call.decision.routedMaxCallSec = 40;
        left.keep(call.decision);
        call.decision.routedMaxCallSec = 90;
        left.keep(call.decision);
        assertThat(left.maxCallSec).isEqualTo(40);
        assertThat(next(call)).isEqualTo("t1");
        assertThat(further.maxCallSec()).isEqualTo(30);
        left.clear();
        assertThat(left.maxCallSec).isEqualTo(Decision.UNLIMITED);
    }

    @Test
    @DisplayName("D5 what a later revision takes away is passed over, each trunk counted under its rule")
    void shouldPassOverWhatTheRevisionInForceDoesNotHave() {
        final StageFixture call = call(routes(7));
        assertThat(call.decide()).isTrue();
        left.keep(call.decision);
        call.stages.use(InMemoryConfiguration.of(
                "test",
                8,
                BASE + trunk(1, "\"status\":\"disabled\"")
                        + trunk(2, "").replace("outbound", "inbound")
                        + trunk(3, "\"transport\":\"tls\"")
                        + trunk(4, "")));
        assertThat(next(call)).isEqualTo("t4");
        assertThat(further.revision()).isEqualTo(8);
        assertThat(next(call)).isEqualTo("none");
        final RuleCounts counts = call.stages.counts();
        assertThat(counts.count(Rule.TRUNK_GONE)).isEqualTo(2);
        assertThat(counts.count(Rule.TRUNK_DISABLED)).isEqualTo(1);
        assertThat(counts.count(Rule.TRUNK_TAKES_NO_CALLS)).isEqualTo(1);
        assertThat(counts.count(Rule.TRANSPORT_NOT_BUILT)).isEqualTo(1);
    }

    @Test
    void shouldPassOverTrunksOfASuspendedAccount() {
        final StageFixture call = call(routes(2));
        assertThat(call.decide()).isTrue();
        left.keep(call.decision);
        final String suspended = ACME.replace("\"acme\"", "\"acme\",\"status\":\"suspended\"");
        call.stages.use(InMemoryConfiguration.of("test", 8, suspended + routes(2)));
        assertThat(next(call)).isEqualTo("none");
        assertThat(call.stages.counts().count(Rule.TRUNK_ACCOUNT_SUSPENDED)).isEqualTo(1);
    }

    @Test
    @DisplayName("R-148 each trunk that is tried gets the transforms of the route that leads to it")
    void shouldRewriteForTheRouteOfEachTrunk() {
        final String routes = trunk(0, "") + route(0).replace("\"match", "\"name\":\"r0\",\"match") + trunk(1, "")
                + route(1).replace("\"match", "\"name\":\"r1\",\"match");
        final StageFixture call = call(routes
                + TRANSFORM.formatted(0, "00").replace("\"trunk\",\"scope_id\":\"name:t0\"", "\"route\",\"scope_id\":\"name:r0\"")
                + TRANSFORM.formatted(1, "01").replace("^44", "^4(4)")
                        .replace("\"trunk\",\"scope_id\":\"name:t1\"", "\"route\",\"scope_id\":\"name:r1\""));

        assertThat(call.decide()).as(call.reason()).isTrue();
        assertThat(call.decision.calledOut).hasToString("002071838750");
        left.keep(call.decision);
        assertThat(next(call)).isEqualTo("t1");
        assertThat(further.calledOut).hasToString("012071838750");
    }

    @Test
    @DisplayName("D12 an emergency call goes on to the next trunk, full or not, of a suspended account or not")
    void shouldKeepAnEmergencyCallOne() {
        final StageFixture call = new StageFixture(BASE.replace("\"acme\"}", "\"acme\",\"status\":\"suspended\"}")
                        + (trunk(0, "") + route(0) + trunk(1, "\"max_channels\":0,\"max_call_sec\":9") + route(1))
                                .replace("\"44\"", "\"112\""))
                .from(PBX_ADDRESS, "12025550100", "112");

        assertThat(call.decide()).as(call.reason()).isTrue();
        left.keep(call.decision);
        assertThat(next(call)).isEqualTo("t1");
        assertThat(further.emergency()).isTrue();
        assertThat(further.maxCallSec()).isEqualTo(Decision.UNLIMITED);
        assertThat(call.stages.admitLeg(further, further.target(), call.legHolds)).isTrue();
    }
}
