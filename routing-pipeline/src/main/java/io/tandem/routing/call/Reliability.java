package io.tandem.routing.call;

import io.tandem.routing.counter.CoreCounter;
import io.tandem.routing.transaction.NonInviteClientTransaction;
import io.tandem.routing.transaction.TransactionLayer;
import io.tandem.sip.HeaderName;
import io.tandem.sip.MessageWriter;
import io.tandem.sip.Method;
import io.tandem.sip.Octets;
import io.tandem.sip.SipMessage;

/**
 * Reliable provisional responses that end with us, since the caller never offered to take any: the callee hears a PRACK of ours
 * (RFC 3262 section 4). Core's thread only.
 */
final class Reliability {
    /** A response that is not reliable. */
    static final long NONE = -1;

    private final Exchange exchange;

    Reliability(final Exchange exchange) {
        this.exchange = exchange;
    }

    /** RSeq of a provisional response, {@link #NONE} without one that can be read. */
    long rSeq(final SipMessage response) {
        final int header = response.first(HeaderName.RSEQ);
        return header == SipMessage.NONE
                ? NONE
                : Octets.decimal(response.buffer(), response.valueOffset(header), response.valueLength(header));
    }

    /** Whether an offer in a reliable response would want its answer in a PRACK, which the caller knows nothing of. */
    boolean leavesOfferToCallee(final Call call) {
        return exchange.attempts.invite(call).bodyLength() == 0;
    }

    /**
     * Acknowledges a reliable provisional response to the INVITE that began a call.
     *
     * @return false for one that came before, or before its turn, or cannot be acknowledged now: it goes no further.
     */
    boolean acknowledge(final Dialog callee, final long rSeq) {
        if (callee.rSeq != 0 && rSeq != callee.rSeq + 1) {
            return false;
        }
        final NonInviteClientTransaction prack =
                exchange.layer.newNonInviteClient(callee, callee.peer, Method.PRACK, callee.localCSeq + 1);
        if (prack == null) {
            exchange.counters.increment(CoreCounter.REQUESTS_REFUSED_FULL);
            return false;
        }
        callee.localCSeq++;
        final MessageWriter writer = exchange.dialogRequests.write(callee, prack, Method.PRACK, null);
        DialogRequests.rack(writer, rSeq, callee.leg.invite.cSeq(), Method.INVITE);
        writer.contentLength(0);
        if (exchange.layer.start(prack) != TransactionLayer.STARTED) {
            return false;
        }
        callee.rSeq = rSeq;
        callee.openRequests++;
        return true;
    }
}
