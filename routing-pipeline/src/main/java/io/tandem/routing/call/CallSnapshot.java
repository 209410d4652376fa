package io.tandem.routing.call;

import io.tandem.routing.admission.AdmissionLedger;
import io.tandem.routing.admission.Dimension;
import io.tandem.routing.admission.HoldConsumer;
import io.tandem.routing.admission.Holds;
import io.tandem.routing.identifier.Slot;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.snapshot.SnapshotMoment;
import io.tandem.routing.snapshot.StateKind;
import io.tandem.routing.snapshot.StateReader;
import io.tandem.routing.snapshot.StateWriter;
import io.tandem.routing.stage.CandidatesLeft;
import io.tandem.routing.transaction.InviteClientTransaction;
import io.tandem.routing.transaction.InviteServerTransaction;
import java.nio.charset.StandardCharsets;

/**
 * Calls, legs and dialogs in snapshots. New fields are added at the end of an entry, never between. An entry is written with
 * everything that can be reached from it, as transactions are.
 */
final class CallSnapshot {
    private static final byte[] NO_NAME = {};

    private final Exchange exchange;
    private final AdmissionLedger ledger;
    private final StateWriter writer;
    private final SnapshotMoment moment;
    private final HoldConsumer onHold = this::hold;

    CallSnapshot(
            final Exchange exchange,
            final AdmissionLedger ledger,
            final StateWriter writer,
            final SnapshotMoment moment) {
        this.exchange = exchange;
        this.ledger = ledger;
        this.writer = writer;
        this.moment = moment;
    }

    // ---- writing ---------------------------------------------------------------------------------------------------

    boolean isOpen() {
        return moment.isOpen();
    }

    /** Writes a call, leg or dialog, which may be null, and what hangs on it, unless that was done. */
    void capture(final Slot entry) {
        if (!moment.claims(entry)) {
            return;
        }
        switch (entry) {
            case Call call -> {
                write(call);
                exchange.layer.capture(call.inviteIn);
                capture(call.callerLeg);
                capture(call.firstLeg);
                capture(call.answeredLeg);
            }
            case Leg leg -> {
                write(leg);
                exchange.layer.capture(leg.invite);
                capture(leg.call);
                capture(leg.nextInCall);
                capture(leg.firstDialog);
            }
            case Dialog dialog -> {
                write(dialog);
                exchange.layer.capture(dialog.inviteIn);
                exchange.layer.capture(dialog.inviteOut);
                capture(dialog.leg);
                capture(dialog.counterpart);
                capture(dialog.nextInLeg);
            }
            default -> throw new IllegalArgumentException("entry unknown to snapshots: " + entry);
        }
    }

    private void write(final Call call) {
        writer.begin(StateKind.CALL, call)
                .number(call.state.ordinal())
                .reference(call.callerLeg)
                .reference(call.firstLeg)
                .reference(call.answeredLeg)
                .reference(call.inviteIn)
                .block(call.invite)
                .block(call.callerCallId)
                .flag(call.callerChanged)
                .number(call.redirects)
                .number(call.maxCallSec)
                .number(call.accountHigh)
                .number(call.accountLow)
                .number(call.numberHigh)
                .number(call.numberLow)
                .number(call.ingressTrunkHigh)
                .number(call.ingressTrunkLow)
                .number(call.revision)
                .number(call.direction)
                .number(call.stage)
                .number(call.rule)
                .flag(call.showReasons)
                .number(call.startNs)
                .number(call.startMs)
                .number(call.progressNs)
                .number(call.ringNs)
                .number(call.answerNs)
                .number(call.finalStatus)
                .number(call.q850)
                .timer(call.limitTimer)
                .text(call.callerRaw)
                .text(call.callerPresented)
                .text(call.calledRaw)
                .text(call.calledPresented);
        holds(call.holds);
        writer.number(call.attemptCount);
        for (int i = 0; i < call.attemptCount; i++) {
            final Call.Attempt attempt = call.attempts[i];
            writer.number(attempt.trunkHigh)
                    .number(attempt.trunkLow)
                    .number(attempt.addressHigh)
                    .number(attempt.addressLow)
                    .number(attempt.port)
                    .number(attempt.startNs)
                    .number(attempt.firstRingNs)
                    .number(attempt.finalStatus)
                    .number(attempt.q850);
        }
        writer.flag(call.progressPassed);
        candidates(call.candidates);
        writer.bytes(call.callerName.isEmpty() ? NO_NAME : call.callerName.getBytes(StandardCharsets.UTF_8))
                .block(call.wayOn).number(call.ringUntilNs + 1).number(call.questions);
        for (int i = 0; i < call.candidates.count(); i++) {
            writer.number(call.candidates.shown(i) + 1);
        }
        writer.block(call.diversions).end();
    }

