package io.tandem.routing.target;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.model.TargetKind;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RingGroupTargetTest {
    private final Office office = new Office().phone("alice").phone("bob").phone("carol");

    @Test
    @DisplayName("N-045 R-064 R-065 ring_all rings all members at once for ring_timeout_sec")
    void shouldRingAll() {
        group("'ring_timeout_sec':20", "{'user_id':'name:alice'},{'user_id':'name:bob'}");
        assertThat(rings()).containsExactly("alice 0-20", "bob 0-20");
    }

    @Test
    @DisplayName("R-064 R-070 sequential rings members by position, each for the group's time")
    void shouldRingInOrderOfPosition() {
        group(
                "'strategy':'sequential','ring_timeout_sec':10",
                "{'user_id':'name:carol','position':3},{'user_id':'name:alice','position':1},{'user_id':'name:bob','position':2}");
        assertThat(rings()).containsExactly("alice 0-10", "bob 10-20", "carol 20-30");
    }

    @ParameterizedTest
    @DisplayName("R-064 R-070 R-073 round_robin begins each call with the next member")
    @CsvSource({"0,alice bob carol", "1,bob carol alice", "2,carol alice bob", "3,alice bob carol", "-1,carol alice bob"})
    void shouldTakeTurns(final int turn, final String order) {
        group("'strategy':'round_robin','ring_timeout_sec':10", everybody());
        office.state.turn = turn;
        assertThat(office.ring(TargetKind.RING_GROUP, "sales").steps())
                .extracting(office::name)
                .containsExactly(order.split(" "));
    }

    @Test
    @DisplayName("R-071 delay_sec puts off a member's ringing, within the time of the group")
    void shouldDelayMembers() {
        group(
                "'ring_timeout_sec':20",
                "{'user_id':'name:alice'},{'user_id':'name:bob','delay_sec':5},{'user_id':'name:carol','delay_sec':20}");
        assertThat(rings()).containsExactly("alice 0-20", "bob 5-20");
    }

    @Test
    @DisplayName("R-071 R-072 in turn, a delay is a pause before the member and timeout_sec its end")
    void shouldDelayMembersInTurn() {
        group(
                "'strategy':'sequential','ring_timeout_sec':10",
                "{'user_id':'name:alice','timeout_sec':4},{'user_id':'name:bob','delay_sec':3},{'user_id':'name:carol'}");
        assertThat(rings()).containsExactly("alice 0-4", "bob 7-17", "carol 17-27");
    }

    @ParameterizedTest
    @DisplayName("R-072 X20 a member rings for the least of what group, member, user and the caller's budget allow")
    @CsvSource({
        // group, member, user, budget, rings
        "30,,25,,25",
        "30,,60,,30",
        "30,10,25,,10",
        "30,40,60,,30",
        "30,10,5,,5",
        "30,10,25,7,7",
        "30,,25,90,25",
        "9,,25,60,9"
    })
    void shouldNestTimes(
            final int group, final Integer member, final int user, final Integer budget, final int seconds) {
        for (final String strategy : new String[] {"ring_all", "sequential", "round_robin"}) {
            final Office nested = new Office().phone("dave", "'ring_timeout_sec':" + user);
            nested.add(
                    ResourceKind.RING_GROUPS,
                    "'name':'sales','strategy':'" + strategy + "','ring_timeout_sec':" + group
                            + ",'members':[{'user_id':'name:dave'"
                            + (member == null ? "" : ",'timeout_sec':" + member) + "}]");
            if (budget != null) {
                nested.budgetSec(budget);
            }
            assertThat(nested.rings(nested.to(TargetKind.RING_GROUP, "sales")))
                    .as(strategy)
                    .containsExactly("dave 0-" + seconds);
        }
    }

    @Test
    @DisplayName("X20 what is left of a budget after one attempt is all that the next one has")
    void shouldPassOnWhatIsLeftOfABudget() {
        office.phone("dave", "'fwd_noanswer_kind':'user','fwd_noanswer_id':'name:alice'").budgetSec(40);
        final TargetPlan.Ring first = office.ring(TargetKind.USER, "dave");
        assertThat(office.rings(first)).containsExactly("dave 0-25");
        final TargetPlan second = office.after(first, RingOutcome.NO_ANSWER);
        assertThat(office.rings(second)).containsExactly("alice 0-15");

        office.budgetSec(25);
        final TargetPlan.Ring only = office.ring(TargetKind.USER, "dave");
        assertThat(office.after(only, RingOutcome.NO_ANSWER).verdict())
                .as("nothing is left for alice")
                .isEqualTo(TargetVerdict.USER_NO_ANSWER);
    }

    @Test
    @DisplayName("X20 in turn, members ring until the caller's budget is used up")
    void shouldEndTurnsWithTheBudget() {
        group("'strategy':'sequential','ring_timeout_sec':10", everybody());
        office.budgetSec(15);
        assertThat(rings()).containsExactly("alice 0-10", "bob 10-15");
    }

    @Test
    @DisplayName("R-069 a device is a member by itself, whatever its ring_on_fork says")
    void shouldRingSingleDevices() {
        office.device("alice", "lobby", "'ring_on_fork':0");
        group("'ring_timeout_sec':15", "{'device_id':'name:lobby@acme.test'}");
        assertThat(rings()).containsExactly("lobby 0-15");
    }

    @Test
    @DisplayName("a user who is named twice, or once more with his device, rings once")
    void shouldRingADeviceOnce() {
        group(
                "'ring_timeout_sec':15",
                "{'user_id':'name:alice'},{'device_id':'name:alice@acme.test'},{'user_id':'name:alice'}");
        assertThat(rings()).containsExactly("alice 0-15");
    }

    @Test
    @DisplayName("members who are not to be disturbed, forward all calls, are disabled, full or unreachable are left out")
    void shouldLeaveOutMembersWhoDoNotRing() {
        office.phone("dnd", "'dnd':1")
                .phone("away", "'fwd_always_kind':'user','fwd_always_id':'name:bob'")
                .phone("gone", "'status':'disabled'")
                .phone("full", "'max_simultaneous':1")
                .user("nowhere");
        office.state.calls.put(Office.id(ResourceKind.USERS, "full"), 1);
        group(
                "'ring_timeout_sec':15",
                "{'user_id':'name:dnd'},{'user_id':'name:away'},{'user_id':'name:gone'},{'user_id':'name:full'},"
                        + "{'user_id':'name:nowhere'},{'user_id':'name:nobody'},{'user_id':'name:alice'}");
        assertThat(rings()).containsExactly("alice 0-15");
    }

    @ParameterizedTest
    @DisplayName("R-067 a call that nobody answers takes the exit, or is refused when there is none")
    @CsvSource({
        "true,NO_ANSWER,TARGET_MEDIA", "true,BUSY,TARGET_MEDIA", "true,UNREACHABLE,TARGET_MEDIA",
        "false,NO_ANSWER,GROUP_NO_ANSWER", "false,BUSY,GROUP_BUSY", "false,UNREACHABLE,GROUP_UNREACHABLE"
    })
    void shouldExit(final boolean exit, final RingOutcome outcome, final TargetVerdict verdict) {
        office.add(ResourceKind.VOICEMAIL_BOXES, "'name':'box'");
        group(
                "'ring_timeout_sec':15" + (exit ? ",'exit_dest_kind':'voicemail','exit_dest_id':'name:box'" : ""),
                everybody());
        final TargetPlan.Ring ring = office.ring(TargetKind.RING_GROUP, "sales");
        assertThat(office.after(ring, outcome).verdict()).isEqualTo(verdict);
    }

    @Test
    @DisplayName("R-067 a group that nobody can be reached in exits at once")
    void shouldExitWhenNobodyRings() {
        office.add(ResourceKind.VOICEMAIL_BOXES, "'name':'box'").state.registered.clear();
        group("'exit_dest_kind':'voicemail','exit_dest_id':'name:box'", everybody());
        final TargetPlan plan = office.to(TargetKind.RING_GROUP, "sales");
        assertThat(((TargetPlan.ToMedia) plan).requestUri()).endsWith(";cause=503");
    }

    @Test
    @DisplayName("at most 64 devices ring, those of the first members")
    void shouldRingAtMostSixtyFourDevices() {
        IntStream.range(0, 7).forEach(user -> {
            office.user("u" + user);
            IntStream.range(0, 10).forEach(device -> office.device("u" + user, "d" + user + device));
        });
        group(
                "'ring_timeout_sec':15",
                String.join(
                        ",",
                        IntStream.range(0, 7)
                                .mapToObj(user -> "{'user_id':'name:u" + user + "'}")
                                .toList()));
        final TargetPlan.Ring ring = office.ring(TargetKind.RING_GROUP, "sales");
        assertThat(ring.steps()).hasSize(TargetPlan.Ring.STEPS_MAX);
        assertThat(ring.steps().stream().filter(step -> office.name(step).startsWith("d6")))
                .hasSize(4);
    }

    private static String everybody() {
        return "{'user_id':'name:alice','position':1},{'user_id':'name:bob','position':2},{'user_id':'name:carol','position':3}";
    }

    private void group(final String fields, final String members) {
        office.add(ResourceKind.RING_GROUPS, "'name':'sales'," + fields + ",'members':[" + members + "]");
    }

    private List<String> rings() {
        return office.rings(office.to(TargetKind.RING_GROUP, "sales"));
    }
}
