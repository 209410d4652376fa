package io.tandem.routing.transaction;

import java.util.List;
import java.util.function.Supplier;

/** Makes one transaction of each kind, for whoever measures them. */
public final class TransactionObjects {
    private TransactionObjects() {}

    /** Makers: INVITE client, other client, INVITE server, other server. */
    public static List<Supplier<Transaction>> makers(final TransactionLayer layer) {
        return List.of(
                () -> new InviteClientTransaction(layer),
                () -> new NonInviteClientTransaction(layer),
                () -> new InviteServerTransaction(layer),
                () -> new NonInviteServerTransaction(layer));
    }
}
