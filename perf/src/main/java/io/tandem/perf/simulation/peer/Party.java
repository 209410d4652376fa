package io.tandem.perf.simulation.peer;

import io.tandem.perf.simulation.check.CallTrace;
import io.tandem.perf.simulation.check.Invariant;
import io.tandem.perf.simulation.check.Watch;
import io.tandem.perf.simulation.network.Endpoint;
import io.tandem.perf.simulation.network.Packet;
import io.tandem.perf.simulation.network.SipText;
import io.tandem.perf.simulation.network.VirtualTime;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One peer's part in one call: its dialogs and what it does in them. Callers and callees differ in how the call comes
 * up; from there on they are alike.
 */
abstract class Party implements CallTrace.Side {
    /** After this long even the most patient person hangs up. */
    private static final long GUARD_NS = 900 * VirtualTime.SECOND;

    private static final long LEFT_UP_NS = 140 * VirtualTime.SECOND;
    /** Longest that a BYE is repeated, and some. */
    private static final long TOLD_NS = 40 * VirtualTime.SECOND;

    private static final int RETRY_COUNT_MAX = 2;

    private final UserAgent agent;
    private final CallTrace call;
    private final String callId;
    private final boolean caller;
    private final SplittableRandom random;
    private final String token;
    private final List<Dialog> dialogs = new ArrayList<>();
    private final List<Answer> answers = new ArrayList<>();
    private int branches;
    private int byesOut;
    private boolean dead;
    private long overNs = CallTrace.NEVER;

    Party(
            final UserAgent agent,
            final CallTrace call,
            final String callId,
            final boolean caller,
            final SplittableRandom random) {
        this.agent = agent;
        this.call = call;
        this.callId = callId;
        this.caller = caller;
        this.random = random;
        this.token = Watch.token(call.serial(), caller);
        call.join(this);
    }

    /** Whether the INVITE that began the call needs nothing more from this peer. */
    abstract boolean isInviteDone();

    abstract boolean isFaulty();

    abstract boolean answersBye();

    boolean acknowledgesRefusals() {
        return true;
    }

    abstract List<Script.Step> steps();

    abstract void onNewInvite(ServerTransaction transaction);

    abstract void onCancel(ServerTransaction invite);

    abstract void onPrack(ServerTransaction transaction, Dialog dialog);

    UserAgent agent() {
        return agent;
    }

    VirtualTime time() {
        return agent.time();
    }

    CallTrace call() {
        return call;
    }

    String callId() {
        return callId;
    }

    String token() {
        return token;
    }

    SplittableRandom random() {
        return random;
    }

    boolean isDead() {
        return dead;
    }

    /** Goes silent in the middle of a call. */
    void die() {
        fallSilent();
        call.excuse(time().nowNs(), (caller ? "caller" : "callee") + " went silent");
    }

    /** Neither sends nor answers anything any more. */
    void fallSilent() {
        dead = true;
    }

    @Override
    public boolean isWellBehaved() {
        return !dead && !isFaulty();
    }

    @Override
    public boolean isOver() {
        if (dead) {
            return true;
        }
        if (!isInviteDone() || byesOut > 0) {
            return false;
        }
        for (final Dialog dialog : dialogs) {
            if (dialog.confirmed && !dialog.ended) {
                return false;
            }
        }
        overNs = Math.min(overNs, time().nowNs());
        return true;
    }

    @Override
    public String describe() {
        final StringBuilder text =
                new StringBuilder(caller ? "caller" : "callee").append(" at ").append(agent.address());
        text.append(" callId=").append(callId).append(" inviteDone=").append(isInviteDone());
        for (final Dialog dialog : dialogs) {
            text.append(" dialog[").append(dialog.localTag()).append(' ').append(dialog.remoteTag());
            text.append(dialog.confirmed ? " confirmed" : " early").append(dialog.ended ? " ended]" : " up]");
        }
        return text.toString();
    }

    // ------------------------------------------------------------------ messages out

    void send(final Packet packet, final Endpoint to, final boolean stream) {
        if (!dead) {
            agent.transmit(packet, to, stream, call);
        }
    }

    String newVia(final boolean stream) {
        branches++;
        final String branch =
                "z9hG4bK" + token + (caller ? 'a' : 'b') + branches + '-' + Integer.toHexString(callId.hashCode());
        final String rport = (call.serial() & 1) == 0 ? ";rport" : "";
        return "SIP/2.0/" + (stream ? "TCP" : "UDP") + ' ' + agent.address() + ";branch=" + branch + rport;
    }

    abstract String contact();

