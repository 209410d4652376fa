package io.tandem.routing.call;

import io.tandem.routing.counter.CoreCounter;
import io.tandem.routing.counter.CoreCounters;
import io.tandem.routing.identifier.Token;
import io.tandem.routing.transaction.OverloadAnswer;
import io.tandem.routing.transaction.Peer;
import io.tandem.routing.transaction.Responses;
import io.tandem.routing.transaction.ServerTransaction;
import io.tandem.routing.transaction.TransactionLayer;
import io.tandem.sip.HeaderName;
import io.tandem.sip.MessageWriter;
import io.tandem.sip.SipMessage;

/** Answers that we give by ourselves, whatever the call. Core's thread only. */
public final class OwnAnswers {
    private final Responses responses;
    private final Capabilities capabilities;
    private final CoreCounters counters;

    OwnAnswers(final Responses responses, final Capabilities capabilities, final CoreCounters counters) {
        this.responses = responses;
        this.capabilities = capabilities;
        this.counters = counters;
    }

    /** Begins a final answer; fields may follow before {@code contentLength(0)}, then {@link Responses#commit} sends it. */
    MessageWriter begin(final ServerTransaction transaction, final int status) {
        return begin(transaction, status, StatusText.of(status));
    }

    /** The same with a reason phrase that says more than the status. */
    MessageWriter begin(final ServerTransaction transaction, final int status, final byte[] reason) {
        return responses.begin(transaction, status, reason, Token.INTERNAL, transaction);
    }

    /** 100 for an INVITE, with its Timestamp (RFC 3261 section 8.2.6.1). */
    void trying(final SipMessage request, final ServerTransaction transaction) {
        responses
                .begin(transaction, 100, StatusText.of(100), Token.INTERNAL, null)
                .fields(request, HeaderName.TIMESTAMP)
                .contentLength(0);
        responses.commit(transaction, 100);
    }

    /** An answer without anything to it. */
    void plain(final ServerTransaction transaction, final int status) {
        responses.send(transaction, status, StatusText.of(status));
    }

    /** An answer to a request of which no state is kept. */
    void stateless(final SipMessage request, final Peer source, final int status) {
        responses.beginStateless(request, source, status, StatusText.of(status)).contentLength(0);
        responses.commitStateless();
    }

    /** 503 with Retry-After (D2) for a request of which no state is kept. */
    public void busy(final SipMessage request, final Peer source) {
        responses
                .beginStateless(request, source, 503, StatusText.of(503))
                .header(HeaderName.RETRY_AFTER, OverloadAnswer.RETRY_AFTER_SEC)
                .contentLength(0);
        responses.commitStateless();
    }

    /** 503 with Retry-After for a request that a full table stands against (D2). */
    void full(final ServerTransaction transaction) {
        counters.increment(CoreCounter.REQUESTS_REFUSED_FULL);
        begin(transaction, 503)
                .header(HeaderName.RETRY_AFTER, OverloadAnswer.RETRY_AFTER_SEC)
                .contentLength(0);
        responses.commit(transaction, 503);
    }

    /** What {@link TransactionLayer#start} says of a request that did not leave. */
    void notStarted(final ServerTransaction transaction, final int status) {
        if (status == 503) {
            full(transaction);
        } else {
            plain(transaction, status);
        }
    }

    /** 420 for a request that requires what is none of ours (RFC 3261 section 8.2.2.3); false when it does not. */
    boolean refusedExtension(final SipMessage request, final ServerTransaction transaction) {
        if (capabilities.allSupported(request, HeaderName.REQUIRE)) {
            return false;
        }
        final MessageWriter writer = begin(transaction, 420);
        capabilities.writeUnsupported(writer, request, HeaderName.REQUIRE);
        writer.contentLength(0);
        responses.commit(transaction, 420);
        return true;
    }
}
