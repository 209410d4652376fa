package io.tandem.routing.transaction;

import io.tandem.sip.Method;
import io.tandem.sip.SipMessage;

/** A request that we sent and the answers to it (RFC 3261 section 17.1). */
public abstract class ClientTransaction extends Transaction {
    ClientTransactionUser user;
    ServerTransaction upstream;
    Method method;
    long cSeq;

    ClientTransaction(final TransactionLayer layer) {
        super(layer);
    }

    /** The transaction user. */
    public final ClientTransactionUser user() {
        return user;
    }

    /** Hands the transaction to another user. */
    public final void user(final ClientTransactionUser newUser) {
        user = newUser;
    }

    /** The request on the other leg that this one relays, or null. */
    public final ServerTransaction upstream() {
        return upstream;
    }

    /** Links the request on the other leg that this one relays; null unlinks. */
    public final void upstream(final ServerTransaction relayed) {
        if (upstream != null) {
            upstream.downstream = null;
        }
        upstream = relayed;
        if (relayed != null) {
            relayed.downstream = this;
        }
    }

    /** Method of the request. */
    public final Method method() {
        return method;
    }

    /** CSeq number of the request. */
    public final long cSeq() {
        return cSeq;
    }

    /** A response whose branch names this transaction. */
    abstract void onResponse(SipMessage response);

    /** The request came back from the network as undeliverable. */
    abstract void onTransportFailure();

    final void terminate() {
        clear();
        upstream(null);
        user.onTerminated(this);
        user = null;
        layer.clients.forget(this);
    }
}