    private void candidates(final CandidatesLeft left) {
        writer.number(left.count());
        for (int i = 0; i < left.count(); i++) {
            writer.number(left.trunkHigh(i)).number(left.trunkLow(i));
        }
        writer.flag(left.callerChanged)
                .number(left.maxCallSec)
                .number(left.numberHigh)
                .number(left.numberLow)
                .text(left.called)
                .text(left.caller)
                .flag(left.emergency);
        for (int i = 0; i < left.count(); i++) {
            writer.number(left.route(i).high()).number(left.route(i).low());
        }
    }

    private void write(final Leg leg) {
        writer.begin(StateKind.LEG, leg)
                .reference(leg.call)
                .flag(leg.towardsCaller)
                .reference(leg.nextInCall)
                .reference(leg.firstDialog)
                .number(leg.dialogCount)
                .reference(leg.invite)
                .flag(leg.abandoned)
                .number(leg.trunkHigh)
                .number(leg.trunkLow)
                .flag(leg.triedTcp)
                .number(leg.earlyMedia)
                .number(leg.attempt)
                .peer(leg.peer)
                .timer(leg.ringTimer);
        holds(leg.holds);
        holds(leg.redirectHolds);
        writer.number(leg.cSeqMax).end();
    }

    private void write(final Dialog dialog) {
        writer.begin(StateKind.DIALOG, dialog)
                .reference(dialog.leg)
                .reference(dialog.counterpart)
                .reference(dialog.nextInLeg)
                .number(dialog.state.ordinal())
                .peer(dialog.peer)
                .block(dialog.fields)
                .number(dialog.targetOffset)
                .number(dialog.remoteTagOffset)
                .number(dialog.remoteTagLength)
                .number(dialog.callIdOffset)
                .number(dialog.callIdLength)
                .number(dialog.localCSeq)
                .number(dialog.remoteCSeq)
                .reference(dialog.inviteIn)
                .reference(dialog.inviteOut)
                .number(dialog.successCSeq)
                .block(dialog.success)
                .peer(dialog.successPeer)
                .number(dialog.successIntervalNs)
                .number(dialog.successDeadlineNs)
                .timer(dialog.successTimer)
                .block(dialog.ack)
                .number(dialog.ackCSeq)
                .flag(dialog.owesAck)
                .number(dialog.openRequests)
                .flag(dialog.firstAckDue)
                .flag(dialog.byeHeld)
                .block(dialog.heldReason)
                .number(dialog.rSeq)
                .number(dialog.sessionSec)
                .number(dialog.sessionEndNs)
                .timer(dialog.sessionTimer)
                .flag(dialog.refreshes)
                .flag(dialog.takesUpdate)
                .number(dialog.refreshCSeq)
                .end();
    }

    private void holds(final Holds holds) {
        writer.number(holds.count());
        ledger.forEachHold(holds, onHold);
    }

    private void hold(final Dimension dimension, final long idHigh, final long idLow) {
        writer.number(dimension.code()).number(idHigh).number(idLow);
    }

    // ---- reading ---------------------------------------------------------------------------------------------------

    void readCall(final StateReader reader) {
        final Call call = exchange.calls.restore(reader.slot(), reader.serial(), reader.proof());
        call.state = CallState.of(reader.integer());
        call.callerLeg = leg(reader);
        call.firstLeg = leg(reader);
        call.answeredLeg = leg(reader);
        call.inviteIn = inviteServer(reader);
        call.invite = reader.block();
        call.callerCallId = reader.block();
        call.callerChanged = reader.flag();
        call.redirects = reader.integer();
        call.maxCallSec = reader.integer();
        call.accountHigh = reader.number();
        call.accountLow = reader.number();
        call.numberHigh = reader.number();
        call.numberLow = reader.number();
        call.ingressTrunkHigh = reader.number();
        call.ingressTrunkLow = reader.number();
        call.revision = reader.number();
        call.direction = reader.integer();
        call.stage = reader.integer();
        call.rule = reader.integer();
        call.showReasons = reader.flag();
        call.startNs = reader.number();
        call.startMs = reader.number();
        call.progressNs = reader.number();
        call.ringNs = reader.number();
        call.answerNs = reader.number();
        call.finalStatus = reader.integer();
        call.q850 = reader.integer();
        reader.timer(call.limitTimer);
        reader.text(call.callerRaw);
        reader.text(call.callerPresented);
        reader.text(call.calledRaw);
        reader.text(call.calledPresented);
        holds(reader, call.holds);
        call.attemptCount = reader.integer();
        for (int i = 0; i < call.attemptCount; i++) {
            final Call.Attempt attempt = call.attempts[i];
            attempt.trunkHigh = reader.number();
            attempt.trunkLow = reader.number();
            attempt.addressHigh = reader.number();
            attempt.addressLow = reader.number();
            attempt.port = reader.integer();
            attempt.startNs = reader.number();
            attempt.firstRingNs = reader.number();
            attempt.finalStatus = reader.integer();
            attempt.q850 = reader.integer();
        }
        call.progressPassed = reader.flag();
        candidates(reader, call);
        // one more than the value, so that what a build did not write yet reads as none
        call.callerName = new String(reader.bytes(), StandardCharsets.UTF_8);
        call.wayOn = reader.block();
        call.ringUntilNs = reader.number() - 1;
        call.questions = reader.integer();
        for (int i = 0; i < call.candidates.count(); i++) {
            call.candidates.show(i, reader.number() - 1);
        }
        call.diversions = reader.block();
        if (!call.isEnded()) {
            exchange.callBegan();
        }
    }

