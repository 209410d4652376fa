package io.tandem.routing.transaction;

import io.tandem.routing.counter.CoreCounter;
import io.tandem.routing.counter.CoreCounters;
import io.tandem.routing.effect.Effects;
import io.tandem.routing.identifier.SerialNumbers;
import io.tandem.routing.identifier.SlotTable;
import io.tandem.routing.identifier.Token;
import io.tandem.routing.store.BlockStore;
import io.tandem.sip.MessageWriter;
import io.tandem.sip.Method;
import io.tandem.sip.SipMessage;
import java.util.function.Supplier;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The server transactions there are, found by the keys of the request that was read last (RFC 3261 section 17.2.3).
 * Core's thread only; allocates nothing once it has grown.
 */
final class ServerTransactionTable {
    private static final int INVITE_BIT = 1;

    /** INVITEs. */
    final SlotTable<InviteServerTransaction> invites;

    /** All other methods. */
    final SlotTable<NonInviteServerTransaction> others;

    private final KeyedSlots byKey = new KeyedSlots();
    private final KeyedSlots byMergeKey = new KeyedSlots();
    private final RequestKeys keys;
    private final BlockStore blocks;
    private final CoreCounters counters;
    private final ResponseHead head = new ResponseHead();
    private final MessageWriter headWriter = new MessageWriter();
    private final UnsafeBuffer headBuffer = new UnsafeBuffer(new byte[Effects.FRAME_BYTES_MAX]);

    ServerTransactionTable(
            final int limit,
            final SerialNumbers serialNumbers,
            final Supplier<InviteServerTransaction> inviteMaker,
            final Supplier<NonInviteServerTransaction> otherMaker,
            final RequestKeys keys,
            final BlockStore blocks,
            final CoreCounters counters) {
        invites = new SlotTable<>(Token.INTERNAL, limit, serialNumbers, inviteMaker);
        others = new SlotTable<>(Token.INTERNAL, limit, serialNumbers, otherMaker);
        this.keys = keys;
        this.blocks = blocks;
        this.counters = counters;
    }

    /** Changes how many of each kind there may be at a time. */
    void limit(final int limit) {
        invites.limit(limit);
        others.limit(limit);
    }

    // ---- look-up ---------------------------------------------------------------------------------------------------

    /**
     * Finds the transaction of the request that was read, or returns null.
     *
     * @param method the request's own method, or INVITE for the transaction that an ACK or CANCEL aims at.
     */
    ServerTransaction find(final SipMessage request, final Method method) {
        keys.transactionKey(request, method);
        final int found = byKey.get(keys.high(), keys.low());
        if (found == KeyedSlots.NO_SLOT) {
            return null;
        }
        return (found & INVITE_BIT) != 0 ? invites.get(found >>> 1) : others.get(found >>> 1);
    }

    /** Whether the request that was read is being handled under another branch (RFC 3261 section 8.2.2.2). */
    boolean isMerged(final SipMessage request) {
        if (keys.to().tagOffset() >= 0) {
            return false;
        }
        keys.mergeKey(request);
        return byMergeKey.get(keys.high(), keys.low()) != KeyedSlots.NO_SLOT;
    }

    // ---- from the request to the end -------------------------------------------------------------------------------

    /** Makes the transaction of an INVITE that was read, or returns null when a table is full. */
    InviteServerTransaction newInvite(final SipMessage request, final Peer source) {
        final InviteServerTransaction transaction = invites.take();
        if (transaction == null) {
            return null;
        }
        transaction.state = TransactionState.PROCEEDING;
        transaction.user(null);
        if (!open(transaction, request, source)) {
            invites.free(transaction);
            return null;
        }
        return transaction;
    }

    /** Makes the transaction of any other request that was read, or returns null when a table is full. */
    NonInviteServerTransaction newNonInvite(final SipMessage request, final Peer source) {
        final NonInviteServerTransaction transaction = others.take();
        if (transaction == null) {
            return null;
        }
        transaction.state = TransactionState.TRYING;
        if (!open(transaction, request, source)) {
            others.free(transaction);
            return null;
        }
        return transaction;
    }

    private boolean open(final ServerTransaction transaction, final SipMessage request, final Peer source) {
        headWriter.wrap(headBuffer, 0, headBuffer.capacity());
        transaction.headToOffset = head.write(headWriter, request, keys, source);
        transaction.head =
                headWriter.overflowed() ? BlockStore.NO_BLOCK : blocks.store(headBuffer, 0, headWriter.length());
        if (transaction.head == BlockStore.NO_BLOCK) {
            counters.increment(CoreCounter.BLOCKS_REFUSED);
            return false;
        }
        transaction.method = request.method();
        transaction.cSeq = keys.cSeq().number();
        transaction.toHasTag = keys.to().tagOffset() >= 0;
        transaction.lastStatus = 0;
        transaction.note = 0;
        transaction.downstream = null;
        head.destination(keys, request, source, transaction.peer);
        keys.transactionKey(request, request.method());
        transaction.keyHigh = keys.high();
        transaction.keyLow = keys.low();
        transaction.mergeKeyHigh = 0;
        transaction.mergeKeyLow = 0;
        if (!transaction.toHasTag) {
            keys.mergeKey(request);
            transaction.mergeKeyHigh = keys.high();
            transaction.mergeKeyLow = keys.low();
        }
        enter(transaction);
        return true;
    }

    /** Enters a transaction under the keys that it has: a new one, or one out of a snapshot. */
    void enter(final ServerTransaction transaction) {
        final int inviteBit = transaction instanceof InviteServerTransaction ? INVITE_BIT : 0;
        byKey.put(transaction.keyHigh, transaction.keyLow, (transaction.slot() << 1) | inviteBit);
        if ((transaction.mergeKeyHigh | transaction.mergeKeyLow) != 0) {
            byMergeKey.put(transaction.mergeKeyHigh, transaction.mergeKeyLow, transaction.slot());
        }
    }

    /** From now on a copy of the request under another branch is a new request. */
    void forgetMergeKey(final ServerTransaction transaction) {
        if ((transaction.mergeKeyHigh | transaction.mergeKeyLow) != 0) {
            byMergeKey.remove(transaction.mergeKeyHigh, transaction.mergeKeyLow);
            transaction.mergeKeyHigh = 0;
            transaction.mergeKeyLow = 0;
        }
    }

    /** The transaction is over: nothing finds it any more, and its place is free. */
    void forget(final ServerTransaction transaction) {
        byKey.remove(transaction.keyHigh, transaction.keyLow);
        forgetMergeKey(transaction);
        if (transaction instanceof InviteServerTransaction invite) {
            invites.free(invite);
        } else {
            others.free((NonInviteServerTransaction) transaction);
        }
    }

    /** How many there are. */
    int size() {
        return invites.size() + others.size();
    }
}
