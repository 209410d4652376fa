package io.tandem.routing.transaction;

import io.tandem.routing.counter.CoreCounter;
import io.tandem.routing.counter.CoreCounters;
import io.tandem.routing.identifier.SipHash;
import io.tandem.routing.identifier.Slot;
import io.tandem.routing.identifier.Token;
import io.tandem.routing.store.BlockStore;
import io.tandem.sip.MessageWriter;
import io.tandem.sip.Problem;
import io.tandem.sip.SipMessage;
import org.agrona.DirectBuffer;

/**
 * The responses that we give, through a server transaction (RFC 3261 section 17.2) or without any state (section
 * 8.2.7). Core's thread only; allocates nothing.
 *
 * <p>A response is written once: {@code begin...} hands out a writer over the effects buffer, {@code commit...} sends
 * what was written and keeps a copy where the machine needs one.
 */
public final class Responses {
    private static final int MESSAGE_TOO_LARGE = 513;
    private static final byte[] TAG = {';', 't', 'a', 'g', '='};
    private static final byte[] VERSION_SP = {'S', 'I', 'P', '/', '2', '.', '0', ' '};

    private final OutgoingMessage outgoing;
    private final RequestKeys keys;
    private final TokenWriter tokens;
    private final BlockStore blocks;
    private final CoreCounters counters;
    private final StatelessResponse stateless;

    Responses(
            final OutgoingMessage outgoing,
            final RequestKeys keys,
            final SipHash tagHash,
            final TokenWriter tokens,
            final BlockStore blocks,
            final CoreCounters counters) {
        this.outgoing = outgoing;
        this.keys = keys;
        this.tokens = tokens;
        this.blocks = blocks;
        this.counters = counters;
        stateless = new StatelessResponse(tagHash);
    }

    /**
     * Begins a response: status line, the request's fields and our To tag are written, headers and body follow.
     *
     * @param tagTable token table of the tag.
     * @param tagOwner whose token becomes the To tag, or null for none (100) or when the request had one.
     */
    public MessageWriter begin(
            final ServerTransaction transaction,
            final int status,
            final byte[] reason,
            final byte tagTable,
            final Slot tagOwner) {
        return requestFields(outgoing.begin().statusLine(status, reason), transaction, tagTable, tagOwner);
    }

    /** Like the other, with a reason phrase out of a received response. */
    public MessageWriter begin(
            final ServerTransaction transaction,
            final int status,
            final DirectBuffer reasonBuffer,
            final int reasonOffset,
            final int reasonLength,
            final byte tagTable,
            final Slot tagOwner) {
        final MessageWriter writer = outgoing.begin()
                .ascii(VERSION_SP)
                .number(status)
                .octet((byte) ' ')
                .raw(reasonBuffer, reasonOffset, reasonLength)
                .crlf();
        return requestFields(writer, transaction, tagTable, tagOwner);
    }

    private MessageWriter requestFields(
            final MessageWriter writer, final ServerTransaction transaction, final byte tagTable, final Slot tagOwner) {
        final int head = transaction.head;
        writer.raw(blocks.buffer(head), blocks.offset(head), blocks.length(head));
        if (tagOwner != null && !transaction.toHasTag) {
            writer.ascii(TAG);
            tokens.write(writer, tagTable, tagOwner);
        }
        return writer.crlf();
    }

    /** Whether the response that was written does not fit. */
    public boolean isTooLarge() {
        return outgoing.isTooLarge();
    }

    /** Keeps a copy of what was written and not yet sent; returns its block, or NO_BLOCK without room (counted). */
    public int keep() {
        return outgoing.keep();
    }

    /** Sends the response that was written and hands it to the transaction. */
    public void commit(final ServerTransaction transaction, final int status) {
        if (outgoing.isTooLarge()) {
            counters.increment(CoreCounter.MESSAGES_TOO_LARGE);
            if (status >= 200) {
                send(transaction, MESSAGE_TOO_LARGE, Problem.MESSAGE_TOO_LARGE.reason());
            }
            return;
        }
        final boolean kept = !(status >= 200 && status < 300 && transaction instanceof InviteServerTransaction);
        final int block = kept ? outgoing.keep() : BlockStore.NO_BLOCK;
        outgoing.send(transaction.peer);
        transaction.onResponded(status, block);
    }

    /** Sends nothing: copies of the request are absorbed as if it had been answered, until the transaction ends. */
    public void leaveUnanswered(final ServerTransaction transaction, final int status) {
        transaction.onResponded(status, BlockStore.NO_BLOCK);
    }

    /** Sends a response without headers of its own or a body. */
    public void send(final ServerTransaction transaction, final int status, final byte[] reason) {
        begin(transaction, status, reason, Token.INTERNAL, status == 100 ? null : transaction)
                .contentLength(0);
        commit(transaction, status);
    }

    /**
     * Begins a response to a request of which no state is kept; {@link #commitStateless} sends it.
     *
     * @param request as far as it could be indexed; {@link TransactionLayer#read(io.tandem.sip.MessageCheck)} or
     *     {@link TransactionLayer#readForRefusal} must have succeeded.
     */
    public MessageWriter beginStateless(
            final SipMessage request, final Peer source, final int status, final byte[] reason) {
        return stateless.begin(outgoing.begin(), request, keys, source, status, reason);
    }

    /** Sends the stateless response that was written. */
    public void commitStateless() {
        if (outgoing.isTooLarge()) {
            counters.increment(CoreCounter.MESSAGES_TOO_LARGE);
        } else {
            outgoing.send(stateless.destination());
        }
    }
}
