package io.tandem.routing.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.journal.record.TransportKind;
import io.tandem.routing.counter.CoreCounter;
import io.tandem.routing.counter.CoreCounters;
import io.tandem.routing.effect.EffectHandler;
import io.tandem.routing.effect.Effects;
import io.tandem.routing.effect.ServerQuestion;
import io.tandem.routing.identifier.SerialNumbers;
import io.tandem.routing.identifier.SipHash;
import io.tandem.routing.store.BlockStore;
import io.tandem.routing.timer.TimerWheel;
import io.tandem.sip.HeaderName;
import io.tandem.sip.MessageCheck;
import io.tandem.sip.Method;
import io.tandem.sip.Problem;
import io.tandem.sip.SipLimits;
import io.tandem.sip.SipMessage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A transaction layer alone: hand-stepped time, messages as text, a user that notes what it hears. */
final class LayerRig implements EffectHandler, ClientTransactionUser, ServerTransactionUser {
    static final long FAR = 0xFFFF_7F00_0009L;
    static final int FAR_PORT = 5070;

    /** Values that are no default, so that a confusion of two shows. */
    static final TimerValues VALUES = new TimerValues(ms(400), ms(2_000), ms(3_000), ms(100_000));

    static final long TIMEOUT_MS = 64 * 400;

    final Effects effects = new Effects(1 << 20);
    final CoreCounters counters = new CoreCounters();
    final TimerWheel timers = new TimerWheel();
    final BlockStore blocks = new BlockStore(1 << 24);
    final TransactionLayer layer = new TransactionLayer(
            new TransactionLimits(100, 100),
            VALUES,
            new SerialNumbers(new SipHash(1, 2)),
            new SipHash(3, 4),
            new SipHash(5, 6),
            timers,
            blocks,
            effects,
            counters);
    final Deque<String> sent = new ArrayDeque<>();
    final List<Integer> ports = new ArrayList<>();
    final List<Long> addresses = new ArrayList<>();

    /** What the user has heard: status of each response, "timeout" and so on; "late" before a 2xx that comes late. */
    final List<String> heard = new ArrayList<>();

    private final Peer far = new Peer();
    private final MessageCheck check = new MessageCheck();
    private long nowMs = 1_000_000;

    LayerRig(final TransportKind transport) {
        far((byte) transport.value(), FAR_PORT);
        layer.beginTurn(ms(nowMs));
    }

    static long ms(final long milliseconds) {
        return TimeUnit.MILLISECONDS.toNanos(milliseconds);
    }

    Peer far() {
        return far;
    }

    void far(final byte transport, final int port) {
        far.set(transport, 0, transport == (byte) TransportKind.UDP.value() ? 0 : 5, 0, FAR, port);
    }

    /** Lets time pass, one millisecond a turn. */
    void pass(final long milliseconds) {
        for (long i = 0; i < milliseconds; i++) {
            nowMs++;
            layer.beginTurn(ms(nowMs));
            while (timers.fire(ms(nowMs), 16) == 16) {
                drain();
            }
            drain();
        }
    }

    /**
     * Asserts that the user hears of a timeout 64 T1 from now, not a millisecond earlier, and that nothing is left then.
     *
     * @param meanwhile what becomes of what was sent until then
     */
    void timesOut(final Consumer<LayerRig> meanwhile) {
        pass(TIMEOUT_MS - 1);
        meanwhile.accept(this);
        assertThat(heard).isEmpty();
        pass(1);
        assertThat(heard).containsExactly("timeout", "terminated");
        empty();
    }

    /** Forgets what was sent. */
    void drop() {
        sent.clear();
    }

    /** Asserts that a message leaves at exactly each of these moments, ms after now, and nothing else does until the last. */
    void sends(final String start, final long... atMs) {
        long passed = 0;
        for (final long at : atMs) {
            pass(at - passed - 1);
            assertThat(sent).as("before " + at + " ms").isEmpty();
            pass(1);
            assertThat(sent).as("at " + at + " ms").hasSize(1);
            assertThat(sent.remove()).startsWith(start);
            passed = at;
        }
    }

    // ---- messages --------------------------------------------------------------------------------------------------

    static SipMessage parse(final String text) {
        final byte[] bytes = text.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
        final SipMessage message = new SipMessage(SipLimits.DEFAULT);
        assertThat(message.wrap(new UnsafeBuffer(bytes), 0, bytes.length)).isEqualTo(Problem.NONE);
        return message;
    }

    static String request(final Method method, final String via) {
        return request(method, via, "1 " + method.name(), "sip:bob@127.0.0.1", "");
    }

    static String request(
            final Method method, final String via, final String cSeq, final String uri, final String extra) {
        return method.name() + " " + uri + " SIP/2.0\nVia: " + via + "\nFrom: <sip:a@x>;tag=f\nTo: <sip:b@y>\n"
                + "Call-ID: call\nCSeq: " + cSeq + "\n" + extra + "Content-Length: 0\n\n";
    }

    /** Parses a request, checks it and hands the layer its views. */
    SipMessage read(final String request) {
        final SipMessage message = parse(request);
        assertThat(check.check(message)).isEqualTo(Problem.NONE);
        layer.read(check);
        return message;
    }

    /** Reads a request and looks for its transaction. */
    ServerTransaction find(final String request) {
        final SipMessage message = read(request);
        final Method method = message.method() == Method.ACK ? Method.INVITE : message.method();
        return layer.find(message, method);
    }

