package io.tandem.routing.transaction;

import io.tandem.routing.identifier.SlotTable;
import io.tandem.routing.snapshot.SnapshotMoment;
import io.tandem.routing.snapshot.StateKind;
import io.tandem.routing.snapshot.StateReader;
import io.tandem.routing.snapshot.StateWriter;
import io.tandem.sip.Method;

/**
 * Transactions in snapshots. New fields are added at the end of an entry, never between.
 *
 * <p>Writing goes on in slices while the core runs. What an event may change is reached from the transaction or timer that it
 * found, so an entry is written together with everything that can be reached from it: before an event gets at it, or when
 * its turn comes.
 */
final class TransactionSnapshot {
    private static final Method[] METHODS = Method.values();

    private final ClientTransactionTable clients;
    private final ServerTransactionTable servers;
    private final UserCodec users;
    private final StateWriter writer;
    private final SnapshotMoment moment;

    TransactionSnapshot(
            final ClientTransactionTable clients,
            final ServerTransactionTable servers,
            final UserCodec users,
            final StateWriter writer,
            final SnapshotMoment moment) {
        this.clients = clients;
        this.servers = servers;
        this.users = users;
        this.writer = writer;
        this.moment = moment;
    }

    // ---- writing ---------------------------------------------------------------------------------------------------

    boolean isOpen() {
        return moment.isOpen();
    }

    /** Writes a transaction, which may be null, and what hangs on it, unless that was done. */
    void capture(final Transaction transaction) {
        if (!moment.claims(transaction)) {
            return;
        }
        switch (transaction) {
            case InviteClientTransaction client -> {
                write(client);
                capture(client.upstream);
                capture(client.cancel);
                users.capture(client.user);
            }
            case NonInviteClientTransaction client -> {
                client(writer.begin(StateKind.NON_INVITE_CLIENT, client), client);
                writer.end();
                capture(client.upstream);
                capture(client.cancelled);
                users.capture(client.user);
            }
            case InviteServerTransaction server -> {
                server(writer.begin(StateKind.INVITE_SERVER, server), server);
                writer.number(users.encode(server.user())).number(server.note).end();
                capture(server.downstream);
                users.capture(server.user());
            }
            case NonInviteServerTransaction server -> {
                server(writer.begin(StateKind.NON_INVITE_SERVER, server), server);
                writer.number(server.note).end();
                capture(server.downstream);
            }
            default -> throw new IllegalArgumentException("transaction unknown to snapshots: " + transaction);
        }
    }

    private void write(final InviteClientTransaction transaction) {
        client(writer.begin(StateKind.INVITE_CLIENT, transaction), transaction);
        writer.block(transaction.ackBlock())
                .flag(transaction.isCancelHeld())
                .block(transaction.heldReason())
                .reference(transaction.cancel)
                .number(transaction.followUps())
                .end();
    }

    private static void common(final StateWriter writer, final Transaction transaction) {
        writer.number(transaction.state.ordinal())
                .peer(transaction.peer)
                .block(transaction.message)
                .number(transaction.retransmitIntervalNs)
                .timer(transaction.retransmitTimer)
                .timer(transaction.timeoutTimer);
    }

    private void client(final StateWriter writer, final ClientTransaction transaction) {
        common(writer, transaction);
        final ServerTransaction upstream = transaction.upstream;
        writer.number(users.encode(transaction.user))
                .number(transaction.method.ordinal())
                .number(transaction.cSeq)
                .flag(upstream instanceof InviteServerTransaction)
                .reference(upstream);
    }

    private static void server(final StateWriter writer, final ServerTransaction transaction) {
        common(writer, transaction);
        writer.number(transaction.method.ordinal())
                .number(transaction.cSeq)
                .number(transaction.keyHigh)
                .number(transaction.keyLow)
                .number(transaction.mergeKeyHigh)
                .number(transaction.mergeKeyLow)
                .block(transaction.head)
                .number(transaction.headToOffset)
                .flag(transaction.toHasTag)
                .number(transaction.lastStatus);
    }

    // ---- reading ---------------------------------------------------------------------------------------------------

    /** Reads one transaction that was written by {@link #capture}; false when the record is about something else. */
    boolean read(final StateKind kind, final StateReader reader) {
        switch (kind) {
            case INVITE_CLIENT -> readInviteClient(reader);
            case NON_INVITE_CLIENT -> readNonInviteClient(reader);
            case INVITE_SERVER -> readInviteServer(reader);
            case NON_INVITE_SERVER -> readNonInviteServer(reader);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void readInviteClient(final StateReader reader) {
        final InviteClientTransaction transaction = restore(clients.invites, reader);
        client(reader, transaction);
        transaction.restore(reader.block(), reader.flag(), reader.block());
        final int cancel = reader.integer();
        transaction.cancel = cancel < 0 ? null : clients.others.place(cancel);
        if (transaction.cancel != null) {
            transaction.cancel.cancelled = transaction;
        }
        transaction.restoreFollowUps(reader.integer());
    }

    private void readNonInviteClient(final StateReader reader) {
        client(reader, restore(clients.others, reader));
    }

    private void readInviteServer(final StateReader reader) {
        final InviteServerTransaction transaction = restore(servers.invites, reader);
        server(reader, transaction);
        transaction.user(users.decodeServer(reader.number()));
        transaction.note = reader.number();
    }

    private void readNonInviteServer(final StateReader reader) {
        final NonInviteServerTransaction transaction = restore(servers.others, reader);
        server(reader, transaction);
        transaction.note = reader.number();
    }

    private static <T extends Transaction> T restore(final SlotTable<T> table, final StateReader reader) {
        final T transaction = table.restore(reader.slot(), reader.serial(), reader.proof());
        transaction.state = TransactionState.of(reader.integer());
        reader.peer(transaction.peer);
        transaction.message = reader.block();
        transaction.retransmitIntervalNs = reader.number();
        reader.timer(transaction.retransmitTimer);
        reader.timer(transaction.timeoutTimer);
        return transaction;
    }

    private void client(final StateReader reader, final ClientTransaction transaction) {
        transaction.user = users.decodeClient(reader.number());
        transaction.method = METHODS[reader.integer()];
        transaction.cSeq = reader.number();
        final boolean invite = reader.flag();
        final int upstream = reader.integer();
        transaction.upstream = null;
        if (upstream >= 0) {
            transaction.upstream = invite ? servers.invites.place(upstream) : servers.others.place(upstream);
            transaction.upstream.downstream = transaction;
        }
    }

    private void server(final StateReader reader, final ServerTransaction transaction) {
        transaction.method = METHODS[reader.integer()];
        transaction.cSeq = reader.number();
        transaction.keyHigh = reader.number();
        transaction.keyLow = reader.number();
        transaction.mergeKeyHigh = reader.number();
        transaction.mergeKeyLow = reader.number();
        transaction.head = reader.block();
        transaction.headToOffset = reader.integer();
        transaction.toHasTag = reader.flag();
        transaction.lastStatus = reader.integer();
        servers.enter(transaction);
    }
}
