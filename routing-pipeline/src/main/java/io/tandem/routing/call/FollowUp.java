package io.tandem.routing.call;

import io.tandem.routing.flow.FlowWait;
import io.tandem.routing.stage.CallRequest;
import io.tandem.routing.stage.Decision;
import io.tandem.routing.stage.WayOn;
import io.tandem.routing.store.BlockStore;
import io.tandem.routing.target.RingOutcome;
import io.tandem.sip.SipMessage;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What a call goes on to when all attempts at where it was sent have come to nothing, or a server has answered its flow: the call
 * keeps its way on as a block, and asks the stages again from there by the revision in force, in the version of a flow that it began
 * with. Core's thread only.
 */
final class FollowUp {
    private final Exchange exchange;
    private final Decision decision = new Decision();
    private final UnsafeBuffer encoded = new UnsafeBuffer(new byte[WayOn.ENCODED_BYTES_MAX]);

    FollowUp(final Exchange exchange) {
        this.exchange = exchange;
    }

    /**
     * Keeps where the call goes on from an accepted decision, instead of what was kept before. It enters the flow that it waits in
     * before it leaves the one that it waited in, so that a version which it goes on in stays.
     *
     * @return false if the store is full; nothing is kept then.
     */
    boolean keep(final Call call, final Decision accepted) {
        final FlowWait waited = waitsIn(call);
        call.wayOn = exchange.blocks.free(call.wayOn);
        final WayOn way = accepted.wayOn();
        call.ringUntilNs = way.ringMs() == 0
                ? Call.NEVER
                : exchange.layer.nowNs() + TimeUnit.MILLISECONDS.toNanos(way.ringMs());
        if (way.leadsOn()) {
            call.wayOn = exchange.blocks.store(encoded, 0, way.encode(encoded, 0));
            rejoin(call);
        }
        if (waited != null) {
            exchange.stages.flowsWaitedIn().leave(waited);
        }
        return !way.leadsOn() || call.wayOn != BlockStore.NO_BLOCK;
    }

    /** Nothing follows any more. */
    void forget(final Call call) {
        if (call.wayOn != BlockStore.NO_BLOCK) {
            final FlowWait waited = waitsIn(call);
            call.wayOn = exchange.blocks.free(call.wayOn);
            if (waited != null) {
                exchange.stages.flowsWaitedIn().leave(waited);
            }
        }
    }

    /** A call that keeps a way on, just now or since before a snapshot, counts as waiting in its flow. */
    void rejoin(final Call call) {
        final FlowWait wait = waitsIn(call);
        if (wait != null) {
            exchange.stages.flowsWaitedIn().enter(wait);
        }
    }

    private FlowWait waitsIn(final Call call) {
        final int block = call.wayOn;
        return block == BlockStore.NO_BLOCK
                ? null
                : WayOn.waitsIn(
                        exchange.blocks.buffer(block), exchange.blocks.offset(block), exchange.blocks.length(block));
    }

    /** Whether anything follows. */
    static boolean follows(final Call call) {
        return call.wayOn != BlockStore.NO_BLOCK && call.attemptCount < Call.ATTEMPTS_MAX;
    }

    /** Decides what follows an attempt that nobody took. */
    Decision afterRinging(final Call call, final RingOutcome outcome, final SipMessage invite) {
        final WayOn way = read(call);
        way.ended(outcome, elapsedMs(call, way));
        return decide(call, invite);
    }

    /** Decides what follows the answer of a server. */
    Decision afterAnswer(final Call call, final String outcome, final String data, final SipMessage invite) {
        read(call).answered(outcome, data);
        return decide(call, invite);
    }

    private Decision decide(final Call call, final SipMessage invite) {
        final CallRequest question = exchange.setup.question();
        exchange.setup.readQuestion(invite, call.callerLeg.peer);
        question.seed = call.serial();
        question.goesOn = true;
        question.mayWait = call.questions < Call.QUESTIONS_MAX;
        exchange.stages.decide(question, decision, call.holds);
        exchange.decided(call, decision);
        return decision;
    }

    private WayOn read(final Call call) {
        final int block = call.wayOn;
        final WayOn way = decision.wayOn();
        way.decode(exchange.blocks.buffer(block), exchange.blocks.offset(block), exchange.blocks.length(block));
        return way;
    }

    private int elapsedMs(final Call call, final WayOn way) {
        if (call.ringUntilNs == Call.NEVER) {
            return 0;
        }
        final long leftNs = Math.max(0, call.ringUntilNs - exchange.layer.nowNs());
        return way.ringMs() - (int) TimeUnit.NANOSECONDS.toMillis(leftNs);
    }
}
