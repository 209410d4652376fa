package io.tandem.perf.simulation;

import io.tandem.perf.simulation.SystemUnderTest.Input;
import io.tandem.perf.simulation.SystemUnderTest.InputKind;
import io.tandem.perf.simulation.SystemUnderTest.Output;
import io.tandem.perf.simulation.check.Census;
import io.tandem.perf.simulation.network.Endpoint;
import io.tandem.perf.simulation.network.Packet;
import io.tandem.perf.simulation.network.SipText;
import io.tandem.perf.simulation.peer.Numbers;
import io.tandem.perf.simulation.peer.Population;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The simplest thing that passes every check on an ideal network: hides each side from the other and otherwise lets the
 * two talk. It has no timers; the peers repeat what needs repeating. By it the checks are tested without the core.
 */
class MaskingRelay implements Engine {
    private static final String ADDRESS = "127.0.0.1:5060";

    private final Map<String, Call> callsByCallId = new LinkedHashMap<>();
    private final Map<String, Pending> pendingByOutKey = new LinkedHashMap<>();
    private final Map<String, Pending> pendingByInKey = new LinkedHashMap<>();
    private final Set<String> refusedBranches = new LinkedHashSet<>();
    private final int ceilingError;
    private int calls;
    private Output output;

    MaskingRelay() {
        this(0);
    }

    /** A relay that believes ceilings to be higher, or lower, than they are. */
    MaskingRelay(final int ceilingError) {
        this.ceilingError = ceilingError;
    }

    private static final class Call {
        private String callerId;
        private String calleeId;
        private String number;
        private Endpoint callee;
        private boolean calleeStream;
        private SipText invite;
        private final Map<String, String> tagToPeer = new LinkedHashMap<>();
        private final Map<String, String> contactByTag = new LinkedHashMap<>();
        private final Map<String, Long> cSeqByTag = new LinkedHashMap<>();
        private String winner;
        private boolean recorded;
        private boolean ended;
        private int tags;
        private String ourTag;
    }

    private static final class Pending {
        private SipText asked;
        private SipText sent;
        private Input input;
        private Endpoint to;
        private boolean stream;
        private Call call;
        private boolean provisional;
        private boolean finished;
        private boolean wantsCancel;
    }

    @Override
    public void restarted(final long turnIndex, final long nowNs, final long wallMs, final Output to) {
        output = to;
    }

    @Override
    public long nextDeadlineNs() {
        return Long.MAX_VALUE;
    }

    @Override
    public Census census() {
        final Map<String, Long> holds = new LinkedHashMap<>();
        long up = 0;
        for (final Map.Entry<String, Call> entry : callsByCallId.entrySet()) {
            final Call call = entry.getValue();
            if (!call.ended && entry.getKey().equals(call.callerId)) {
                up++;
                holds.merge("number " + call.number, 1L, Long::sum);
            }
        }
        return new Census(up, holds, Map.of());
    }

    @Override
    public void turn(
            final long turnIndex, final List<Input> inputs, final long nowNs, final long wallMs, final Output to) {
        output = to;
        for (final Input input : inputs) {
            to.handling(input);
            if (input.kind() == InputKind.TRANSPORT_FAILURE) {
                final String text = new String(input.payload(), java.nio.charset.StandardCharsets.ISO_8859_1);
                final int at = text.indexOf("branch=") + 7;
                final Pending pending = pendingByOutKey.get(text.substring(at, text.indexOf('\r', at)) + "|INVITE");
                if (pending != null && !pending.finished) {
                    refuse(pending.asked, pending.input, 503, pending.call);
                    pending.finished = true;
                }
            } else if (input.kind() == InputKind.MESSAGE) {
                final SipText message = new Packet(input.payload()).text();
                if (message != null && !message.isRequest()) {
                    onResponse(message);
                } else if (message != null && message.first("max-forwards") != null) {
                    onRequest(message, input);
                }
            }
        }
    }

