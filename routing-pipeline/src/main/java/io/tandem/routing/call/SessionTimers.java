package io.tandem.routing.call;

import io.tandem.routing.counter.CoreCounter;
import io.tandem.routing.stage.Rule;
import io.tandem.routing.transaction.NonInviteClientTransaction;
import io.tandem.routing.transaction.ServerTransaction;
import io.tandem.routing.transaction.TransactionLayer;
import io.tandem.sip.DeltaSeconds;
import io.tandem.sip.HeaderName;
import io.tandem.sip.MessageWriter;
import io.tandem.sip.Method;
import io.tandem.sip.SipMessage;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * Session timers (RFC 4028, D10; {@code docs/specs/call-states.md}). Where both parties know them they are negotiated end to
 * end: we take down what was agreed, and end the call when nobody refreshes it. Where only the asking party knows them, the
 * session timer is between it and us, and if it wants to be refreshed, we do so. Core's thread only.
 *
 * <p>A session is watched in the dialog of the party that asked last. Roles are those of one transaction, so they are right on
 * either leg.
 */
final class SessionTimers {
    private static final byte[] REFRESHER_UAC = ascii(";refresher=uac\r\n");
    private static final byte[] REFRESHER_UAS = ascii(";refresher=uas\r\n");
    private static final byte[] TIMER = ascii("timer");
    private static final long MARGIN_MAX_NS = TimeUnit.SECONDS.toNanos(32);
    private static final long RETRY_NS = TimeUnit.SECONDS.toNanos(10);
    private static final long GLARE_STEP_NS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long GLARE_OURS_NS = TimeUnit.MILLISECONDS.toNanos(2_100);
    private static final int GLARE_OURS_STEPS = 191;
    private static final int GLARE_THEIRS_STEPS = 201;
    private static final int Q850_TIMER_EXPIRED = 102;

    private final Exchange exchange;
    private final SessionTerms terms = new SessionTerms();
    private final DeltaSeconds minSe = new DeltaSeconds();

    SessionTimers(final Exchange exchange) {
        this.exchange = exchange;
    }

    // ---- asking ----------------------------------------------------------------------------------------------------

    /** Takes down what an INVITE that begins a call asks; false when it asks for too short an interval. */
    boolean onInvite(final SipMessage invite, final ServerTransaction transaction) {
        final long asked = terms.read(invite);
        transaction.note(asked);
        return !SessionTerms.isTooShort(asked);
    }

    /** Takes down what an INVITE or UPDATE in a dialog asks; answers 422 and returns false when the interval is too short. */
    boolean onRequest(final Dialog dialog, final SipMessage request, final ServerTransaction transaction) {
        long asked = terms.read(request);
        if (SessionTerms.isTooShort(asked)) {
            final MessageWriter writer = exchange.answers.begin(transaction, 422);
            writeMinSe(writer);
            writer.contentLength(0);
            exchange.responses.commit(transaction, 422);
            return false;
        }
        if (SessionTerms.isPresent(asked) && dialog.state == DialogState.CONFIRMED) {
            if (SessionTerms.hasAllow(asked) || request.method() == Method.UPDATE) {
                dialog.takesUpdate = SessionTerms.takesUpdate(asked) || request.method() == Method.UPDATE;
            }
            asked = dialog.takesUpdate ? SessionTerms.withUpdate(asked) : asked;
            transaction.note(asked);
        }
        return true;
    }

    /** The field that goes with 422 (RFC 4028 section 6). */
    static void writeMinSe(final MessageWriter writer) {
        writer.header(HeaderName.MIN_SE, SessionTerms.MIN_SEC);
    }

    // ---- answers ---------------------------------------------------------------------------------------------------

    /** Adds to a relayed 2xx the Session-Expires that the other side did not give (section 9, table 2). */
    static void writeAnswer(final MessageWriter writer, final long asked, final SipMessage response) {
        if (!isOurs(asked, response)) {
            return;
        }
        final boolean weRefresh = SessionTerms.isRefresherUas(asked);
        writer.header(HeaderName.SESSION_EXPIRES)
                .number(SessionTerms.seconds(asked))
                .ascii(weRefresh ? REFRESHER_UAS : REFRESHER_UAC);
        if (!weRefresh) {
            writer.header(HeaderName.REQUIRE, TIMER);
        }
    }

    private static boolean isOurs(final long asked, final SipMessage response) {
        return SessionTerms.canBeOurs(asked) && response.first(HeaderName.SESSION_EXPIRES) == SipMessage.NONE;
    }

    /**
     * A 2xx to an INVITE or UPDATE went to the dialog that asked: it is a refresh, or the end of refreshes.
     *
     * @param asked what its request said.
     */
    void onAnswered(final Dialog asking, final long asked, final SipMessage response) {
        if (asking == null || asking.state != DialogState.CONFIRMED) {
            return;
        }
        if (SessionTerms.hasAllow(asked)) {
            asking.takesUpdate = SessionTerms.takesUpdate(asked);
        }
        final Dialog answering = asking.counterpart;
        final long answered = terms.read(response);
        if (SessionTerms.isPresent(answered)) {
            stop(asking);
            stop(answering);
            if (SessionTerms.isSupported(asked) || SessionTerms.isRefresherUas(answered)) {
                watch(asking, SessionTerms.seconds(answered));
            }
        } else if (isOurs(asked, response)) {
            stopUnlessOurs(answering);
            asking.refreshes = SessionTerms.isRefresherUas(asked);
            watch(asking, SessionTerms.seconds(asked));
        } else {
            stopUnlessOurs(asking);
            stopUnlessOurs(answering);
        }
    }

