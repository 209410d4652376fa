package io.tandem.perf.simulation.peer;

import io.tandem.perf.simulation.check.CallTrace;
import io.tandem.perf.simulation.check.Invariant;
import io.tandem.perf.simulation.check.Watch;
import io.tandem.perf.simulation.network.Endpoint;
import io.tandem.perf.simulation.network.Packet;
import io.tandem.perf.simulation.network.SipText;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/** A request that belongs to no call, or to one that never was; or bytes that are hardly a request. */
final class StrayParty extends Party implements ClientTransaction.User {
    /** What to send, and which final answers are right; an empty set stands for any. */
    enum Kind {
        OPTIONS("OPTIONS", false, Set.of(200)),
        UNKNOWN_CANCEL("CANCEL", false, Set.of(481)),
        UNKNOWN_BYE("BYE", true, Set.of(481)),
        UNKNOWN_INFO("INFO", true, Set.of(481)),
        UNKNOWN_REINVITE("INVITE", true, Set.of(481)),
        MESSAGE("MESSAGE", false, Set.of()),
        SUBSCRIBE("SUBSCRIBE", false, Set.of()),
        UNRECOGNISED("BREW", false, Set.of(405, 501)),
        GARBAGE("OPTIONS", false, Set.of());

        private final String method;
        private final boolean inDialog;

        @SuppressWarnings("ImmutableEnumChecker")
        private final Set<Integer> finals;

        Kind(final String method, final boolean inDialog, final Set<Integer> finals) {
            this.method = method;
            this.inDialog = inDialog;
            this.finals = finals;
        }
    }

    private final Kind kind;
    private final Endpoint system;
    private boolean done;

    StrayParty(
            final UserAgent agent,
            final CallTrace call,
            final Kind kind,
            final Endpoint system,
            final SplittableRandom random) {
        super(agent, call, Watch.token(call.serial(), true) + Integer.toHexString(random.nextInt()), true, random);
        this.kind = kind;
        this.system = system;
    }

    void start() {
        agent().join(this);
        agent().watch().register(callId(), call());
        final SipText request = SipText.request(kind.method, "sip:" + call().calledNumber() + '@' + system);
        request.add("Via", newVia(false)).add("Max-Forwards", "70");
        request.add(
                "From",
                "<sip:" + call().callerNumber() + '@' + agent().address().host() + ">;tag=" + token() + 't');
        request.add("To", "<sip:" + call().calledNumber() + '@' + system + '>' + (kind.inDialog ? ";tag=nothing" : ""));
        request.add("Call-ID", callId()).add("CSeq", "7 " + kind.method);
        request.add("Contact", contact());
        if (kind == Kind.SUBSCRIBE) {
            request.add("Event", "presence").add("Expires", "60");
        }
        if (kind == Kind.GARBAGE) {
            garble(request);
            done = true;
            return;
        }
        new ClientTransaction(this, request, system, false, this).start();
    }

    /** Breaks a request in one of the ways in which requests get broken, and sends it once. */
    private void garble(final SipText request) {
        request.set("Via", request.via().replace("z9hG4bK", "z9hG4bKgarbage"));
        final List<String> droppable = List.of("From", "To", "CSeq", "Max-Forwards");
        byte[] bytes;
        switch (random().nextInt(6)) {
            case 0 ->
                bytes = request.remove(droppable.get(random().nextInt(droppable.size())))
                        .toBytes();
            case 1 -> bytes = request.set("CSeq", "7 MESSAGE").toBytes();
            case 2 ->
                bytes = new String(request.toBytes(), java.nio.charset.StandardCharsets.ISO_8859_1)
                        .replace("Content-Length: 0", "Content-Length: 999")
                        .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
            case 3 -> {
                bytes = request.toBytes();
                bytes = java.util.Arrays.copyOf(bytes, 1 + random().nextInt(bytes.length - 1));
            }
            case 4 -> {
                bytes = request.toBytes();
                final int from = request.toString().indexOf("CSeq:");
                for (int i = 0; i < 8; i++) {
                    bytes[from + random().nextInt(bytes.length - from)] = (byte) random().nextInt(256);
                }
            }
            default -> {
                bytes = new byte[1 + random().nextInt(600)];
                random().nextBytes(bytes);
            }
        }
        send(new Packet(bytes), system, false);
    }

    @Override
    public void onResponse(final SipText response) {
        if (response.isProvisional()) {
            return;
        }
        done = true;
        if (!kind.finals.isEmpty() && !kind.finals.contains(response.status())) {
            throw agent().watch().broken(Invariant.OUTCOME, kind + " got " + response.startLine(), call());
        }
    }

    @Override
    public void onTimeout() {
        done = true;
    }

    @Override
    String contact() {
        return "<sip:" + token() + '@' + agent().address() + '>';
    }

    @Override
    boolean isInviteDone() {
        return done;
    }

    @Override
    boolean isFaulty() {
        return false;
    }

    @Override
    boolean answersBye() {
        return true;
    }

    @Override
    List<Script.Step> steps() {
        return List.of();
    }

    @Override
    void onNewInvite(final ServerTransaction unexpected) {
        unexpected.respond(SipText.responseTo(unexpected.request(), 481, token() + 'u'));
    }

    @Override
    void onCancel(final ServerTransaction unexpected) {
        unexpected.respond(SipText.responseTo(unexpected.request(), 487, null));
    }

    @Override
    void onPrack(final ServerTransaction unexpected, final Dialog dialog) {
        unexpected.respond(SipText.responseTo(unexpected.request(), 481, null));
    }
}
