package io.tandem.routing.call;

import io.tandem.routing.identifier.Slot;
import io.tandem.routing.transaction.Absorber;
import io.tandem.routing.transaction.ClientTransactionUser;
import io.tandem.routing.transaction.ServerTransactionUser;
import io.tandem.routing.transaction.UserCodec;

/** Names the transaction users of the call engine by table and slot. */
final class CallUsers implements UserCodec {
    private static final int TABLE_BITS = 3;
    private static final int TABLE_MASK = (1 << TABLE_BITS) - 1;
    private static final int NOBODY = 0;
    private static final int LEG = 1;
    private static final int DIALOG = 2;
    private static final int OUT_OF_DIALOG = 3;
    private static final int CALL = 4;
    private static final int STRAY_ANSWERS = 5;

    private final Exchange exchange;

    CallUsers(final Exchange exchange) {
        this.exchange = exchange;
    }

    @Override
    public long encode(final ClientTransactionUser user) {
        return switch (user) {
            case Leg leg -> (long) leg.slot() << TABLE_BITS | LEG;
            case Dialog dialog -> (long) dialog.slot() << TABLE_BITS | DIALOG;
            case OutOfDialog relay -> OUT_OF_DIALOG;
            case StrayAnswers stray -> STRAY_ANSWERS;
            default -> NOBODY;
        };
    }

    @Override
    public ClientTransactionUser decodeClient(final long number) {
        final int slot = (int) (number >>> TABLE_BITS);
        return switch ((int) number & TABLE_MASK) {
            case LEG -> exchange.legs.place(slot);
            case DIALOG -> exchange.dialogs.table().place(slot);
            case OUT_OF_DIALOG -> exchange.outOfDialog;
            case STRAY_ANSWERS -> exchange.strayAnswers;
            default -> Absorber.INSTANCE;
        };
    }

    @Override
    public long encode(final ServerTransactionUser user) {
        return switch (user) {
            case null -> NOBODY;
            case Call call -> (long) call.slot() << TABLE_BITS | CALL;
            case Dialog dialog -> (long) dialog.slot() << TABLE_BITS | DIALOG;
            default -> NOBODY;
        };
    }

    @Override
    public void capture(final ClientTransactionUser user) {
        if (user instanceof Slot entry) {
            exchange.capture(entry);
        }
    }

    @Override
    public void capture(final ServerTransactionUser user) {
        if (user instanceof Slot entry) {
            exchange.capture(entry);
        }
    }

    @Override
    public ServerTransactionUser decodeServer(final long number) {
        final int slot = (int) (number >>> TABLE_BITS);
        return switch ((int) number & TABLE_MASK) {
            case CALL -> exchange.calls.place(slot);
            case DIALOG -> exchange.dialogs.table().place(slot);
            default -> null;
        };
    }
}
