package io.tandem.perf.simulation.check;

import io.tandem.perf.simulation.check.LegTrace.ClientTrace;
import io.tandem.perf.simulation.check.LegTrace.DialogTrace;
import io.tandem.perf.simulation.check.LegTrace.ServerTrace;
import io.tandem.perf.simulation.network.SipText;
import io.tandem.perf.simulation.network.VirtualTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rules for calls as wholes: outcomes, ceilings, endings, and the system's counts beside the wire's. */
final class CallRules {
    /** An INVITE is admitted the moment it arrives and released the moment it ends; both fall into one turn. */
    private static final long LINGER_NS = 70 * VirtualTime.SECOND;

    private static final String OWNER = "o=";

    private final Watch watch;
    private final Map<String, Integer> ceilings;

    CallRules(final Watch watch, final Map<String, Integer> ceilings) {
        this.watch = watch;
        this.ceilings = ceilings;
    }

    /** An INVITE leaves for a callee: the call must fit under its number's ceiling. */
    void calleeInvited(final LegTrace leg, final SipText invite) {
        final CallTrace call = leg.call;
        if (call.answeredNs != CallTrace.NEVER) {
            throw watch.broken(Invariant.OUTCOME, "a callee is invited after the call was answered\n" + invite, call);
        }
        if (call.admittedNs == CallTrace.NEVER) {
            call.admittedNs = watch.nowNs();
        }
        for (final LegTrace other : call.legs) {
            for (final ServerTrace server : other.servers.values()) {
                if (other.callerSide && server.request.is("INVITE") && server.request.toTag() == null) {
                    if (!server.request.body().equals(invite.body())) {
                        throw watch.broken(
                                Invariant.BODY_INTACT,
                                "came:\n" + server.request.body() + "goes:\n" + invite.body(),
                                call);
                    }
                }
            }
        }
        final Integer ceiling = ceilings.get(call.calledNumber());
        if (ceiling != null && certainlyUp(call.calledNumber()) > ceiling) {
            throw watch.broken(Invariant.CEILING, "number=" + call.calledNumber() + " ceiling=" + ceiling, call);
        }
    }

    private int certainlyUp(final String number) {
        int count = 0;
        for (final CallTrace call : watch.calls()) {
            if (call.isCertainlyUp() && call.calledNumber().equals(number)) {
                count++;
            }
        }
        return count;
    }

    /** The first final response to an INVITE that began a call. */
    void finalSent(final LegTrace leg, final int status) {
        final CallTrace call = leg.call;
        call.finalStatus = status;
        if (status < 300) {
            call.answeredNs = watch.nowNs();
            if (!isAnsweredByCallee(call)) {
                throw watch.broken(Invariant.OUTCOME, "answered " + status + " though no callee answered", call);
            }
            return;
        }
        final Integer ceiling = ceilings.get(call.calledNumber());
        final boolean neverTried = call.admittedNs == CallTrace.NEVER;
        if (status == 486 && neverTried && (ceiling == null || possiblyUp(call) < ceiling)) {
            throw watch.broken(
                    Invariant.ROOM_UNDER_CEILING,
                    "number=" + call.calledNumber() + " ceiling=" + ceiling + " up=" + possiblyUp(call),
                    call);
        }
        call.ended(watch.nowNs());
        final boolean byCeiling = status == 486 && neverTried && ceiling != null;
        final boolean byCancel = status == 487 && call.cancelReceived;
        if (!byCeiling && !byCancel && !call.excused && !call.expectation().allows(status)) {
            throw watch.broken(
                    Invariant.OUTCOME,
                    "status=" + status + " expected=" + call.expectation().finals(),
                    call);
        }
    }

