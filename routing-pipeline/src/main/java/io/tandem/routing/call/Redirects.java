package io.tandem.routing.call;

import io.tandem.routing.counter.CoreCounter;
import io.tandem.routing.stage.CallRequest;
import io.tandem.routing.stage.Decision;
import io.tandem.routing.stage.Rule;
import io.tandem.routing.target.RingOutcome;
import io.tandem.sip.HeaderName;
import io.tandem.sip.NameAddr;
import io.tandem.sip.SipMessage;
import io.tandem.sip.SipUri;
import io.tandem.sip.ValueIterator;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Callees that send a call elsewhere (RFC 3261 section 8.1.3.4, decision D5). Core's thread only. */
final class Redirects {
    private final Exchange exchange;
    private final Decision redirected = new Decision();
    private final ValueIterator values = new ValueIterator();
    private final NameAddr nameAddr = new NameAddr();
    private final SipUri uri = new SipUri();
    private final UnsafeBuffer scratch = new UnsafeBuffer(new byte[1024]);

    Redirects(final Exchange exchange) {
        this.exchange = exchange;
    }

    /**
     * A 3xx: its contacts are routed again as calls of the party that redirects (D5). Where they lead, and nowhere
     * else, the call may go from now on.
     */
    void follow(final Leg leg, final SipMessage response) {
        final Call call = leg.call;
        call.redirects++;
        exchange.counters.increment(CoreCounter.REDIRECTS_FOLLOWED);
        if (call.attemptCount == Call.ATTEMPTS_MAX) {
            exchange.attempts.fail(call, Cause.CALLEE_REFUSED, Rule.NO_CANDIDATE_LEFT);
            exchange.attempts.settle(leg);
            return;
        }
        final Leg next = exchange.attempts.newLeg(call);
        if (next == null) {
            exchange.attempts.settle(leg);
            exchange.attempts.noRoom(call);
            return;
        }
        final SipMessage invite = exchange.attempts.invite(call);
        final CallRequest question = exchange.setup.question();
        boolean accepted = false;
        boolean asked = false;
        values.reset(response, HeaderName.CONTACT);
        while (!accepted && values.next()) {
            exchange.setup.readQuestion(invite, call.callerLeg.peer);
            question.ingressTrunkHigh = leg.trunkHigh;
            question.ingressTrunkLow = leg.trunkLow;
            question.redirects = call.redirects;
            question.diversions += exchange.diversions.count(call);
            question.seed = call.serial();
            if (contactUser(response, question)) {
                asked = true;
                accepted = exchange.stages.decide(question, redirected, next.redirectHolds);
                exchange.decided(call, redirected);
            }
        }
        if (!accepted) {
            exchange.attempts.give(next);
            if (exchange.attempts.goOn(leg, RingOutcome.UNREACHABLE)) {
                return;
            }
            exchange.attempts.settle(leg);
            if (asked) {
                exchange.setup.refuse(call, redirected);
            } else {
                exchange.attempts.fail(call, Cause.CALLEE_REFUSED, Rule.REDIRECT_UNUSABLE);
            }
            return;
        }
        final boolean kept = exchange.diversions.redirect(call, response, redirected);
        exchange.earlyEndings.mark(leg);
        exchange.attempts.settle(leg);
        if (!kept) {
            exchange.attempts.give(next);
            exchange.attempts.noRoom(call);
            return;
        }
        call.callerName = redirected.callerName();
        call.candidates.keep(redirected);
        Attempts.present(call, redirected);
        exchange.attempts.start(next, redirected.target(), invite, redirected);
        exchange.earlyEndings.tell(call);
    }

    private boolean contactUser(final SipMessage response, final CallRequest question) {
        final DirectBuffer buffer = response.buffer();
        if (!nameAddr.wrap(buffer, values.valueOffset(), values.valueLength())
                || !uri.wrap(buffer, nameAddr.uriOffset(), nameAddr.uriLength())
                || !CallSetup.isCallable(uri)
                || uri.userLength() <= 0
                || uri.userLength() > scratch.capacity()) {
            return false;
        }
        question.called.set(scratch, 0, uri.unescapeSubscriber(scratch, 0));
        return true;
    }
}