    private static void candidates(final StateReader reader, final Call call) {
        final CandidatesLeft left = call.candidates;
        left.clear();
        for (int count = reader.integer(); count > 0; count--) {
            final long trunkHigh = reader.number();
            left.add(trunkHigh, reader.number(), ResourceId.NIL);
        }
        left.callerChanged = reader.flag();
        final int maxCallSec = reader.integer();
        left.maxCallSec = maxCallSec == 0 ? call.maxCallSec : maxCallSec; // 0: of a build that did not write it
        left.numberHigh = reader.number();
        left.numberLow = reader.number();
        reader.text(left.called);
        reader.text(left.caller);
        left.emergency = reader.flag();
        for (int i = 0; i < left.count(); i++) {
            final long routeHigh = reader.number();
            left.route(i, new ResourceId(routeHigh, reader.number()));
        }
    }

    void readLeg(final StateReader reader) {
        final Leg leg = exchange.legs.restore(reader.slot(), reader.serial(), reader.proof());
        final int call = reader.integer();
        leg.call = call < 0 ? null : exchange.calls.place(call);
        leg.towardsCaller = reader.flag();
        leg.nextInCall = leg(reader);
        leg.firstDialog = dialog(reader);
        leg.dialogCount = reader.integer();
        leg.invite = inviteClient(reader);
        leg.abandoned = reader.flag();
        leg.trunkHigh = reader.number();
        leg.trunkLow = reader.number();
        leg.triedTcp = reader.flag();
        leg.earlyMedia = reader.integer();
        leg.attempt = reader.integer();
        reader.peer(leg.peer);
        reader.timer(leg.ringTimer);
        holds(reader, leg.holds);
        holds(reader, leg.redirectHolds);
        leg.cSeqMax = reader.number();
    }

    void readDialog(final StateReader reader) {
        final Dialog dialog = exchange.dialogs.table().restore(reader.slot(), reader.serial(), reader.proof());
        dialog.leg = leg(reader);
        dialog.counterpart = dialog(reader);
        dialog.nextInLeg = dialog(reader);
        dialog.state = DialogState.of(reader.integer());
        reader.peer(dialog.peer);
        dialog.fields = reader.block();
        dialog.targetOffset = reader.integer();
        dialog.remoteTagOffset = reader.integer();
        dialog.remoteTagLength = reader.integer();
        dialog.callIdOffset = reader.integer();
        dialog.callIdLength = reader.integer();
        dialog.localCSeq = reader.number();
        dialog.remoteCSeq = reader.number();
        dialog.inviteIn = inviteServer(reader);
        dialog.inviteOut = inviteClient(reader);
        dialog.successCSeq = reader.number();
        dialog.success = reader.block();
        reader.peer(dialog.successPeer);
        dialog.successIntervalNs = reader.number();
        dialog.successDeadlineNs = reader.number();
        reader.timer(dialog.successTimer);
        dialog.ack = reader.block();
        dialog.ackCSeq = reader.number();
        dialog.owesAck = reader.flag();
        dialog.openRequests = reader.integer();
        dialog.firstAckDue = reader.flag();
        dialog.byeHeld = reader.flag();
        dialog.heldReason = reader.block();
        dialog.rSeq = reader.number();
        dialog.sessionSec = reader.number();
        dialog.sessionEndNs = reader.number();
        reader.timer(dialog.sessionTimer);
        dialog.refreshes = reader.flag();
        dialog.takesUpdate = reader.flag();
        dialog.refreshCSeq = reader.number();
    }

    private Leg leg(final StateReader reader) {
        final int slot = reader.integer();
        return slot < 0 ? null : exchange.legs.place(slot);
    }

    private Dialog dialog(final StateReader reader) {
        final int slot = reader.integer();
        return slot < 0 ? null : exchange.dialogs.table().place(slot);
    }

    private InviteServerTransaction inviteServer(final StateReader reader) {
        final int slot = reader.integer();
        return slot < 0 ? null : exchange.layer.inviteServer(slot);
    }

    private InviteClientTransaction inviteClient(final StateReader reader) {
        final int slot = reader.integer();
        return slot < 0 ? null : exchange.layer.inviteClient(slot);
    }

    private void holds(final StateReader reader, final Holds holds) {
        final int count = reader.integer();
        for (int i = 0; i < count; i++) {
            final Dimension dimension = Dimension.ofCode(reader.integer());
            final long idHigh = reader.number();
            final long idLow = reader.number();
            if (dimension != null && !ledger.restore(holds, dimension, idHigh, idLow)) {
                throw new IllegalStateException(
                        "snapshot holds more than the admission table: used=" + ledger.usedCounters());
            }
        }
    }
}
