package io.tandem.routing.core;

import io.tandem.routing.call.Capabilities;
import io.tandem.routing.call.Exchange;
import io.tandem.routing.counter.CoreCounter;
import io.tandem.routing.counter.CoreCounters;
import io.tandem.routing.identifier.Token;
import io.tandem.routing.transaction.InviteServerTransaction;
import io.tandem.routing.transaction.NonInviteServerTransaction;
import io.tandem.routing.transaction.Peer;
import io.tandem.routing.transaction.Responses;
import io.tandem.routing.transaction.ServerTransaction;
import io.tandem.routing.transaction.TransactionLayer;
import io.tandem.sip.HeaderName;
import io.tandem.sip.MessageCheck;
import io.tandem.sip.MessageWriter;
import io.tandem.sip.Method;
import io.tandem.sip.Problem;
import io.tandem.sip.Scheme;
import io.tandem.sip.SipMessage;
import io.tandem.sip.SipUri;
import java.nio.charset.StandardCharsets;

/**
 * What to do with a message: its transaction, its dialog, a new call, or an answer without any state (RFC 3261 section 8.2,
 * 12.2.2, 17.2.3). Core's thread only.
 */
final class RequestDispatch {
    private static final byte[] OK = ascii("OK");
    private static final byte[] FORBIDDEN = ascii("Forbidden");
    private static final byte[] METHOD_NOT_ALLOWED = ascii("Method Not Allowed");
    private static final byte[] UNSUPPORTED_SCHEME = ascii("Unsupported URI Scheme");
    private static final byte[] BAD_EXTENSION = ascii("Bad Extension");
    private static final byte[] UNKNOWN_DIALOG = ascii("Call/Transaction Does Not Exist");
    private static final byte[] LOOP_DETECTED = ascii("Loop Detected");
    private static final byte[] NOT_IMPLEMENTED = ascii("Not Implemented");
    private static final byte[] TOO_MANY_HOPS = ascii("Too Many Hops");
    private static final byte[] ACCEPT = ascii("application/sdp, */*");

    private final TransactionLayer layer;
    private final Responses responses;
    private final Exchange exchange;
    private final CoreCounters counters;
    private final MessageCheck check = new MessageCheck();
    private final SipUri uri = new SipUri();

    RequestDispatch(final TransactionLayer layer, final Exchange exchange, final CoreCounters counters) {
        this.layer = layer;
        responses = layer.responses();
        this.exchange = exchange;
        this.counters = counters;
    }

    /** A message that was just indexed, with or without a problem. */
    void onUnchecked(final SipMessage message, final Problem problem, final Peer source) {
        if (problem == Problem.NONE) {
            onMessage(message, source);
        } else {
            refuse(message, problem, source);
        }
    }

    /** A message that was indexed without a problem. */
    void onMessage(final SipMessage message, final Peer source) {
        final Problem problem = check.check(message);
        if (problem != Problem.NONE) {
            refuse(message, problem, source);
        } else if (message.isRequest()) {
            counters.increment(CoreCounter.REQUESTS_RECEIVED);
            onRequest(message, source);
        } else {
            counters.increment(CoreCounter.RESPONSES_RECEIVED);
            layer.onResponse(message, check);
        }
    }

    private void refuse(final SipMessage message, final Problem problem, final Peer source) {
        counters.increment(CoreCounter.MESSAGES_MALFORMED);
        if (message.answerable()
                && message.isRequest()
                && message.method() != Method.ACK
                && problem.status() != 0
                && layer.readForRefusal(message)) {
            responses
                    .beginStateless(message, source, problem.status(), problem.reason())
                    .contentLength(0);
            responses.commitStateless();
        }
    }

    private void onRequest(final SipMessage request, final Peer source) {
        layer.read(check);
        switch (request.method()) {
            case ACK -> onAck(request);
            case CANCEL -> onCancel(request, source);
            default -> {
                final ServerTransaction known = layer.find(request, request.method());
                if (known != null) {
                    layer.onRequestAgain(known);
                } else if (layer.isMerged(request)) {
                    counters.increment(CoreCounter.REQUESTS_MERGED);
                    answer(request, source, 482, LOOP_DETECTED);
                } else {
                    onNew(request, source);
                }
            }
        }
    }

    private void onAck(final SipMessage ack) {
        final ServerTransaction invite = layer.find(ack, Method.INVITE);
        if (invite != null && layer.onAck(invite)) {
            return;
        }
        if (!exchange.onAck(ack)) {
            counters.increment(CoreCounter.ACKS_STRAY);
        }
    }

