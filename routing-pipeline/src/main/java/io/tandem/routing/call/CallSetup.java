package io.tandem.routing.call;

import io.tandem.routing.counter.CoreCounter;
import io.tandem.routing.identifier.Token;
import io.tandem.routing.number.DialString;
import io.tandem.routing.number.EmergencyUrn;
import io.tandem.routing.stage.CallRequest;
import io.tandem.routing.stage.Decision;
import io.tandem.routing.stage.ReasonText;
import io.tandem.routing.stage.RoutingStages;
import io.tandem.routing.stage.Rule;
import io.tandem.routing.store.BlockStore;
import io.tandem.routing.transaction.InviteServerTransaction;
import io.tandem.routing.transaction.OverloadAnswer;
import io.tandem.routing.transaction.Peer;
import io.tandem.sip.HeaderName;
import io.tandem.sip.MessageWriter;
import io.tandem.sip.NameAddr;
import io.tandem.sip.Scheme;
import io.tandem.sip.SipMessage;
import io.tandem.sip.SipUri;
import io.tandem.sip.ValueIterator;
import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * From an INVITE to the first attempt: what the protocol demands before routing, the question to the stages, and the
 * answer when the call goes nowhere. Core's thread only.
 */
final class CallSetup {
    private static final byte[] MISSING_CONTACT = "Missing Contact".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ANONYMOUS = {'a', 'n', 'o', 'n', 'y', 'm', 'o', 'u', 's'};

    private final Exchange exchange;
    private final CallRequest question = new CallRequest();
    private final Decision decision = new Decision();
    private final SipUri uri = new SipUri();
    private final NameAddr nameAddr = new NameAddr();
    private final ValueIterator values = new ValueIterator();
    private final Token token = new Token();
    private final UnsafeBuffer scratch = new UnsafeBuffer(new byte[1024]);

    /** Stands for a call that found the table full, until its record is written. */
    private final Call unlisted;

    private long wallMs;

    CallSetup(final Exchange exchange) {
        this.exchange = exchange;
        unlisted = new Call(exchange);
    }

    void beginTurn(final long turnWallMs) {
        wallMs = turnWallMs;
    }

    CallRequest question() {
        return question;
    }

    void onInvite(final SipMessage request, final Peer source, final InviteServerTransaction transaction) {
        final Call taken = exchange.calls.take();
        final Call call = taken == null ? unlisted : taken;
        exchange.counters.increment(CoreCounter.CALLS_OFFERED);
        begin(call, request, transaction);
        final boolean readable = readQuestion(request, source);
        call.calledRaw.set(question.called);
        call.callerRaw.set(question.caller);
        if (exchange.stages.leavesUnanswered(source.addressHigh, source.addressLow)) {
            leaveUnanswered(call);
            return;
        }
        Rule refusal = readable ? protocolRefusal(request, transaction) : Rule.SCHEME_UNSUPPORTED;
        if (taken == null) {
            exchange.counters.increment(CoreCounter.REQUESTS_REFUSED_FULL);
            refusal = Rule.CALL_TABLE_FULL;
        }
        if (refusal != null) {
            call.showReasons = exchange.showsReasons(source);
            refuse(call, request, refusal);
            unlisted.callerCallId = exchange.blocks.free(unlisted.callerCallId);
            return;
        }
        question.seed = call.serial();
        question.mayWait = true;
        final boolean accepted = exchange.stages.decide(question, decision, call.holds);
        exchange.decided(call, decision);
        remember(call);
        if (!accepted) {
            refuse(call, decision);
            return;
        }
        accept(call, request, source);
    }

