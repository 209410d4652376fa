package io.tandem.routing.transaction;

import io.tandem.routing.identifier.Slot;
import io.tandem.routing.store.BlockStore;
import io.tandem.routing.timer.Timer;
import io.tandem.routing.timer.TimerOwner;

/** What the four machines share: peer, state, two timers and the message to send again. */
public abstract class Transaction extends Slot implements TimerOwner {
    final TransactionLayer layer;
    final Peer peer = new Peer();
    final Timer retransmitTimer = new Timer(this);
    final Timer timeoutTimer = new Timer(this);
    TransactionState state = TransactionState.TERMINATED;
    int message = BlockStore.NO_BLOCK;
    long retransmitIntervalNs;

    Transaction(final TransactionLayer layer) {
        this.layer = layer;
    }

    /** Where the machine stands. */
    public final TransactionState state() {
        return state;
    }

    /** The far side. */
    public final Peer peer() {
        return peer;
    }

    /** Block of the message that would be sent again, or {@link BlockStore#NO_BLOCK}. */
    public final int message() {
        return message;
    }

    @Override
    public final void beforeTimer() {
        layer.beforeChange(this);
    }

    @Override
    public final void onTimer(final Timer timer, final long nowNs) {
        if (timer == retransmitTimer) {
            onRetransmit(nowNs);
        } else {
            onTimeout(nowNs);
        }
    }

    abstract void onRetransmit(long nowNs);

    abstract void onTimeout(long nowNs);

    final void sendMessage() {
        if (message != BlockStore.NO_BLOCK) {
            layer.send(peer, message);
        }
    }

    final void scheduleRetransmit(final long intervalNs) {
        retransmitIntervalNs = intervalNs;
        layer.timers.schedule(retransmitTimer, layer.nowNs() + intervalNs);
    }

    final void scheduleTimeout(final long delayNs) {
        layer.timers.schedule(timeoutTimer, layer.nowNs() + delayNs);
    }

    final void stopRetransmitting() {
        layer.timers.cancel(retransmitTimer);
    }

    final void clear() {
        layer.timers.cancel(retransmitTimer);
        layer.timers.cancel(timeoutTimer);
        message = layer.blocks.free(message);
        state = TransactionState.TERMINATED;
    }
}
