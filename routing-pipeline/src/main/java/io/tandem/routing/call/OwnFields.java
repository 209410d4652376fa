package io.tandem.routing.call;

import io.tandem.routing.address.Listeners;
import io.tandem.routing.configuration.TrunkPlan;
import io.tandem.routing.identifier.Slot;
import io.tandem.routing.transaction.ClientTransaction;
import io.tandem.routing.transaction.TransactionLayer;
import io.tandem.sip.HeaderName;
import io.tandem.sip.MessageWriter;
import io.tandem.sip.Method;
import io.tandem.sip.Octets;

/** Fields that are ours whatever is relayed: Via, CSeq, Contact; and our host in addresses. Core's thread only. */
final class OwnFields {
    private static final byte[] MAGIC_COOKIE = Octets.ascii("z9hG4bK");
    private static final byte[] RPORT_CRLF = Octets.ascii(";rport\r\n");

    private final TransactionLayer layer;
    private Listeners listeners;

    OwnFields(final TransactionLayer layer) {
        this.layer = layer;
    }

    void use(final Listeners newListeners) {
        listeners = newListeners;
    }

    /** Via with the branch of a transaction. */
    void via(final MessageWriter writer, final int listener, final ClientTransaction transaction) {
        writer.ascii(listeners.viaPrefix(listener));
        layer.branch(writer, transaction);
        writer.ascii(RPORT_CRLF);
    }

    /** Via of the ACK of a 2xx, whose branch derives from a slot and the CSeq number. */
    void viaOfAck(
            final MessageWriter writer, final int listener, final byte table, final Slot owner, final long number) {
        writer.ascii(listeners.viaPrefix(listener)).ascii(MAGIC_COOKIE);
        layer.token(writer, table, owner);
        writer.octet((byte) '.').number(number).ascii(RPORT_CRLF);
    }

    static void cSeq(final MessageWriter writer, final long number, final Method method) {
        writer.header(HeaderName.CSEQ)
                .number(number)
                .octet((byte) ' ')
                .ascii(method.bytes())
                .crlf();
    }

    void contact(final MessageWriter writer, final int listener) {
        writer.ascii(listeners.contactField(listener));
    }

    /** The host of our addresses as the peer of a trunk sees them. */
    byte[] host(final TrunkPlan trunk, final int listener) {
        return trunk.fromDomain().length > 0 ? trunk.fromDomain() : listeners.sentBy(listener);
    }
}
