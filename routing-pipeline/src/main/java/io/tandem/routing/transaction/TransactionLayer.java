package io.tandem.routing.transaction;

import io.tandem.routing.counter.CoreCounter;
import io.tandem.routing.counter.CoreCounters;
import io.tandem.routing.counter.TableFill;
import io.tandem.routing.effect.Effects;
import io.tandem.routing.identifier.SerialNumbers;
import io.tandem.routing.identifier.SipHash;
import io.tandem.routing.identifier.Slot;
import io.tandem.routing.identifier.SlotTable;
import io.tandem.routing.snapshot.SnapshotMoment;
import io.tandem.routing.snapshot.StateKind;
import io.tandem.routing.snapshot.StateReader;
import io.tandem.routing.snapshot.StateWriter;
import io.tandem.routing.store.BlockStore;
import io.tandem.routing.timer.TimerWheel;
import io.tandem.sip.CSeqValue;
import io.tandem.sip.MessageCheck;
import io.tandem.sip.MessageWriter;
import io.tandem.sip.Method;
import io.tandem.sip.SipMessage;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * The transaction layer of RFC 3261 section 17, between transport and transaction users: what comes of every request,
 * response and message that came back, and the only way by which messages leave. Core's thread only; allocates nothing
 * once its tables have grown.
 *
 * <p>A request is written once: {@link #beginMessage} hands out a writer over the effects buffer, {@link #start} sends
 * what was written and keeps a copy for the machine. So are {@link Responses}.
 */
public final class TransactionLayer {
    /** The request has been sent. */
    public static final int STARTED = 0;

    private static final int UNAVAILABLE = 503;
    private static final int MESSAGE_TOO_LARGE = 513;

    final TimerWheel timers;
    final BlockStore blocks;
    final ClientTransactionTable clients;
    final ServerTransactionTable servers;
    final Responses responses;
    TimerValues values;

    private final CoreCounters counters;
    private final RequestKeys keys;
    private final OutgoingMessage outgoing;
    private final HopByHopRequests hopByHop;
    private final TokenWriter tokens = new TokenWriter();
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
        this.counters = counters;
        keys = new RequestKeys(keyHash);
        outgoing = new OutgoingMessage(effects, blocks, counters);
        responses = new Responses(outgoing, keys, tagHash, tokens, blocks, counters);
        hopByHop = new HopByHopRequests(blocks);
        clients = new ClientTransactionTable(
                limits.clientsMax(),
                serialNumbers,
                () -> new InviteClientTransaction(this),
                () -> new NonInviteClientTransaction(this),
                tokens);
        servers = new ServerTransactionTable(
                limits.serversMax(),
                serialNumbers,
                () -> new InviteServerTransaction(this),
                () -> new NonInviteServerTransaction(this),
                keys,
                blocks,
                counters);
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
        clients.limit(limits.clientsMax());
        servers.limit(limits.serversMax());
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
        final ServerTransaction transaction = servers.find(request, method);
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
        return servers.isMerged(request);
    }

    /** Makes the transaction of an INVITE that was read, or returns null when a table is full. */
    public InviteServerTransaction newInviteServer(final SipMessage request, final Peer source) {
        return servers.newInvite(request, source);
    }

    /** Makes the transaction of any other request that was read, or returns null when a table is full. */
    public NonInviteServerTransaction newNonInviteServer(final SipMessage request, final Peer source) {
        return servers.newNonInvite(request, source);
    }

    /** The answers to the requests that come in. */
    public Responses responses() {
        return responses;
    }

    // ---- requests that we send -------------------------------------------------------------------------------------

    /** Takes an INVITE client transaction, or returns null when the table is full. */
    public InviteClientTransaction newInviteClient(
            final ClientTransactionUser user, final Peer peer, final long cSeqNumber) {
        return clients.newInvite(user, peer, cSeqNumber);
    }

    /** Takes a client transaction for another method, or returns null when the table is full. */
    public NonInviteClientTransaction newNonInviteClient(
            final ClientTransactionUser user, final Peer peer, final Method method, final long cSeqNumber) {
        return clients.newNonInvite(user, peer, method, cSeqNumber);
    }

    /** A writer for the next message to leave, at the effects buffer. */
    public MessageWriter beginMessage() {
        return outgoing.begin();
    }

    /** Writes the branch parameter's value of a client transaction. */
    public void branch(final MessageWriter to, final ClientTransaction transaction) {
        clients.branch(to, transaction);
    }

    /** Writes the token of a slot. */
    public void token(final MessageWriter to, final byte table, final Slot slot) {
        tokens.write(to, table, slot);
    }

    /**
     * Sends the request that was written and starts its machine. An INVITE must be kept, since its ACK and CANCEL are made
     * from it; any other request is sent even if no room is left to keep it, and not sent again.
     *
     * @return {@link #STARTED}, or what to answer whoever asked: 513 when it did not fit, 503 when it could not be kept. The
     *     transaction is forgotten then and its user hears nothing.
     */
    public int start(final ClientTransaction transaction) {
        if (outgoing.isTooLarge()) {
            counters.increment(CoreCounter.MESSAGES_TOO_LARGE);
            discard(transaction);
            return MESSAGE_TOO_LARGE;
        }
        transaction.message = outgoing.keep();
        if (transaction.message == BlockStore.NO_BLOCK && transaction instanceof InviteClientTransaction) {
            discard(transaction);
            return UNAVAILABLE;
        }
        outgoing.send(transaction.peer);
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
        clients.forget(transaction);
    }

    /** Sends what was written without any transaction (ACK to a 2xx) and keeps a copy; returns its block. */
    public int sendAndKeep(final Peer peer) {
        if (outgoing.isTooLarge()) {
            counters.increment(CoreCounter.MESSAGES_TOO_LARGE);
            return BlockStore.NO_BLOCK;
        }
        final int block = outgoing.keep();
        outgoing.send(peer);
        return block;
    }

    /** Sends a kept message (again). */
    public void send(final Peer peer, final int block) {
        outgoing.send(peer, block);
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
        hopByHop.cancel(outgoing.begin(), invite, reasons, offset, length);
        if (start(cancel) == STARTED) {
            invite.cancel = cancel;
            cancel.cancelled = invite;
        }
    }

    /** ACK for a 300-699 (RFC 3261 section 17.1.1.3); returns the kept copy. */
    int sendFailureAck(final InviteClientTransaction invite, final SipMessage response) {
        hopByHop.ack(outgoing.begin(), invite, response);
        return sendAndKeep(invite.peer);
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
        final ClientTransaction found = clients.find(response.buffer(), check.via(), cSeq.method());
        beforeChange(found);
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
        final ClientTransaction found = clients.findSent(sent, offset, length);
        beforeChange(found);
        if (found != null) {
            found.onTransportFailure();
        }
    }

    void strayResponse() {
        counters.increment(CoreCounter.RESPONSES_STRAY);
    }

    // ---- snapshots -------------------------------------------------------------------------------------------------

    /** Tells the layer who its users are and where snapshots are written; before the first input. */
    public void attach(final UserCodec users, final StateWriter stateWriter, final SnapshotMoment moment) {
        snapshot = new TransactionSnapshot(clients, servers, users, stateWriter, moment);
    }

    /** The tables whose entries {@link #capture} writes. */
    public List<SlotTable<? extends Transaction>> tables() {
        return List.of(clients.invites, clients.others, servers.invites, servers.others);
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
        return snapshot.read(kind, reader);
    }

    /** The INVITE client transaction of a slot, whether it has been read yet or not. */
    public InviteClientTransaction inviteClient(final int slot) {
        return clients.invites.place(slot);
    }

    /** The INVITE server transaction of a slot, whether it has been read yet or not. */
    public InviteServerTransaction inviteServer(final int slot) {
        return servers.invites.place(slot);
    }

    // ---- counts ----------------------------------------------------------------------------------------------------

    /** Live client transactions. */
    public int clientCount() {
        return clients.size();
    }

    /** How full the tables of transactions are. */
    public List<TableFill> fills() {
        return List.of(
                clients.invites.fill("INVITE client transactions"),
                clients.others.fill("other client transactions"),
                servers.invites.fill("INVITE server transactions"),
                servers.others.fill("other server transactions"));
    }

    /** Live server transactions. */
    public int serverCount() {
        return servers.size();
    }
}