    /** A description of media that names its owner, so that it is known again wherever it turns up. */
    String body(final String owner, final int version) {
        final String body = "v=0\r\no=" + owner + ' ' + call.serial() + ' ' + version + " IN IP4 "
                + agent.address().host() + "\r\ns=-\r\nc=IN IP4 "
                + agent.address().host()
                + "\r\nt=0 0\r\nm=audio " + (10_000 + 2 * (call.serial() % 10_000)) + " RTP/AVP 8 0 101\r\n";
        return call.sent(caller, body);
    }

    private ClientTransaction transact(final Dialog dialog, final SipText request, final ClientTransaction.User user) {
        final ClientTransaction transaction = new ClientTransaction(
                this, request, SipText.endpointOf(dialog.remoteTarget()), dialog.isStream(), user);
        transaction.start();
        return transaction;
    }

    void acknowledge(final Dialog dialog, final long cSeq, final String answer) {
        final SipText ack = dialog.request("ACK", cSeq);
        if (answer != null) {
            ack.body("application/sdp", answer);
        }
        send(new Packet(ack.toBytes()), SipText.endpointOf(dialog.remoteTarget()), dialog.isStream());
    }

    void prack(final Dialog dialog, final SipText response, final String answer) {
        final SipText prack = dialog.request("PRACK");
        prack.add("RAck", response.first("rseq") + " " + response.first("cseq"));
        if (answer != null) {
            prack.body("application/sdp", answer);
        }
        transact(dialog, prack, new Shrug());
    }

    // ------------------------------------------------------------------ dialogs

    List<Dialog> dialogs() {
        return dialogs;
    }

    Dialog dialog(final String localTag, final String remoteTag) {
        for (final Dialog dialog : dialogs) {
            if (dialog.localTag().equals(localTag) && dialog.remoteTag().equals(remoteTag)) {
                return dialog;
            }
        }
        return null;
    }

    /** The call is up: the script's steps begin, and so does the patience of the person. */
    void confirmed(final Dialog dialog) {
        dialog.confirmed = true;
        for (final Script.Step step : steps()) {
            time().after(step.afterNs(), () -> perform(step.action(), dialog));
        }
        time().after(GUARD_NS + random.nextLong(VirtualTime.SECOND), () -> guard(dialog));
    }

    private void guard(final Dialog dialog) {
        if (dialog.ended || dead) {
            return;
        }
        for (final CallTrace.Side side : call.sides()) {
            final Party other = (Party) side;
            if (other.caller != caller
                    && isWellBehaved()
                    && other.isOver()
                    && !other.dead
                    && !call.isExcused()
                    && time().nowNs() - other.overNs > LEFT_UP_NS) {
                throw agent.watch().broken(Invariant.CALL_ENDS, "left up: " + describe(), call);
            }
        }
        hangUp(dialog);
    }

    private void perform(final Script.Action action, final Dialog dialog) {
        if (dead || dialog.ended) {
            return;
        }
        switch (action) {
            case HANG_UP -> hangUp(dialog);
            case DIE -> die();
            case REINVITE -> reinvite(dialog, true);
            case REINVITE_WITHOUT_OFFER -> reinvite(dialog, false);
            case UPDATE -> update(dialog);
            case INFO -> {
                final String digits = "Signal=" + random.nextInt(10) + "\r\nX=" + token + "\r\n";
                transact(
                        dialog,
                        dialog.request("INFO").body("application/dtmf-relay", call.sent(caller, digits)),
                        new InDialog(dialog));
            }
            case OPTIONS -> transact(dialog, dialog.request("OPTIONS"), new Shrug());
            case STALE_REQUEST -> transact(dialog, dialog.request("OPTIONS", dialog.localCSeq()), new Shrug());
        }
    }

    void hangUp(final Dialog dialog) {
        if (dialog.ended || dead) {
            return;
        }
        dialog.ended = true;
        bye(dialog, 1);
    }

    private void bye(final Dialog dialog, final int triesLeft) {
        byesOut++;
        transact(dialog, dialog.request("BYE"), new ClientTransaction.User() {
            @Override
            public void onResponse(final SipText response) {
                byesOut -= response.isProvisional() ? 0 : 1;
                if (response.status() == 481 && isWellBehaved()) {
                    time().after(TOLD_NS, () -> mustBeTold(dialog));
                }
            }

            @Override
            public void onTimeout() {
                byesOut--;
                if (triesLeft > 0 && dialog.isStream()) {
                    bye(dialog, triesLeft - 1);
                }
            }
        });
    }