    /** Begins an interval anew; one that is shorter than any may be is not believed. */
    private void watch(final Dialog dialog, final long seconds) {
        if (seconds < SessionTerms.MIN_SEC) {
            stop(dialog);
            return;
        }
        final long nowNs = exchange.layer.nowNs();
        final long intervalNs = TimeUnit.SECONDS.toNanos(seconds);
        dialog.sessionSec = seconds;
        dialog.sessionEndNs = nowNs + intervalNs - Math.min(MARGIN_MAX_NS, intervalNs / 3);
        exchange.timers.schedule(dialog.sessionTimer, dialog.refreshes ? nowNs + intervalNs / 2 : dialog.sessionEndNs);
    }

    /** A 2xx without Session-Expires ends it, but not what we have promised to refresh. */
    private void stopUnlessOurs(final Dialog dialog) {
        if (dialog != null && !dialog.refreshes) {
            stop(dialog);
        }
    }

    private void stop(final Dialog dialog) {
        if (dialog != null) {
            dialog.refreshes = false;
            dialog.sessionSec = 0;
            exchange.timers.cancel(dialog.sessionTimer);
        }
    }

    // ---- time ------------------------------------------------------------------------------------------------------

    /** Half the interval has passed and we refresh, or most of it has and nobody did (section 10). */
    void onTimer(final Dialog dialog, final long nowNs) {
        final Call call = dialog.leg.call;
        if (dialog.state != DialogState.CONFIRMED || call.isEnded()) {
            return;
        }
        if (nowNs < dialog.sessionEndNs) {
            refresh(dialog, nowNs);
            return;
        }
        exchange.counters.increment(CoreCounter.SESSIONS_EXPIRED);
        call.q850 = Q850_TIMER_EXPIRED;
        call.stage = Rule.SESSION_EXPIRED.stage().code();
        call.rule = Rule.SESSION_EXPIRED.code();
        exchange.teardown.hangUp(call, Reasons.SESSION_EXPIRED, Cause.SESSION_EXPIRED);
    }

    private void refresh(final Dialog dialog, final long nowNs) {
        final NonInviteClientTransaction update =
                exchange.layer.newNonInviteClient(dialog, dialog.peer, Method.UPDATE, dialog.localCSeq + 1);
        if (update == null) {
            exchange.counters.increment(CoreCounter.REQUESTS_REFUSED_FULL);
            retry(dialog, nowNs + RETRY_NS);
            return;
        }
        dialog.localCSeq++;
        exchange.dialogRequests
                .write(dialog, update, Method.UPDATE, null)
                .header(HeaderName.SUPPORTED, TIMER)
                .header(HeaderName.SESSION_EXPIRES)
                .number(dialog.sessionSec)
                .ascii(REFRESHER_UAC)
                .contentLength(0);
        if (exchange.layer.start(update) == TransactionLayer.STARTED) {
            dialog.openRequests++;
            dialog.refreshCSeq = dialog.localCSeq;
            exchange.timers.schedule(dialog.sessionTimer, dialog.sessionEndNs);
        } else {
            retry(dialog, nowNs + RETRY_NS);
        }
    }

    private void retry(final Dialog dialog, final long atNs) {
        exchange.timers.schedule(dialog.sessionTimer, Math.min(atNs, dialog.sessionEndNs));
    }

    /** The final response to an UPDATE of ours; 408 and 481 end the call elsewhere. */
    void onRefreshed(final Dialog dialog, final NonInviteClientTransaction update, final SipMessage response) {
        dialog.refreshCSeq = Dialog.NO_REFRESH;
        final int status = response.statusCode();
        if (dialog.state != DialogState.CONFIRMED || !dialog.refreshes || status == 408 || status == 481) {
            return;
        }
        if (status < 300) {
            final long answered = terms.read(response);
            dialog.refreshes = !SessionTerms.isRefresherUas(answered);
            watch(dialog, SessionTerms.seconds(answered));
            return;
        }
        if (status == 422) {
            dialog.sessionSec = Math.max(dialog.sessionSec, minSe(response));
        }
        final long nowNs = exchange.layer.nowNs();
        retry(dialog, nowNs + (status == 491 ? glareNs(dialog, update) : RETRY_NS));
    }

    private long minSe(final SipMessage response) {
        final int header = response.first(HeaderName.MIN_SE);
        return header != SipMessage.NONE
                        && minSe.wrap(response.buffer(), response.valueOffset(header), response.valueLength(header))
                ? minSe.seconds()
                : 0;
    }

    /** 2.1 to 4 s where the Call-ID is ours, 0 to 2 s where it is not (RFC 3261 section 14.1); the proof is the dice. */
    private static long glareNs(final Dialog dialog, final NonInviteClientTransaction update) {
        return dialog.towardsCaller()
                ? Math.floorMod(update.proof(), GLARE_THEIRS_STEPS) * GLARE_STEP_NS
                : GLARE_OURS_NS + Math.floorMod(update.proof(), GLARE_OURS_STEPS) * GLARE_STEP_NS;
    }

    private static byte[] ascii(final String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