    InviteServerTransaction newInviteServer(final String request) {
        final SipMessage message = read(request);
        return layer.newInviteServer(message, far);
    }

    NonInviteServerTransaction newNonInviteServer(final String request) {
        final SipMessage message = read(request);
        return layer.newNonInviteServer(message, far);
    }

    /** The request comes again, or for the first time: true when a transaction absorbed it. */
    boolean again(final String request) {
        final ServerTransaction found = find(request);
        if (found == null) {
            return false;
        }
        if (request.startsWith("ACK ")) {
            final boolean absorbed = layer.onAck(found);
            drain();
            return absorbed;
        }
        layer.onRequestAgain(found);
        drain();
        return true;
    }

    void respond(final ServerTransaction transaction, final int status) {
        layer.responses().send(transaction, status, "Text".getBytes(StandardCharsets.US_ASCII));
        drain();
    }

    InviteClientTransaction startInvite() {
        final InviteClientTransaction invite = layer.newInviteClient(this, far, 7);
        write(Method.INVITE, invite);
        assertThat(layer.start(invite)).isEqualTo(TransactionLayer.STARTED);
        drain();
        return invite;
    }

    NonInviteClientTransaction startOther() {
        final NonInviteClientTransaction other = layer.newNonInviteClient(this, far, Method.INFO, 7);
        write(Method.INFO, other);
        assertThat(layer.start(other)).isEqualTo(TransactionLayer.STARTED);
        drain();
        return other;
    }

    void write(final Method method, final ClientTransaction transaction) {
        final var writer = layer.beginMessage()
                .requestLine(method, "sip:bob@127.0.0.9".getBytes(StandardCharsets.US_ASCII))
                .header(HeaderName.VIA)
                .ascii("SIP/2.0/UDP 127.0.0.1;branch=".getBytes(StandardCharsets.US_ASCII));
        layer.branch(writer, transaction);
        writer.ascii(
                        "\r\nRoute: <sip:r1;lr>\r\nRoute: <sip:r2;lr>\r\nFrom: <sip:a@x>;tag=f\r\nTo: <sip:b@y>\r\nCall-ID: call\r\nX-Body: no\r\nCSeq: 7 "
                                .getBytes(StandardCharsets.US_ASCII))
                .ascii(method.bytes())
                .crlf()
                .contentLength(0);
    }

    /** A response to a request of ours comes in. */
    void answered(final String request, final int status) {
        answered(request, status, "to-tag");
    }

    void answered(final String request, final int status, final String toTag) {
        final StringBuilder text = new StringBuilder("SIP/2.0 " + status + " Text\n");
        request.lines()
                .skip(1)
                .filter(line -> line.startsWith("Via") || line.startsWith("From") || line.startsWith("C"))
                .forEach(line -> text.append(line).append('\n'));
        final SipMessage response = parse(text + "To: <sip:b@y>;tag=" + toTag + "\n\n");
        assertThat(check.check(response)).isEqualTo(Problem.NONE);
        layer.onResponse(response, check);
        drain();
    }

    void undeliverable(final String message) {
        final byte[] bytes = message.getBytes(StandardCharsets.ISO_8859_1);
        layer.onTransportFailure(new UnsafeBuffer(bytes), 0, bytes.length);
        drain();
    }

    String next(final String start) {
        assertThat(sent).isNotEmpty();
        final String message = sent.remove();
        assertThat(message).startsWith(start);
        return message;
    }

    long count(final CoreCounter counter) {
        return counters.value(counter);
    }

    void quiet() {
        assertThat(sent).isEmpty();
    }

    /** No transaction, timer or byte is left. */
    void empty() {
        quiet();
        assertThat(layer.clientCount()).isZero();
        assertThat(layer.serverCount()).isZero();
        assertThat(timers.size()).isZero();
        assertThat(blocks.count()).isZero();
    }

    void drain() {
        effects.forEach(this);
        effects.reset();
    }

    // ---- what it hears ---------------------------------------------------------------------------------------------

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
        sent.add(new String(bytes, StandardCharsets.ISO_8859_1));
        ports.add(port);
        addresses.add(addressLow);
    }

    @Override
    public void onRecord(final DirectBuffer buffer, final int offset, final int length) {
        throw new AssertionError("transactions write no records");
    }

    @Override
    public void onAsk(final ServerQuestion question) {
        throw new AssertionError("transactions ask nothing");
    }

    @Override
    public void onCloseFlow(final byte transport, final int listener, final long flow) {
        throw new AssertionError("transactions close nothing");
    }

    @Override
    public void onResponse(final ClientTransaction transaction, final SipMessage response) {
        heard.add(Integer.toString(response.statusCode()));
    }

    @Override
    public void onLateSuccess(final ClientTransaction transaction, final SipMessage response) {
        heard.add("late " + response.statusCode());
    }

    @Override
    public void onTimeout(final ClientTransaction transaction) {
        heard.add("timeout");
    }

    @Override
    public void onTransportFailure(final ClientTransaction transaction) {
        heard.add("undeliverable");
    }

    @Override
    public void onTerminated(final ClientTransaction transaction) {
        heard.add("terminated");
    }

    @Override
    public void onCancel(final InviteServerTransaction transaction, final SipMessage cancel) {
        heard.add("cancelled");
    }
}
