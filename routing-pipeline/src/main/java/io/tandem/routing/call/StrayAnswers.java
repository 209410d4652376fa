package io.tandem.routing.call;

import io.tandem.routing.identifier.Token;
import io.tandem.routing.transaction.Absorber;
import io.tandem.routing.transaction.ClientTransaction;
import io.tandem.routing.transaction.InviteClientTransaction;
import io.tandem.routing.transaction.NonInviteClientTransaction;
import io.tandem.sip.Method;
import io.tandem.sip.SipMessage;

/**
 * The transaction user of INVITEs whose call has left the tables: a callee that answers then, perhaps one more that a proxy
 * forked to, gets its ACK and a BYE (RFC 3261 section 13.2.2.4), and again when it answers again. Everything about its dialog
 * is in its 2xx; nothing of it is kept but the count of BYEs, for their CSeq. Core's thread only.
 */
final class StrayAnswers extends Absorber {
    /** Further than any early dialog has counted. */
    private static final int CSEQ_STEP = 1000;

    private final Exchange exchange;
    private final Dialog dialog;

    StrayAnswers(final Exchange exchange) {
        this.exchange = exchange;
        dialog = new Dialog(exchange);
    }

    @Override
    public void onResponse(final ClientTransaction transaction, final SipMessage response) {
        final int status = response.statusCode();
        if (status >= 200 && status < 300 && transaction instanceof InviteClientTransaction invite) {
            end(invite, response);
        }
    }

    @Override
    public void onLateSuccess(final ClientTransaction transaction, final SipMessage response) {
        onResponse(transaction, response);
    }

    /** ACK, then BYE. When there is no room even for that, the callee ends the call by itself: it hears no ACK. */
    void end(final InviteClientTransaction invite, final SipMessage response) {
        if (!exchange.dialogs.fill(dialog, invite.peer(), response)) {
            return;
        }
        final NonInviteClientTransaction bye = exchange.layer.newNonInviteClient(
                Absorber.INSTANCE, dialog.peer, Method.BYE, invite.cSeq() + CSEQ_STEP + invite.nextFollowUp());
        if (bye != null) {
            exchange.dialogRequests
                    .ack(dialog, invite.cSeq(), null, Token.NON_INVITE_CLIENT, bye)
                    .contentLength(0);
            exchange.blocks.free(exchange.layer.sendAndKeep(dialog.peer));
            exchange.dialogRequests
                    .write(dialog, bye, Method.BYE, null)
                    .raw(Reasons.ANSWERED_ELSEWHERE, 0, Reasons.ANSWERED_ELSEWHERE.capacity())
                    .contentLength(0);
            exchange.layer.start(bye);
        }
        dialog.fields = exchange.blocks.free(dialog.fields);
    }
}
