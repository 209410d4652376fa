package io.tandem.routing.transaction;

import io.tandem.routing.identifier.SlotTable;
import io.tandem.routing.snapshot.StateKind;
import io.tandem.routing.snapshot.StateReader;
import io.tandem.routing.snapshot.StateWriter;
import io.tandem.sip.Method;

/** Transactions in snapshots. New fields are added at the end of an entry, never between. */
final class TransactionSnapshot {
    private static final Method[] METHODS = Method.values();

    private final TransactionLayer layer;
    private final UserCodec users;

    TransactionSnapshot(final TransactionLayer layer, final UserCodec users) {
        this.layer = layer;
        this.users = users;
    }

    // ---- writing ---------------------------------------------------------------------------------------------------

    void write(final StateWriter writer) {
        for (int slot = 0; slot < layer.inviteClients.bound(); slot++) {
            final InviteClientTransaction transaction = layer.inviteClients.get(slot);
            if (transaction != null) {
                client(writer.begin(StateKind.INVITE_CLIENT, transaction), transaction);
                writer.block(transaction.ackBlock())
                        .flag(transaction.isCancelHeld())
                        .block(transaction.heldReason())
                        .reference(transaction.cancel)
                        .number(transaction.followUps())
                        .end();
            }
        }
        for (int slot = 0; slot < layer.otherClients.bound(); slot++) {
            final NonInviteClientTransaction transaction = layer.otherClients.get(slot);
            if (transaction != null) {
                client(writer.begin(StateKind.NON_INVITE_CLIENT, transaction), transaction);
                writer.end();
            }
        }
        for (int slot = 0; slot < layer.inviteServers.bound(); slot++) {
            final InviteServerTransaction transaction = layer.inviteServers.get(slot);
            if (transaction != null) {
                server(writer.begin(StateKind.INVITE_SERVER, transaction), transaction);
                writer.number(users.encode(transaction.user())).end();
            }
        }
        for (int slot = 0; slot < layer.otherServers.bound(); slot++) {
            final NonInviteServerTransaction transaction = layer.otherServers.get(slot);
            if (transaction != null) {
                server(writer.begin(StateKind.NON_INVITE_SERVER, transaction), transaction);
                writer.end();
            }
        }
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

    void readInviteClient(final StateReader reader) {
        final InviteClientTransaction transaction = restore(layer.inviteClients, reader);
        client(reader, transaction);
        transaction.restore(reader.block(), reader.flag(), reader.block());
        final int cancel = reader.integer();
        transaction.cancel = cancel < 0 ? null : layer.otherClients.place(cancel);
        if (transaction.cancel != null) {
            transaction.cancel.cancelled = transaction;
        }
        transaction.restoreFollowUps(reader.integer());
    }

    void readNonInviteClient(final StateReader reader) {
        client(reader, restore(layer.otherClients, reader));
    }

    void readInviteServer(final StateReader reader) {
        final InviteServerTransaction transaction = restore(layer.inviteServers, reader);
        server(reader, transaction, 1);
        transaction.user(users.decodeServer(reader.number()));
    }

    void readNonInviteServer(final StateReader reader) {
        server(reader, restore(layer.otherServers, reader), 0);
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
            transaction.upstream = invite ? layer.inviteServers.place(upstream) : layer.otherServers.place(upstream);
            transaction.upstream.downstream = transaction;
        }
    }

    private void server(final StateReader reader, final ServerTransaction transaction, final int inviteBit) {
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
        layer.restoreKeys(transaction, inviteBit);
    }
}