    private static boolean isAnsweredByCallee(final CallTrace call) {
        for (final LegTrace leg : call.legs) {
            for (final DialogTrace dialog : leg.dialogs) {
                if (!leg.callerSide && dialog.confirmed) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Calls to the same number, without this one, that may hold their ceiling in the system's eyes. */
    private int possiblyUp(final CallTrace refused) {
        int count = 0;
        for (final CallTrace call : watch.calls()) {
            final boolean mayBeUp = call.admittedNs != CallTrace.NEVER
                    && (call.endedNs == CallTrace.NEVER || watch.nowNs() - call.endedNs < LINGER_NS);
            if (call != refused && mayBeUp && call.calledNumber().equals(refused.calledNumber())) {
                count++;
            }
        }
        return count;
    }

    /** A description of media from the callee reaches the caller under a To tag. */
    void calleeSeen(final LegTrace leg, final String toTag, final String body) {
        final CallTrace call = leg.call;
        final String owner = ownerOf(body);
        if (!owner.startsWith(Watch.token(call.serial(), false))) {
            throw watch.broken(Invariant.BODY_INTACT, "not from this call's callee:\n" + body, call);
        }
        final String earlierOwner = call.ownerByToTag.putIfAbsent(toTag, owner);
        final String earlierTag = call.toTagByOwner.putIfAbsent(owner, toTag);
        if ((earlierOwner != null && !earlierOwner.equals(owner))
                || (earlierTag != null && !earlierTag.equals(toTag))) {
            throw watch.broken(
                    Invariant.EARLY_DIALOG,
                    "callee=" + owner + " now under " + toTag + ", before: " + earlierTag + "; " + toTag + " was of "
                            + earlierOwner,
                    call);
        }
    }

    /** User name in the o= line of a session description. */
    static String ownerOf(final String body) {
        final int at = body.indexOf(OWNER) + OWNER.length();
        final int end = body.indexOf(' ', at);
        return end < 0 ? "" : body.substring(at, end);
    }

    boolean isSettled(final CallTrace call, final long beforeNs) {
        if (!call.wasOver(beforeNs, watch.nowNs()) || call.mayLastUntil(beforeNs)) {
            return false;
        }
        for (final LegTrace leg : call.legs) {
            for (final ServerTrace server : leg.servers.values()) {
                if (server.receivedNs > beforeNs || server.finalNs > beforeNs) {
                    return false;
                }
            }
            for (final ClientTrace client : leg.clients.values()) {
                if (client.lastNs > beforeNs) {
                    return false;
                }
            }
        }
        return call.admittedNs == CallTrace.NEVER || call.admittedNs < beforeNs;
    }

    /** The last word on a call. */
    void judge(final CallTrace call) {
        for (final CallTrace.Side side : call.sides()) {
            if (!side.isOver() && side.isWellBehaved()) {
                throw watch.broken(Invariant.CALL_ENDS, side.describe(), call);
            }
        }
        for (final LegTrace leg : call.legs) {
            for (final ServerTrace server : leg.servers.values()) {
                final boolean mustAnswer =
                        switch (server.request.method()) {
                            case "INVITE", "BYE", "CANCEL" -> !server.garbled;
                            case "OPTIONS" -> !server.garbled && server.request.toTag() == null;
                            default -> false;
                        };
                if (mustAnswer && server.finalStatus == 0) {
                    throw watch.broken(
                            Invariant.FINAL_ANSWER,
                            server.request.startLine() + " " + server.request.first("cseq"),
                            call);
                }
            }
        }
        for (final LegTrace leg : call.legs) {
            for (final DialogTrace dialog : leg.dialogs) {
                if (dialog.confirmed && !leg.callerSide && !dialog.acked && !dialog.mayBeIgnored) {
                    throw watch.broken(Invariant.ACK_RULES, "no ACK for the 2xx of " + dialog.peerTag, call);
                }
                if (dialog.isOpen()) {
                    throw watch.broken(Invariant.CALL_ENDS, "no BYE in the dialog with " + dialog.peerTag, call);
                }
            }
        }
        if (call.isCertainlyUp()) {
            throw watch.broken(Invariant.CALL_ENDS, "neither BYE nor a final refusal was seen", call);
        }
    }

    /** Compares the system's counts with the wire's. */
    void audit(final Census census, final List<CallTrace> calls) {
        int certain = 0;
        int possible = 0;
        for (final CallTrace call : calls) {
            certain += call.isCertainlyUp() ? 1 : 0;
            possible += call.legs.isEmpty() ? 0 : 1;
        }
        if (census.calls() < certain || census.calls() > possible) {
            throw watch.broken(
                    Invariant.COUNTERS,
                    "calls=" + census.calls() + " certainly up=" + certain + " possibly up=" + possible,
                    null);
        }
        for (final Map.Entry<String, Integer> ceiling : ceilings.entrySet()) {
            final int up = certainlyUp(ceiling.getKey());
            final long held = census.holds().getOrDefault("number " + ceiling.getKey(), 0L);
            if (held != up) {
                throw watch.broken(
                        Invariant.COUNTERS,
                        "number=" + ceiling.getKey() + " counter=" + held + " calls up=" + up,
                        null);
            }
        }
    }

    void nothingLeft(final Census census) {
        final Map<String, Long> left = new LinkedHashMap<>(census.remainders());
        left.values().removeIf(count -> count == 0);
        if (census.calls() != 0 || !census.holds().isEmpty() || !left.isEmpty()) {
            throw watch.broken(
                    Invariant.NOTHING_LEFT,
                    "calls=" + census.calls() + " holds=" + census.holds() + " others=" + left,
                    null);
        }
    }
}
