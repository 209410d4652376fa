package io.tandem.routing.call;

import io.tandem.routing.address.Listeners;
import io.tandem.routing.identifier.SlotTable;
import io.tandem.routing.identifier.Token;
import io.tandem.routing.store.BlockStore;
import io.tandem.routing.transaction.Peer;
import io.tandem.routing.transaction.RequestKeys;
import io.tandem.sip.HeaderName;
import io.tandem.sip.NameAddr;
import io.tandem.sip.ReplacesValue;
import io.tandem.sip.SipMessage;
import org.agrona.DirectBuffer;

/** Makes, finds, changes and frees dialogs (RFC 3261 section 12.1, 12.2). Core's thread only. */
final class Dialogs {
    /** Early dialogs that one leg may have: more are not passed on. */
    static final int DIALOGS_PER_LEG_MAX = 8;

    private final Exchange exchange;
    private final SlotTable<Dialog> table;
    private final BlockStore blocks;
    private final Token token = new Token();
    private final NameAddr nameAddr = new NameAddr();
    private final DialogFields fields;

    Dialogs(final Exchange exchange, final SlotTable<Dialog> table, final BlockStore blocks) {
        this.exchange = exchange;
        this.table = table;
        this.blocks = blocks;
        fields = new DialogFields(exchange.layer, blocks);
    }

    void use(final Listeners newListeners) {
        fields.use(newListeners);
    }

    SlotTable<Dialog> table() {
        return table;
    }

    // ---- making ----------------------------------------------------------------------------------------------------

    /**
     * The dialog towards the caller that an INVITE may become (RFC 3261 section 12.1.1), or null when there is no room.
     *
     * @param invite the caller's INVITE.
     */
    Dialog newCallerDialog(final Leg leg, final SipMessage invite) {
        final Dialog dialog = take(leg);
        if (dialog == null) {
            return null;
        }
        if (!fields.fillFromInvite(dialog, leg.peer, invite)) {
            discard(dialog);
            return null;
        }
        dialog.remoteCSeq = leg.call.inviteIn.cSeq();
        return dialog;
    }

    /** The dialog towards a callee that a response to our INVITE makes (section 12.1.2), or null when there is no room. */
    Dialog newCalleeDialog(final Leg leg, final SipMessage response) {
        final Dialog dialog = take(leg);
        if (dialog == null) {
            return null;
        }
        if (!fields.fillFromResponse(dialog, leg.peer, response)) {
            discard(dialog);
            return null;
        }
        dialog.localCSeq = Math.max(leg.invite.cSeq(), leg.cSeqMax);
        dialog.inviteOut = leg.invite;
        return dialog;
    }

    /** Sets fields, target and peer of a dialog towards a callee; see {@link DialogFields#fillFromResponse}. */
    boolean fill(final Dialog dialog, final Peer invited, final SipMessage response) {
        return fields.fillFromResponse(dialog, invited, response);
    }

    /** An early dialog that a 2xx confirms: what the 2xx says of route set and target counts from now on. */
    void confirm(final Dialog dialog, final SipMessage response) {
        fields.confirm(dialog, response);
    }

    private Dialog take(final Leg leg) {
        if (leg.dialogCount >= DIALOGS_PER_LEG_MAX) {
            return null;
        }
        final Dialog dialog = table.take();
        if (dialog == null) {
            return null;
        }
        dialog.leg = leg;
        dialog.counterpart = null;
        dialog.state = DialogState.EARLY;
        dialog.localCSeq = 0;
        dialog.remoteCSeq = Dialog.NO_CSEQ;
        dialog.inviteIn = null;
        dialog.inviteOut = null;
        dialog.successCSeq = Dialog.NO_CSEQ;
        dialog.ackCSeq = Dialog.NO_CSEQ;
        dialog.owesAck = false;
        dialog.firstAckDue = false;
        dialog.byeHeld = false;
        dialog.rSeq = 0;
        dialog.endedStatus = Dialog.NOT_ENDED;
        dialog.openRequests = 0;
        dialog.sessionSec = 0;
        dialog.sessionEndNs = 0;
        dialog.refreshes = false;
        dialog.takesUpdate = false;
        dialog.refreshCSeq = Dialog.NO_REFRESH;
        dialog.nextInLeg = leg.firstDialog;
        leg.firstDialog = dialog;
        leg.dialogCount++;
        return dialog;
    }

    private void discard(final Dialog dialog) {
        unlink(dialog);
        table.free(dialog);
    }

    // ---- finding ---------------------------------------------------------------------------------------------------