    private void begin(final Call call, final SipMessage request, final InviteServerTransaction transaction) {
        final long nowNs = exchange.layer.nowNs();
        call.state = CallState.TRYING;
        call.callerLeg = null;
        call.firstLeg = null;
        call.answeredLeg = null;
        call.inviteIn = transaction;
        call.invite = BlockStore.NO_BLOCK;
        call.wayOn = BlockStore.NO_BLOCK;
        call.diversions = BlockStore.NO_BLOCK;
        call.ringUntilNs = Call.NEVER;
        call.questions = 0;
        final int callId = request.first(HeaderName.CALL_ID);
        call.callerCallId =
                exchange.blocks.store(request.buffer(), request.valueOffset(callId), request.valueLength(callId));
        call.callerPresented.clear();
        call.calledPresented.clear();
        call.callerChanged = false;
        call.callerName = "";
        call.progressPassed = false;
        call.candidates.clear();
        call.attemptCount = 0;
        call.redirects = 0;
        call.maxCallSec = Decision.UNLIMITED;
        call.accountHigh = 0;
        call.accountLow = 0;
        call.numberHigh = 0;
        call.numberLow = 0;
        call.ingressTrunkHigh = 0;
        call.ingressTrunkLow = 0;
        call.revision = 0;
        call.direction = 0;
        call.stage = 0;
        call.rule = 0;
        call.showReasons = false;
        call.startNs = nowNs;
        call.startMs = wallMs;
        call.progressNs = Call.NEVER;
        call.ringNs = Call.NEVER;
        call.answerNs = Call.NEVER;
        call.finalStatus = 0;
        call.q850 = 0;
        exchange.callBegan();
    }

    /** What the protocol refuses before any routing, or null. */
    private Rule protocolRefusal(final SipMessage request, final InviteServerTransaction transaction) {
        if (isContactMissing(request)) {
            return Rule.CONTACT_MISSING;
        }
        if (!exchange.capabilities.allSupported(request, HeaderName.REQUIRE)) {
            return Rule.EXTENSION_UNSUPPORTED;
        }
        if (!exchange.capabilities.acceptsSdp(request)) {
            return Rule.ANSWER_NOT_ACCEPTABLE;
        }
        if (exchange.isDraining()) {
            return Rule.DRAINING;
        }
        if (MaxForwards.isUsedUp(request)) {
            return Rule.HOPS_USED_UP;
        }
        if (question.diversions > RoutingStages.DIVERSIONS_MAX || isOurOwn(request)) {
            return Rule.LOOP_DETECTED;
        }
        if (!question.emergency && exchange.privacy.isImpossible(request)) {
            return Rule.PRIVACY_IMPOSSIBLE;
        }
        final Rule replaces = exchange.replacements.refusal(request);
        if (replaces != null) {
            return replaces;
        }
        return exchange.sessionTimers.onInvite(request, transaction) ? null : Rule.SESSION_INTERVAL_TOO_SMALL;
    }

    /**
     * Whether there is no Contact where there must be one (RFC 3261 section 8.1.1.8). A caller of RFC 2543, known by its
     * branch, may leave it out (RFC 4475 section 3.4.1).
     */
    private boolean isContactMissing(final SipMessage request) {
        return entries(request, HeaderName.CONTACT) == 0
                && exchange.layer.keys().via().isBranchUnique();
    }

    /** Whether the INVITE is one of ours that came back (D6): its Call-ID names a live leg. */
    private boolean isOurOwn(final SipMessage request) {
        final int header = request.first(HeaderName.CALL_ID);
        return token.read(Token.LEG, request.buffer(), request.valueOffset(header), request.valueLength(header))
                && exchange.legs.find(token) != null;
    }

    private int entries(final SipMessage request, final HeaderName name) {
        int count = 0;
        values.reset(request, name);
        while (values.next()) {
            count++;
        }
        return count;
    }

