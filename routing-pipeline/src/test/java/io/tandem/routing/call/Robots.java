package io.tandem.routing.call;

import static io.tandem.routing.call.Texts.cancel;
import static io.tandem.routing.call.Texts.failureAck;
import static io.tandem.routing.call.Texts.fromCalleeInDialog;
import static io.tandem.routing.call.Texts.header;
import static io.tandem.routing.call.Texts.inDialog;
import static io.tandem.routing.call.Texts.invite;
import static io.tandem.routing.call.Texts.ok;
import static io.tandem.routing.call.Texts.okOfCaller;
import static io.tandem.routing.call.Texts.response;

import java.util.ArrayList;
import java.util.List;

/** A caller and a callee that answer by themselves whatever comes, for runs in which not every message is told ahead. */
final class Robots {
    private final CoreRig rig;
    private final List<String> finals = new ArrayList<>();
    private String ourInvite = "";
    private String lastInvite = "";
    private String refused = "";
    private boolean ringsOnly;
    private int refusals;

    Robots(final CoreRig rig) {
        this.rig = rig;
    }

    /** Has the callee refuse that many calls as a trunk that is out of order. */
    void refuse(final int calls) {
        refusals = calls;
    }

    /** Final answers that the caller has had to its INVITEs, repetitions aside. */
    List<String> finals() {
        return finals;
    }

    /**
     * One whole call: ringing twice, answer, re-INVITE, INFO both ways, BYE; cancelled while it rings when asked for.
     *
     * @param cancelled whether the caller gives up while the callee rings.
     */
    void call(final String name, final boolean cancelled) {
        final String invite = invite(name, "", "v=0 offer");
        lastInvite = invite;
        ringsOnly = cancelled;
        rig.fromCaller(invite);
        String answer = caller(invite);
        callee(cancelled);
        answer = either(answer, caller(invite));
        if (cancelled) {
            rig.fromCaller(cancel(invite, "Reason: SIP;cause=487\n"));
            callee(true);
            answer = either(answer, caller(invite));
            callee(true);
        }
        if (answer.isEmpty()) {
            return;
        }
        rig.fromCaller(inDialog("ACK", 1, answer, name + "-ack", ""));
        callee(false);
        final String again = inDialog("INVITE", 2, answer, name + "-re", "", "v=0 hold");
        rig.fromCaller(again);
        callee(false);
        if (!caller(again).isEmpty()) {
            rig.fromCaller(inDialog("ACK", 2, answer, name + "-ack2", ""));
        }
        rig.fromCaller(inDialog("INFO", 3, answer, name + "-info", "", "Signal=1"));
        callee(false);
        caller(again);
        if (!ourInvite.isEmpty()) {
            rig.fromCallee(fromCalleeInDialog("INFO", 1, ourInvite, "bob", name + "-info2", "", "Signal=2"));
        }
        caller(again);
        callee(false);
        rig.fromCaller(inDialog("BYE", 4, answer, name + "-bye", ""));
        callee(false);
        caller(again);
    }

    /** Both take what has come in the meantime. */
    void settle() {
        callee(ringsOnly);
        caller(lastInvite);
    }

    private static String either(final String first, final String second) {
        return first.isEmpty() ? second : first;
    }

    /** The caller takes what has come; returns the 2xx to its INVITE, or nothing. */
    private String caller(final String invite) {
        String answer = "";
        while (!rig.toCaller.isEmpty()) {
            final String message = rig.toCaller.remove();
            final boolean toInvite =
                    message.startsWith("SIP/2.0 ") && header(message, "CSeq").endsWith(" INVITE");
            if (!message.startsWith("SIP/2.0 ")) {
                if (!message.startsWith("ACK ")) {
                    rig.fromCaller(okOfCaller(message, ""));
                }
            } else if (toInvite && message.charAt(8) >= '2') {
                final String status = message.substring(8, 11);
                if (header(invite, "CSeq").equals("1 INVITE")
                        && (finals.isEmpty() || !finals.getLast().equals(status))) {
                    finals.add(status);
                }
                if (message.charAt(8) == '2') {
                    answer = message;
                } else {
                    rig.fromCaller(failureAck(invite, message));
                }
            }
        }
        return answer;
    }

    /** The callee takes what has come. */
    private void callee(final boolean onlyRings) {
        while (!rig.toCallee.isEmpty()) {
            final String message = rig.toCallee.remove();
            if (message.startsWith("INVITE ")) {
                final boolean first = !header(message, "To").contains(";tag=");
                if (first && !message.equals(refused) && refusals > 0) {
                    refusals--;
                    refused = message;
                }
                if (message.equals(refused)) {
                    rig.fromCallee(response(message, "503 Service Unavailable", "bob"));
                    continue;
                }
                if (first) {
                    ourInvite = message;
                    rig.fromCallee(response(message, "180 Ringing", "bob", "Contact: <sip:bob@127.0.0.3:5080>\n", ""));
                    rig.fromCallee(response(message, "183 Session Progress", "carol", "", "v=0 early"));
                }
                if (!onlyRings) {
                    rig.fromCallee(ok(message, "bob", "v=0 answer"));
                }
            } else if (message.startsWith("CANCEL ")) {
                rig.fromCallee(response(message, "200 OK", "bob"));
                rig.fromCallee(response(ourInvite, "487 Request Terminated", "bob"));
            } else if (!message.startsWith("SIP/2.0 ") && !message.startsWith("ACK ")) {
                rig.fromCallee(response(message, "200 OK", "bob"));
            }
        }
    }
}
