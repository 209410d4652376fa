package io.tandem.routing.transaction;

import io.tandem.routing.counter.CoreCounter;
import io.tandem.routing.counter.CoreCounters;
import io.tandem.routing.counter.TableFill;
import io.tandem.routing.effect.Effects;
import io.tandem.routing.identifier.SerialNumbers;
import io.tandem.routing.identifier.SipHash;
import io.tandem.routing.identifier.Slot;
import io.tandem.routing.identifier.SlotTable;
import io.tandem.routing.identifier.Token;
import io.tandem.routing.snapshot.SnapshotMoment;
import io.tandem.routing.snapshot.StateKind;
import io.tandem.routing.snapshot.StateReader;
import io.tandem.routing.snapshot.StateWriter;
import io.tandem.routing.store.BlockStore;
import io.tandem.routing.timer.TimerWheel;
import io.tandem.sip.CSeqValue;
import io.tandem.sip.HeaderName;
import io.tandem.sip.MessageCheck;
import io.tandem.sip.MessageWriter;
import io.tandem.sip.Method;
import io.tandem.sip.Problem;
import io.tandem.sip.SipLimits;
import io.tandem.sip.SipMessage;
import io.tandem.sip.ViaValue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The transaction layer of RFC 3261 section 17: finds the transaction of every message, makes new ones, and is the only
 * place from which messages leave. Core's thread only; allocates nothing once its tables have grown.
 *
 * <p>Sending works in two steps, so that messages are written once: {@code begin...} hands out a writer over the effects
 * buffer, {@code start} or {@code commit...} sends what was written and keeps a copy where the machine needs one.
 */
public final class TransactionLayer {
    /** The request has been sent. */
    public static final int STARTED = 0;

    private static final int UNAVAILABLE = 503;
    private static final int MESSAGE_TOO_LARGE = 513;
    private static final byte[] MAGIC_COOKIE = {'z', '9', 'h', 'G', '4', 'b', 'K'};
    private static final byte[] TAG = {';', 't', 'a', 'g', '='};
    private static final byte[] BRANCH = ascii("branch=z9hG4bK");
    private static final byte[] ACK_SP = ascii("ACK ");
    private static final byte[] CANCEL_SP = ascii("CANCEL ");
    private static final byte[] VERSION_SP = {'S', 'I', 'P', '/', '2', '.', '0', ' '};
    private static final int MAX_FORWARDS = 70;
    private static final int INVITE_BIT = 1;

    final TimerWheel timers;
    final BlockStore blocks;
    TimerValues values;

    private final Effects effects;
    private final CoreCounters counters;
    final SlotTable<InviteClientTransaction> inviteClients;
    final SlotTable<NonInviteClientTransaction> otherClients;
    final SlotTable<InviteServerTransaction> inviteServers;
    final SlotTable<NonInviteServerTransaction> otherServers;
    private final KeyedSlots serverKeys = new KeyedSlots();
    private final KeyedSlots mergeKeys = new KeyedSlots();
    private final RequestKeys keys;
    private final StatelessResponse stateless;
    private final ResponseHead responseHead = new ResponseHead();
    private final MessageWriter writer = new MessageWriter();
    private final MessageWriter headWriter = new MessageWriter();
    private final UnsafeBuffer headBuffer = new UnsafeBuffer(new byte[Effects.FRAME_BYTES_MAX]);
    private final UnsafeBuffer tokenBuffer = new UnsafeBuffer(new byte[Token.BYTES]);
    private final SipMessage stored = new SipMessage(SipLimits.WIDEST);
    private final Token token = new Token();
    private long nowNs;
    private TransactionSnapshot snapshot;

    /** Creates an empty layer. */
    public TransactionLayer(
            final TransactionLimits limits,
            final TimerValues values,
            final SerialNumbers serialNumbers,
            final SipHash keyHash,
            final SipHash tagHash,
            final TimerWheel timers,
            final BlockStore blocks,
            final Effects effects,
            final CoreCounters counters) {
        this.values = values;
        this.timers = timers;
        this.blocks = blocks;
        this.effects = effects;
        this.counters = counters;
        stateless = new StatelessResponse(tagHash);
        keys = new RequestKeys(keyHash);
        inviteClients = new SlotTable<>(
                Token.INVITE_CLIENT, limits.clientsMax(), serialNumbers, () -> new InviteClientTransaction(this));
        otherClients = new SlotTable<>(
                Token.NON_INVITE_CLIENT,
                limits.clientsMax(),
                serialNumbers,
                () -> new NonInviteClientTransaction(this));
        inviteServers = new SlotTable<>(
                Token.INTERNAL, limits.serversMax(), serialNumbers, () -> new InviteServerTransaction(this));
        otherServers = new SlotTable<>(
                Token.INTERNAL, limits.serversMax(), serialNumbers, () -> new NonInviteServerTransaction(this));
    }

