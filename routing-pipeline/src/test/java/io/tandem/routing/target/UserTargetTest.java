package io.tandem.routing.target;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.model.TargetKind;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UserTargetTest {
    private final Office office = new Office();

    @Test
    @DisplayName("N-043 U-001..U-003 U-009 U-019 a user's devices ring, all that are registered at once, as a fork")
    void shouldRingEveryDevice() {
        office.user("alice").device("alice", "desk").device("alice", "mobile");

        final TargetPlan.Ring ring = office.ring(TargetKind.USER, "alice");

        assertThat(office.rings(ring)).containsExactlyInAnyOrder("desk 0-25", "mobile 0-25");
        assertThat(ring.forks()).isTrue();
        assertThat(ring.totalMs()).isEqualTo(25_000);
    }

    @Test
    @DisplayName("U-004 a device without a live registration does not ring")
    void shouldLeaveOutUnregisteredDevices() {
        office.user("alice").device("alice", "desk").device("alice", "mobile");
        office.state.registered.remove(Office.deviceId("mobile"));
        assertThat(office.rings(office.to(TargetKind.USER, "alice"))).containsExactly("desk 0-25");
    }

    @Test
    @DisplayName("U-005 D13 a device that takes no calls does not ring, one that has a call does")
    void shouldLeaveOutUnavailableDevices() {
        office.user("alice").device("alice", "desk").device("alice", "mobile");
        office.state.unavailable.add(Office.deviceId("mobile"));
        office.state.calls.put(Office.id(ResourceKind.USERS, "alice"), 1);
        assertThat(office.rings(office.to(TargetKind.USER, "alice"))).containsExactly("desk 0-25");
    }

    @Test
    @DisplayName("U-018 one device rings without a fork")
    void shouldNotForkToOneDevice() {
        office.phone("alice");
        assertThat(office.ring(TargetKind.USER, "alice").forks()).isFalse();
    }

    @Test
    @DisplayName("a disabled device does not ring")
    void shouldLeaveOutDisabledDevices() {
        office.phone("alice").device("alice", "old", "'status':'disabled'");
        assertThat(office.rings(office.to(TargetKind.USER, "alice"))).containsExactly("alice 0-25");
    }

    @Test
    @DisplayName("U-010 U-014 sequential rings one device after the other by ring_order, within the user's time")
    void shouldRingInOrder() {
        office.user("alice", "'ring_strategy':'sequential'", "'ring_timeout_sec':31")
                .device("alice", "third", "'ring_order':30")
                .device("alice", "first", "'ring_order':1")
                .device("alice", "second", "'ring_order':2");

        final TargetPlan.Ring ring = office.ring(TargetKind.USER, "alice");

        assertThat(office.rings(ring)).containsExactly("first 0-10", "second 10-20", "third 20-31");
        assertThat(ring.totalMs()).isEqualTo(31_000);
    }

    @Test
    @DisplayName("U-015 ring_order decides who stands first where all ring at once, then the identifier")
    void shouldBreakTiesByRingOrder() {
        office.user("alice").device("alice", "b", "'ring_order':2").device("alice", "a", "'ring_order':2");
        office.device("alice", "z", "'ring_order':1");
        final List<String> tied = Office.deviceId("a").compareTo(Office.deviceId("b")) < 0
                ? List.of("z 0-25", "a 0-25", "b 0-25")
                : List.of("z 0-25", "b 0-25", "a 0-25");
        assertThat(office.rings(office.to(TargetKind.USER, "alice"))).isEqualTo(tied);
    }

    @ParameterizedTest
    @DisplayName("U-011 U-016 X18 who rings by strategy and ring_on_fork: no opts out, specific asks for a yes")
    @CsvSource({
        "simultaneous,unsaid yes",
        "sequential,unsaid yes",
        "specific,yes"
    })
    void shouldHeedRingOnFork(final String strategy, final String ringing) {
        office.user("alice", "'ring_strategy':'" + strategy + "'")
                .device("alice", "unsaid", "'ring_order':1")
                .device("alice", "no", "'ring_order':2", "'ring_on_fork':0")
                .device("alice", "yes", "'ring_order':3", "'ring_on_fork':1");
        assertThat(office.ring(TargetKind.USER, "alice").steps())
                .extracting(office::name)
                .containsExactly(ringing.split(" "));
    }

    @Test
    @DisplayName("U-017 a device that is left out of the fork still rings when it is called itself")
    void shouldReachADeviceDirectly() {
        office.phone("bob").user("alice").device("alice", "backup", "'ring_on_fork':0").calledBy("bob");

        assertThat(office.to(TargetKind.USER, "alice").verdict()).isEqualTo(TargetVerdict.USER_UNREACHABLE);
        final Dialled dialled = Dialled.of("backup", "acme.test", office.call().caller(), office);
        assertThat(dialled.match()).isEqualTo(Dialled.Match.DEVICE);
        assertThat(office.rings(office.resolver.resolveDevice(dialled.device(), office.call())))
                .containsExactly("backup 0-25");
    }

    @Test
    @DisplayName("U-012 ring_timeout_sec is how long the devices ring")
    void shouldRingAsLongAsTheUserSays() {
        office.phone("alice", "'ring_timeout_sec':40");
        assertThat(office.rings(office.to(TargetKind.USER, "alice"))).containsExactly("alice 0-40");
    }

    @Test
    @DisplayName("U-020 U-021 U-036 X24 every leg of an internal call shows extension and name of the caller")
    void shouldStampTheInternalIdentity() {
        office.phone("bob", "'display_name':'Bob B.'")
                .add(ResourceKind.EXTENSIONS, "'digits':'10002','dest_kind':'user','dest_id':'name:bob'")
                .add(ResourceKind.EXTENSIONS, "'digits':'1003','dest_kind':'user','dest_id':'name:bob'")
                .add(ResourceKind.EXTENSIONS, "'digits':'1002','dest_kind':'user','dest_id':'name:bob'")
                .add(ResourceKind.EXTENSIONS, "'digits':'9','dest_kind':'user','dest_id':'name:alice'")
                .user("alice")
                .device("alice", "desk")
                .device("alice", "mobile")
                .calledBy("bob");
        final TargetPlan.Ring ring = office.ring(TargetKind.USER, "alice");
        assertThat(ring.steps()).hasSize(2);
        assertThat(ring.identity()).isEqualTo(new CallerIdentity("1002", "Bob B."));
    }

    @Test
    @DisplayName("U-036 without an extension an internal caller shows his user name; a caller from outside keeps what he brought")
    void shouldStampTheUserName() {
        office.phone("bob").phone("alice");
        assertThat(office.ring(TargetKind.USER, "alice").identity()).isNull();
        office.calledBy("bob");
        assertThat(office.ring(TargetKind.USER, "alice").identity()).isEqualTo(new CallerIdentity("bob", ""));
    }

    @Test
    @DisplayName("U-006 U-022 U-026 fwd_always goes before do-not-disturb and before ringing, devices or not")
    void shouldForwardAlways() {
        office.phone("bob").phone("alice", "'dnd':1", "'fwd_always_kind':'user'", "'fwd_always_id':'name:bob'");
        assertThat(office.rings(office.to(TargetKind.USER, "alice"))).containsExactly("bob 0-25");
        assertThat(office.passed).containsExactly("user", "user");
        office.state.registered.remove(Office.deviceId("alice"));
        assertThat(office.rings(office.to(TargetKind.USER, "alice"))).containsExactly("bob 0-25");
    }

    @ParameterizedTest
    @DisplayName("U-006 U-023 U-027 U-033 U-034 do not disturb: fwd_busy, else the voicemail box, else 486, and nothing rings")
    @CsvSource(
            delimiter = '|',
            value = {
                "'fwd_busy_kind':'user','fwd_busy_id':'name:bob','voicemail_id':'name:box'|TARGET_RINGS",
                "'voicemail_id':'name:box'|TARGET_MEDIA",
                "'fwd_noanswer_kind':'user','fwd_noanswer_id':'name:bob'|USER_NOT_DISTURBED"
            })
    void shouldHeedDoNotDisturb(final String fields, final TargetVerdict verdict) {
        box().phone("bob").phone("alice", "'dnd':1", fields);
        assertThat(office.to(TargetKind.USER, "alice").verdict()).isEqualTo(verdict);
    }

    @ParameterizedTest
    @DisplayName("R-030 D13 a user with max_simultaneous calls is busy: fwd_busy, else the voicemail box, else 486")
    @CsvSource(
            delimiter = '|',
            value = {
                "'fwd_busy_kind':'user','fwd_busy_id':'name:bob','voicemail_id':'name:box'|2|TARGET_RINGS",
                "'voicemail_id':'name:box'|2|TARGET_MEDIA",
                "'is_agent':0|2|USER_BUSY",
                "'is_agent':0|1|TARGET_RINGS"
            })
    void shouldBeBusyAtItsCeiling(final String fields, final int calls, final TargetVerdict verdict) {
        box().phone("bob").phone("alice", "'max_simultaneous':2", fields);
        office.state.calls.put(Office.id(ResourceKind.USERS, "alice"), calls);
        assertThat(office.to(TargetKind.USER, "alice").verdict()).isEqualTo(verdict);
    }

    @ParameterizedTest
    @DisplayName("U-024 U-025 U-028..U-030 U-033 U-034 after ringing: busy and no answer each have their way, else voicemail, else hang up")
    @CsvSource(
            delimiter = '|',
            value = {
                "'fwd_busy_kind':'user','fwd_busy_id':'name:bob'|BUSY|TARGET_RINGS",
                "'fwd_busy_kind':'user','fwd_busy_id':'name:bob'|NO_ANSWER|USER_NO_ANSWER",
                "'fwd_noanswer_kind':'user','fwd_noanswer_id':'name:bob'|NO_ANSWER|TARGET_RINGS",
                "'fwd_noanswer_kind':'user','fwd_noanswer_id':'name:bob'|UNREACHABLE|TARGET_RINGS",
                "'fwd_noanswer_kind':'user','fwd_noanswer_id':'name:bob'|BUSY|USER_BUSY",
                "'voicemail_id':'name:box'|BUSY|TARGET_MEDIA",
                "'voicemail_id':'name:box'|NO_ANSWER|TARGET_MEDIA",
                "'is_agent':0|BUSY|USER_BUSY",
                "'is_agent':0|NO_ANSWER|USER_NO_ANSWER",
                "'is_agent':0|UNREACHABLE|USER_UNREACHABLE"
            })
    void shouldFollowAnOutcome(final String fields, final RingOutcome outcome, final TargetVerdict verdict) {
        box().phone("bob").phone("alice", fields);
        final TargetPlan after = office.after(office.ring(TargetKind.USER, "alice"), outcome);
        assertThat(after.verdict()).isEqualTo(verdict);
    }

    @ParameterizedTest
    @DisplayName("U-028 no device reachable counts as no answer")
    @CsvSource(
            delimiter = '|',
            value = {
                "'fwd_noanswer_kind':'user','fwd_noanswer_id':'name:bob'|TARGET_RINGS",
                "'voicemail_id':'name:box'|TARGET_MEDIA",
                "'fwd_busy_kind':'user','fwd_busy_id':'name:bob'|USER_UNREACHABLE"
            })
    void shouldTakeUnreachableForNoAnswer(final String fields, final TargetVerdict verdict) {
        box().phone("bob").user("alice", fields);
        assertThat(office.to(TargetKind.USER, "alice").verdict()).isEqualTo(verdict);
    }

    @ParameterizedTest
    @DisplayName("U-029 U-030 all devices busy is busy, anything else among them is no answer")
    @CsvSource({"486,BUSY", "486 486,BUSY", "486 600,BUSY", "486 408,NO_ANSWER", "408,NO_ANSWER", "486 480 486,NO_ANSWER"})
    void shouldJudgeAnswersTogether(final String statuses, final RingOutcome outcome) {
        final int[] codes =
                List.of(statuses.split(" ")).stream().mapToInt(Integer::parseInt).toArray();
        assertThat(RingOutcome.of(codes, codes.length)).isEqualTo(outcome);
        assertThat(RingOutcome.of(codes, 0)).isEqualTo(RingOutcome.UNREACHABLE);
    }

    @ParameterizedTest
    @DisplayName("U-031 a forward of a user is an ordinary target")
    @CsvSource({
        "user,bob,TARGET_RINGS",
        "queue,support,TARGET_WAITS",
        "voicemail,box,TARGET_MEDIA",
        "forward,mobile,TARGET_NUMBER",
        "trunk,pbx,TARGET_TRUNK"
    })
    void shouldForwardToAnyTarget(final String kind, final String name, final TargetVerdict verdict) {
        box().add(ResourceKind.QUEUES, "'name':'support'")
                .add(ResourceKind.FORWARDS, "'name':'mobile','number':'12025550177'")
                .phone("bob")
                .phone("alice", "'fwd_always_kind':'" + kind + "'", "'fwd_always_id':'name:" + name + "'");
        assertThat(office.to(TargetKind.USER, "alice").verdict()).isEqualTo(verdict);
    }

    @Test
    @DisplayName("U-032 users who forward to one another end in 482")
    void shouldEndForwardingLoops() {
        office.phone("alice", forward("always", "bob"))
                .phone("bob", forward("always", "carol"))
                .phone("carol", forward("always", "alice"));
        assertThat(office.to(TargetKind.USER, "alice"))
                .isEqualTo(new TargetPlan.Reject(TargetVerdict.TARGET_LOOP, 0, 0));
    }

    @Test
    @DisplayName("U-032 users who forward to one another when nobody answers end in 482 once each has rung")
    void shouldEndLoopsThatRing() {
        office.phone("alice", forward("noanswer", "bob")).phone("bob", forward("noanswer", "alice"));
        final TargetPlan.Ring alice = office.ring(TargetKind.USER, "alice");
        final TargetPlan.Ring bob = (TargetPlan.Ring) office.after(alice, RingOutcome.NO_ANSWER);
        assertThat(office.rings(bob)).containsExactly("bob 0-25");
        assertThat(office.after(bob, RingOutcome.NO_ANSWER).verdict()).isEqualTo(TargetVerdict.TARGET_LOOP);
    }

    @Test
    @DisplayName("a forward to what does not exist counts as none")
    void shouldPassOverDanglingForwards() {
        box().phone("alice", forward("always", "nobody"), forward("busy", "nobody"), "'voicemail_id':'name:box'");
        final TargetPlan.Ring ring = office.ring(TargetKind.USER, "alice");
        assertThat(office.after(ring, RingOutcome.BUSY).verdict()).isEqualTo(TargetVerdict.TARGET_MEDIA);
    }

    @Test
    @DisplayName("R-033 a disabled user takes no calls (404)")
    void shouldRefuseADisabledUser() {
        office.phone("alice", "'status':'disabled'");
        assertThat(office.to(TargetKind.USER, "alice").verdict()).isEqualTo(TargetVerdict.USER_DISABLED);
    }

    @Test
    @DisplayName("a user of another account is as good as missing")
    void shouldNotReachOtherAccounts() {
        office.addOther(ResourceKind.USERS, "'username':'eve','id':'us_00000000000000000000000009'");
        assertThat(office.resolver
                        .resolve(TargetRef.of(TargetKind.USER, 0, 9), office.call())
                        .verdict())
                .isEqualTo(TargetVerdict.TARGET_MISSING);
    }

    @Test
    @DisplayName("without a registrar nobody is reachable")
    void shouldReachNobodyWithoutRegistrations() {
        office.phone("alice");
        final TargetResolver empty = new TargetResolver(office, new LiveState() {}, TargetTrace.NONE);
        assertThat(empty.resolve(
                                TargetRef.of(TargetKind.USER, Office.id(ResourceKind.USERS, "alice")), office.call())
                        .verdict())
                .isEqualTo(TargetVerdict.USER_UNREACHABLE);
    }

    private Office box() {
        return office.add(ResourceKind.VOICEMAIL_BOXES, "'name':'box'");
    }

    private static String forward(final String when, final String user) {
        return "'fwd_" + when + "_kind':'user','fwd_" + when + "_id':'name:" + user + "'";
    }

    @ParameterizedTest
    @DisplayName("RFC 5806 section 4: a forward of a user says why, and so does what an overflow of it leads to")
    @CsvSource(
            delimiter = '|',
            value = {
                "'fwd_always_kind':'forward','fwd_always_id':'name:mobile'|0|UNCONDITIONAL",
                "'dnd':1,'fwd_busy_kind':'forward','fwd_busy_id':'name:mobile'|0|DO_NOT_DISTURB",
                "'max_simultaneous':2,'fwd_busy_kind':'forward','fwd_busy_id':'name:mobile'|2|USER_BUSY",
            })
    void shouldSayWhyItForwards(final String fields, final int calls, final DiversionReason why) {
        office.add(ResourceKind.FORWARDS, "'name':'mobile','number':'12025550177'");
        office.phone("alice", fields);
        office.state.calls.put(Office.id(ResourceKind.USERS, "alice"), calls);
        final TargetPlan.ToNumber plan = (TargetPlan.ToNumber) office.to(TargetKind.USER, "alice");
        assertThat(plan.diverted()).isEqualTo(why);
    }

    @ParameterizedTest
    @DisplayName(
            "RFC 5806 section 4: after ringing, busy and no answer are told apart, and so is who cannot be reached")
    @CsvSource({"BUSY, USER_BUSY", "NO_ANSWER, NO_ANSWER", "UNREACHABLE, UNAVAILABLE"})
    void shouldSayWhyItForwardsAfterRinging(final RingOutcome outcome, final DiversionReason why) {
        office.add(ResourceKind.FORWARDS, "'name':'mobile','number':'12025550177'");
        final String way = "_kind':'forward','fwd_%1$s_id':'name:mobile'";
        office.phone("alice", "'fwd_busy" + way.formatted("busy"), "'fwd_noanswer" + way.formatted("noanswer"));
        final TargetPlan.Ring ring = office.ring(TargetKind.USER, "alice");
        assertThat(((TargetPlan.ToNumber) office.after(ring, outcome)).diverted())
                .isEqualTo(why);
    }
}
