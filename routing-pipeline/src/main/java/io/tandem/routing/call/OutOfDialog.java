package io.tandem.routing.call;

import io.tandem.routing.address.AddressText;
import io.tandem.routing.address.Listeners;
import io.tandem.routing.admission.Holds;
import io.tandem.routing.configuration.TrunkPlan;
import io.tandem.routing.counter.CoreCounter;
import io.tandem.routing.identifier.Token;
import io.tandem.routing.stage.CallRequest;
import io.tandem.routing.stage.Decision;
import io.tandem.routing.transaction.ClientTransaction;
import io.tandem.routing.transaction.ClientTransactionUser;
import io.tandem.routing.transaction.NonInviteClientTransaction;
import io.tandem.routing.transaction.NonInviteServerTransaction;
import io.tandem.routing.transaction.Peer;
import io.tandem.routing.transaction.ServerTransaction;
import io.tandem.sip.HeaderName;
import io.tandem.sip.MessageWriter;
import io.tandem.sip.SipMessage;

/** MESSAGE outside a dialog (RFC 3428): routed like a call, but nothing is held for it. Core's thread only. */
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
            exchange.layer.beginStateless(request, source, 503, StatusText.of(503)).contentLength(0);
            exchange.layer.commitStateless();
            return;
        }
        if (MessageComposer.maxForwards(request) == 0) {
            exchange.layer.respond(transaction, 483, StatusText.of(483));
            return;
        }
        if (!exchange.capabilities.allSupported(request, HeaderName.REQUIRE)) {
            final MessageWriter writer = exchange.composer.ownResponse(transaction, null, 420, StatusText.of(420));
            exchange.capabilities.writeUnsupported(writer, request, HeaderName.REQUIRE);
            writer.contentLength(0);
            exchange.layer.commitResponse(transaction, 420);
            return;
        }
        if (!exchange.setup.readQuestion(request, source)) {
            exchange.layer.respond(transaction, 416, StatusText.of(416));
            return;
        }
        final CallRequest question = exchange.setup.question();
        question.dryRun = true;
        if (!exchange.stages.decide(question, decision, nothing)) {
            refuse(transaction);
            return;
        }
        forward(request, source, transaction);
    }

    private void refuse(final ServerTransaction transaction) {
        final int status = decision.status();
        final int textLength = decision.writeReasonText(exchange.reasons.text(), 0);
        final MessageWriter writer =
                exchange.composer.ownResponse(transaction, null, status, StatusText.of(status));
        if (decision.ingressTrunk() != null) {
            exchange.reasons.write(writer, status, decision.q850(), textLength);
        }
        writer.contentLength(0);
        exchange.layer.commitResponse(transaction, status);
    }

    private void forward(final SipMessage request, final Peer source, final NonInviteServerTransaction transaction) {
        final TrunkPlan trunk = decision.target();
        final int listener = listeners.find(
                trunk.listener(),
                trunk.transport(),
                AddressText.isIpv4(trunk.addressHigh(), trunk.addressLow()),
                source.listener);
        if (listener == Listeners.NONE) {
            exchange.layer.respond(transaction, 500, StatusText.of(500));
            return;
        }
        peer.set(
                (byte) trunk.transport().value(),
                listener,
                0,
                trunk.addressHigh(),
                trunk.addressLow(),
                trunk.port());
        final NonInviteClientTransaction relayed =
                exchange.layer.newNonInviteClient(this, peer, request.method(), 1);
        if (relayed == null) {
            exchange.layer.respond(transaction, 503, StatusText.of(503));
            return;
        }
        exchange.composer.outOfDialog(
                relayed, Token.NON_INVITE_CLIENT, trunk, request, decision.calledOut, decision.callerOut);
        if (exchange.layer.start(relayed)) {
            relayed.upstream(transaction);
        } else {
            exchange.layer.respond(transaction, 513, StatusText.of(513));
        }
    }

    @Override
    public void onResponse(final ClientTransaction transaction, final SipMessage response) {
        final ServerTransaction upstream = transaction.upstream();
        final int status = response.statusCode();
        if (upstream == null || status == 100) {
            return;
        }
        if (status == 401 || status == 407 || status == 503 || (status >= 300 && status < 400)) {
            exchange.layer.respond(upstream, 500, StatusText.of(500));
        } else {
            exchange.composer.relayedResponse(upstream, response, null, status, false, 0);
            exchange.layer.commitResponse(upstream, status);
        }
        if (status >= 200) {
            transaction.upstream(null);
        }
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
            exchange.layer.respond(upstream, 500, StatusText.of(500));
        }
    }

    @Override
    public void onTerminated(final ClientTransaction transaction) {
        // the response has been relayed
    }
}