    /** Time of the turn, monotonic ns. */
    public long nowNs() {
        return nowNs;
    }

    /** Begins a turn. */
    public void beginTurn(final long turnNowNs) {
        nowNs = turnNowNs;
    }

    /** Takes the limits and timer values of another process life. */
    public void use(final TransactionLimits limits, final TimerValues newValues) {
        inviteClients.limit(limits.clientsMax());
        otherClients.limit(limits.clientsMax());
        inviteServers.limit(limits.serversMax());
        otherServers.limit(limits.serversMax());
        values = newValues;
    }

    /** Timer values in force. */
    public TimerValues values() {
        return values;
    }

    // ---- requests that come in -------------------------------------------------------------------------------------

    /**
     * Takes the views of a request that has just passed the check; everything below that takes a request needs this
     * first. The check must not check another message meanwhile.
     */
    public void read(final MessageCheck check) {
        keys.read(check);
    }

    /** Reads what a refusal needs of a malformed request; false when it cannot be answered. */
    public boolean readForRefusal(final SipMessage request) {
        return keys.readForRefusal(request);
    }

    /** Views of the request that was read last. */
    public RequestKeys keys() {
        return keys;
    }

    /**
     * Finds the server transaction of the request that was read.
     *
     * @param method the request's own method, or INVITE for the transaction that an ACK or CANCEL aims at.
     */
    public ServerTransaction find(final SipMessage request, final Method method) {
        keys.transactionKey(request, method);
        final int found = serverKeys.get(keys.high(), keys.low());
        if (found == KeyedSlots.NO_SLOT) {
            return null;
        }
        final ServerTransaction transaction =
                (found & INVITE_BIT) != 0 ? inviteServers.get(found >>> 1) : otherServers.get(found >>> 1);
        beforeChange(transaction);
        return transaction;
    }

    /** The request came again: the transaction does what its state says. */
    public void onRequestAgain(final ServerTransaction transaction) {
        counters.increment(CoreCounter.REQUEST_RETRANSMISSIONS);
        transaction.onRequestAgain();
    }

    /** An ACK found its INVITE; true when that is all, false when it acknowledges a 2xx and belongs to the dialog. */
    public boolean onAck(final ServerTransaction transaction) {
        return !(transaction instanceof InviteServerTransaction invite) || invite.onAck();
    }

    /** Whether the same request is being handled under another branch (RFC 3261 section 8.2.2.2). */
    public boolean isMerged(final SipMessage request) {
        if (keys.to().tagOffset() >= 0) {
            return false;
        }
        keys.mergeKey(request);
        return mergeKeys.get(keys.high(), keys.low()) != KeyedSlots.NO_SLOT;
    }

    /** Makes the transaction of an INVITE that was read, or returns null when a table is full. */
    public InviteServerTransaction newInviteServer(final SipMessage request, final Peer source) {
        final InviteServerTransaction transaction = inviteServers.take();
        if (transaction == null) {
            return null;
        }
        transaction.state = TransactionState.PROCEEDING;
        transaction.user(null);
        if (!open(transaction, request, source, INVITE_BIT)) {
            inviteServers.free(transaction);
            return null;
        }
        return transaction;
    }

    /** Makes the transaction of any other request that was read, or returns null when a table is full. */
    public NonInviteServerTransaction newNonInviteServer(final SipMessage request, final Peer source) {
        final NonInviteServerTransaction transaction = otherServers.take();
        if (transaction == null) {
            return null;
        }
        transaction.state = TransactionState.TRYING;
        if (!open(transaction, request, source, 0)) {
            otherServers.free(transaction);
            return null;
        }
        return transaction;
    }

