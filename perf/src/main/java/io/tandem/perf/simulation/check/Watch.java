package io.tandem.perf.simulation.check;

import io.tandem.perf.simulation.check.LegTrace.ClientTrace;
import io.tandem.perf.simulation.check.LegTrace.DialogTrace;
import io.tandem.perf.simulation.check.LegTrace.ServerTrace;
import io.tandem.perf.simulation.network.Endpoint;
import io.tandem.perf.simulation.network.Network;
import io.tandem.perf.simulation.network.Packet;
import io.tandem.perf.simulation.network.Profile;
import io.tandem.perf.simulation.network.SipText;
import io.tandem.perf.simulation.network.VirtualTime;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Sees every message that reaches the system under test and every one that leaves it, keeps the books of both, and
 * throws {@link BrokenInvariant} at the first that breaks a rule. Knows nothing of the system's inside.
 */
public final class Watch {
    /** Longest that a well-behaved end of a call may take after the last peer has let go: 64 T1 twice, and some. */
    private static final long SETTLE_NS = 200 * VirtualTime.SECOND;

    /** Longest call that the system is configured for: it ends what both peers' BYEs never reached (D10). */
    public static final long LONGEST_CALL_SEC = 1_200;

    static final long LONGEST_CALL_NS = LONGEST_CALL_SEC * VirtualTime.SECOND;

    /** From the BYE of one side to ours to the other, where nothing stands against it. */
    private static final long TOLD_NS = VirtualTime.SECOND;

    private static final long TRYING_NS = 200 * VirtualTime.MILLISECOND;
    private static final String GARBAGE = "garbage";

    private final VirtualTime time;
    private final Network network;
    private final Profile profile;
    private final Map<String, LegTrace> legs = new LinkedHashMap<>();
    private final Map<String, CallTrace> callsByCallerNumber = new LinkedHashMap<>();
    private final List<CallTrace> calls = new ArrayList<>();
    private final ResponseRules responses;
    private final RequestRules requests;
    private final CallRules callRules;
    private final RecordRules records;
    private long crashedNs = Long.MIN_VALUE;
    private int crashes;
    private boolean isDown;
    private long checked;
    private CallTrace lastEntered;

    /**
     * @param system    addresses of the system under test, one for each listener.
     * @param ceilings  most calls at once by called number.
     */
    public Watch(
            final VirtualTime time,
            final Network network,
            final Profile profile,
            final List<Endpoint> system,
            final Map<String, Integer> ceilings) {
        this.time = time;
        this.network = network;
        this.profile = profile;
        responses = new ResponseRules(this);
        requests = new RequestRules(this, system);
        callRules = new CallRules(this, ceilings);
        records = new RecordRules(this);
    }

    /** Enters a call before its first message. */
    public void enter(final CallTrace call) {
        calls.add(call);
        lastEntered = call;
        callsByCallerNumber.put(call.callerNumber(), call);
    }

    /** The call entered last, or null. */
    public CallTrace lastEntered() {
        return lastEntered;
    }

    /** Says that a peer is going to use this Call-ID in this call. */
    public void register(final String callId, final CallTrace call) {
        final LegTrace leg = new LegTrace(callId, call, true);
        legs.put(callId, leg);
        call.legs.add(leg);
    }

    /** The call of a caller's number, or null. */
    public CallTrace call(final String callerNumber) {
        return callsByCallerNumber.get(callerNumber);
    }

    /** Messages looked at so far. */
    public long checked() {
        return checked;
    }

    /** The system takes a message in; called when it is in the journal, before the system acts on it. */
    public void received(final Packet packet, final Endpoint from, final long flow) {
        checked++;
        final SipText message = packet.text();
        if (message == null) {
            return;
        }
        final LegTrace leg = legs.get(message.callId());
        if (leg == null) {
            return;
        }
        leg.call.ladder().message(time.nowNs(), true, false, from, packet);
        if (message.isRequest()) {
            requestReceived(leg, message, from, flow);
        } else {
            responseReceived(leg, message);
        }
    }

    private void requestReceived(final LegTrace leg, final SipText request, final Endpoint from, final long flow) {
        final String key = request.transactionKey();
        if (request.is("ACK")) {
            ackReceived(leg, request);
            return;
        }
        if (leg.servers.containsKey(key)) {
            noteCancel(leg, request);
            return;
        }
        final ServerTrace server = new ServerTrace(
                request, from, flow, time.nowNs(), request.branch().contains(GARBAGE));
        leg.servers.put(key, server);
        final DialogTrace dialog = request.toTag() == null ? null : leg.dialog(request.toTag(), request.fromTag());
        final String contact = request.first("contact");
        if (dialog != null && contact != null) {
            dialog.remoteTarget = SipText.uriOf(contact);
        }
        noteCancel(leg, request);
        // A callee whose 2xx never came through has nothing that it could end (15).
        if (request.is("BYE") && dialog != null && (leg.callerSide || dialog.confirmed)) {
            final boolean wasUp = dialog.confirmed && !dialog.ended;
            leg.byeReceived = true;
            leg.call.ended(leg, dialog, time.nowNs());
            if (wasUp) {
                othersMustBeTold(leg, time.nowNs());
            }
        } else if (request.is("INVITE") && !server.garbled) {
            time.after(TRYING_NS, () -> {
                if (!server.answered && crashedNs < server.receivedNs && !isDown) {
                    throw broken(Invariant.TRYING_IN_TIME, "branch=" + request.branch(), leg.call);
                }
            });
        }
    }

