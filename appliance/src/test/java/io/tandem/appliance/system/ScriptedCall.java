package io.tandem.appliance.system;

/**
 * One call between two peers, step by step. A step that waits for something repeats what should bring it about, as SIP's
 * timers would: datagrams may be lost, and with a process that dies they are.
 */
final class ScriptedCall {
    private static final String NUMBER = "12025550123";
    private static final int REPEAT_AFTER_MS = 500;
    private static final int REPEATS = 20;

    private final String name;
    private final SipPeer caller;
    private final SipPeer callee;
    private final String invite;
    private final String callerCallId;
    private String calleeCallId = "";

    /** The INVITE as the callee received it. */
    private String received;

    /** The newest response to it that the caller received. */
    private String heard;

    /** What was sent last and awaits its answer. */
    private String pending;

    private String pendingReceived;
    private int cSeq = 1;

    ScriptedCall(final String name, final SipPeer caller, final SipPeer callee) {
        this.name = name;
        this.caller = caller;
        this.callee = callee;
        callerCallId = "Call-ID: " + name + "\n";
        invite = caller.invite(name, NUMBER, caller.branch())
                .replace("Content-Type:", "Supported: 100rel\nContent-Type:");
    }

    /** Call-ID on the caller's side. */
    String name() {
        return name;
    }

    /** Repeats {@code text} until the answer comes. */
    private String until(
            final SipPeer sender,
            final String text,
            final SipPeer receiver,
            final String start,
            final String... parts) {
        for (int i = 0; i < REPEATS; i++) {
            sender.send(text);
            final String answer = receiver.find(REPEAT_AFTER_MS, start, parts);
            if (answer != null) {
                return answer;
            }
        }
        throw new AssertionError("nothing came of it: call=" + name + " awaited=" + start + " "
                + String.join(" ", parts) + " after=\n" + text);
    }

    void sendInvite() {
        caller.send(invite);
    }

    boolean sawTrying() {
        return caller.has("SIP/2.0 1", callerCallId);
    }

    /** The caller has 100, the callee its INVITE. */
    void tried() {
        until(caller, invite, caller, "SIP/2.0 100", callerCallId);
        arrived();
    }

    /** The callee has its INVITE, however often the caller must send it. */
    void arrived() {
        if (received != null) {
            return;
        }
        received = until(caller, invite, callee, "INVITE", "\ns=" + name + "\n");
        calleeCallId = SipPeer.line(received, "Call-ID") + "\n";
    }

    void rang() {
        heard = until(callee, response(180, "Ringing"), caller, "SIP/2.0 180", callerCallId);
    }

    /** The caller has a 180 that wants a PRACK. */
    void rangReliably() {
        heard = until(
                callee,
                callee.response(180, "Ringing", received, tag(), "Require: 100rel\nRSeq: 7\n"),
                caller,
                "SIP/2.0 180",
                callerCallId,
                "RSeq:");
    }

    /** The callee has the PRACK. */
    void pracked() {
        cSeq++;
        final String rAck = "RAck: " + SipPeer.header(heard, "RSeq") + " 1 INVITE\n";
        pending = caller.inDialog("PRACK", cSeq, heard, rAck);
        pendingReceived = until(caller, pending, callee, "PRACK", calleeCallId);
    }

    void prackAnswered() {
        answerPending(200, "OK", "PRACK");
    }

    void sendAnswer() {
        callee.send(response(200, "OK"));
    }

    boolean sawAnswer() {
        return caller.has("SIP/2.0 200", callerCallId, "CSeq: 1 INVITE");
    }

    /** The caller has the 200. */
    void answered() {
        heard = until(callee, response(200, "OK"), caller, "SIP/2.0 200", callerCallId, "CSeq: 1 INVITE");
    }

    void sendAck() {
        pending = caller.inDialog("ACK", 1, heard);
        caller.send(pending);
    }

    boolean sawAck() {
        return callee.has("ACK", calleeCallId);
    }

    /** The callee has the ACK: it repeats its 200, and the caller its ACK for each. */
    void acknowledged() {
        final String ack = caller.inDialog("ACK", 1, heard);
        caller.send(ack);
        for (int i = 0; i < REPEATS; i++) {
            if (callee.find(REPEAT_AFTER_MS / 2, "ACK", calleeCallId) != null) {
                return;
            }
            callee.send(response(200, "OK"));
            if (caller.find(REPEAT_AFTER_MS / 2, "SIP/2.0 200", callerCallId, "CSeq: 1 INVITE") != null) {
                caller.send(ack);
            }
        }
        throw new AssertionError("callee waits for its ACK: call=" + name);
    }