    private boolean open(
            final ServerTransaction transaction, final SipMessage request, final Peer source, final int inviteBit) {
        headWriter.wrap(headBuffer, 0, headBuffer.capacity());
        transaction.headToOffset = responseHead.write(headWriter, request, keys, source);
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
        responseHead.destination(keys, request, source, transaction.peer);
        keys.transactionKey(request, request.method());
        transaction.keyHigh = keys.high();
        transaction.keyLow = keys.low();
        serverKeys.put(transaction.keyHigh, transaction.keyLow, (transaction.slot() << 1) | inviteBit);
        transaction.mergeKeyHigh = 0;
        transaction.mergeKeyLow = 0;
        if (!transaction.toHasTag) {
            keys.mergeKey(request);
            transaction.mergeKeyHigh = keys.high();
            transaction.mergeKeyLow = keys.low();
            mergeKeys.put(transaction.mergeKeyHigh, transaction.mergeKeyLow, transaction.slot());
        }
        return true;
    }

    // ---- responses that we give ------------------------------------------------------------------------------------

    /**
     * Begins a response: status line, the request's fields and our To tag are written, headers and body follow.
     *
     * @param tagTable token table of the tag.
     * @param tagOwner whose token becomes the To tag, or null for none (100) or when the request had one.
     */
    public MessageWriter beginResponse(
            final ServerTransaction transaction,
            final int status,
            final byte[] reason,
            final byte tagTable,
            final Slot tagOwner) {
        beginMessage().statusLine(status, reason);
        return responseFields(transaction, tagTable, tagOwner);
    }

    /** Like the other, with a reason phrase out of a received response. */
    public MessageWriter beginResponse(
            final ServerTransaction transaction,
            final int status,
            final DirectBuffer reasonBuffer,
            final int reasonOffset,
            final int reasonLength,
            final byte tagTable,
            final Slot tagOwner) {
        beginMessage()
                .ascii(VERSION_SP)
                .number(status)
                .octet((byte) ' ')
                .raw(reasonBuffer, reasonOffset, reasonLength)
                .crlf();
        return responseFields(transaction, tagTable, tagOwner);
    }

    private MessageWriter responseFields(
            final ServerTransaction transaction, final byte tagTable, final Slot tagOwner) {
        final int head = transaction.head;
        writer.raw(blocks.buffer(head), blocks.offset(head), blocks.length(head));
        if (tagOwner != null && !transaction.toHasTag) {
            writer.ascii(TAG);
            token(writer, tagTable, tagOwner);
        }
        return writer.crlf();
    }

    /** Whether the message that was written does not fit. */
    public boolean isTooLarge() {
        return writer.overflowed();
    }

    /** Sends the response that was written and hands it to the transaction. */
    public void commitResponse(final ServerTransaction transaction, final int status) {
        if (writer.overflowed()) {
            counters.increment(CoreCounter.MESSAGES_TOO_LARGE);
            if (status >= 200) {
                respond(transaction, MESSAGE_TOO_LARGE, Problem.MESSAGE_TOO_LARGE.reason());
            }
            return;
        }
        final boolean kept = !(status >= 200 && status < 300 && transaction instanceof InviteServerTransaction);
        final int block = kept ? keep() : BlockStore.NO_BLOCK;
        commit(transaction.peer);
        transaction.onResponded(status, block);
    }

    /** Gives a response without headers of its own or a body. */
    public void respond(final ServerTransaction transaction, final int status, final byte[] reason) {
        beginResponse(transaction, status, reason, Token.INTERNAL, status == 100 ? null : transaction)
                .contentLength(0);
        commitResponse(transaction, status);
    }

    /**
     * Begins a response to a request of which no state is kept; {@link #commitStateless} sends it.
     *
     * @param request as far as it could be indexed; {@link #read} or {@link #readForRefusal} must have succeeded.
     */
    public MessageWriter beginStateless(
            final SipMessage request, final Peer source, final int status, final byte[] reason) {
        return stateless.begin(beginMessage(), request, keys, source, status, reason);
    }

    /** Sends the stateless response that was written. */
    public void commitStateless() {
        if (writer.overflowed()) {
            counters.increment(CoreCounter.MESSAGES_TOO_LARGE);
        } else {
            commit(stateless.destination());
        }
    }

    // ---- requests that we send -------------------------------------------------------------------------------------

    /** Takes an INVITE client transaction, or returns null when the table is full. */
    public InviteClientTransaction newInviteClient(
            final ClientTransactionUser user, final Peer peer, final long cSeqNumber) {
        final InviteClientTransaction transaction = inviteClients.take();
        if (transaction != null) {
            transaction.cancel = null;
            open(transaction, user, peer, Method.INVITE, cSeqNumber);
        }
        return transaction;
    }

    /** Takes a client transaction for another method, or returns null when the table is full. */
    public NonInviteClientTransaction newNonInviteClient(
            final ClientTransactionUser user, final Peer peer, final Method method, final long cSeqNumber) {
        final NonInviteClientTransaction transaction = otherClients.take();
        if (transaction != null) {
            transaction.cancelled = null;
            open(transaction, user, peer, method, cSeqNumber);
        }
        return transaction;
    }