    /** A BYE from one side is followed by one to the other, at once where the dialog is fully up. */
    private void othersMustBeTold(final LegTrace leg, final long nowNs) {
        for (final LegTrace other : leg.call.legs) {
            for (final DialogTrace dialog : other.dialogs) {
                if (other != leg && dialog.confirmed && dialog.acked && !dialog.ended) {
                    time.after(TOLD_NS, () -> {
                        if (!dialog.ended && crashedNs < nowNs && !isDown) {
                            throw broken(Invariant.CALL_ENDS, "no BYE goes on to " + dialog.peerTag, leg.call);
                        }
                    });
                }
            }
        }
    }

    private static void noteCancel(final LegTrace leg, final SipText request) {
        if (request.is("CANCEL") && leg.servers.containsKey(request.branch() + "|INVITE")) {
            leg.call.cancelReceived = true;
        }
    }

    private void ackReceived(final LegTrace leg, final SipText ack) {
        final DialogTrace dialog = leg.dialog(ack.toTag() == null ? "" : ack.toTag(), ack.fromTag());
        if (dialog != null) {
            dialog.acked = true;
        }
        for (final ServerTrace server : leg.servers.values()) {
            if (server.request.is("INVITE") && server.request.cSeq() == ack.cSeq()) {
                server.acked = true;
            }
        }
    }

    private void responseReceived(final LegTrace leg, final SipText response) {
        final ClientTrace client = leg.clients.get(response.transactionKey());
        if (client == null) {
            return;
        }
        final boolean mayBeIgnored = client.isAbandoned(time.nowNs());
        final int status = response.status();
        if (status < 200) {
            client.provisional = true;
            if (response.first("rseq") != null) {
                client.reliable.add(response);
            }
        } else if (client.finalStatus == 0) {
            client.finalStatus = status;
            if (client.request.toTag() != null && (status == 481 || status == 408)) {
                leg.call.excuse(time.nowNs(), status + " to " + client.request.method());
            }
        }
        if (response.toTag() != null && client.request.is("INVITE") && status < 300 && status > 100) {
            final DialogTrace dialog = leg.openDialog(response.fromTag(), response.toTag());
            dialog.mayBeIgnored |= mayBeIgnored && !dialog.confirmed;
            if (response.first("contact") != null) {
                dialog.remoteTarget = SipText.uriOf(response.first("contact"));
            }
            dialog.ourCSeq = Math.max(dialog.ourCSeq, client.request.cSeq());
            if (status >= 200) {
                dialog.confirmed = true;
                dialog.confirmedNs = time.nowNs();
            }
        }
    }

    /**
     * The system sends a message.
     *
     * @param stream whether over a stream connection.
     * @param lost   whether a crash kept it from the network; for the system it counts as sent.
     */
    public void emitted(
            final Packet packet, final Endpoint to, final boolean stream, final long flow, final boolean lost) {
        checked++;
        final SipText message = packet.text();
        if (message == null) {
            throw broken(
                    Invariant.WELL_FORMED,
                    packet.problem() + "\n" + new String(packet.bytes(), StandardCharsets.ISO_8859_1),
                    null);
        }
        LegTrace leg = legs.get(message.callId());
        if (!message.isRequest() && message.branch().contains(GARBAGE)) {
            return;
        }
        if (leg == null && message.isRequest()) {
            leg = requests.newLeg(message);
            legs.put(leg.callId, leg);
            leg.call.legs.add(leg);
        }
        if (leg == null) {
            throw broken(Invariant.RESPONSE_HAS_REQUEST, "to " + to + "\n" + message, null);
        }
        leg.call.ladder().message(time.nowNs(), false, lost, to, packet);
        wellFormed(leg, message);
        if (message.isRequest()) {
            requests.check(leg, message, packet, to, stream, flow);
        } else {
            responses.check(leg, message, packet, to, stream, flow);
        }
        topology(leg, message);
    }