    /** Fills the question; false when the Request-URI has a scheme that we cannot route. */
    boolean readQuestion(final SipMessage request, final Peer source) {
        question.clear();
        question.listener = source.listener;
        question.addressHigh = source.addressHigh;
        question.addressLow = source.addressLow;
        question.port = source.port;
        question.nowNs = exchange.layer.nowNs();
        question.wallMs = wallMs;
        question.diversions = exchange.diversions.told(request);
        final boolean routable =
                uri.wrap(request.buffer(), request.uriOffset(), request.uriLength()) && isCallable(uri);
        if (routable) {
            user(question.called);
        } else {
            readService(request);
        }
        readCaller(request, source);
        return routable || question.emergency;
    }

    /** Whether we can call what a URI names: sips is not made sip, and there is no TLS to keep it with (RFC 3261 section 26.2.2). */
    static boolean isCallable(final SipUri uri) {
        return uri.scheme() == Scheme.SIP || uri.scheme() == Scheme.TEL;
    }

    /** A Request-URI that names no user may name the emergency service (RFC 5031). */
    private void readService(final SipMessage request) {
        final String address = request.buffer()
                .getStringWithoutLengthAscii(request.uriOffset(), Math.min(request.uriLength(), DialString.LENGTH_MAX));
        question.emergency = EmergencyUrn.matches(address);
        if (question.emergency) {
            question.called.setAscii(address);
        }
    }

    /** The caller's number: asserted by whom we trust, else preferred by the caller, else the user of From. */
    private void readCaller(final SipMessage request, final Peer source) {
        final boolean hidden = exchange.privacy.isAskedFor(request);
        HeaderName stated = HeaderName.P_PREFERRED_IDENTITY;
        if (request.first(HeaderName.P_ASSERTED_IDENTITY) != SipMessage.NONE
                && exchange.identityTrust.trustsSource(source.addressHigh, source.addressLow)) {
            stated = HeaderName.P_ASSERTED_IDENTITY;
        }
        if (request.first(stated) != SipMessage.NONE) {
            values.reset(request, stated);
            if (values.next()
                    && nameAddr.wrap(request.buffer(), values.valueOffset(), values.valueLength())
                    && uri.wrap(request.buffer(), nameAddr.uriOffset(), nameAddr.uriLength())) {
                user(question.caller);
            }
        }
        final int from = request.first(HeaderName.FROM);
        boolean anonymousFrom = false;
        if (nameAddr.wrap(request.buffer(), request.valueOffset(from), request.valueLength(from))
                && uri.wrap(request.buffer(), nameAddr.uriOffset(), nameAddr.uriLength())) {
            anonymousFrom = isAnonymous(request);
            if (question.caller.isEmpty() && !anonymousFrom) {
                user(question.caller);
            }
        }
        question.anonymous = hidden || anonymousFrom;
    }

    private boolean isAnonymous(final SipMessage request) {
        if (uri.userLength() != ANONYMOUS.length) {
            return false;
        }
        for (int i = 0; i < ANONYMOUS.length; i++) {
            if ((request.buffer().getByte(uri.userOffset() + i) | 0x20) != ANONYMOUS[i]) {
                return false;
            }
        }
        return true;
    }

    /** The URI's user part, escapes undone; a telephone number without its parameters. */
    private void user(final DialString into) {
        if (uri.userLength() <= scratch.capacity()) {
            into.set(scratch, 0, uri.unescapeSubscriber(scratch, 0));
        }
    }

    private void remember(final Call call) {
        call.accountHigh = decision.accountHigh();
        call.accountLow = decision.accountLow();
        call.numberHigh = decision.numberHigh();
        call.numberLow = decision.numberLow();
        call.ingressTrunkHigh = decision.ingressTrunkHigh();
        call.ingressTrunkLow = decision.ingressTrunkLow();
        call.revision = decision.revision();
        call.direction = decision.direction().code();
        call.stage = decision.stage().code();
        call.rule = decision.rule().code();
        call.showReasons = decision.ingressTrunk() != null;
        call.maxCallSec = decision.maxCallSec();
        call.calledPresented.set(decision.calledOut);
        call.callerPresented.set(decision.callerOut);
        call.callerChanged = decision.callerChanged();
        call.callerName = decision.callerName();
    }

