package io.tandem.appliance.driver;

import io.tandem.journal.record.CallRecordDecoder;
import io.tandem.journal.record.InputKind;
import io.tandem.journal.record.MessageHeaderDecoder;
import io.tandem.journal.record.TransportKind;
import io.tandem.routing.address.Listener;
import io.tandem.routing.configuration.InMemoryConfiguration;
import io.tandem.routing.core.Core;
import io.tandem.routing.core.CoreErrorHandler;
import io.tandem.routing.core.CoreKeys;
import io.tandem.routing.core.CoreSettings;
import io.tandem.routing.core.Restart;
import io.tandem.routing.effect.EffectHandler;
import io.tandem.routing.effect.Effects;
import io.tandem.routing.effect.ServerQuestion;
import io.tandem.routing.stage.StageClock;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.LongSupplier;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Calls through a core that is thrown away, before the appliance is ready, so that the first real ones meet compiled code: calls
 * that are answered and ended, cancelled, refused by the callee, and for an unknown number. One thread, in virtual time; it
 * ends when its time is over, whatever it reached by then.
 */
final class WarmUp {
    private static final String CONFIGURATION = """
            {"resource":"accounts","name":"warm"}
            {"resource":"trunks","account_id":"name:warm","name":"in","direction":"inbound","acl":["127.0.0.2/32"]}
            {"resource":"trunks","account_id":"name:warm","name":"out","direction":"outbound","proxy":"127.0.0.3:5080"}
            {"resource":"numbers","account_id":"name:warm","e164":"12025550123","dest_kind":"trunk","dest_id":"name:out"}
            """;
    private static final String SDP =
            "v=0\r\no=- 1 1 IN IP4 127.0.0.2\r\ns=-\r\nc=IN IP4 127.0.0.2\r\nt=0 0\r\nm=audio 40000 RTP/AVP 0\r\n";
    private static final String KNOWN = "12025550123";
    private static final String UNKNOWN = "19995550000";
    private static final long CALLER = 0xFFFF_7F00_0002L;
    private static final long CALLEE = 0xFFFF_7F00_0003L;
    private static final int CALLER_PORT = 5070;
    private static final int CALLEE_PORT = 5080;
    private static final int EFFECTS_BYTES = 1 << 20;
    private static final int CALLS_MAX = 4_096;
    private static final int TRANSACTIONS_MAX = 32_768;
    private static final long STORE_BYTES_MAX = 64L << 20;
    private static final int TIMERS_AT_ONCE = 64;
    private static final int KINDS = 4;

    /** Virtual time between calls: what lingers for 32 s stays within the tables. */
    private static final long INTERVAL_NS = 20_000_000L;

    private final Effects effects = new Effects(EFFECTS_BYTES);
    private final Peers peers = new Peers();
    private final Core core;
    private final UnsafeBuffer input = new UnsafeBuffer(0, 0);
    private long nowNs = 1_000_000_000L;
    private long turn;
    private int calls;

    private WarmUp() {
        final InMemoryConfiguration configuration = InMemoryConfiguration.of("warm", 1, CONFIGURATION);
        core = new Core(new CoreKeys(new byte[32]), name -> configuration, effects, StageClock.NONE, failing());
        input(InputKind.RESTARTED, 0, 0, restarted());
        input(InputKind.CONFIGURATION, 0, 0, "warm".getBytes(StandardCharsets.US_ASCII));
    }

    private static CoreErrorHandler failing() {
        return (inputIndex, error) -> {
            throw new IllegalStateException("defect in warm-up: inputIndex=" + inputIndex, error);
        };
    }

    /**
     * Runs calls for as long as the time lasts.
     *
     * @param limitMs wall time to spend; 0 for none
     */
    static Outcome run(final long limitMs, final LongSupplier clockNs) {
        if (limitMs == 0) {
            return new Outcome(0, 0, 0);
        }
        final long endNs = clockNs.getAsLong() + limitMs * 1_000_000;
        final WarmUp warmUp = new WarmUp();
        while (clockNs.getAsLong() < endNs) {
            warmUp.call();
        }
        return new Outcome(
                warmUp.calls, warmUp.peers.records, warmUp.core.stats().liveCalls());
    }

    /**
     * What the time sufficed for.
     *
     * @param calls     that were run
     * @param records   call records that they left
     * @param liveCalls that the core still had, 0 when all went as they should
     */
    record Outcome(int calls, int records, int liveCalls) {}

    private void call() {
        nowNs += INTERVAL_NS;
        final String callId = "warm-" + ++calls;
        final int kind = calls % KINDS;
        fromCaller(invite(callId, kind == 3 ? UNKNOWN : KNOWN));
        switch (kind) {
            case 1 -> cancelled();
            case 2 -> fromCallee(response(480, "Temporarily Unavailable", peers.toCallee));
            case 3 -> {}
            default -> answered();
        }
        if (kind != 0) {
            fromCaller(request("ACK", 1, peers.toCaller, "invite-" + calls));
        }
    }

    private void answered() {
        final String invite = peers.toCallee;
        fromCallee(response(180, "Ringing", invite));
        fromCallee(response(200, "OK", invite));
        final String answer = peers.toCaller;
        fromCaller(request("ACK", 1, answer, "ack-" + calls));
        fromCaller(request("OPTIONS", 2, answer, "options-" + calls));
        fromCallee(response(200, "OK", peers.toCallee));
        fromCaller(request("BYE", 3, answer, "bye-" + calls));
        fromCallee(response(200, "OK", peers.toCallee));
    }

