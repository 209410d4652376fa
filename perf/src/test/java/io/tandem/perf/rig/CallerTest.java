package io.tandem.perf.rig;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.perf.rig.Latencies.Span;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The caller under a clock stepped by hand, with the callee's messages put together here. */
class CallerTest {
    private static final InetSocketAddress CALLER = BenchCommand.address("127.0.0.2:5070");
    private static final InetSocketAddress CALLEE = BenchCommand.address("127.0.0.3:5080");
    private static final long MS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final int RATE = 1_000;

    private final List<String> sent = new ArrayList<>();
    private final List<String> answered = new ArrayList<>();

    private final class Rig {
        final CallTable calls;
        final Caller caller;
        final Callee callee;
        final Phase phase;

        Rig(final int callCount, final int slots, final long holdMs) {
            calls = new CallTable(7, slots);
            final AnswerMessages answers = new AnswerMessages(CALLEE);
            caller = new Caller(
                    calls,
                    new CallMessages(CALLER, CALLEE, "1"),
                    answers,
                    (bytes, length) -> sent.add(new String(bytes, 0, length, StandardCharsets.US_ASCII)),
                    holdMs * MS);
            callee = new Callee(
                    calls,
                    answers,
                    (bytes, length) -> answered.add(new String(bytes, 0, length, StandardCharsets.US_ASCII)));
            phase = Phase.of(new Schedule(0, RATE, callCount), 0);
            caller.begin(phase);
            callee.begin(phase);
        }

        void toCaller(final String message, final long nowNs) {
            caller.onDatagram(bytes(message), message.length(), nowNs);
        }

        void toCallee(final String message, final long nowNs) {
            callee.onDatagram(bytes(message), message.length(), nowNs);
        }

        double maxMs(final Span span) {
            return phase.latencies().of(span).getMaxValue() / (double) MS;
        }
    }

    private static byte[] bytes(final String message) {
        return message.getBytes(StandardCharsets.US_ASCII);
    }

    private static String take(final List<String> from, final String start) {
        assertThat(from).isNotEmpty();
        final String message = from.removeFirst();
        assertThat(message).startsWith(start);
        return message;
    }

    @Test
    void shouldMeasureEverythingFromTheScheduleAndNotFromWhenItSent() {
        final Rig rig = new Rig(3, 16, 0);
        rig.caller.turn(100 * MS);
        final String first = take(sent, "INVITE ");
        take(sent, "INVITE ");
        final String third = take(sent, "INVITE ");
        assertThat(rig.phase.counts().latestSendNs).isEqualTo(100 * MS);

        rig.toCallee(first, 110 * MS);
        assertThat(rig.maxMs(Span.INVITE_TO_CALLEE)).isCloseTo(110, org.assertj.core.data.Offset.offset(0.2));
        rig.toCallee(third, 111 * MS);
        assertThat(rig.phase.latencies().of(Span.INVITE_TO_CALLEE).getMinValue() / (double) MS)
                .isCloseTo(109, org.assertj.core.data.Offset.offset(0.2));
        take(answered, "SIP/2.0 180 ");
        rig.toCaller(take(answered, "SIP/2.0 200 "), 120 * MS);
        assertThat(rig.maxMs(Span.INVITE_TO_ANSWER)).isCloseTo(120, org.assertj.core.data.Offset.offset(0.2));
    }

    @Test
    void shouldTakeACallThroughToItsEnd() {
        final Rig rig = new Rig(1, 16, 0);
        rig.caller.turn(0);
        final String invite = take(sent, "INVITE ");
        rig.toCaller(invite.replaceFirst("INVITE .* SIP/2.0", "SIP/2.0 100 Trying"), MS);
        rig.toCallee(invite, 2 * MS);
        rig.toCaller(take(answered, "SIP/2.0 180 "), 3 * MS);
        rig.toCaller(take(answered, "SIP/2.0 200 "), 4 * MS);
        rig.toCallee(take(sent, "ACK "), 5 * MS);
        rig.toCallee(take(sent, "BYE "), 5 * MS);
        rig.toCaller(take(answered, "SIP/2.0 200 "), 6 * MS);
        assertThat(rig.phase.counts().completed).isEqualTo(1);
        assertThat(rig.calls.inFlight()).isZero();
        assertThat(rig.maxMs(Span.INVITE_TO_TRYING)).isCloseTo(1, org.assertj.core.data.Offset.offset(0.1));
        assertThat(rig.maxMs(Span.BYE_TO_ANSWER)).isCloseTo(2, org.assertj.core.data.Offset.offset(0.1));
        assertThat(sent).isEmpty();
        assertThat(answered).isEmpty();
    }