    private static void open(
            final ClientTransaction transaction,
            final ClientTransactionUser user,
            final Peer peer,
            final Method method,
            final long cSeqNumber) {
        transaction.user = user;
        transaction.peer.set(peer);
        transaction.method = method;
        transaction.cSeq = cSeqNumber;
        transaction.upstream = null;
    }

    /** A writer for the next message to leave, at the effects buffer. */
    public MessageWriter beginMessage() {
        return writer.wrap(effects.buffer(), effects.claimOffset(), Effects.FRAME_BYTES_MAX);
    }

    /** Writes the branch parameter's value of a client transaction. */
    public void branch(final MessageWriter to, final ClientTransaction transaction) {
        to.ascii(MAGIC_COOKIE);
        token(
                to,
                transaction instanceof InviteClientTransaction ? Token.INVITE_CLIENT : Token.NON_INVITE_CLIENT,
                transaction);
    }

    /** Writes the token of a slot. */
    public void token(final MessageWriter to, final byte table, final Slot slot) {
        Token.write(tokenBuffer, 0, table, slot.slot(), slot.serial(), slot.proof());
        to.raw(tokenBuffer, 0, Token.BYTES);
    }

    /**
     * Sends the request that was written and starts its machine. An INVITE must be kept, since its ACK and CANCEL are made
     * from it; any other request is sent even if no room is left to keep it, and not sent again.
     *
     * @return {@link #STARTED}, or what to answer whoever asked: 513 when it did not fit, 503 when it could not be kept. The
     *     transaction is forgotten then and its user hears nothing.
     */
    public int start(final ClientTransaction transaction) {
        if (writer.overflowed()) {
            counters.increment(CoreCounter.MESSAGES_TOO_LARGE);
            discard(transaction);
            return MESSAGE_TOO_LARGE;
        }
        transaction.message = keep();
        if (transaction.message == BlockStore.NO_BLOCK && transaction instanceof InviteClientTransaction) {
            discard(transaction);
            return UNAVAILABLE;
        }
        commit(transaction.peer);
        if (transaction instanceof InviteClientTransaction invite) {
            invite.start();
        } else {
            ((NonInviteClientTransaction) transaction).start();
        }
        return STARTED;
    }

    /** Gives back a client transaction that was never started. */
    public void discard(final ClientTransaction transaction) {
        transaction.user = null;
        transaction.upstream(null);
        forget(transaction);
    }

    /** Sends what was written without any transaction (ACK to a 2xx) and keeps a copy; returns its block. */
    public int sendAndKeep(final Peer peer) {
        if (writer.overflowed()) {
            counters.increment(CoreCounter.MESSAGES_TOO_LARGE);
            return BlockStore.NO_BLOCK;
        }
        final int block = keep();
        commit(peer);
        return block;
    }

    /** Sends a kept message (again). */
    public void send(final Peer peer, final int block) {
        effects.buffer()
                .putBytes(effects.claimOffset(), blocks.buffer(block), blocks.offset(block), blocks.length(block));
        sendClaimed(peer, blocks.length(block));
    }

    /** Keeps a copy of the message that was written and not yet sent; returns its block, or NO_BLOCK without room (counted). */
    public int keep() {
        if (writer.overflowed()) {
            return BlockStore.NO_BLOCK;
        }
        final int block = blocks.store(effects.buffer(), effects.claimOffset(), writer.length());
        if (block == BlockStore.NO_BLOCK) {
            counters.increment(CoreCounter.BLOCKS_REFUSED);
        }
        return block;
    }

    private void commit(final Peer peer) {
        sendClaimed(peer, writer.length());
    }

    private void sendClaimed(final Peer peer, final int length) {
        effects.send(peer.transport, peer.listener, peer.flow, peer.addressHigh, peer.addressLow, peer.port, length);
    }

    /** Sends the CANCEL of an INVITE that has had a provisional response (RFC 3261 section 9.1). */
    void sendCancel(
            final InviteClientTransaction invite, final DirectBuffer reasons, final int offset, final int length) {
        final NonInviteClientTransaction cancel =
                newNonInviteClient(Absorber.INSTANCE, invite.peer, Method.CANCEL, invite.cSeq);
        if (cancel == null) {
            counters.increment(CoreCounter.REQUESTS_REFUSED_FULL);
            return;
        }
        beginFromStored(invite, Method.CANCEL);
        writer.fields(stored, HeaderName.FROM).fields(stored, HeaderName.TO);
        endFromStored(invite, Method.CANCEL);
        if (length > 0) {
            writer.raw(reasons, offset, length);
        }
        writer.contentLength(0);
        if (start(cancel) == STARTED) {
            invite.cancel = cancel;
            cancel.cancelled = invite;
        }
    }

