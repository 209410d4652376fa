package io.tandem.routing.transaction;

import io.tandem.routing.store.BlockStore;
import io.tandem.sip.Method;

/**
 * A request that we received and our answers to it (RFC 3261 section 17.2). Every answer begins with the same fields,
 * taken from the request when it arrives and kept in the head block: Via, Record-Route, From, Call-ID, CSeq, then To.
 */
public abstract class ServerTransaction extends Transaction {
    ClientTransaction downstream;
    Method method;
    long cSeq;
    long keyHigh;
    long keyLow;
    long mergeKeyHigh;
    long mergeKeyLow;
    int head = BlockStore.NO_BLOCK;
    int headToOffset;
    boolean toHasTag;
    int lastStatus;
    long note;

    ServerTransaction(final TransactionLayer layer) {
        super(layer);
    }

    /** The request on the other leg that relays this one, or null. */
    public final ClientTransaction downstream() {
        return downstream;
    }

    /** Method of the request. */
    public final Method method() {
        return method;
    }

    /** CSeq number of the request. */
    public final long cSeq() {
        return cSeq;
    }

    /** Whether a final response has been given. */
    public final boolean isAnswered() {
        return lastStatus >= 200;
    }

    /** Status of the last response given, 0 when none. */
    public final int lastStatus() {
        return lastStatus;
    }

    /** Block with the fields that begin every response. */
    public final int head() {
        return head;
    }

    /** Where the To field (without its line end) starts in the head block; it is the last field there. */
    public final int headToOffset() {
        return headToOffset;
    }

    /** Whether the request's To had a tag already. */
    public final boolean toHasTag() {
        return toHasTag;
    }

    /** A number that whoever handles the request keeps with it; 0 at first. */
    public final long note() {
        return note;
    }

    /** Keeps a number with the request. */
    public final void note(final long number) {
        note = number;
    }

    /** The request came again: what was said last is said again (RFC 3261 section 17.2), except by a user's 2xx. */
    final void onRequestAgain() {
        if (state == TransactionState.PROCEEDING || state == TransactionState.COMPLETED) {
            sendMessage();
        }
    }

    /** A response was committed to the effects buffer, and stored in the given block (or NO_BLOCK). */
    abstract void onResponded(int status, int block);

    final void terminate() {
        clear();
        head = layer.blocks.free(head);
        if (downstream != null) {
            downstream.upstream(null);
        }
        layer.servers.forget(this);
    }
}
