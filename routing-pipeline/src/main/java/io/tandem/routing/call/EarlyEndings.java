package io.tandem.routing.call;

import io.tandem.routing.identifier.Token;
import io.tandem.sip.HeaderName;
import io.tandem.sip.MessageWriter;
import io.tandem.sip.SipMessage;

/**
 * Early dialogs that end while their call goes on: a caller who says {@code Supported: 199} hears of each that it knows (RFC
 * 6228, D3). Core's thread only.
 */
final class EarlyEndings {
    /** Early Dialog Terminated. */
    static final int STATUS = 199;

    private final Exchange exchange;

    EarlyEndings(final Exchange exchange) {
        this.exchange = exchange;
    }

    /** An attempt has failed and its call may go on: what the caller knows of it stays until {@link #tell} or its end. */
    void mark(final Leg failed) {
        final int status = failed.call.attempts[failed.attempt].finalStatus;
        for (Dialog callee = failed.firstDialog; callee != null; callee = callee.nextInLeg) {
            if (callee.counterpart != null && callee.counterpart.state == DialogState.EARLY) {
                callee.counterpart.endedStatus = status;
            }
        }
    }

    /** The call has gone on: the caller hears what has ended. Nothing when it is over, for its final answer has said all. */
    void tell(final Call call) {
        if (!call.isLive() || call.isEnded()) {
            return;
        }
        final boolean wanted = ProvisionalTerms.takeEndings(call.inviteIn.note());
        Dialog caller = call.callerLeg.firstDialog;
        while (caller != null) {
            final Dialog next = caller.nextInLeg;
            if (caller.endedStatus != Dialog.NOT_ENDED) {
                if (wanted) {
                    say(call, caller);
                }
                exchange.dialogs.terminate(caller);
            }
            caller = next;
        }
    }

    private void say(final Call call, final Dialog caller) {
        final MessageWriter writer =
                exchange.responses.begin(call.inviteIn, STATUS, StatusText.of(STATUS), Token.DIALOG, caller);
        Reasons.write(writer, caller.endedStatus);
        writer.contentLength(0);
        exchange.responses.commit(call.inviteIn, STATUS);
    }

    /** A proxy on the callee's side says that a fork is gone: the dialog pair is, and the caller hears of it, never reliably. */
    void onCalleeGone(final Leg leg, final Dialog callee, final SipMessage response) {
        if (callee == null || callee.state != DialogState.EARLY) {
            return;
        }
        final long rSeq = exchange.reliability.rSeq(response);
        if (rSeq > 0 && exchange.capabilities.names(response, HeaderName.REQUIRE, Capabilities.RELIABLE)) {
            exchange.reliability.acknowledge(callee, rSeq);
        }
        final Call call = leg.call;
        final Dialog caller = callee.counterpart;
        if (caller != null) {
            if (ProvisionalTerms.takeEndings(call.inviteIn.note())) {
                exchange.relayedResponses.write(call.inviteIn, response, leg, caller, STATUS, true);
                exchange.responses.commit(call.inviteIn, STATUS);
            }
            exchange.dialogs.terminate(caller);
        }
        exchange.dialogs.terminate(callee);
    }
}