    private void say(final boolean stream, final long flow, final Endpoint to, final SipText message) {
        output.send(stream, flow, to, message.toBytes());
    }

    private void reply(final SipText request, final Input input, final SipText response) {
        if (SipText.parameter(request.via(), "rport") != null) {
            response.set(
                    "Via",
                    request.via()
                            .replace(
                                    ";rport",
                                    ";received=" + input.peer().host() + ";rport="
                                            + input.peer().port()));
        }
        if (request.is("INVITE") && response.status() >= 300) {
            refusedBranches.add(request.branch());
        }
        say(input.stream(), input.flow(), input.peer(), response);
    }

    private void refuse(final SipText request, final Input input, final int status, final Call call) {
        reply(request, input, SipText.responseTo(request, status, "relay"));
        if (call != null) {
            call.ended = true;
            record(call, status);
        }
    }

    private void record(final Call call, final int status) {
        if (!call.recorded) {
            call.recorded = true;
            output.callRecord(call.callerId, status);
        }
    }

    private void onRequest(final SipText request, final Input input) {
        final Pending known = pendingByInKey.get(request.transactionKey());
        if (request.is("ACK")) {
            ack(request);
        } else if (request.is("CANCEL")) {
            cancel(request, input);
        } else if (known != null) {
            if (!known.finished && known.to != null) {
                say(known.stream, 0, known.to, known.sent);
            }
        } else if (request.toTag() == null) {
            newRequest(request, input);
        } else {
            inDialog(request, input);
        }
    }

    private void newRequest(final SipText request, final Input input) {
        if (!request.is("INVITE")) {
            final int status =
                    switch (request.method()) {
                        case "OPTIONS" -> 200;
                        case "BREW" -> 501;
                        default -> 405;
                    };
            reply(request, input, SipText.responseTo(request, status, "relay"));
            return;
        }
        if (callsByCallId.containsKey(request.callId())) {
            return;
        }
        final Call call = new Call();
        call.callerId = request.callId();
        call.invite = request;
        call.number = SipText.userOf(request.requestUri());
        call.calleeId = "relay-" + calls++ + "-id";
        call.ourTag = "tag" + calls + "of";
        callsByCallId.put(call.callerId, call);
        final Long up = census().holds().get("number " + call.number);
        final Integer ceiling = Numbers.ceilings().get(call.number);
        final int refusal = Integer.parseInt(request.first("max-forwards")) == 0
                ? 483
                : switch (call.number) {
                    case Numbers.UNKNOWN, Numbers.DISABLED -> 404;
                    case Numbers.HANG_UP -> 603;
                    default -> ceiling != null && up > ceiling + ceilingError ? 486 : 0;
                };
        if (refusal != 0) {
            refuse(request, input, refusal, call);
            return;
        }
        callsByCallId.put(call.calleeId, call);
        call.calleeStream = call.number.equals(Numbers.BY_STREAM);
        call.callee = call.calleeStream
                ? Population.STREAM_PBX
                : call.number.equals(Numbers.UNREACHABLE) ? Population.CLOSED_PBX : Population.PBX;
        call.tagToPeer.put(request.fromTag(), call.ourTag);
        call.tagToPeer.put(call.ourTag, request.fromTag());
        call.contactByTag.put(request.fromTag(), SipText.uriOf(request.first("contact")));
        forward(request, input, call, "sip:" + call.number + '@' + call.callee, call.callee, call.calleeStream);
    }

    private void inDialog(final SipText request, final Input input) {
        final Call call = callsByCallId.get(request.callId());
        final String target = call == null ? null : call.contactByTag.get(call.tagToPeer.get(request.toTag()));
        if (target == null || !call.tagToPeer.containsKey(request.fromTag())) {
            reply(request, input, SipText.responseTo(request, 481, "relay"));
            return;
        }
        final long opened = request.fromTag().equals(call.invite.fromTag()) ? call.invite.cSeq() : -1;
        if (request.cSeq() <= call.cSeqByTag.getOrDefault(request.fromTag() + request.toTag(), opened)) {
            reply(request, input, SipText.responseTo(request, 500, null));
            return;
        }
        call.cSeqByTag.put(request.fromTag() + request.toTag(), request.cSeq());
        if (request.is("BYE")) {
            call.ended = true;
        }
        forward(request, input, call, target, SipText.endpointOf(target), target.contains("transport=tcp"));
    }