    /** ACK for a 300-699 (RFC 3261 section 17.1.1.3); returns the kept copy. */
    int sendFailureAck(final InviteClientTransaction invite, final SipMessage response) {
        beginFromStored(invite, Method.ACK);
        writer.fields(stored, HeaderName.FROM).fields(response, HeaderName.TO);
        endFromStored(invite, Method.ACK);
        writer.contentLength(0);
        return sendAndKeep(invite.peer);
    }

    private void beginFromStored(final InviteClientTransaction invite, final Method method) {
        final int block = invite.message;
        final Problem problem = stored.wrap(blocks.buffer(block), blocks.offset(block), blocks.length(block));
        if (problem != Problem.NONE) {
            throw new IllegalStateException("our own INVITE does not parse: problem=" + problem);
        }
        beginMessage()
                .requestLine(method, stored.buffer(), stored.uriOffset(), stored.uriLength())
                .fields(stored, HeaderName.VIA)
                .header(HeaderName.MAX_FORWARDS, MAX_FORWARDS)
                .fields(stored, HeaderName.ROUTE);
    }

    private void endFromStored(final InviteClientTransaction invite, final Method method) {
        writer.fields(stored, HeaderName.CALL_ID)
                .header(HeaderName.CSEQ)
                .number(invite.cSeq)
                .octet((byte) ' ')
                .ascii(method.bytes())
                .crlf();
    }

    // ---- what comes back -------------------------------------------------------------------------------------------

    /** A response came in that has just passed the check: its transaction, if any, gets it. */
    public void onResponse(final SipMessage response, final MessageCheck check) {
        if (!check.isViaAlone()) {
            // we never forward a Via: a second one means that it went astray (RFC 3261 section 8.1.3.3)
            strayResponse();
            return;
        }
        final CSeqValue cSeq = check.cSeq();
        final ClientTransaction found = byVia(response.buffer(), check.via(), cSeq.method());
        if (found == null || found.method != cSeq.method() || found.cSeq != cSeq.number()) {
            strayResponse();
            return;
        }
        found.onResponse(response);
    }

    /**
     * A message of ours came back undeliverable, perhaps cut short; only requests have a machine that cares (RFC 3261
     * section 18.4), and an ACK has none.
     */
    public void onTransportFailure(final DirectBuffer sent, final int offset, final int length) {
        counters.increment(CoreCounter.TRANSPORT_FAILURES);
        if (startsWith(sent, offset, length, VERSION_SP) || startsWith(sent, offset, length, ACK_SP)) {
            return;
        }
        final int end = offset + length - Token.BYTES;
        for (int at = offset; at + BRANCH.length <= end; at++) {
            if (sent.getByte(at) == BRANCH[0] && startsWith(sent, at, end - at, BRANCH)) {
                final boolean isCancel = startsWith(sent, offset, length, CANCEL_SP);
                final ClientTransaction found =
                        byToken(sent, at + BRANCH.length, isCancel ? Method.CANCEL : Method.UNKNOWN);
                if (found != null) {
                    found.onTransportFailure();
                }
                return;
            }
        }
    }

    private static boolean startsWith(
            final DirectBuffer buffer, final int offset, final int length, final byte[] prefix) {
        if (length < prefix.length) {
            return false;
        }
        for (int i = 0; i < prefix.length; i++) {
            if (buffer.getByte(offset + i) != prefix[i]) {
                return false;
            }
        }
        return true;
    }

    private ClientTransaction byVia(final DirectBuffer buffer, final ViaValue via, final Method method) {
        return via.branchLength() == MAGIC_COOKIE.length + Token.BYTES && via.isBranchUnique()
                ? byToken(buffer, via.branchOffset() + MAGIC_COOKIE.length, method)
                : null;
    }

    private ClientTransaction byToken(final DirectBuffer buffer, final int tokenOffset, final Method method) {
        ClientTransaction found = null;
        if (token.read(Token.INVITE_CLIENT, buffer, tokenOffset, Token.BYTES)) {
            final InviteClientTransaction invite = inviteClients.find(token);
            found = invite == null || method != Method.CANCEL ? invite : invite.cancel;
        } else if (token.read(Token.NON_INVITE_CLIENT, buffer, tokenOffset, Token.BYTES)) {
            found = otherClients.find(token);
        }
        beforeChange(found);
        return found;
    }

