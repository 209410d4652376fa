package io.tandem.routing.stage;

import static io.tandem.routing.stage.StageFixture.BASE;
import static io.tandem.routing.stage.StageFixture.number;
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

/** The trunks that a call may be offered to, one after the other. */
class CandidatesTest {
    private static final String LATER = """
            {"resource":"accounts","name":"later"}
            """;
    private static final String PBX_DISABLED =
            BASE.replace("\"pbx\",\"role\"", "\"pbx\",\"status\":\"disabled\",\"role\"");

    private final Decision further = new Decision();
    private final CandidatesLeft left = new CandidatesLeft();

    private static String trunk(final int index, final String more) {
        return """
                {"resource":"trunks","account_id":"name:later","name":"t%d","direction":"outbound",\
                "proxy":"127.0.0.9:60%02d"%s}
                """.formatted(index, index, more.isEmpty() ? "" : "," + more);
    }

    private static String trunks(final int count) {
        final StringBuilder lines = new StringBuilder(LATER);
        for (int i = 0; i < count; i++) {
            lines.append(trunk(i, ""));
        }
        return lines.toString();
    }

    /** Every call may go to the trunks t0, t1 and so on behind the PBX. */
    private static StageFixture call(final int count, final String lines) {
        final StageFixture call = new StageFixture(BASE + number("") + lines);
        call.stages.furtherCandidates((plans, decision) -> {
            for (int i = 0; i < count; i++) {
                final TrunkPlan trunk = named(call, "t" + i);
                if (trunk != null) {
                    decision.addCandidate(trunk);
                }
            }
        });
        return call;
    }

    private static TrunkPlan named(final StageFixture call, final String name) {
        final var configuration = call.stages.configuration();
        final ResourceId account =
                configuration.findNamed(new UniqueName(ResourceKind.ACCOUNTS, "name", ResourceId.NIL, "later"));
        final ResourceId id = configuration.findNamed(new UniqueName(ResourceKind.TRUNKS, "name", account, name));
        return id == null ? null : call.stages.trunk(id.high(), id.low());
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
        final StageFixture call = call(3, trunks(3));
        assertThat(call.decide()).isTrue();
        assertThat(names(call.decision)).containsExactly("pbx", "t0", "t1", "t2");
        assertThat(call.decision.addCandidate(call.decision.candidate(2))).isTrue();
        assertThat(call.decision.candidateCount()).isEqualTo(4);
        assertThatThrownBy(() -> call.decision.candidate(4)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void shouldRefuseMoreThanEightTrunks() {
        final StageFixture call = call(7, trunks(9));
        assertThat(call.decide()).isTrue();
        assertThat(call.decision.candidateCount()).isEqualTo(Decision.CANDIDATES_MAX);
        assertThat(call.decision.addCandidate(named(call, "t7"))).isFalse();
        assertThat(call.decision.addCandidate(named(call, "t6"))).as("is there already").isTrue();
        assertThat(names(call.decision)).endsWith("t6").hasSize(Decision.CANDIDATES_MAX);
        left.keep(call.decision);
        assertThat(left.count()).isEqualTo(CandidatesLeft.COUNT_MAX);
        left.add(9, 9);
        assertThat(left.count()).as("one too many").isEqualTo(CandidatesLeft.COUNT_MAX);
        assertThat(left.trunkLow(6)).isNotEqualTo(9);
    }

    @Test
    void shouldForgetTheCandidatesOfTheCallBefore() {
        final StageFixture call = call(3, trunks(3));
        assertThat(call.decide()).isTrue();
        call.stages.furtherCandidates(CandidateSource.NONE);
        call.ledger.release(call.callHolds);
        assertThat(call.decide()).isTrue();
        assertThat(names(call.decision)).containsExactly("pbx");
    }

    @Test
    @DisplayName("D5 trunks that take no calls are passed over before the first attempt, each counted")
    void shouldPassOverTrunksThatTakeNoCalls() {
        final StageFixture call = new StageFixture(
                PBX_DISABLED + number("") + LATER + trunk(0, "\"transport\":\"tls\"") + trunk(1, ""));
        call.stages.furtherCandidates((plans, decision) -> {
            decision.addCandidate(named(call, "t0"));
            decision.addCandidate(named(call, "t1"));
        });
        assertThat(call.decide()).isTrue();
        assertThat(names(call.decision)).containsExactly("t1");
        assertThat(call.stages.counts().count(Rule.TRUNK_DISABLED)).isEqualTo(1);
        assertThat(call.stages.counts().count(Rule.TRANSPORT_NOT_BUILT)).isEqualTo(1);
        assertThat(call.stages.counts().count(Rule.TRUNK_CHOSEN)).isEqualTo(1);

        call.request.dryRun = true;
        assertThat(call.decideAnother()).isTrue();
        assertThat(call.stages.counts().count(Rule.TRUNK_DISABLED)).as("dry runs count nothing").isEqualTo(1);
    }

    @Test
    void shouldRefuseByTheLastTrunkWhenNoneTakesCalls() {
        final StageFixture call =
                new StageFixture(PBX_DISABLED + number("") + LATER + trunk(0, "\"transport\":\"tls\""));
        call.stages.furtherCandidates((plans, decision) -> decision.addCandidate(named(call, "t0")));
        assertThat(call.decide()).isFalse();
        assertThat(call.decision.rule()).isEqualTo(Rule.TRANSPORT_NOT_BUILT);
        assertThat(call.callHolds.isEmpty()).isTrue();
        assertThat(call.stages.counts().count(Rule.TRUNK_DISABLED)).isEqualTo(1);
        assertThat(call.stages.counts().count(Rule.TRANSPORT_NOT_BUILT)).isEqualTo(1);
    }

    @Test
    void shouldOfferACallToOneTrunkAfterTheOther() {
        final StageFixture call = call(2, trunks(2));
        assertThat(call.decide()).isTrue();
        left.keep(call.decision);
        assertThat(next(call)).isEqualTo("t0");
        assertThat(further.rule()).isEqualTo(Rule.TRUNK_CHOSEN);
        assertThat(further.candidateCount()).isEqualTo(1);
        assertThat(call.stages.admitLeg(further, further.target(), call.legHolds)).isTrue();
        assertThat(next(call)).isEqualTo("t1");
        assertThat(next(call)).isEqualTo("none");
        assertThat(call.stages.counts().count(Rule.TRUNK_CHOSEN)).isEqualTo(3);
    }

    @Test
    @DisplayName("D5 what a later revision takes away is passed over, each trunk counted under its rule")
    void shouldPassOverWhatTheRevisionInForceDoesNotHave() {
        final StageFixture call = call(6, trunks(6));
        assertThat(call.decide()).isTrue();
        left.keep(call.decision);
        call.stages.use(InMemoryConfiguration.of(
                "test",
                8,
                BASE + number("") + LATER
                        + trunk(1, "\"status\":\"disabled\"")
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
        final StageFixture call = call(1, trunks(1));
        assertThat(call.decide()).isTrue();
        left.keep(call.decision);
        call.stages.use(InMemoryConfiguration.of(
                "test", 8, BASE + number("") + trunks(1).replace("\"later\"}", "\"later\",\"status\":\"suspended\"}")));
        assertThat(next(call)).isEqualTo("none");
        assertThat(call.stages.counts().count(Rule.TRUNK_ACCOUNT_SUSPENDED)).isEqualTo(1);
    }
}