    private void forward(
            final SipText request,
            final Input input,
            final Call call,
            final String uri,
            final Endpoint to,
            final boolean stream) {
        final Pending pending = new Pending();
        pending.asked = request;
        pending.input = input;
        pending.call = call;
        pending.to = to;
        pending.stream = stream;
        pending.sent = masked(request, call, uri, outBranch(request), stream);
        pendingByOutKey.put(pending.sent.transactionKey(), pending);
        pendingByInKey.put(request.transactionKey(), pending);
        if (request.is("INVITE")) {
            reply(request, input, SipText.responseTo(request, 100, null));
        }
        say(stream, 0, to, pending.sent);
    }

    private static String outBranch(final SipText request) {
        return "z9hG4bKr" + Integer.toHexString(request.branch().hashCode()) + request.cSeq();
    }

    private SipText masked(
            final SipText request, final Call call, final String uri, final String branch, final boolean stream) {
        final SipText sent = request.copy().startLine(request.method() + " " + uri + " SIP/2.0");
        sent.set("Via", "SIP/2.0/" + (stream ? "TCP " : "UDP ") + ADDRESS + ";branch=" + branch);
        sent.set("Max-Forwards", Integer.toString(Integer.parseInt(request.first("max-forwards")) - 1));
        sent.set("Call-ID", request.callId().equals(call.callerId) ? call.calleeId : call.callerId);
        sent.set("From", retag(request.first("from"), request.fromTag(), call));
        if (request.toTag() != null) {
            sent.set("To", retag(request.first("to"), request.toTag(), call));
        }
        if (request.first("contact") != null) {
            sent.set("Contact", "<sip:relay@" + ADDRESS + (stream ? ";transport=tcp>" : ">"));
        }
        return sent;
    }

    private static String retag(final String value, final String tag, final Call call) {
        return value.replace(";tag=" + tag, ";tag=" + call.tagToPeer.getOrDefault(tag, "none"));
    }

    private void ack(final SipText ack) {
        final Pending invite = pendingByInKey.get(ack.branch() + "|INVITE");
        final Call call = callsByCallId.get(ack.callId());
        if (call == null || refusedBranches.contains(ack.branch())) {
            return;
        }
        final String target = call.contactByTag.get(call.tagToPeer.get(ack.toTag()));
        if (invite == null && target != null) {
            final boolean stream = target.contains("transport=tcp");
            say(stream, 0, SipText.endpointOf(target), masked(ack, call, target, outBranch(ack), stream));
        }
    }

    private void cancel(final SipText cancel, final Input input) {
        final Pending invite = pendingByInKey.get(cancel.branch() + "|INVITE");
        reply(cancel, input, SipText.responseTo(cancel, invite == null ? 481 : 200, "relay"));
        if (invite != null && !invite.wantsCancel) {
            invite.wantsCancel = true;
            passCancel(invite);
        }
    }

    private void passCancel(final Pending invite) {
        if (invite.provisional && !invite.finished) {
            final SipText sent = invite.sent;
            final SipText cancel = SipText.request("CANCEL", sent.requestUri());
            cancel.add("Via", sent.via()).add("Max-Forwards", "70");
            cancel.add("From", sent.first("from")).add("To", sent.first("to"));
            cancel.add("Call-ID", sent.callId()).add("CSeq", sent.cSeq() + " CANCEL");
            say(invite.stream, 0, invite.to, cancel);
        }
    }

