package io.tandem.routing.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.journal.record.CallRecordDecoder;
import io.tandem.journal.record.InputKind;
import io.tandem.journal.record.MessageHeaderDecoder;
import io.tandem.journal.record.MessageHeaderEncoder;
import io.tandem.journal.record.RestartedEncoder;
import io.tandem.journal.record.TransportKind;
import io.tandem.routing.address.Listener;
import io.tandem.routing.configuration.InMemoryConfiguration;
import io.tandem.routing.configuration.NumberRow;
import io.tandem.routing.core.Core;
import io.tandem.routing.core.CoreKeys;
import io.tandem.routing.core.CoreSettings;
import io.tandem.routing.effect.EffectHandler;
import io.tandem.routing.effect.Effects;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.model.TargetKind;
import io.tandem.routing.stage.StageClock;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A core with a hand-stepped clock between a caller at 127.0.0.2 and a callee at 127.0.0.3, spoken to in text. */
final class CoreRig implements EffectHandler {
    static final String NUMBER = "12025550123";
    static final long CALLER = 0xFFFF_7F00_0002L;
    static final long CALLEE = 0xFFFF_7F00_0003L;
    static final int CALLER_PORT = 5070;
    static final int CALLEE_PORT = 5080;

    private static final byte UDP = (byte) TransportKind.UDP.value();

    final Effects effects = new Effects(1 << 20);
    Core core;
    final Deque<String> toCaller = new ArrayDeque<>();
    final Deque<String> toCallee = new ArrayDeque<>();
    final List<String> records = new ArrayList<>();
    final List<Throwable> defects = new ArrayList<>();
    /** Whether the core is written to a snapshot and replaced by one that reads it, after every turn. */
    boolean throughSnapshots;

    long nowNs = TimeUnit.SECONDS.toNanos(1_000);
    long wallMs = 1_800_000_000_000L;

    private final CallRecordDecoder record = new CallRecordDecoder();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final int maxChannels;
    private long index;

    CoreRig() {
        this(10, CoreSettings.of(listeners()));
    }

    CoreRig(final int maxChannels, final CoreSettings settings) {
        this.maxChannels = maxChannels;
        core = newCore();
        restart(settings);
        input(InputKind.CONFIGURATION, "sample".getBytes(StandardCharsets.UTF_8), 0, 0);
    }

    private Core newCore() {
        return new Core(
                new CoreKeys(new byte[32]),
                name -> configuration(maxChannels),
                effects,
                StageClock.NONE,
                (at, error) -> defects.add(error));
    }

    private void swap() {
        final List<byte[]> snapshot = new ArrayList<>();
        core.writeSnapshot((buffer, offset, length) -> {
            final byte[] bytes = new byte[length];
            buffer.getBytes(offset, bytes);
            snapshot.add(bytes);
        });
        core = newCore();
        core.beginSnapshot();
        snapshot.forEach(bytes -> core.readSnapshot(new UnsafeBuffer(bytes), 0));
        core.endSnapshot();
    }

    static List<Listener> listeners() {
        return List.of(
                new Listener(0, "main", TransportKind.UDP, "127.0.0.1", 5060, true),
                new Listener(1, "main", TransportKind.TCP, "127.0.0.1", 5060, true));
    }

    static InMemoryConfiguration configuration(final int maxChannels) {
        final ResourceId account = new ResourceId(1, 1);
        final String accountId = account.prefixed(ResourceKind.ACCOUNTS);
        final NumberRow row = new NumberRow();
        row.clear();
        row.e164 = Long.parseLong(NUMBER);
        row.idHigh = 3;
        row.idLow = 1;
        row.accountHigh = 1;
        row.accountLow = 1;
        row.maxChannels = maxChannels;
        row.allowAnonymous = true;
        row.destKind = (byte) TargetKind.TRUNK.code();
        row.destHigh = 2;
        row.destLow = 2;
        final NumberRow second = new NumberRow();
        second.copyFrom(row);
        second.e164 = row.e164 + 1;
        second.idLow = 2;
        return InMemoryConfiguration.builder("sample", 7)
                .resource(ResourceKind.ACCOUNTS, 1, 1, json("{'id':'" + accountId + "','name':'acme'}"))
                .resource(
                        ResourceKind.TRUNKS,
                        2,
                        1,
                        json("{'id':'" + new ResourceId(2, 1).prefixed(ResourceKind.TRUNKS) + "','account_id':'"
                                + accountId + "','name':'carrier','direction':'inbound','acl':['127.0.0.2/32']}"))
                .resource(
                        ResourceKind.TRUNKS,
                        2,
                        2,
                        json("{'id':'" + new ResourceId(2, 2).prefixed(ResourceKind.TRUNKS) + "','account_id':'"
                                + accountId
                                + "','name':'pbx','role':'pbx','direction':'outbound','proxy':'127.0.0.3:5080'}"))
                .number(row, json("{}"))
                .number(second, json("{}"))
                .build();
    }

