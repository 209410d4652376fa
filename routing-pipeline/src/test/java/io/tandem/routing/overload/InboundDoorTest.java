package io.tandem.routing.overload;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.tandem.journal.record.InputKind;
import io.tandem.journal.record.TransportKind;
import io.tandem.routing.identifier.SipHash;
import io.tandem.routing.ring.InboundRing;
import io.tandem.routing.ring.LargeMessagePool;
import io.tandem.routing.ring.StageGraph;
import io.tandem.routing.stage.StageClock;
import io.tandem.sip.SipLimits;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InboundDoorTest {
    private static final int SLOTS = 16;
    private static final long MS = 1_000_000L;
    private static final byte MESSAGE = (byte) InputKind.MESSAGE.value();
    private static final byte FLOW_CLOSED = (byte) InputKind.FLOW_CLOSED.value();
    private static final byte UDP = (byte) TransportKind.UDP.value();
    private static final long PEER = 0xFFFF_7F00_0002L;
    private static final int PEER_PORT = 5999;

    private static final String NEW_CALL = request("INVITE sip:1@a", "");
    private static final String OPTIONS = request("OPTIONS sip:a", "");
    private static final String EMERGENCY = request("INVITE URN:service:sos.police", "");
    private static final String BYE = request("BYE sip:a", ";tag=ours");
    private static final String REINVITE = request("INVITE sip:a", ";tag=ours");
    private static final String ACK = request("ACK sip:a", "");
    private static final String CANCEL = request("CANCEL sip:1@a", "");
    private static final String RINGING = request("x", "").replaceFirst("x SIP/2.0", "SIP/2.0 180 Ringing");

    private final LargeMessagePool pool = new LargeMessagePool(2);
    private final InboundRing ring = new InboundRing(SLOTS, pool, SipLimits.DEFAULT, StageClock.NONE);
    private final DoorCounts counts = new DoorCounts();
    private final InboundDoor door = new InboundDoor(ring, counts, SipLimits.DEFAULT, new SipHash(1, 2));
    private final List<String> answers = new ArrayList<>();
    private int answerPort;
    private int inCore;
    private final StageGraph graph = new StageGraph(
            ring,
            (slot, sequence, endOfBatch) -> {
                slot.turn(sequence, 0, 0, endOfBatch);
                return !endOfBatch;
            },
            (slot, sequence, endOfBatch) -> {
                inCore++;
                return !slot.endsTurn();
            },
            (slot, sequence, endOfBatch) -> true);

    InboundDoorTest() {
        door.answerBy((transport, listener, flow, high, low, port, buffer, offset, length) -> {
            answers.add(buffer.getStringWithoutLengthAscii(offset, length));
            answerPort = port;
        });
    }

    @Test
    void shouldRefuseInOrderOfWorthAsTheRingFillsUp() throws Exception {
        assertThat(entered(OPTIONS)).isEqualTo(8);
        assertThat(entered(NEW_CALL)).isEqualTo(4);
        assertThat(entered(BYE)).isEqualTo(2);
        assertThat(entered(EMERGENCY)).isEqualTo(1);
        assertThat(offer(FLOW_CLOSED, "", 0))
                .as("what is no message has a slot left")
                .isTrue();
        assertThat(offer(FLOW_CLOSED, "", 0)).isFalse();
        assertThat(ring.slotsUsed()).isEqualTo(SLOTS);
        for (final Worth worth : Worth.values()) {
            assertThat(counts.of(worth)).as(worth.word()).isOne();
        }
        assertThat(counts.answeredCount()).isEqualTo(3);
        assertThat(answers).hasSize(3);
        graph.runUntilIdle();
        assertThat(inCore).as("nothing that entered is lost").isEqualTo(SLOTS);
        assertThat(offer(MESSAGE, OPTIONS, 0)).as("there is room again").isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"BYE", "REINVITE", "ACK", "CANCEL", "RINGING"})
    void shouldDropWithoutAnAnswerWhatBelongsToACall(final String name) {
        final String text =
                switch (name) {
                    case "BYE" -> BYE;
                    case "REINVITE" -> REINVITE;
                    case "ACK" -> ACK;
                    case "CANCEL" -> CANCEL;
                    default -> RINGING;
                };
        fill(12);
        assertThat(entered(text)).as("still enters when new calls do not").isEqualTo(2);
        assertThat(counts.of(Worth.IN_DIALOG)).isOne();
        assertThat(answers).isEmpty();
    }

    @Test
    void shouldAnswerARefusedCallWithRetryAfterToWhereItCameFrom() {
        fill(12);
        assertThat(offer(MESSAGE, NEW_CALL, 0)).isFalse();
        assertThat(offer(MESSAGE, NEW_CALL, 0)).as("the same again").isFalse();
        assertThat(answers.getFirst())
                .startsWith(
                        "SIP/2.0 503 Service Unavailable\r\nVia: SIP/2.0/UDP h;branch=z9hG4bKa;rport=5999;received=")
                .contains("\r\nFrom: <sip:f@h>;tag=f\r\n", "\r\nTo: <sip:t@h>;tag=", "\r\nCSeq: 1 INVITE\r\n")
                .endsWith("\r\nRetry-After: 5\r\nContent-Length: 0\r\n\r\n");
        assertThat(answers.get(1)).isEqualTo(answers.getFirst());
        assertThat(answerPort).isEqualTo(PEER_PORT);
    }

    @Test
    void shouldRefuseNewWorkWhenWhatIsInTheRingWaitsTooLong() {
        fill(4);
        assertThat(offer(MESSAGE, OPTIONS, 99 * MS)).isTrue();
        assertThat(offer(MESSAGE, OPTIONS, 100 * MS)).isFalse();
        assertThat(offer(MESSAGE, NEW_CALL, 199 * MS)).isTrue();
        assertThat(offer(MESSAGE, NEW_CALL, 200 * MS)).isFalse();
        assertThat(offer(MESSAGE, BYE, 900 * MS)).isTrue();
        assertThat(offer(MESSAGE, EMERGENCY, 900 * MS)).isTrue();
        assertThat(answers).hasSize(2);
    }

    @Test
    void shouldAnswerNoRequestThatMayWaitInTheRingAlready() {
        fill(12);
        assertThat(offer(MESSAGE, NEW_CALL, 399 * MS)).isFalse();
        assertThat(answers).hasSize(1);
        assertThat(offer(MESSAGE, NEW_CALL, 400 * MS)).isFalse();
        assertThat(answers).hasSize(1);
        assertThat(counts.of(Worth.NEW_CALL)).isEqualTo(2);
        assertThat(counts.answeredCount()).isOne();
    }

    @Test
    void shouldAnswerWhenNoBufferIsLeftForALargeMessage() {
        final String large = NEW_CALL + "x".repeat(3_000);
        assertThat(entered(large)).isEqualTo(2);
        assertThat(ring.refusedPoolEmpty()).isOne();
        assertThat(answers).singleElement().asString().startsWith("SIP/2.0 503 ");
    }

    @Test
    void shouldDropWhatIsNoRequestAtAll() {
        fill(8);
        assertThat(offer(MESSAGE, "garbage", 0)).isFalse();
        assertThat(counts.of(Worth.REST)).isOne();
        assertThat(answers).isEmpty();
    }

    @Test
    void shouldAllocateNothingToRefuse() {
        fill(12);
        door.answerBy((transport, listener, flow, high, low, port, buffer, offset, length) -> answerPort = port);
        final UnsafeBuffer call = new UnsafeBuffer(NEW_CALL.getBytes(StandardCharsets.US_ASCII));
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long allocated = Long.MAX_VALUE;
        for (int round = 0; round < 5 && allocated > 0; round++) {
            final long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 2_000; i++) {
                door.offer(MESSAGE, UDP, 1, 0, 0, PEER, PEER_PORT, call, 0, call.capacity(), 0);
            }
            allocated = threads.getCurrentThreadAllocatedBytes() - before;
        }
        assertThat(allocated).isLessThan(2_000);
    }

    private void fill(final int slots) {
        for (int i = 0; i < slots; i++) {
            assertThat(offer(MESSAGE, EMERGENCY, 0)).isTrue();
        }
    }

    /** How often the message enters until it is refused. */
    private int entered(final String text) {
        int count = 0;
        while (offer(MESSAGE, text, 0)) {
            count++;
        }
        return count;
    }

    private boolean offer(final byte kind, final String text, final long nowNs) {
        final byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        return door.offer(kind, UDP, 1, 0, 0, PEER, PEER_PORT, new UnsafeBuffer(bytes), 0, bytes.length, nowNs);
    }

    private static String request(final String start, final String toTag) {
        return (start + " SIP/2.0\nVia: SIP/2.0/UDP h;branch=z9hG4bKa;rport\nMax-Forwards: 70\nFrom: <sip:f@h>;tag=f\n"
                        + "To: <sip:t@h>" + toTag + "\nCall-ID: c\nCSeq: 1 " + start.split(" ", 2)[0] + "\n\n")
                .replace("\n", "\r\n");
    }
}