    /** The callee has a re-INVITE. */
    void reinvited() {
        cSeq++;
        pending = caller.inDialog("INVITE", cSeq, heard, "Contact: <sip:13035550100@" + caller.place() + ">\n");
        pendingReceived = until(caller, pending, callee, "INVITE", calleeCallId, ";tag=" + tag());
    }

    void reinviteAnswered() {
        final String answer = answerPending(200, "OK", "INVITE");
        final String ack = caller.inDialog("ACK", cSeq, answer);
        until(caller, ack, callee, "ACK", calleeCallId);
    }

    /** A request in the dialog goes to the callee and its answer comes back. */
    void asked(final String method) {
        asked(method, "");
    }

    /** As above, with whole header lines added, each with its line end. */
    void asked(final String method, final String headers) {
        cSeq++;
        pending = caller.inDialog(method, cSeq, heard, headers);
        pendingReceived = until(caller, pending, callee, method, calleeCallId);
        answerPending(200, "OK", method);
    }

    /** The callee has the BYE. */
    void bye() {
        cSeq++;
        pending = caller.inDialog("BYE", cSeq, heard);
        pendingReceived = until(caller, pending, callee, "BYE", calleeCallId);
    }

    void byeAnswered() {
        answerPending(200, "OK", "BYE");
    }

    private String answerPending(final int status, final String reason, final String method) {
        for (int i = 0; i < REPEATS; i++) {
            callee.send(callee.response(status, reason, pendingReceived, ""));
            final String answer =
                    caller.find(REPEAT_AFTER_MS, "SIP/2.0 " + status, callerCallId, "CSeq: " + cSeq + " " + method);
            if (answer != null) {
                return answer;
            }
            caller.send(pending);
        }
        throw new AssertionError("no answer came through: call=" + name + " request=\n" + pending);
    }

    /** The caller has a BYE of the callee. */
    void calleeBye() {
        pending = callee.fromCallee("BYE", 1, received, tag());
        pendingReceived = until(callee, pending, caller, "BYE", callerCallId);
    }

    void calleeByeAnswered() {
        for (int i = 0; i < REPEATS; i++) {
            caller.send(caller.response(200, "OK", pendingReceived, ""));
            if (callee.find(REPEAT_AFTER_MS, "SIP/2.0 200", calleeCallId, "CSeq: 1 BYE") != null) {
                return;
            }
            callee.send(pending);
        }
        throw new AssertionError("callee's BYE has no answer: call=" + name);
    }

    void sendCancel() {
        caller.send(cancel());
    }

    boolean sawCancel() {
        return callee.has("CANCEL", calleeCallId);
    }

    /** The callee has the CANCEL. */
    void cancelled() {
        pendingReceived = until(caller, cancel(), callee, "CANCEL", calleeCallId);
    }

    /** Everybody has 487 for a call that was cancelled; the callee may still have to hear of it. */
    void cancelFinished() {
        if (pendingReceived == null) {
            cancelled();
        }
        callee.send(callee.response(200, "OK", pendingReceived, tag()));
        until(callee, response(487, "Request Terminated"), callee, "ACK", calleeCallId);
        heard = until(caller, invite, caller, "SIP/2.0 487", callerCallId);
        caller.send(failureAck());
    }

    private String cancel() {
        return invite.substring(0, invite.indexOf("Contact:"))
                        .replace("CSeq: 1 INVITE", "CSeq: 1 CANCEL")
                        .replaceFirst("INVITE", "CANCEL")
                + "Content-Length: 0\n\n";
    }

    /** The caller has a 486. */
    void refused() {
        until(callee, response(486, "Busy Here"), callee, "ACK", calleeCallId);
        heard = until(caller, invite, caller, "SIP/2.0 486", callerCallId);
    }

    /** The refusal comes again for a repeated INVITE, and its ACK ends that. */
    void refusalAcknowledged() {
        heard = until(caller, invite, caller, "SIP/2.0 486", callerCallId);
        caller.send(failureAck());
    }

    /** ACK of a refusal: the INVITE's branch, the refusal's To. */
    private String failureAck() {
        return invite.substring(0, invite.indexOf("Contact:"))
                        .replace(SipPeer.line(invite, "To"), SipPeer.line(heard, "To"))
                        .replace("CSeq: 1 INVITE", "CSeq: 1 ACK")
                        .replaceFirst("INVITE", "ACK")
                + "Content-Length: 0\n\n";
    }

    private String response(final int status, final String reason) {
        return callee.response(status, reason, received, tag());
    }

    private String tag() {
        return "callee-" + name;
    }
}
