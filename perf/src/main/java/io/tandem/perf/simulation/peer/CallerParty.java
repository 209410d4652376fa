package io.tandem.perf.simulation.peer;

import io.tandem.perf.simulation.check.CallTrace;
import io.tandem.perf.simulation.check.Watch;
import io.tandem.perf.simulation.network.Endpoint;
import io.tandem.perf.simulation.network.SipText;
import io.tandem.perf.simulation.network.VirtualTime;
import io.tandem.perf.simulation.peer.Script.CallerFault;
import io.tandem.perf.simulation.peer.Script.CancelWhen;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** The caller of one call. */
final class CallerParty extends Party implements ClientTransaction.User {
    /** How long a caller lets it ring. */
    private static final long PATIENCE_NS = 150 * VirtualTime.SECOND;

    private final Script script;
    private final Endpoint system;
    private final String from;
    private final String to;
    private final SipText invite;
    private final Map<String, String> ackBodies = new LinkedHashMap<>();
    private ClientTransaction transaction;
    private boolean inviteDone;
    private boolean wantsCancel;
    private boolean cancelled;
    private boolean alerted;

    CallerParty(
            final UserAgent agent,
            final CallTrace call,
            final Script script,
            final Endpoint system,
            final SplittableRandom random) {
        super(agent, call, callIdOf(agent, call, random), true, random);
        this.script = script;
        this.system = system;
        from = "<sip:" + call.callerNumber() + '@' + agent.address().host() + ">;tag=" + token() + "t"
                + Integer.toHexString(random.nextInt());
        to = "<sip:" + call.calledNumber() + '@' + system + '>';
        invite = SipText.request("INVITE", "sip:" + call.calledNumber() + '@' + system);
        invite.add("Via", newVia(script.stream())).add("Max-Forwards", Integer.toString(script.maxForwards()));
        invite.add("From", from).add("To", to);
        invite.add("Call-ID", callId()).add("CSeq", 1 + call.serial() % 7 + " INVITE");
        invite.add("Contact", contact());
        invite.add("Allow", "INVITE, ACK, BYE, CANCEL, OPTIONS, UPDATE, INFO, PRACK");
        if (script.requireReliable()) {
            invite.add("Require", "100rel");
        } else if (script.reliable()) {
            invite.add("Supported", "100rel");
        }
        if (!script.lateOffer()) {
            invite.body("application/sdp", body(token() + "t", 1));
        }
    }

    private static String callIdOf(final UserAgent agent, final CallTrace call, final SplittableRandom random) {
        return Watch.token(call.serial(), true)
                + Integer.toHexString(random.nextInt())
                + '@'
                + agent.address().host();
    }

    void start() {
        agent().join(this);
        agent().watch().register(callId(), call());
        transaction = new ClientTransaction(this, invite, system, script.stream(), this);
        transaction.start();
        switch (script.cancelWhen()) {
            case INVITED, INVITED_RASHLY -> time().after(script.cancelAfterNs(), this::cancel);
            case NEVER, ALERTED -> {}
        }
        time().after(PATIENCE_NS, this::cancel);
    }

    @Override
    String contact() {
        return "<sip:" + token() + '@' + agent().address() + (script.stream() ? ";transport=tcp>" : ">");
    }

    @Override
    boolean isInviteDone() {
        return inviteDone;
    }

    @Override
    boolean isFaulty() {
        return script.callerFault() != CallerFault.NONE;
    }

    @Override
    boolean answersBye() {
        return script.callerFault() != CallerFault.NEVER_ANSWERS_BYE;
    }

    @Override
    boolean acknowledgesRefusals() {
        return script.callerFault() != CallerFault.NEVER_ACKNOWLEDGES_REFUSAL;
    }

    @Override
    List<Script.Step> steps() {
        return script.callerSteps();
    }

