package io.tandem.perf.simulation.peer;

import io.tandem.perf.simulation.check.CallTrace;
import io.tandem.perf.simulation.check.Invariant;
import io.tandem.perf.simulation.network.Packet;
import io.tandem.perf.simulation.network.SipText;
import io.tandem.perf.simulation.network.VirtualTime;
import io.tandem.perf.simulation.peer.Script.CalleeFault;
import io.tandem.perf.simulation.peer.Script.CalleePlan;
import io.tandem.perf.simulation.peer.Script.Ring;
import java.util.List;
import java.util.SplittableRandom;

/** The callee of one call: one or more forks behind one address, playing a plan. */
final class CalleeParty extends Party {
    private static final long TRYING_NS = 190 * VirtualTime.MILLISECOND;

    private final CalleePlan plan;
    private final int attempt;
    private final boolean stream;
    private ServerTransaction invite;
    private int nextRing;
    private long rSeq;
    private Packet unacknowledged;
    private Dialog unacknowledgedDialog;
    private boolean unacknowledgedIsBodiless;
    private VirtualTime.Event reliableRetransmission;
    private VirtualTime.Event reliableTimeout;
    private VirtualTime.Event planned;
    private boolean finalSent;

    CalleeParty(
            final UserAgent agent,
            final CallTrace call,
            final String callId,
            final CalleePlan plan,
            final int attempt,
            final boolean stream,
            final SplittableRandom random) {
        super(agent, call, callId, false, random);
        this.plan = plan;
        this.attempt = attempt;
        this.stream = stream;
    }

    @Override
    String contact() {
        return "<sip:" + token() + '@' + agent().address() + (stream ? ";transport=tcp>" : ">");
    }

    @Override
    boolean isInviteDone() {
        return finalSent;
    }

    @Override
    boolean isFaulty() {
        return plan.fault() != CalleeFault.NONE;
    }

    @Override
    boolean answersBye() {
        return plan.fault() != CalleeFault.NEVER_ANSWERS_BYE;
    }

    @Override
    List<Script.Step> steps() {
        return plan.steps();
    }

    @Override
    void onNewInvite(final ServerTransaction transaction) {
        if (invite != null) {
            throw agent().watch()
                    .broken(
                            Invariant.RETRANSMISSION,
                            "a second INVITE with one Call-ID\n" + transaction.request(),
                            call());
        }
        invite = transaction;
        checkBody(transaction.request());
        if (plan.fault() == CalleeFault.SILENT) {
            fallSilent();
            return;
        }
        if (plan.trying()) {
            trying();
        } else {
            time().after(TRYING_NS, this::trying);
        }
        if (plan.fault() == CalleeFault.ONLY_TRYING) {
            trying();
            fallSilent();
            return;
        }
        next();
    }

    /** Within 200 ms something must be said (RFC 3261 17.2.1). */
    private void trying() {
        if (!invite.isAnswered()) {
            invite.respond(SipText.responseTo(invite.request(), 100, null));
        }
    }

    private void next() {
        if (nextRing < plan.rings().size()) {
            final Ring ring = plan.rings().get(nextRing++);
            planned = time().after(ring.afterNs(), () -> ring(ring));
        } else if (plan.finalAfterNs() >= 0) {
            planned = time().after(plan.finalAfterNs(), this::finish);
        }
    }

    private Dialog fork(final int index) {
        final SipText request = invite.request();
        final String localTag = token() + "a" + attempt + "f" + index;
        Dialog dialog = dialog(localTag, request.fromTag());
        if (dialog == null) {
            dialog = new Dialog(this, request.first("to") + ";tag=" + localTag, request.first("from"), 100L * index);
            dialog.refreshTarget(request);
            dialog.takes(request.cSeq());
            dialogs().add(dialog);
        }
        return dialog;
    }