    private void accept(final Call call, final SipMessage request, final Peer source) {
        final Leg leg = exchange.legs.take();
        call.invite = exchange.blocks.store(request.buffer(), request.offset(), request.length());
        if (leg == null || call.invite == BlockStore.NO_BLOCK) {
            if (leg != null) {
                exchange.legs.free(leg);
            }
            exchange.counters.increment(CoreCounter.REQUESTS_REFUSED_FULL);
            refuse(call, request, Rule.CALL_TABLE_FULL);
            return;
        }
        exchange.attempts.clear(leg, call);
        leg.towardsCaller = true;
        leg.peer.set(source);
        call.callerLeg = leg;
        call.inviteIn.user(call);
        exchange.provisionalTerms.takeDown(request, call.inviteIn);
        exchange.answers.trying(request, call.inviteIn);
        exchange.attempts.first(call, request, decision);
    }

    /** Decides, counts and records, and says nothing: not even that the call is refused. */
    private void leaveUnanswered(final Call call) {
        exchange.stages.decide(question, decision, call.holds);
        exchange.decided(call, decision);
        remember(call);
        call.q850 = decision.q850();
        exchange.responses.leaveUnanswered(call.inviteIn, decision.status());
        end(call, decision.status());
        unlisted.callerCallId = exchange.blocks.free(unlisted.callerCallId);
    }

    private void refuse(final Call call, final SipMessage request, final Rule rule) {
        final int textLength = ReasonText.write(rule, 0, exchange.reasons.text(), 0);
        refuse(call, request, rule, rule.status(), rule.q850(), textLength);
    }

    /** Answers the caller with what the stages decided against the call, and ends it. */
    void refuse(final Call call, final Decision refusal) {
        refuse(
                call,
                refusal.rule(),
                refusal.status(),
                refusal.q850(),
                refusal.writeReasonText(exchange.reasons.text(), 0));
    }

    /** Answers the caller with what a rule says, and ends the call. The text waits in the reasons buffer. */
    void refuse(final Call call, final Rule rule, final int status, final int q850, final int textLength) {
        refuse(call, null, rule, status, q850, textLength);
    }

    private void refuse(
            final Call call,
            final SipMessage request,
            final Rule rule,
            final int status,
            final int q850,
            final int textLength) {
        call.stage = rule.stage().code();
        call.rule = rule.code();
        call.q850 = q850;
        final InviteServerTransaction transaction = call.inviteIn;
        final MessageWriter writer = exchange.answers.begin(transaction, status, phrase(request, rule, status));
        if (call.showReasons) {
            exchange.reasons.write(writer, status, q850, textLength);
        }
        if (rule == Rule.EXTENSION_UNSUPPORTED) {
            exchange.capabilities.writeUnsupported(writer, request, HeaderName.REQUIRE);
        }
        if (rule == Rule.SESSION_INTERVAL_TOO_SMALL) {
            SessionTimers.writeMinSe(writer);
        }
        if (rule.retryAfter()) {
            writer.header(HeaderName.RETRY_AFTER, OverloadAnswer.RETRY_AFTER_SEC);
        }
        writer.contentLength(0);
        exchange.responses.commit(transaction, status);
        end(call, status);
    }

    private void end(final Call call, final int status) {
        exchange.counters.increment(CoreCounter.CALLS_REFUSED);
        call.finalStatus = status;
        exchange.teardown.finish(call, Release.APPLIANCE, Cause.REFUSED);
    }

    private byte[] phrase(final SipMessage request, final Rule rule, final int status) {
        return switch (rule) {
            case CONTACT_MISSING -> MISSING_CONTACT;
            case PRIVACY_IMPOSSIBLE -> exchange.privacy.failure(request);
            default -> StatusText.of(status);
        };
    }
}