    /** A call that the system no longer knows must have ended with a BYE to both sides. */
    private void mustBeTold(final Dialog dialog) {
        if (!dialog.told && isWellBehaved() && !call.isExcused()) {
            throw agent.watch().broken(Invariant.CALL_ENDS, "nobody said BYE to " + describe(), call);
        }
    }

    private void reinvite(final Dialog dialog, final boolean withOffer) {
        if (dialog.offerOut || dialog.inviteIn) {
            return;
        }
        dialog.offerOut = true;
        final SipText invite = dialog.request("INVITE");
        invite.add("Allow", "INVITE, ACK, BYE, CANCEL, OPTIONS, UPDATE, INFO, PRACK");
        if (withOffer) {
            invite.body("application/sdp", dialog.nextBody());
        }
        final boolean[] answered = new boolean[1];
        transact(dialog, invite, new InDialog(dialog) {
            @Override
            public void onResponse(final SipText response) {
                if (response.isProvisional()) {
                    return;
                }
                dialog.offerOut = false;
                if (response.isSuccess()) {
                    dialog.refreshTarget(response);
                    checkBody(response);
                    final boolean owesAnswer = !withOffer && !response.body().isEmpty();
                    acknowledge(
                            dialog,
                            invite.cSeq(),
                            !owesAnswer ? null : answered[0] ? dialog.currentBody() : dialog.nextBody());
                    answered[0] = true;
                } else if (response.status() == 491 && dialog.retries++ < RETRY_COUNT_MAX) {
                    final long waitNs = caller
                            ? 2_100 * VirtualTime.MILLISECOND + random.nextLong(1_900 * VirtualTime.MILLISECOND)
                            : random.nextLong(2_000 * VirtualTime.MILLISECOND);
                    time().after(
                                    waitNs,
                                    () -> perform(
                                            withOffer ? Script.Action.REINVITE : Script.Action.REINVITE_WITHOUT_OFFER,
                                            dialog));
                } else {
                    super.onResponse(response);
                }
            }

            @Override
            public void onTimeout() {
                dialog.offerOut = false;
                super.onTimeout();
            }
        });
    }

    private void update(final Dialog dialog) {
        if (dialog.offerOut || dialog.inviteIn) {
            return;
        }
        dialog.offerOut = true;
        transact(dialog, dialog.request("UPDATE").body("application/sdp", dialog.nextBody()), new InDialog(dialog) {
            @Override
            public void onResponse(final SipText response) {
                if (response.isProvisional()) {
                    return;
                }
                dialog.offerOut = false;
                if (response.isSuccess()) {
                    dialog.refreshTarget(response);
                    checkBody(response);
                } else {
                    super.onResponse(response);
                }
            }

            @Override
            public void onTimeout() {
                dialog.offerOut = false;
                super.onTimeout();
            }
        });
    }

    /** RFC 3261 12.2.1.2: no answer, 408 or 481 to a request in a dialog ends the dialog. */
    private class InDialog implements ClientTransaction.User {
        private final Dialog dialog;

        InDialog(final Dialog dialog) {
            this.dialog = dialog;
        }

        @Override
        public void onResponse(final SipText response) {
            if (response.status() == 481 || response.status() == 408) {
                call.excuse(time().nowNs(), "a peer got " + response.status());
                hangUp(dialog);
            }
        }

        @Override
        public void onTimeout() {
            call.excuse(time().nowNs(), "a peer's request was not answered");
            hangUp(dialog);
        }
    }

    /** Whatever the answer, nothing follows from it. */
    private static final class Shrug implements ClientTransaction.User {
        @Override
        public void onResponse(final SipText response) {
            // A response to a request that nothing depends on.
        }

        @Override
        public void onTimeout() {
            // The peer that sent it has forgotten why.
        }
    }

    // ------------------------------------------------------------------ messages in

    void onRequest(final ServerTransaction transaction) {
        final SipText request = transaction.request();
        if (request.is("CANCEL")) {
            final ServerTransaction invite = agent.cancelled(request);
            transaction.respond(SipText.responseTo(request, invite == null ? 481 : 200, token + "c"));
            if (invite != null) {
                onCancel(invite);
            }
            return;
        }
        if (request.toTag() == null) {
            if (request.is("INVITE")) {
                onNewInvite(transaction);
            } else {
                transaction.respond(SipText.responseTo(request, request.is("OPTIONS") ? 200 : 481, token + "s"));
            }
            return;
        }
        final Dialog dialog = dialog(request.toTag(), request.fromTag());
        if (dialog == null) {
            transaction.respond(SipText.responseTo(request, 481, null));
        } else if (request.is("BYE")) {
            onBye(transaction, dialog);
        } else if (dialog.ended) {
            transaction.respond(SipText.responseTo(request, 481, null));
        } else if (!dialog.takes(request.cSeq())) {
            transaction.respond(SipText.responseTo(request, 500, null));
        } else {
            inDialog(transaction, dialog);
        }
    }