    private static byte[] json(final String text) {
        return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }

    void restart(final CoreSettings settings) {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        final RestartedEncoder restarted = new RestartedEncoder();
        final byte[] text = settings.toText().getBytes(StandardCharsets.UTF_8);
        restarted
                .wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                .epoch(1)
                .nowNs(nowNs)
                .wallMs(wallMs);
        restarted.putBuild(new byte[0], 0, 0);
        restarted.putSettings(text, 0, text.length);
        final byte[] bytes = new byte[MessageHeaderEncoder.ENCODED_LENGTH + restarted.encodedLength()];
        buffer.getBytes(0, bytes);
        input(InputKind.RESTARTED, bytes, 0, 0);
    }

    void fromCaller(final String message) {
        input(InputKind.MESSAGE, wire(message), CALLER, CALLER_PORT);
    }

    void fromCallerOctets(final byte[] octets) {
        input(InputKind.MESSAGE, octets, CALLER, CALLER_PORT);
    }

    void fromCallee(final String message) {
        input(InputKind.MESSAGE, wire(message), CALLEE, CALLEE_PORT);
    }

    void undeliverable(final String message) {
        input(InputKind.TRANSPORT_FAILURE, wire(message), CALLEE, CALLEE_PORT);
    }

    void command(final String command) {
        input(InputKind.OPERATOR_COMMAND, command.getBytes(StandardCharsets.US_ASCII), 0, 0);
    }

    private static byte[] wire(final String message) {
        return message.replace("\r\n", "\n").replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    private void input(final InputKind kind, final byte[] bytes, final long address, final int port) {
        core.beginTurn(++index, nowNs, wallMs);
        core.onInput(
                (byte) kind.value(), UDP, 0, 0, 0, address, port, new UnsafeBuffer(bytes), 0, bytes.length, null);
        drain();
        endTurn();
    }

    /** Lets time pass, firing timers every 100 ms. */
    void pass(final long ms) {
        for (long left = ms; left > 0; left -= 100) {
            final long step = Math.min(100, left);
            nowNs += TimeUnit.MILLISECONDS.toNanos(step);
            wallMs += step;
            core.beginTurn(++index, nowNs, wallMs);
            endTurn();
        }
    }

    private void endTurn() {
        while (core.fireTimers(64) == 64) {
            drain();
        }
        core.endTurn();
        drain();
        assertThat(defects).isEmpty();
        if (throughSnapshots) {
            swap();
        }
    }

    private void drain() {
        effects.forEach(this);
        effects.reset();
    }

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
        final byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        final String text = new String(bytes, StandardCharsets.ISO_8859_1);
        if (addressLow == CALLER) {
            toCaller.add(text);
        } else {
            assertThat(addressLow).isEqualTo(CALLEE);
            toCallee.add(text);
        }
    }

    @Override
    public void onRecord(final DirectBuffer buffer, final int offset, final int length) {
        record.wrapAndApplyHeader(buffer, offset, header);
        final int status = record.finalStatus();
        final int releasedBy = record.releasedBy();
        record.attempts().forEach(attempt -> {});
        record.skipCallerCallId();
        record.skipCalleeCallId();
        record.skipCallerRaw();
        record.skipCallerPresented();
        record.skipCalledRaw();
        record.skipCalledPresented();
        final byte[] cause = new byte[record.causeLength()];
        record.getCause(cause, 0, cause.length);
        records.add(status + " " + releasedBy + " " + new String(cause, StandardCharsets.US_ASCII));
    }

    @Override
    public void onCloseFlow(final byte transport, final int listener, final long flow) {
        throw new AssertionError("nothing to close");
    }

    /** Next message to the caller; its first line must begin as given. */
    String caller(final String start) {
        return next(toCaller, start);
    }

    /** Next message to the callee; its first line must begin as given. */
    String callee(final String start) {
        return next(toCallee, start);
    }

    private static String next(final Deque<String> queue, final String start) {
        assertThat(queue).as("waiting for " + start).isNotEmpty();
        final String message = queue.remove();
        assertThat(message).startsWith(start);
        return message;
    }

    void quiet() {
        assertThat(toCaller).isEmpty();
        assertThat(toCallee).isEmpty();
    }