    private void wellFormed(final LegTrace leg, final SipText message) {
        for (final String key : List.of("from", "to", "call-id", "cseq", "content-length")) {
            if (message.count(key) != 1) {
                throw broken(Invariant.WELL_FORMED, key + " count=" + message.count(key), leg.call);
            }
        }
        if (message.isRequest() && message.count("max-forwards") != 1) {
            throw broken(Invariant.WELL_FORMED, "max-forwards count=" + message.count("max-forwards"), leg.call);
        }
        if (message.count("contact") > 1) {
            throw broken(Invariant.WELL_FORMED, "contact count=" + message.count("contact"), leg.call);
        }
        if (message.body().isEmpty() != (message.count("content-type") == 0)) {
            throw broken(Invariant.WELL_FORMED, "body without type or type without body", leg.call);
        }
        final boolean needsContact = message.isRequest()
                ? message.is("INVITE") || message.is("UPDATE")
                : message.method().equals("INVITE") && message.status() > 100 && message.status() < 300;
        if (needsContact && message.count("contact") == 0 && !(message.isProvisional() && message.toTag() == null)) {
            throw broken(Invariant.WELL_FORMED, "no Contact in " + message.startLine(), leg.call);
        }
    }

    /** Looks in the headers for what only the other side may know. */
    private void topology(final LegTrace leg, final SipText message) {
        final String foreign = foreignToken(leg.call.serial(), leg.callerSide);
        for (final SipText.Field field : message.fields()) {
            if (field.value().contains(foreign)) {
                throw broken(Invariant.TOPOLOGY, field.name() + ": " + field.value(), leg.call);
            }
            for (final LegTrace other : leg.call.legs) {
                if (other.callerSide != leg.callerSide && field.value().contains(other.callId)) {
                    throw broken(Invariant.TOPOLOGY, field.name() + ": " + field.value(), leg.call);
                }
            }
        }
    }

    /** Mark that peers put into every tag, branch, Call-ID and Contact of one side of a call. */
    public static String token(final int serial, final boolean caller) {
        return (caller ? "cr" : "ce") + serial + 'x';
    }

    private static String foreignToken(final int serial, final boolean callerSide) {
        return token(serial, !callerSide);
    }

    /** The system writes a record; SBE with its header. */
    public void recorded(final String callerCallId, final int finalStatus) {
        records.recorded(legs.get(callerCallId), callerCallId, finalStatus);
    }

    /** The system dies. */
    public void crashed() {
        crashedNs = time.nowNs();
        crashes++;
        isDown = true;
        for (final CallTrace call : calls) {
            call.ladder().note(crashedNs, "crash");
        }
    }

    /** The system is back. */
    public void restarted() {
        isDown = false;
        crashedNs = time.nowNs();
    }

    /** A connection that a call uses, or may use, broke; the system may end what depended on it. */
    public void connectionLost(final List<CallTrace> affected) {
        for (final CallTrace call : affected) {
            call.excuse(time.nowNs(), "connection lost");
        }
    }

    /** The system was told that a message could not be delivered. */
    public void undeliverable(final Packet packet) {
        final LegTrace leg =
                packet.text() == null ? null : legs.get(packet.text().callId());
        if (leg != null) {
            leg.call.excuse(time.nowNs(), "undeliverable: " + packet.text().startLine());
        }
    }

    /** Checks the system's own counts against the calls that the wire says are up. */
    public void audit(final Census census) {
        callRules.audit(census, calls);
        settle(false);
    }

    /** Checks what must be true when every peer has gone and every timer has run out. */
    public void finish(final Census census) {
        settle(true);
        callRules.nothingLeft(census);
    }

    /** Judges and forgets the calls that have been over for long enough, or all of them. */
    private void settle(final boolean all) {
        final long nowNs = time.nowNs();
        final List<CallTrace> open = new ArrayList<>();
        for (final CallTrace call : calls) {
            if (!all && !callRules.isSettled(call, nowNs - SETTLE_NS)) {
                open.add(call);
                continue;
            }
            callRules.judge(call);
            records.judge(call);
            callsByCallerNumber.remove(call.callerNumber());
            for (final LegTrace leg : call.legs) {
                legs.remove(leg.callId);
            }
        }
        calls.clear();
        calls.addAll(open);
    }

    /** Calls that are not settled yet. */
    public List<CallTrace> calls() {
        return calls;
    }

    /** What to throw for a broken invariant; peers use it too, for what only they can know. */
    public BrokenInvariant broken(final Invariant invariant, final String what, final CallTrace call) {
        return new BrokenInvariant(invariant, what, call);
    }

    long nowNs() {
        return time.nowNs();
    }

    Network network() {
        return network;
    }

    Profile profile() {
        return profile;
    }

    long crashedNs() {
        return crashedNs;
    }

    int crashes() {
        return crashes;
    }

    CallRules callRules() {
        return callRules;
    }
}