    @Test
    void shouldHoldBeforeItReleases() {
        final Rig rig = new Rig(1, 16, 30);
        rig.caller.turn(0);
        rig.toCallee(take(sent, "INVITE "), MS);
        take(answered, "SIP/2.0 180 ");
        rig.toCaller(take(answered, "SIP/2.0 200 "), 2 * MS);
        take(sent, "ACK ");
        rig.caller.turn(31 * MS);
        assertThat(sent).isEmpty();
        rig.caller.turn(35 * MS);
        rig.toCallee(take(sent, "BYE "), 36 * MS);
        rig.toCaller(take(answered, "SIP/2.0 200 "), 36 * MS);
        assertThat(rig.maxMs(Span.BYE_TO_ANSWER)).isCloseTo(4, org.assertj.core.data.Offset.offset(0.1));
    }

    @Test
    void shouldSendAgainAndGiveUp() {
        final Rig rig = new Rig(1, 16, 0);
        rig.caller.turn(0);
        final String invite = take(sent, "INVITE ");
        for (long nowNs = 0; nowNs < TimeUnit.SECONDS.toNanos(40); nowNs += 100 * MS) {
            rig.caller.resend(0, nowNs);
        }
        assertThat(sent).hasSize(6).allMatch(invite::equals);
        assertThat(rig.phase.counts().timeouts).isEqualTo(1);
        assertThat(rig.phase.counts().failed).isEqualTo(1);
        assertThat(rig.calls.inFlight()).isZero();
    }

    @Test
    void shouldSendItsAnswerAgainUntilAcknowledged() {
        final Rig rig = new Rig(1, 16, 0);
        rig.caller.turn(0);
        final String invite = take(sent, "INVITE ");
        rig.toCallee(invite, 0);
        take(answered, "SIP/2.0 180 ");
        final String answer = take(answered, "SIP/2.0 200 ");
        rig.callee.resend(0, 500 * MS);
        rig.callee.resend(0, 600 * MS);
        assertThat(answered).containsExactly(answer);
        answered.clear();
        rig.toCallee(invite, 700 * MS);
        assertThat(answered).containsExactly(answer);
        assertThat(rig.phase.counts().invitesReceivedAgain).isEqualTo(1);
        rig.toCaller(answer, 700 * MS);
        rig.toCallee(take(sent, "ACK "), 700 * MS);
        answered.clear();
        rig.callee.resend(0, TimeUnit.SECONDS.toNanos(30));
        assertThat(answered).isEmpty();
        rig.toCaller(answer, 800 * MS);
        take(sent, "BYE ");
        take(sent, "ACK ");
        assertThat(rig.phase.counts().answered).isEqualTo(1);
    }

    @Test
    void shouldAcknowledgeAndCountARefusal() {
        final Rig rig = new Rig(1, 16, 0);
        rig.caller.turn(0);
        final String refusal = take(sent, "INVITE ").replaceFirst("INVITE .* SIP/2.0", "SIP/2.0 486 Busy Here");
        rig.toCaller(refusal, MS);
        rig.toCaller(refusal, MS);
        take(sent, "ACK ");
        take(sent, "ACK ");
        assertThat(rig.phase.counts().refusals()).containsExactly(java.util.Map.entry(486, 1L));
        assertThat(rig.phase.counts().failed).isEqualTo(1);
    }

    @Test
    void shouldCountCallsThatFindNoSlotAsFailed() {
        final Rig rig = new Rig(3, 2, 0);
        rig.caller.turn(10 * MS);
        assertThat(sent).hasSize(2);
        assertThat(rig.phase.counts().noSlot).isEqualTo(1);
        assertThat(rig.phase.counts().failed).isEqualTo(1);
        assertThat(rig.caller.allBegun()).isTrue();
    }

    @Test
    void shouldNotTakeAMessageOfAnOldCallForOneOfTheNewCallInItsSlot() {
        final Rig rig = new Rig(2, 1, 0);
        rig.caller.turn(0);
        final String old = take(sent, "INVITE ");
        rig.caller.timeOut(0);
        rig.caller.turn(MS);
        take(sent, "INVITE ");
        rig.toCallee(old, 2 * MS);
        take(answered, "SIP/2.0 481 ");
        rig.toCaller(old.replaceFirst("INVITE .* SIP/2.0", "SIP/2.0 486 Busy Here"), 3 * MS);
        assertThat(rig.calls.inFlight()).isEqualTo(1);
        assertThat(rig.phase.counts().refusals()).isEmpty();
    }

    @Test
    void shouldKeepThePhaseOfACallApart() {
        final Rig rig = new Rig(1, 16, 0);
        rig.caller.turn(0);
        final String invite = take(sent, "INVITE ");
        final Phase measured = Phase.of(new Schedule(TimeUnit.SECONDS.toNanos(1), RATE, 1), 1);
        rig.caller.begin(measured);
        rig.callee.begin(measured);
        rig.toCallee(invite, 900 * MS);
        take(answered, "SIP/2.0 180 ");
        rig.toCaller(take(answered, "SIP/2.0 200 "), 900 * MS);
        assertThat(measured.latencies().of(Span.INVITE_TO_ANSWER).getTotalCount())
                .isZero();
        assertThat(measured.counts().answered).isZero();
    }
}