    private void onResponse(final SipText response) {
        final Pending pending = pendingByOutKey.get(response.transactionKey());
        if (pending == null || (response.isProvisional() && pending.finished)) {
            return;
        }
        final Call call = pending.call;
        if (pending.sent.is("INVITE") && !response.isProvisional() && !response.isSuccess()) {
            acknowledgeRefusal(pending, response);
        }
        if (response.status() == 100) {
            pending.provisional = true;
            if (pending.wantsCancel) {
                passCancel(pending);
            }
            return;
        }
        final boolean opening = pending.sent.is("INVITE") && pending.asked.toTag() == null;
        if (opening && response.status() < 300) {
            final String calleeTag = response.toTag();
            if (response.isSuccess() && call.winner != null && !call.winner.equals(calleeTag)) {
                dismiss(pending, response);
                return;
            }
            if (!call.tagToPeer.containsKey(calleeTag)) {
                final String ours = call.ourTag + "-" + call.tags++;
                call.tagToPeer.put(calleeTag, ours);
                call.tagToPeer.put(ours, calleeTag);
            }
            call.contactByTag.put(calleeTag, SipText.uriOf(response.first("contact")));
            call.winner = response.isSuccess() ? calleeTag : call.winner;
        }
        answer(pending, response, opening);
        if (!pending.provisional && response.isProvisional()) {
            pending.provisional = true;
            if (pending.wantsCancel) {
                passCancel(pending);
            }
        }
    }

    /** A second fork answered: it is acknowledged, and told that it came too late. */
    private void dismiss(final Pending pending, final SipText response) {
        final String target = SipText.uriOf(response.first("contact"));
        final boolean stream = target.contains("transport=tcp");
        for (final String method : new String[] {"ACK", "BYE"}) {
            final SipText request = SipText.request(method, target);
            final String branch =
                    pending.sent.branch() + method + response.toTag().hashCode();
            request.add("Via", "SIP/2.0/" + (stream ? "TCP " : "UDP ") + ADDRESS + ";branch=" + branch);
            request.add("Max-Forwards", "70");
            request.add("From", response.first("from")).add("To", response.first("to"));
            request.add("Call-ID", response.callId());
            request.add("CSeq", response.cSeq() + (method.equals("ACK") ? 0 : 1) + " " + method);
            say(stream, 0, SipText.endpointOf(target), request);
        }
    }

    private void answer(final Pending pending, final SipText response, final boolean opening) {
        final int said = response.status();
        final int status = opening && (said == 401 || said == 407 || said == 503) ? 500 : said;
        final SipText answer = SipText.responseTo(pending.asked, status, null);
        if (pending.asked.toTag() == null) {
            answer.set(
                    "To",
                    pending.asked.first("to") + ";tag=" + pending.call.tagToPeer.getOrDefault(response.toTag(), "no"));
        }
        for (final SipText.Field field : response.fields()) {
            switch (field.key()) {
                case "contact" -> {
                    if (status < 300) {
                        answer.add(
                                "Contact",
                                "<sip:relay@" + ADDRESS + (pending.input.stream() ? ";transport=tcp>" : ">"));
                    }
                }
                case "require", "rseq", "content-type", "allow", "retry-after" ->
                    answer.add(field.name(), field.value());
                default -> {}
            }
        }
        if (!response.body().isEmpty()) {
            answer.body("application/sdp", response.body());
        }
        final boolean first = !pending.finished;
        pending.finished |= !response.isProvisional();
        if (!pending.finished || first || (response.isSuccess() && pending.sent.is("INVITE"))) {
            reply(pending.asked, pending.input, answer);
        }
        if (opening && pending.finished) {
            pending.call.ended |= status >= 300;
            record(pending.call, status);
        }
    }

    private void acknowledgeRefusal(final Pending pending, final SipText response) {
        final SipText ack = SipText.request("ACK", pending.sent.requestUri());
        ack.add("Via", pending.sent.via()).add("Max-Forwards", "70");
        ack.add("From", pending.sent.first("from")).add("To", response.first("to"));
        ack.add("Call-ID", response.callId()).add("CSeq", response.cSeq() + " ACK");
        say(pending.stream, 0, pending.to, ack);
    }
}