    private void cancelled() {
        final String invite = peers.toCallee;
        fromCallee(response(180, "Ringing", invite));
        fromCaller(invite("warm-" + calls, KNOWN).replace("INVITE", "CANCEL"));
        fromCallee(response(200, "OK", peers.toCallee));
        fromCallee(response(487, "Request Terminated", invite));
    }

    private String invite(final String callId, final String number) {
        return "INVITE sip:" + number + "@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.2:" + CALLER_PORT
                + ";branch=z9hG4bK-invite-" + calls + "\r\nMax-Forwards: 70\r\nFrom: <sip:13035550100@127.0.0.2:"
                + CALLER_PORT + ">;tag=from\r\nTo: <sip:" + number + "@127.0.0.1>\r\nCall-ID: " + callId
                + "\r\nCSeq: 1 INVITE\r\nContact: <sip:13035550100@127.0.0.2:" + CALLER_PORT
                + ">\r\nContent-Type: application/sdp\r\nContent-Length: " + SDP.length() + "\r\n\r\n" + SDP;
    }

    /** A request in the dialog that {@code response} belongs to. */
    private static String request(final String method, final int cSeq, final String response, final String branch) {
        final String contact = line(response, "Contact:");
        final int uri = contact.indexOf('<') + 1;
        return method + " "
                + (uri == 0 ? "sip:" + KNOWN + "@127.0.0.1" : contact.substring(uri, contact.indexOf('>')))
                + " SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.2:" + CALLER_PORT + ";branch=z9hG4bK-" + branch
                + "\r\nMax-Forwards: 70\r\n" + line(response, "From:") + line(response, "To:")
                + line(response, "Call-ID:") + "CSeq: " + cSeq + " " + method + "\r\nContent-Length: 0\r\n\r\n";
    }

    private static String response(final int status, final String reason, final String request) {
        final String to = line(request, "To:");
        final String body = status == 200 && request.startsWith("INVITE") ? SDP : "";
        return "SIP/2.0 " + status + " " + reason + "\r\n" + line(request, "Via:") + line(request, "From:")
                + (to.contains(";tag=") ? to : to.strip() + ";tag=to\r\n") + line(request, "Call-ID:")
                + line(request, "CSeq:") + "Contact: <sip:callee@127.0.0.3:" + CALLEE_PORT + ">\r\n"
                + (body.isEmpty() ? "" : "Content-Type: application/sdp\r\n") + "Content-Length: " + body.length()
                + "\r\n\r\n" + body;
    }

    /** The header line with its end, or nothing. */
    private static String line(final String message, final String name) {
        final int start = message.indexOf("\r\n" + name);
        return start < 0 ? "" : message.substring(start + 2, message.indexOf("\r\n", start + 2) + 2);
    }

    private void fromCaller(final String message) {
        input(InputKind.MESSAGE, CALLER, CALLER_PORT, message.getBytes(StandardCharsets.US_ASCII));
    }

    private void fromCallee(final String message) {
        input(InputKind.MESSAGE, CALLEE, CALLEE_PORT, message.getBytes(StandardCharsets.US_ASCII));
    }

    private void input(final InputKind kind, final long address, final int port, final byte[] bytes) {
        input.wrap(bytes);
        core.beginTurn(++turn, nowNs, nowNs / 1_000_000);
        core.onInput(
                (byte) kind.value(),
                (byte) TransportKind.UDP.value(),
                0,
                0,
                0,
                address,
                port,
                input,
                0,
                bytes.length,
                null);
        while (core.fireTimers(TIMERS_AT_ONCE) == TIMERS_AT_ONCE) {
            drain();
        }
        core.endTurn();
        drain();
    }

    private void drain() {
        effects.forEach(peers);
        effects.reset();
    }

    private byte[] restarted() {
        final CoreSettings settings = new CoreSettings(
                List.of(new Listener(0, "main", TransportKind.UDP, "127.0.0.1", 5060, true)),
                CoreSettings.of(List.of()).timers(),
                CALLS_MAX,
                TRANSACTIONS_MAX,
                STORE_BYTES_MAX);
        return Restart.unjournaled(1, nowNs, 0, settings).encode();
    }

    /** Remembers what either side heard last. */
    private static final class Peers implements EffectHandler {
        private final MessageHeaderDecoder header = new MessageHeaderDecoder();
        private String toCaller = "";
        private String toCallee = "";
        private int records;

        @Override
        public void onSend(
                final byte transport,
                final int listener,
                final long flow,
                final long addressHigh,
                final long addressLow,
                final int port,
                final DirectBuffer buffer,
                final int offset,
                final int length) {
            final String message = buffer.getStringWithoutLengthAscii(offset, length);
            if (addressLow == CALLER) {
                toCaller = message;
            } else {
                toCallee = message;
            }
        }

        @Override
        public void onRecord(final DirectBuffer buffer, final int offset, final int length) {
            if (header.wrap(buffer, offset).templateId() == CallRecordDecoder.TEMPLATE_ID) {
                records++;
            }
        }

        @Override
        public void onAsk(final ServerQuestion question) {
            // no flow is configured
        }

        @Override
        public void onCloseFlow(final byte transport, final int listener, final long flow) {
            // all are datagrams
        }
    }
}