    private void cancel() {
        if (cancelled || inviteDone || isDead()) {
            return;
        }
        if (!transaction.isProvisionalSeen() && script.cancelWhen() != CancelWhen.INVITED_RASHLY) {
            wantsCancel = true;
            return;
        }
        cancelled = true;
        final SipText cancel = SipText.request("CANCEL", invite.requestUri());
        cancel.add("Via", invite.via()).add("Max-Forwards", "70");
        cancel.add("From", from).add("To", to);
        cancel.add("Call-ID", callId()).add("CSeq", invite.cSeq() + " CANCEL");
        new ClientTransaction(this, cancel, system, script.stream(), new ClientTransaction.User() {
                    @Override
                    public void onResponse(final SipText response) {
                        // Whatever it says, the INVITE's final response decides.
                    }

                    @Override
                    public void onTimeout() {
                        // Likewise.
                    }
                })
                .start();
        time().after(Timers.TIMEOUT_NS, () -> {
            if (!inviteDone) {
                inviteDone = true;
                transaction.abandon();
            }
        });
    }

    @Override
    public void onResponse(final SipText response) {
        if (response.isProvisional()) {
            onProvisional(response);
        } else if (response.isSuccess()) {
            onAnswer(response);
        } else {
            inviteDone = true;
        }
    }

    @Override
    public void onTimeout() {
        inviteDone = true;
        call().excuse(time().nowNs(), "the caller's INVITE was not answered");
    }

    private void onProvisional(final SipText response) {
        if (wantsCancel) {
            cancel();
        }
        if (response.status() == 100 || response.toTag() == null) {
            return;
        }
        checkBody(response);
        if (!alerted) {
            alerted = true;
            if (script.cancelWhen() == CancelWhen.ALERTED) {
                time().after(script.cancelAfterNs(), this::cancel);
            }
        }
        final Dialog dialog = dialogOf(response);
        final String rSeq = response.first("rseq");
        if (rSeq == null || !response.hasOption("require", "100rel")) {
            return;
        }
        final long number = Long.parseLong(rSeq);
        if (dialog.rSeq == 0 || number == dialog.rSeq + 1) {
            dialog.rSeq = number;
            final boolean isOffer =
                    script.lateOffer() && !response.body().isEmpty() && !ackBodies.containsKey(dialog.remoteTag());
            if (isOffer) {
                ackBodies.put(dialog.remoteTag(), "");
            }
            prack(dialog, response, isOffer ? dialog.nextBody() : null);
        }
    }

    private void onAnswer(final SipText response) {
        inviteDone = true;
        checkBody(response);
        final Dialog dialog = dialogOf(response);
        if (script.callerFault() == CallerFault.NEVER_ACKNOWLEDGES_SUCCESS) {
            call().excuse(time().nowNs(), "the caller never acknowledges");
            dialog.confirmed = true;
            return;
        }
        String answer = ackBodies.get(dialog.remoteTag());
        if (answer == null) {
            answer = script.lateOffer() ? dialog.nextBody() : "";
            ackBodies.put(dialog.remoteTag(), answer);
        }
        acknowledge(dialog, invite.cSeq(), answer.isEmpty() ? null : answer);
        if (!dialog.confirmed) {
            confirmed(dialog);
            if (cancelled) {
                hangUp(dialog);
            }
        }
    }

    private Dialog dialogOf(final SipText response) {
        Dialog dialog = dialog(response.fromTag(), response.toTag());
        if (dialog == null) {
            dialog = new Dialog(this, from, response.first("to"), invite.cSeq());
            dialog.startBodyAt(script.lateOffer() ? 0 : 1);
            dialogs().add(dialog);
        }
        dialog.refreshTarget(response);
        return dialog;
    }

    @Override
    void onNewInvite(final ServerTransaction unexpected) {
        unexpected.respond(SipText.responseTo(unexpected.request(), 481, token() + "u"));
    }

    @Override
    void onCancel(final ServerTransaction reinvite) {
        reinvite.respond(SipText.responseTo(reinvite.request(), 487, null));
    }

    @Override
    void onPrack(final ServerTransaction unexpected, final Dialog dialog) {
        unexpected.respond(SipText.responseTo(unexpected.request(), 481, null));
    }
}
