package io.tandem.routing.ring;

import static org.assertj.core.api.Assertions.assertThat;

import com.lmax.disruptor.EventPoller;
import io.tandem.journal.record.InputKind;
import io.tandem.journal.record.TransportKind;
import io.tandem.routing.stage.StageClock;
import io.tandem.sip.SipLimits;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class InboundRingTest {
    private static final byte MESSAGE = (byte) InputKind.MESSAGE.value();
    private static final byte FAILURE = (byte) InputKind.TRANSPORT_FAILURE.value();
    private static final byte UDP = (byte) TransportKind.UDP.value();
    private static final String OPTIONS =
            "OPTIONS sip:a SIP/2.0\r\nVia: SIP/2.0/UDP h;branch=z9hG4bKa\r\nContent-Length: 0\r\n\r\n";

    private final LargeMessagePool pool = new LargeMessagePool(2);
    private final InboundRing ring = new InboundRing(8, pool, SipLimits.DEFAULT, StageClock.NONE);
    private final List<String> seen = new ArrayList<>();
    private final StageGraph graph = new StageGraph(
            ring,
            (slot, sequence, endOfBatch) -> {
                slot.turn(sequence, 0, 0, endOfBatch);
                seen.add("sequencer " + slot.kind());
                return !endOfBatch;
            },
            (slot, sequence, endOfBatch) -> {
                seen.add("core " + slot.length() + (slot.indexedOrNull() == null ? "" : " indexed"));
                return !slot.endsTurn();
            },
            (slot, sequence, endOfBatch) -> {
                seen.add("latency");
                return true;
            });

    @Test
    void shouldTakeAnInputThroughEveryStageInOrder() throws Exception {
        assertThat(offer(MESSAGE, OPTIONS)).isTrue();
        assertThat(graph.runUntilIdle()).isOne();
        assertThat(seen).containsExactly("sequencer 1", "core " + OPTIONS.length() + " indexed", "latency");
        assertThat(graph.runUntilIdle()).isZero();
    }

    @Test
    void shouldHideInputFromStageUntilStageBeforeLetGo() throws Exception {
        offer(MESSAGE, OPTIONS);
        assertThat(graph.pollCore()).isFalse();
        assertThat(graph.pollLatency()).isFalse();
        assertThat(graph.pollSequencer()).isTrue();
        assertThat(graph.pollLatency()).isFalse();
        assertThat(graph.pollCore()).isTrue();
        assertThat(graph.pollLatency()).isTrue();
    }

    @Test
    void shouldHandUnindexedMessageOnWhenItHasAProblem() throws Exception {
        final String broken = "OPTIONS sip:a SIP/2.0\r\nVia: x\r\nContent-Length: many\r\n\r\n";
        offer(MESSAGE, broken);
        graph.runUntilIdle();
        assertThat(seen).contains("core " + broken.length());
    }

    @Test
    void shouldTurnWhatIsNotSipIntoNothing() throws Exception {
        assertThat(offer(MESSAGE, "\u0001\u0002\u0003\u0004 garbage")).isTrue();
        graph.runUntilIdle();
        assertThat(seen).contains("sequencer " + InboundSlot.NOTHING);
        assertThat(ring.discardedNotSip()).isOne();
    }

    @Test
    void shouldNotIndexReturnedDatagrams() throws Exception {
        offer(FAILURE, OPTIONS);
        graph.runUntilIdle();
        assertThat(seen).contains("core " + OPTIONS.length());
    }

    @Test
    void shouldRefuseAndCountWhenEverySlotIsInUse() throws Exception {
        for (int i = 0; i < 8; i++) {
            assertThat(offer(MESSAGE, OPTIONS)).isTrue();
        }
        assertThat(ring.slotsUsed()).isEqualTo(8);
        assertThat(offer(MESSAGE, OPTIONS)).isFalse();
        assertThat(ring.offerNothing(0)).isFalse();
        assertThat(ring.refusedRingFull()).isEqualTo(2);
        graph.runUntilIdle();
        assertThat(ring.slotsUsed()).isZero();
        assertThat(offer(MESSAGE, OPTIONS)).isTrue();
    }

    @Test
    void shouldBorrowAndGiveBackBuffersForLargeMessages() throws Exception {
        final String large = OPTIONS + "x".repeat(60_000);
        assertThat(offer(FAILURE, large)).isTrue();
        assertThat(offer(FAILURE, large)).isTrue();
        assertThat(pool.available()).isZero();
        assertThat(offer(FAILURE, large)).isFalse();
        assertThat(offer(FAILURE, OPTIONS)).isTrue();
        assertThat(ring.refusedPoolEmpty()).isOne();
        graph.runUntilIdle();
        assertThat(pool.available()).isEqualTo(pool.bufferCount());
        assertThat(seen).contains("core " + large.length()).contains("sequencer " + InboundSlot.NOTHING);
    }

    @Test
    void shouldRefuseWhatNoBufferHolds() {
        final byte[] tooLong = new byte[LargeMessagePool.BUFFER_BYTES + 1];
        assertThat(ring.offer(MESSAGE, UDP, 0, 0, 0, 1, 5060, new UnsafeBuffer(tooLong), 0, tooLong.length, 0))
                .isFalse();
        assertThat(ring.refusedTooLong()).isOne();
        assertThat(ring.slotsUsed()).isZero();
    }

    @Test
    void shouldReuseSlotsWithoutLeftovers() throws Exception {
        offer(MESSAGE, OPTIONS);
        graph.runUntilIdle();
        for (int i = 0; i < 8; i++) {
            ring.offerNothing(0);
        }
        seen.clear();
        graph.runUntilIdle();
        assertThat(seen).contains("core 0").doesNotContain("core " + OPTIONS.length() + " indexed");
    }

    @Test
    void shouldPollNothingFromEmptyRing() throws Exception {
        final EventPoller.PollState state = ring.poller().poll((slot, sequence, endOfBatch) -> {
            throw new AssertionError("nothing was offered");
        });
        assertThat(state).isEqualTo(EventPoller.PollState.IDLE);
    }

    private boolean offer(final byte kind, final String text) {
        final byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return ring.offer(kind, UDP, 0, 0, 0, 1, 5060, new UnsafeBuffer(bytes), 0, bytes.length, 0);
    }
}