    private void ring(final Ring ring) {
        if (finalSent || isDead()) {
            return;
        }
        final Dialog dialog = fork(ring.fork());
        final SipText response = SipText.responseTo(invite.request(), ring.status(), dialog.localTag());
        response.add("Contact", contact());
        if (ring.withBody()) {
            response.body("application/sdp", dialog.currentBody());
        }
        final SipText request = invite.request();
        final boolean required = request.hasOption("require", "100rel");
        if (!required && !(ring.reliable() && request.hasOption("supported", "100rel"))) {
            invite.respond(response);
            next();
            return;
        }
        rSeq = dialog.rSeq == 0 ? 1 + 1000L * (ring.fork() + 1) + call().serial() % 50 : dialog.rSeq + 1;
        dialog.rSeq = rSeq;
        response.add("Require", "100rel").add("RSeq", Long.toString(rSeq));
        invite.respond(response);
        unacknowledged = new Packet(response.toBytes());
        unacknowledgedDialog = dialog;
        unacknowledgedIsBodiless = !ring.withBody();
        reliableRetransmission = time().after(Timers.T1_NS, () -> repeatReliable(Timers.T1_NS));
        reliableTimeout = time().after(Timers.TIMEOUT_NS, () -> {
            stopReliable();
            refuse(504);
        });
    }

    private void repeatReliable(final long intervalNs) {
        invite.transmit(unacknowledged);
        reliableRetransmission = time().after(2 * intervalNs, () -> repeatReliable(2 * intervalNs));
    }

    private void stopReliable() {
        if (reliableRetransmission != null) {
            reliableRetransmission.cancel();
            reliableTimeout.cancel();
        }
        unacknowledged = null;
    }

    @Override
    void onPrack(final ServerTransaction transaction, final Dialog dialog) {
        final String expected = rSeq + " " + invite.request().first("cseq");
        final boolean matches = unacknowledged != null
                && dialog == unacknowledgedDialog
                && expected.equals(transaction.request().first("rack"));
        transaction.respond(SipText.responseTo(transaction.request(), matches ? 200 : 481, null));
        if (matches) {
            dialog.bodySettled |= !unacknowledgedIsBodiless;
            stopReliable();
            next();
        }
    }

    private void finish() {
        if (finalSent || isDead()) {
            return;
        }
        if (plan.status() >= 300) {
            refuse(plan.status());
            return;
        }
        finalSent = true;
        answerFrom(plan.fork());
        if (plan.secondFork() >= 0) {
            call().excuse(time().nowNs(), "a second fork of the callee answers");
            time().after(random().nextLong(40 * VirtualTime.MILLISECOND), () -> answerFrom(plan.secondFork()));
        }
    }

    private void answerFrom(final int index) {
        if (isDead()) {
            return;
        }
        final Dialog dialog = fork(index);
        answer(invite, dialog, invite.request().body().isEmpty() && !dialog.bodySettled, !dialog.bodySettled);
        dialog.confirmed = true;
    }

    private void refuse(final int status) {
        if (finalSent) {
            return;
        }
        finalSent = true;
        final SipText response = SipText.responseTo(invite.request(), status, token() + "a" + attempt + "r");
        if (status >= 300 && status < 400) {
            response.add("Contact", "<sip:" + plan.redirect() + "@127.0.0.1:5060>");
        }
        invite.respond(response);
    }

    @Override
    void onAcknowledged(final Answer answer, final SipText ack) {
        super.onAcknowledged(answer, ack);
        if (answer.cSeq() == invite.request().cSeq() && !answer.dialog().ended) {
            confirmed(answer.dialog());
        }
    }

    @Override
    void onNoAck(final Answer answer) {
        answer.dialog().confirmed = true;
        super.onNoAck(answer);
    }

    @Override
    void onCancel(final ServerTransaction cancelled) {
        if (cancelled != invite) {
            cancelled.respond(SipText.responseTo(cancelled.request(), 487, null));
            return;
        }
        if (plan.fault() == CalleeFault.IGNORES_CANCEL || finalSent) {
            return;
        }
        if (planned != null) {
            planned.cancel();
        }
        stopReliable();
        refuse(487);
    }
}