    void strayResponse() {
        counters.increment(CoreCounter.RESPONSES_STRAY);
    }

    // ---- the end of transactions -----------------------------------------------------------------------------------

    void forgetMergeKey(final ServerTransaction transaction) {
        if ((transaction.mergeKeyHigh | transaction.mergeKeyLow) != 0) {
            mergeKeys.remove(transaction.mergeKeyHigh, transaction.mergeKeyLow);
            transaction.mergeKeyHigh = 0;
            transaction.mergeKeyLow = 0;
        }
    }

    void forget(final ServerTransaction transaction) {
        serverKeys.remove(transaction.keyHigh, transaction.keyLow);
        forgetMergeKey(transaction);
        if (transaction instanceof InviteServerTransaction invite) {
            inviteServers.free(invite);
        } else {
            otherServers.free((NonInviteServerTransaction) transaction);
        }
    }

    void forget(final ClientTransaction transaction) {
        if (transaction instanceof InviteClientTransaction invite) {
            invite.forgetCancel();
            inviteClients.free(invite);
        } else {
            final NonInviteClientTransaction other = (NonInviteClientTransaction) transaction;
            if (other.cancelled != null) {
                other.cancelled.cancel = null;
                other.cancelled = null;
            }
            otherClients.free(other);
        }
    }

    // ---- snapshots -------------------------------------------------------------------------------------------------

    /** Tells the layer who its users are and where snapshots are written; before the first input. */
    public void attach(final UserCodec users, final StateWriter stateWriter, final SnapshotMoment moment) {
        snapshot = new TransactionSnapshot(this, users, stateWriter, moment);
    }

    /** The tables whose entries {@link #capture} writes. */
    public List<SlotTable<? extends Transaction>> tables() {
        return List.of(inviteClients, otherClients, inviteServers, otherServers);
    }

    /** Writes a transaction, which may be null, into the open snapshot with what hangs on it, unless that was done. */
    public void capture(final Transaction transaction) {
        snapshot.capture(transaction);
    }

    /** An event is about to reach a transaction, which may be null: the open snapshot must have it as it is now. */
    void beforeChange(final Transaction transaction) {
        if (snapshot != null && snapshot.isOpen()) {
            snapshot.capture(transaction);
        }
    }

    /** Reads one transaction that {@link #capture} wrote; false when the record is about something else. */
    public boolean read(final StateKind kind, final StateReader reader) {
        switch (kind) {
            case INVITE_CLIENT -> snapshot.readInviteClient(reader);
            case NON_INVITE_CLIENT -> snapshot.readNonInviteClient(reader);
            case INVITE_SERVER -> snapshot.readInviteServer(reader);
            case NON_INVITE_SERVER -> snapshot.readNonInviteServer(reader);
            default -> {
                return false;
            }
        }
        return true;
    }

    /** The INVITE client transaction of a slot, whether it has been read yet or not. */
    public InviteClientTransaction inviteClient(final int slot) {
        return inviteClients.place(slot);
    }

    /** The INVITE server transaction of a slot, whether it has been read yet or not. */
    public InviteServerTransaction inviteServer(final int slot) {
        return inviteServers.place(slot);
    }

    void restoreKeys(final ServerTransaction transaction, final int inviteBit) {
        serverKeys.put(transaction.keyHigh, transaction.keyLow, (transaction.slot() << 1) | inviteBit);
        if ((transaction.mergeKeyHigh | transaction.mergeKeyLow) != 0) {
            mergeKeys.put(transaction.mergeKeyHigh, transaction.mergeKeyLow, transaction.slot());
        }
    }

    private static byte[] ascii(final String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    // ---- counts ----------------------------------------------------------------------------------------------------

    /** Live client transactions. */
    public int clientCount() {
        return inviteClients.size() + otherClients.size();
    }

    /** How full the tables of transactions are. */
    public List<TableFill> fills() {
        return List.of(
                inviteClients.fill("INVITE client transactions"),
                otherClients.fill("other client transactions"),
                inviteServers.fill("INVITE server transactions"),
                otherServers.fill("other server transactions"));
    }

    /** Live server transactions. */
    public int serverCount() {
        return inviteServers.size() + otherServers.size();
    }
}
