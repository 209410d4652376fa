package io.tandem.appliance.system;

/**
 * Where a call stands when the appliance is killed. Those that end in a message on its way are sent in the last instant;
 * {@link #seen} tells afterwards by what the peers have which of them it was.
 */
enum KillPoint {
    INVITE_SENT,
    TRYING,
    RINGING,
    RINGING_RELIABLY,
    PRACK_UNANSWERED,
    ANSWER_SENT,
    ANSWERED_NOT_ACKED,
    ACK_SENT,
    UP,
    REINVITE_UNANSWERED,
    BYE_UNANSWERED,
    CALLEE_BYE_UNANSWERED,
    CANCEL_SENT,
    CANCEL_UNANSWERED,
    REFUSED_NOT_ACKED;

    /** Takes a new call as far as it can be taken with time. */
    void prepare(final ScriptedCall call) {
        if (this == INVITE_SENT) {
            return;
        }
        call.tried();
        switch (this) {
            case RINGING, CANCEL_SENT, CANCEL_UNANSWERED, ANSWER_SENT -> call.rang();
            case RINGING_RELIABLY, PRACK_UNANSWERED -> call.rangReliably();
            case ACK_SENT, ANSWERED_NOT_ACKED -> call.answered();
            case UP, REINVITE_UNANSWERED, BYE_UNANSWERED, CALLEE_BYE_UNANSWERED -> {
                call.answered();
                call.acknowledged();
            }
            case REFUSED_NOT_ACKED -> call.refused();
            case INVITE_SENT, TRYING -> {}
        }
        switch (this) {
            case PRACK_UNANSWERED -> call.pracked();
            case REINVITE_UNANSWERED -> call.reinvited();
            case BYE_UNANSWERED -> call.bye();
            case CALLEE_BYE_UNANSWERED -> call.calleeBye();
            case CANCEL_UNANSWERED -> call.cancelled();
            default -> {}
        }
    }

    /** The message that the kill may or may not overtake. */
    void lastInstant(final ScriptedCall call) {
        switch (this) {
            case INVITE_SENT -> call.sendInvite();
            case ANSWER_SENT -> call.sendAnswer();
            case ACK_SENT -> call.sendAck();
            case CANCEL_SENT -> call.sendCancel();
            default -> {}
        }
    }

    /** Where the call stood, by what had arrived at the peers. */
    KillPoint seen(final ScriptedCall call) {
        return switch (this) {
            case INVITE_SENT -> call.sawTrying() ? TRYING : INVITE_SENT;
            case ANSWER_SENT -> call.sawAnswer() ? ANSWERED_NOT_ACKED : ANSWER_SENT;
            case ACK_SENT -> call.sawAck() ? UP : ACK_SENT;
            case CANCEL_SENT -> call.sawCancel() ? CANCEL_UNANSWERED : CANCEL_SENT;
            default -> this;
        };
    }

    /** Brings the call to its end after the restart. */
    void finish(final ScriptedCall call) {
        switch (this) {
            case INVITE_SENT, TRYING -> {
                call.arrived();
                call.rang();
                finishUnanswered(call);
            }
            case RINGING, ANSWER_SENT -> finishUnanswered(call);
            case RINGING_RELIABLY -> {
                call.pracked();
                call.prackAnswered();
                finishUnanswered(call);
            }
            case PRACK_UNANSWERED -> {
                call.prackAnswered();
                finishUnanswered(call);
            }
            case ANSWERED_NOT_ACKED, ACK_SENT -> {
                call.acknowledged();
                finishUp(call);
            }
            case UP -> {
                call.asked("OPTIONS");
                finishUp(call);
            }
            case REINVITE_UNANSWERED -> {
                call.reinviteAnswered();
                finishUp(call);
            }
            case BYE_UNANSWERED -> call.byeAnswered();
            case CALLEE_BYE_UNANSWERED -> call.calleeByeAnswered();
            case CANCEL_SENT, CANCEL_UNANSWERED -> call.cancelFinished();
            case REFUSED_NOT_ACKED -> call.refusalAcknowledged();
        }
    }

    private static void finishUnanswered(final ScriptedCall call) {
        call.answered();
        call.acknowledged();
        finishUp(call);
    }

    /** Ends a call that is up. */
    static void finishUp(final ScriptedCall call) {
        call.bye();
        call.byeAnswered();
    }
}
