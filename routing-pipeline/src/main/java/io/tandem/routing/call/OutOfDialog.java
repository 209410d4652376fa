package io.tandem.routing.call;

import io.tandem.routing.address.AddressText;
import io.tandem.routing.address.Listeners;
import io.tandem.routing.admission.Holds;
import io.tandem.routing.configuration.TrunkPlan;
import io.tandem.routing.counter.CoreCounter;
import io.tandem.routing.stage.CallRequest;
import io.tandem.routing.stage.Decision;
import io.tandem.routing.stage.ReasonText;
import io.tandem.routing.stage.Rule;
import io.tandem.routing.transaction.ClientTransaction;
import io.tandem.routing.transaction.ClientTransactionUser;
import io.tandem.routing.transaction.NonInviteClientTransaction;
import io.tandem.routing.transaction.NonInviteServerTransaction;
import io.tandem.routing.transaction.Peer;
import io.tandem.routing.transaction.ServerTransaction;
import io.tandem.routing.transaction.TransactionLayer;
import io.tandem.sip.HeaderName;
import io.tandem.sip.MessageWriter;
import io.tandem.sip.SipMessage;

/** MESSAGE outside a dialog (RFC 3428): screened and routed like a call, but nothing is held for it, so no
 * ceiling is asked. Core's thread only. */
public final class OutOfDialog implements ClientTransactionUser {
    private final Exchange exchange;
    private final Decision decision = new Decision();
    private final Holds nothing = new Holds();
    private final Peer peer = new Peer();
    private Listeners listeners;

    OutOfDialog(final Exchange exchange) {
        this.exchange = exchange;
    }

    void use(final Listeners newListeners) {
        listeners = newListeners;
    }

    void onMessage(final SipMessage request, final Peer source) {
        final NonInviteServerTransaction transaction = exchange.layer.newNonInviteServer(request, source);
        if (transaction == null) {
            exchange.counters.increment(CoreCounter.REQUESTS_REFUSED_FULL);
            exchange.answers.busy(request, source);
            return;
        }
        if (exchange.stages.leavesUnanswered(source.addressHigh, source.addressLow)) {
            exchange.responses.leaveUnanswered(transaction, Rule.SOURCE_UNKNOWN.status());
            return;
        }
        if (MaxForwards.isUsedUp(request)) {
            refuse(request, source, transaction, Rule.HOPS_USED_UP);
            return;
        }
        if (!exchange.capabilities.allSupported(request, HeaderName.REQUIRE)) {
            refuse(request, source, transaction, Rule.EXTENSION_UNSUPPORTED);
            return;
        }
        if (exchange.privacy.isImpossible(request)) {
            refuse(request, source, transaction, Rule.PRIVACY_IMPOSSIBLE);
            return;
        }
        if (!exchange.setup.readQuestion(request, source)) {
            refuse(request, source, transaction, Rule.SCHEME_UNSUPPORTED);
            return;
        }
        final CallRequest question = exchange.setup.question();
        question.holdsNothing = true;
        question.seed = transaction.serial();
        if (!exchange.stages.decide(question, decision, nothing)) {
            refuse(transaction);
            return;
        }
        forward(request, source, transaction);
    }

    /** What the protocol refuses before any routing. */
    private void refuse(
            final SipMessage request, final Peer source, final ServerTransaction transaction, final Rule rule) {
        final int status = rule.status();
        final MessageWriter writer = exchange.answers.begin(
                transaction,
                status,
                rule == Rule.PRIVACY_IMPOSSIBLE ? exchange.privacy.failure(request) : StatusText.of(status));
        if (exchange.showsReasons(source)) {
            final int textLength = ReasonText.write(rule, 0, exchange.reasons.text(), 0);
            exchange.reasons.write(writer, status, rule.q850(), textLength);
        }
        if (rule == Rule.EXTENSION_UNSUPPORTED) {
            exchange.capabilities.writeUnsupported(writer, request, HeaderName.REQUIRE);
        }
        writer.contentLength(0);
        exchange.responses.commit(transaction, status);
    }

    private void refuse(final ServerTransaction transaction) {
        final int status = decision.status();
        final int textLength = decision.writeReasonText(exchange.reasons.text(), 0);
        final MessageWriter writer = exchange.answers.begin(transaction, status);
        if (decision.ingressTrunk() != null) {
            exchange.reasons.write(writer, status, decision.q850(), textLength);
        }
        writer.contentLength(0);
        exchange.responses.commit(transaction, status);
    }

    private void forward(final SipMessage request, final Peer source, final NonInviteServerTransaction transaction) {
        final TrunkPlan trunk = decision.target();
        final int listener = listeners.find(
                trunk.listener(),
                trunk.transport(),
                AddressText.isIpv4(trunk.addressHigh(), trunk.addressLow()),
                source.listener);
        if (listener == Listeners.NONE) {
            exchange.responses.send(transaction, 500, StatusText.of(500));
            return;
        }
        peer.set((byte) trunk.transport().value(), listener, 0, trunk.addressHigh(), trunk.addressLow(), trunk.port());
        final NonInviteClientTransaction relayed = exchange.layer.newNonInviteClient(this, peer, request.method(), 1);
        if (relayed == null) {
            exchange.answers.full(transaction);
            return;
        }
        exchange.initialRequests.message(
                relayed,
                trunk,
                request,
                decision.calledOut,
                exchange.setup.question().caller,
                decision.callerOut,
                decision.callerChanged());
        final int started = exchange.layer.start(relayed);
        if (started == TransactionLayer.STARTED) {
            relayed.upstream(transaction);
            transaction.tryingWhenLate();
        } else {
            exchange.answers.notStarted(transaction, started);
        }
    }

    @Override
    public void onResponse(final ClientTransaction transaction, final SipMessage response) {
        final ServerTransaction upstream = transaction.upstream();
        final int status = response.statusCode();
        if (upstream == null || status < 200) {
            // the only provisional response to such a request is 100, and each hop says its own (RFC 4320 section 4.1)
            return;
        }
        if (status == 401 || status == 407 || status == 503 || (status >= 300 && status < 400)) {
            exchange.responses.send(upstream, 500, StatusText.of(500));
        } else {
            exchange.relayedResponses.write(upstream, response, null, null, status, false);
            exchange.responses.commit(upstream, status);
        }
        transaction.upstream(null);
    }

    @Override
    public void onTimeout(final ClientTransaction transaction) {
        if (transaction.upstream() instanceof NonInviteServerTransaction silent) {
            transaction.upstream(null);
            silent.giveUp();
        }
    }

    @Override
    public void onTransportFailure(final ClientTransaction transaction) {
        final ServerTransaction upstream = transaction.upstream();
        if (upstream != null) {
            transaction.upstream(null);
            exchange.responses.send(upstream, 500, StatusText.of(500));
        }
    }

    @Override
    public void onTerminated(final ClientTransaction transaction) {
        // the response has been relayed
    }
}