    private void onCancel(final SipMessage cancel, final Peer source) {
        final ServerTransaction known = layer.find(cancel, Method.CANCEL);
        if (known != null) {
            layer.onRequestAgain(known);
            return;
        }
        final ServerTransaction target = layer.find(cancel, Method.INVITE);
        if (!(target instanceof InviteServerTransaction invite)) {
            answer(cancel, source, 481, UNKNOWN_DIALOG);
            return;
        }
        final NonInviteServerTransaction transaction = layer.newNonInviteServer(cancel, source);
        if (transaction == null) {
            // obeyed all the same, for it makes room
            counters.increment(CoreCounter.REQUESTS_REFUSED_FULL);
            answer(cancel, source, 200, OK);
        } else {
            // the To tag is that of the INVITE's own answer (RFC 3261 section 9.2)
            responses.begin(transaction, 200, OK, Token.INTERNAL, invite).contentLength(0);
            responses.commit(transaction, 200);
        }
        if (!invite.isAnswered() && invite.user() != null) {
            invite.user().onCancel(invite, cancel);
        }
    }

    private void onNew(final SipMessage request, final Peer source) {
        final Method method = request.method();
        if (method == Method.UNKNOWN) {
            withAllow(request, source, 501, NOT_IMPLEMENTED);
        } else if (!Capabilities.takes(method)) {
            if (method == Method.REFER) {
                answer(request, source, 403, FORBIDDEN);
            } else {
                withAllow(request, source, 405, METHOD_NOT_ALLOWED);
            }
        } else if (layer.keys().to().tagOffset() >= 0) {
            if (!exchange.onInDialog(request, source)) {
                unknownDialog(request, source);
            }
        } else {
            switch (method) {
                case INVITE -> onInvite(request, source);
                case OPTIONS -> onOptions(request, source);
                case MESSAGE -> exchange.onMessage(request, source);
                default -> unknownDialog(request, source);
            }
        }
    }

    private void unknownDialog(final SipMessage request, final Peer source) {
        counters.increment(CoreCounter.REQUESTS_UNKNOWN_DIALOG);
        answer(request, source, 481, UNKNOWN_DIALOG);
    }

    private void onInvite(final SipMessage request, final Peer source) {
        final InviteServerTransaction transaction = layer.newInviteServer(request, source);
        if (transaction == null) {
            refuseFull(request, source);
        } else {
            exchange.onInvite(request, source, transaction);
        }
    }

    /** OPTIONS to the appliance: how it is and what it does, without any state (RFC 3261 section 11). */
    private void onOptions(final SipMessage request, final Peer source) {
        final boolean isSip =
                uri.wrap(request.buffer(), request.uriOffset(), request.uriLength()) && uri.scheme() != Scheme.OTHER;
        if (!isSip) {
            answer(request, source, 416, UNSUPPORTED_SCHEME);
        } else if (!exchange.capabilities().allSupported(request, HeaderName.REQUIRE)) {
            final MessageWriter writer = responses.beginStateless(request, source, 420, BAD_EXTENSION);
            exchange.capabilities().writeUnsupported(writer, request, HeaderName.REQUIRE);
            writer.contentLength(0);
            responses.commitStateless();
        } else if (uri.userLength() > 0 && exchange.hopsUsedUp(request)) {
            answer(request, source, 483, TOO_MANY_HOPS);
        } else if (exchange.isDraining()) {
            exchange.answers().busy(request, source);
        } else {
            responses
                    .beginStateless(request, source, 200, OK)
                    .header(HeaderName.ALLOW, Capabilities.ALLOW)
                    .header(HeaderName.ACCEPT, ACCEPT)
                    .header(HeaderName.SUPPORTED, Capabilities.SUPPORTED)
                    .contentLength(0);
            responses.commitStateless();
        }
    }

    private void refuseFull(final SipMessage request, final Peer source) {
        counters.increment(CoreCounter.REQUESTS_REFUSED_FULL);
        exchange.answers().busy(request, source);
    }

    private void withAllow(final SipMessage request, final Peer source, final int status, final byte[] reason) {
        responses
                .beginStateless(request, source, status, reason)
                .header(HeaderName.ALLOW, Capabilities.ALLOW)
                .contentLength(0);
        responses.commitStateless();
    }

    private void answer(final SipMessage request, final Peer source, final int status, final byte[] reason) {
        responses.beginStateless(request, source, status, reason).contentLength(0);
        responses.commitStateless();
    }

    private static byte[] ascii(final String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