    /** Every table empty, every counter zero. */
    void empty() {
        final var stats = core.stats();
        assertThat(stats.liveCalls()).isZero();
        assertThat(stats.tableCalls()).isZero();
        assertThat(stats.tableLegs()).isZero();
        assertThat(stats.tableDialogs()).isZero();
        assertThat(stats.clientTransactions()).isZero();
        assertThat(stats.serverTransactions()).isZero();
        assertThat(stats.timers()).isZero();
        assertThat(stats.blocks()).isZero();
        assertThat(stats.blockBytes()).isZero();
        assertThat(stats.admissionCounters()).isZero();
    }

    // ---- messages --------------------------------------------------------------------------------------------------

    static String header(final String message, final String name) {
        for (final String line : message.split("\r\n", -1)) {
            if (line.startsWith(name + ": ")) {
                return line.substring(name.length() + 2);
            }
        }
        throw new AssertionError("no " + name + " in\n" + message);
    }

    static String tag(final String headerValue) {
        final int at = headerValue.indexOf(";tag=");
        assertThat(at).as("tag in " + headerValue).isPositive();
        return headerValue.substring(at + 5);
    }

    String invite(final String call, final String extra, final String body) {
        return "INVITE sip:" + NUMBER + "@127.0.0.1:5060 SIP/2.0\n"
                + "Via: SIP/2.0/UDP 127.0.0.2:5070;branch=z9hG4bK-inv-" + call + "\n"
                + "From: \"Alice\" <sip:12025550100@127.0.0.2:5070>;tag=alice-" + call + "\n"
                + "To: <sip:" + NUMBER + "@127.0.0.1:5060>\n"
                + "Call-ID: " + call + "@127.0.0.2\n"
                + "CSeq: 1 INVITE\n"
                + "Contact: <sip:alice@127.0.0.2:5070>\n"
                + "Max-Forwards: 70\n"
                + extra
                + (body.isEmpty() ? "" : "Content-Type: application/sdp\n")
                + "Content-Length: " + body.length() + "\n\n"
                + body;
    }

    /** A request of the caller inside the dialog that a response of ours made. */
    static String inDialog(
            final String method, final int cSeq, final String ourResponse, final String branch, final String extra) {
        return method + " sip:127.0.0.1:5060 SIP/2.0\n"
                + "Via: SIP/2.0/UDP 127.0.0.2:5070;branch=z9hG4bK-" + branch + "\n"
                + "From: " + header(ourResponse, "From") + "\n"
                + "To: " + header(ourResponse, "To") + "\n"
                + "Call-ID: " + header(ourResponse, "Call-ID") + "\n"
                + "CSeq: " + cSeq + " " + method + "\n"
                + "Max-Forwards: 70\n"
                + extra
                + "Content-Length: 0\n\n";
    }

    /** A request of the callee inside the dialog that our INVITE and its To tag make. */
    static String fromCalleeInDialog(
            final String method, final int cSeq, final String ourInvite, final String calleeTag, final String branch) {
        return method + " sip:127.0.0.1:5060 SIP/2.0\n"
                + "Via: SIP/2.0/UDP 127.0.0.3:5080;branch=z9hG4bK-" + branch + "\n"
                + "From: " + header(ourInvite, "To") + ";tag=" + calleeTag + "\n"
                + "To: " + header(ourInvite, "From") + "\n"
                + "Call-ID: " + header(ourInvite, "Call-ID") + "\n"
                + "CSeq: " + cSeq + " " + method + "\n"
                + "Max-Forwards: 70\n"
                + "Contact: <sip:bob@127.0.0.3:5080>\n"
                + "Content-Length: 0\n\n";
    }

    /** A response to a request of ours. */
    static String response(
            final String request, final String status, final String tag, final String extra, final String body) {
        final String to = header(request, "To");
        return "SIP/2.0 " + status + "\n"
                + "Via: " + header(request, "Via") + "\n"
                + "From: " + header(request, "From") + "\n"
                + "To: " + to + (tag.isEmpty() || to.contains(";tag=") ? "" : ";tag=" + tag) + "\n"
                + "Call-ID: " + header(request, "Call-ID") + "\n"
                + "CSeq: " + header(request, "CSeq") + "\n"
                + extra
                + (body.isEmpty() ? "" : "Content-Type: application/sdp\n")
                + "Content-Length: " + body.length() + "\n\n"
                + body;
    }

    static String ok(final String request, final String tag, final String body) {
        return response(request, "200 OK", tag, "Contact: <sip:bob@127.0.0.3:5080>\n", body);
    }
}
