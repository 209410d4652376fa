package io.tandem.routing.transaction;

import io.tandem.routing.counter.CoreCounter;
import io.tandem.routing.counter.CoreCounters;
import io.tandem.routing.effect.Effects;
import io.tandem.routing.store.BlockStore;
import io.tandem.sip.MessageWriter;

/**
 * The message that is being written into the effects buffer, and the only way out: what was written is sent from where
 * it stands, a copy of it is kept in a block where it may have to be sent again. Core's thread only.
 */
final class OutgoingMessage {
    private final Effects effects;
    private final BlockStore blocks;
    private final CoreCounters counters;
    private final MessageWriter writer = new MessageWriter();

    OutgoingMessage(final Effects effects, final BlockStore blocks, final CoreCounters counters) {
        this.effects = effects;
        this.blocks = blocks;
        this.counters = counters;
    }

    /** Begins a message; one that was begun and not sent is gone. */
    MessageWriter begin() {
        return writer.wrap(effects.buffer(), effects.claimOffset(), Effects.FRAME_BYTES_MAX);
    }

    /** Whether what was written does not fit. */
    boolean isTooLarge() {
        return writer.overflowed();
    }

    /** Keeps a copy of what was written and not yet sent; returns its block, or NO_BLOCK without room (counted). */
    int keep() {
        if (writer.overflowed()) {
            return BlockStore.NO_BLOCK;
        }
        final int block = blocks.store(effects.buffer(), effects.claimOffset(), writer.length());
        if (block == BlockStore.NO_BLOCK) {
            counters.increment(CoreCounter.BLOCKS_REFUSED);
        }
        return block;
    }

    /** Sends what was written. */
    void send(final Peer peer) {
        sendClaimed(peer, writer.length());
    }

    /** Sends a kept message (again). */
    void send(final Peer peer, final int block) {
        effects.buffer()
                .putBytes(effects.claimOffset(), blocks.buffer(block), blocks.offset(block), blocks.length(block));
        sendClaimed(peer, blocks.length(block));
    }

    private void sendClaimed(final Peer peer, final int length) {
        effects.send(peer.transport, peer.listener, peer.flow, peer.addressHigh, peer.addressLow, peer.port, length);
    }
}