    /** The dialog that a request belongs to (RFC 3261 section 12.2.2), or null. The request has been read. */
    Dialog find(final SipMessage request, final RequestKeys keys) {
        final NameAddr to = keys.to();
        final NameAddr from = keys.from();
        if (to.tagOffset() < 0) {
            return null;
        }
        if (token.read(Token.DIALOG, request.buffer(), to.tagOffset(), to.tagLength())) {
            final Dialog dialog = table.find(token);
            exchange.beforeChange(dialog);
            return dialog != null && fields.matches(dialog, request, from) ? dialog : null;
        }
        if (token.read(Token.LEG, request.buffer(), to.tagOffset(), to.tagLength())) {
            final Leg leg = exchange.legs.find(token);
            exchange.beforeChange(leg);
            for (Dialog dialog = leg == null ? null : leg.firstDialog; dialog != null; dialog = dialog.nextInLeg) {
                if (fields.matches(dialog, request, from)) {
                    return dialog;
                }
            }
        }
        return null;
    }

    /** The dialog that a Replaces value names as its peer knows it (RFC 3891 section 3), or null. */
    Dialog find(final DirectBuffer buffer, final ReplacesValue named) {
        if (token.read(Token.DIALOG, buffer, named.toTagOffset(), named.toTagLength())) {
            final Dialog dialog = table.find(token);
            return dialog != null && fields.matches(dialog, buffer, named) ? dialog : null;
        }
        if (token.read(Token.LEG, buffer, named.toTagOffset(), named.toTagLength())) {
            final Leg leg = exchange.legs.find(token);
            for (Dialog dialog = leg == null ? null : leg.firstDialog; dialog != null; dialog = dialog.nextInLeg) {
                if (fields.matches(dialog, buffer, named)) {
                    return dialog;
                }
            }
        }
        return null;
    }

    /** The leg's dialog with the To tag of a response, or null. */
    Dialog find(final Leg leg, final SipMessage response) {
        final int to = response.first(HeaderName.TO);
        if (!nameAddr.wrap(response.buffer(), response.valueOffset(to), response.valueLength(to))) {
            return null;
        }
        for (Dialog dialog = leg.firstDialog; dialog != null; dialog = dialog.nextInLeg) {
            if (fields.hasRemoteTag(dialog, response.buffer(), nameAddr.tagOffset(), nameAddr.tagLength())) {
                return dialog;
            }
        }
        return null;
    }

    // ---- changing --------------------------------------------------------------------------------------------------

    /** Takes a new remote target from the Contact of a target refresh (RFC 3261 section 12.2.1.2, 12.2.2). */
    void refreshTarget(final Dialog dialog, final SipMessage message) {
        fields.refreshTarget(dialog, message);
    }

    // ---- freeing ---------------------------------------------------------------------------------------------------

    /** Ends a dialog; it is freed when its last request has been answered. */
    void terminate(final Dialog dialog) {
        if (dialog.state != DialogState.TERMINATED) {
            dialog.state = DialogState.TERMINATED;
            exchange.timers.cancel(dialog.successTimer);
            exchange.timers.cancel(dialog.sessionTimer);
            dialog.success = blocks.free(dialog.success);
            dialog.heldReason = blocks.free(dialog.heldReason);
            if (dialog.inviteIn != null) {
                dialog.inviteIn.user(null);
            }
            if (dialog.inviteOut != null && dialog.inviteOut.user() == dialog) {
                dialog.inviteOut.expireAfter(exchange.layer.values().transactionTimeoutNs());
            }
        }
        freeIfDone(dialog);
    }

    /** Frees a terminated dialog that no request of ours waits for, and its leg and call when it was the last. */
    void freeIfDone(final Dialog dialog) {
        if (dialog.state != DialogState.TERMINATED || dialog.openRequests > 0 || !dialog.isLive()) {
            return;
        }
        if (dialog.inviteOut != null && dialog.inviteOut.user() == dialog) {
            exchange.absorb(dialog.inviteOut);
        }
        dialog.fields = blocks.free(dialog.fields);
        dialog.ack = blocks.free(dialog.ack);
        dialog.inviteIn = null;
        dialog.inviteOut = null;
        if (dialog.counterpart != null) {
            dialog.counterpart.counterpart = null;
            dialog.counterpart = null;
        }
        final Leg leg = dialog.leg;
        leg.cSeqMax = Math.max(leg.cSeqMax, dialog.localCSeq);
        unlink(dialog);
        table.free(dialog);
        dialog.leg = null;
        exchange.freeIfDone(leg);
    }

    private static void unlink(final Dialog dialog) {
        final Leg leg = dialog.leg;
        leg.dialogCount--;
        if (leg.firstDialog == dialog) {
            leg.firstDialog = dialog.nextInLeg;
        } else {
            Dialog before = leg.firstDialog;
            while (before.nextInLeg != dialog) {
                before = before.nextInLeg;
            }
            before.nextInLeg = dialog.nextInLeg;
        }
        dialog.nextInLeg = null;
    }
}