    private void inDialog(final ServerTransaction transaction, final Dialog dialog) {
        final SipText request = transaction.request();
        checkBody(request);
        switch (request.method()) {
            case "INVITE" -> onReinvite(transaction, dialog);
            case "UPDATE" -> onUpdate(transaction, dialog);
            case "PRACK" -> onPrack(transaction, dialog);
            case "INFO", "OPTIONS", "MESSAGE", "NOTIFY" -> transaction.respond(SipText.responseTo(request, 200, null));
            default -> transaction.respond(SipText.responseTo(request, 501, null));
        }
    }

    private void onBye(final ServerTransaction transaction, final Dialog dialog) {
        dialog.ended = true;
        dialog.told = true;
        for (final Answer answer : answers) {
            if (answer.dialog() == dialog) {
                answer.stop();
            }
        }
        if (answersBye()) {
            transaction.respond(SipText.responseTo(transaction.request(), 200, null));
        }
    }

    private void onReinvite(final ServerTransaction transaction, final Dialog dialog) {
        final SipText request = transaction.request();
        if (dialog.offerOut) {
            transaction.respond(SipText.responseTo(request, 491, null));
            return;
        }
        if (dialog.inviteIn) {
            transaction.respond(SipText.responseTo(request, 500, null).add("Retry-After", "3"));
            return;
        }
        dialog.refreshTarget(request);
        dialog.inviteIn = true;
        transaction.respond(SipText.responseTo(request, 100, null));
        time().after(random.nextLong(300 * VirtualTime.MILLISECOND), () -> {
            if (dead || dialog.ended) {
                dialog.inviteIn = false;
                transaction.respond(SipText.responseTo(request, 487, null));
                return;
            }
            answer(transaction, dialog, request.body().isEmpty(), true);
        });
    }

    /** Sends a 2xx to an INVITE, with a description of our media unless an earlier response has settled it. */
    Answer answer(
            final ServerTransaction transaction, final Dialog dialog, final boolean offers, final boolean withBody) {
        final SipText response = SipText.responseTo(transaction.request(), 200, dialog.localTag());
        response.add("Contact", contact());
        response.add("Allow", "INVITE, ACK, BYE, CANCEL, OPTIONS, UPDATE, INFO, PRACK");
        if (withBody) {
            response.body("application/sdp", dialog.confirmed ? dialog.nextBody() : dialog.currentBody());
        }
        dialog.inviteIn = true;
        final Answer answer = new Answer(this, dialog, transaction, response, offers);
        answers.add(answer);
        return answer;
    }

    private void onUpdate(final ServerTransaction transaction, final Dialog dialog) {
        final SipText request = transaction.request();
        if (!request.body().isEmpty() && dialog.offerOut) {
            transaction.respond(SipText.responseTo(request, 491, null));
            return;
        }
        if (!request.body().isEmpty() && dialog.inviteIn) {
            transaction.respond(SipText.responseTo(request, 500, null).add("Retry-After", "2"));
            return;
        }
        dialog.refreshTarget(request);
        final SipText response = SipText.responseTo(request, 200, null).add("Contact", contact());
        if (!request.body().isEmpty()) {
            response.body("application/sdp", dialog.nextBody());
        }
        transaction.respond(response);
    }

    void onAck(final SipText ack) {
        if (!call.mayEnd()) {
            checkBody(ack);
        }
        for (final Answer answer : answers) {
            if (!answer.isAcked()
                    && answer.cSeq() == ack.cSeq()
                    && answer.dialog().localTag().equals(ack.toTag())) {
                answer.onAck();
                onAcknowledged(answer, ack);
            }
        }
    }

    void onAcknowledged(final Answer answer, final SipText ack) {
        if (answer.offers() && ack.body().isEmpty() && !answer.dialog().ended && !call.mayLackAnswer()) {
            throw agent.watch().broken(Invariant.ACK_RULES, "no answer in the ACK to an offer\n" + ack, call);
        }
    }

    void onNoAck(final Answer answer) {
        call.excuse(time().nowNs(), "no ACK came");
        hangUp(answer.dialog());
    }

    /** Whatever body comes must be one that the other side sent in this call. */
    void checkBody(final SipText message) {
        if (!message.body().isEmpty() && !call.wasSent(!caller, message.body())) {
            throw agent.watch().broken(Invariant.BODY_INTACT, "the other side never sent\n" + message, call);
        }
    }
}
