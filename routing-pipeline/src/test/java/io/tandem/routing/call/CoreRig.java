package io.tandem.routing.call;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.tandem.journal.record.CallRecordDecoder;
import io.tandem.journal.record.InputKind;
import io.tandem.journal.record.MessageHeaderDecoder;
import io.tandem.journal.record.TransportKind;
import io.tandem.routing.address.Listener;
import io.tandem.routing.admission.AdmissionAudit;
import io.tandem.routing.admission.Dimension;
import io.tandem.routing.change.ChangeCommand;
import io.tandem.routing.configuration.Configuration;
import io.tandem.routing.core.Core;
import io.tandem.routing.core.CoreKeys;
import io.tandem.routing.core.CoreSettings;
import io.tandem.routing.core.Restart;
import io.tandem.routing.counter.CoreCounter;
import io.tandem.routing.effect.EffectHandler;
import io.tandem.routing.effect.Effects;
import io.tandem.routing.effect.ServerQuestion;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.stage.Rule;
import io.tandem.routing.stage.StageClock;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A core with a hand-stepped clock between a caller at 127.0.0.2 and a callee at 127.0.0.3, spoken to in text. */
final class CoreRig implements EffectHandler {
    static final long CALLER = 0xFFFF_7F00_0002L;
    static final long CALLEE = 0xFFFF_7F00_0003L;
    static final int CALLER_PORT = 5070;
    static final int CALLEE_PORT = 5080;

    /** Longer than every transaction lives. */
    static final long LONGEST_MS = 40_000;

    private static final int DEADLINES_MAX = 20_000;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    final Effects effects = new Effects(1 << 20);
    Core core;
    final Deque<String> toCaller = new ArrayDeque<>();
    final Deque<String> toCallee = new ArrayDeque<>();
    final Deque<String> toOthers = new ArrayDeque<>();
    final List<Sent> sent = new ArrayList<>();
    final List<String> records = new ArrayList<>();

    /** Of each record, the rule that decided. */
    final List<Rule> rules = new ArrayList<>();

    /** Final status of every attempt of every record. */
    final List<Integer> attemptStatuses = new ArrayList<>();

    final List<Throwable> defects = new ArrayList<>();

    /** What servers were asked and have not answered. */
    final List<ServerQuestion> questions = new ArrayList<>();

    boolean throughSnapshots;

    /** Taken all the time when the core does not go through whole ones after each turn. */
    SlicedSnapshots snapshots = new SlicedSnapshots(true);

    /** Bytes that the core itself has allocated, whatever rig and test do. */
    long allocatedBytes;

    long nowNs = TimeUnit.SECONDS.toNanos(1_000);
    long wallMs = 1_800_000_000_000L;

    private final CallRecordDecoder record = new CallRecordDecoder();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final RigConfiguration configuration;

    /** Every revision that was in force, by its name. */
    private final Map<String, Configuration> revisions = new TreeMap<>();

    private final UnsafeBuffer input = new UnsafeBuffer(new byte[70_000]);
    private TransportKind transport = TransportKind.UDP;
    private long flow;
    private long index;

    /** One message that left. */
    record Sent(int transport, int listener, long flow, long addressLow, int port, String text) {}

    CoreRig(final boolean throughSnapshots) {
        this(throughSnapshots, new RigConfiguration(), CoreSettings.of(listeners()));
    }

    CoreRig(final boolean throughSnapshots, final RigConfiguration configuration) {
        this(throughSnapshots, configuration, CoreSettings.of(listeners()));
    }

    CoreRig(final boolean throughSnapshots, final RigConfiguration configuration, final CoreSettings settings) {
        this.configuration = configuration;
        core = newCore();
        restart(settings);
        configure();
        this.throughSnapshots = throughSnapshots;
    }

    private Core newCore() {
        return new Core(
                new CoreKeys(new byte[32]),
                name -> revisions.computeIfAbsent(name, first -> configuration.build()),
                effects,
                StageClock.NONE,
                (at, error) -> defects.add(error));
    }

    /** Replaces the core by one that reads a snapshot of it. */
    void swap() {
        swap(record -> record);
    }

    /** The same after something has happened to each record of the snapshot. */
    void swap(final UnaryOperator<byte[]> change) {
        snapshots.finish(core);
        final List<byte[]> snapshot = new ArrayList<>();
        core.beginSnapshot((buffer, offset, length) -> snapshot.add(SlicedSnapshots.bytes(buffer, offset, length)));
        assertThat(core.writeSnapshot(Integer.MAX_VALUE)).isTrue();
        core = newCore();
        core.beginReadingSnapshot();
        snapshot.forEach(bytes -> core.readSnapshot(new UnsafeBuffer(change.apply(bytes)), 0));
        core.endReadingSnapshot();
    }

    static List<Listener> listeners() {
        return List.of(
                new Listener(0, "main", TransportKind.UDP, "127.0.0.1", 5060, true),
                new Listener(1, "main", TransportKind.TCP, "127.0.0.1", 5060, true));
    }

    // ---- inputs ----------------------------------------------------------------------------------------------------

    void restart(final CoreSettings settings) {
        input(
                InputKind.RESTARTED,
                Restart.unjournaled(1, nowNs, wallMs, settings).encode(),
                0,
                0);
    }

    /** Has the core take the configuration as it is now, as if it had been imported. */
    void configure() {
        revisions.remove("sample");
        input(InputKind.CONFIGURATION, "sample".getBytes(StandardCharsets.UTF_8), 0, 0);
    }

    /** Has the core take one resource as a change leaves it; null when it goes. */
    void change(final ResourceKind kind, final ResourceId id, final byte[] json) {
        final Configuration now = core.stages().configuration();
        final ChangeCommand command = new ChangeCommand(
                now.revision(),
                now.revision() + 1,
                "test",
                "change",
                List.of(new ChangeCommand.Transition(kind, id, now.resource(kind, id.high(), id.low()), json)));
        input(InputKind.CONFIGURATION_CHANGE, command.encode(), 0, 0);
    }

    /** What comes next comes over a TCP connection of this number; 0 for datagrams again. */
    void flow(final long number) {
        transport = number == 0 ? TransportKind.UDP : TransportKind.TCP;
        flow = number;
    }

    void fromCaller(final String message) {
        from(CALLER, CALLER_PORT, message);
    }

    /** Bytes as they are. */
    void fromCallerOctets(final byte[] octets) {
        input(InputKind.MESSAGE, octets, CALLER, CALLER_PORT);
    }

    void fromCallee(final String message) {
        from(CALLEE, CALLEE_PORT, message);
    }

    void from(final long address, final int port, final String message) {
        input(InputKind.MESSAGE, wire(message), address, port);
    }

    void undeliverable(final String message) {
        input(InputKind.TRANSPORT_FAILURE, wire(message), CALLEE, CALLEE_PORT);
    }

    void answer(final ServerQuestion question, final String outcome, final String found) {
        input(InputKind.SERVER_ANSWER, ServerAnswer.to(question, outcome, found).encode(), 0, 0);
    }

    void command(final String command) {
        input(InputKind.OPERATOR_COMMAND, command.getBytes(StandardCharsets.US_ASCII), 0, 0);
    }

    private static byte[] wire(final String message) {
        return message.replace("\r\n", "\n").replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    private void input(final InputKind kind, final byte[] bytes, final long address, final int port) {
        input.putBytes(0, bytes);
        final long before = allocatedByThread();
        core.beginTurn(++index, nowNs, wallMs);
        core.onInput(
                (byte) kind.value(),
                (byte) transport.value(),
                flow == 0 ? 0 : 1,
                flow,
                0,
                address,
                port,
                input,
                0,
                bytes.length,
                null);
        allocatedBytes += allocatedByThread() - before;
        revisions.put(core.configurationName(), core.stages().configuration());
        drain();
        fire();
        endTurn(true);
    }

    /** Lets time pass from one deadline of the core to the next. */
    void pass(final long ms) {
        final long endNs = nowNs + TimeUnit.MILLISECONDS.toNanos(ms);
        final long startNs = nowNs;
        final long startMs = wallMs;
        int deadlines = 0;
        do {
            nowNs = Math.min(endNs, Math.max(nowNs, core.nextDeadlineNs()));
            wallMs = startMs + TimeUnit.NANOSECONDS.toMillis(nowNs - startNs);
            final long before = allocatedByThread();
            core.beginTurn(++index, nowNs, wallMs);
            allocatedBytes += allocatedByThread() - before;
            endTurn(fire() > 0);
            assertThat(++deadlines).as("deadlines of the core").isLessThan(DEADLINES_MAX);
        } while (nowNs < endNs);
    }

    private static long allocatedByThread() {
        return THREADS.getCurrentThreadAllocatedBytes();
    }

    private int fire() {
        int fired = 0;
        int count;
        do {
            final long before = allocatedByThread();
            count = core.fireTimers(64);
            allocatedBytes += allocatedByThread() - before;
            fired += count;
            drain();
        } while (count == 64);
        return fired;
    }

    private void endTurn(final boolean changed) {
        core.endTurn();
        drain();
        assertThat(defects).isEmpty();
        if (!changed) {
            return;
        }
        if (throughSnapshots) {
            swap();
        } else {
            snapshots.afterTurn(core);
        }
    }

    // ---- outputs ---------------------------------------------------------------------------------------------------

    private void drain() {
        effects.forEach(this);
        effects.reset();
    }

    @Override
    public void onSend(
            final byte sentOver,
            final int listener,
            final long sentFlow,
            final long addressHigh,
            final long addressLow,
            final int port,
            final DirectBuffer buffer,
            final int offset,
            final int length) {
        final byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        final String text = new String(bytes, StandardCharsets.ISO_8859_1);
        sent.add(new Sent(sentOver, listener, sentFlow, addressLow, port, text));
        (addressLow == CALLER ? toCaller : addressLow == CALLEE ? toCallee : toOthers).add(text);
    }

    @Override
    public void onRecord(final DirectBuffer buffer, final int offset, final int length) {
        header.wrap(buffer, offset);
        if (header.templateId() != CallRecordDecoder.TEMPLATE_ID) {
            return;
        }
        record.wrapAndApplyHeader(buffer, offset, header);
        final int status = record.finalStatus();
        final int releasedBy = record.releasedBy();
        final Rule rule = Rule.ofCode(record.rule());
        assertThat(record.stage()).as("stage of %s", rule).isEqualTo((short)
                (rule == null ? 0 : rule.stage().code()));
        rules.add(rule);
        record.attempts().forEach(attempt -> attemptStatuses.add(attempt.finalStatus()));
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
    public void onAsk(final ServerQuestion question) {
        questions.add(question);
    }

    @Override
    public void onCloseFlow(final byte closed, final int listener, final long closedFlow) {
        throw new AssertionError("nothing to close");
    }

    /** Next message to the caller; its first line must begin as given. */
    String caller(final String start) {
        return next(toCaller, start);
    }

    /** Next message to anybody else; its first line must begin as given. */
    String other(final String start) {
        return next(toOthers, start);
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

    /** Every admission counter is what live calls and legs hold. */
    void audit() {
        final AdmissionAudit audit = core.ledger().audit();
        final Exchange exchange = core.exchange();
        for (int slot = 0; slot < exchange.calls.bound(); slot++) {
            final Call call = exchange.calls.get(slot);
            if (call != null) {
                audit.count(call.holds);
            }
        }
        for (int slot = 0; slot < exchange.legs.bound(); slot++) {
            final Leg leg = exchange.legs.get(slot);
            if (leg != null) {
                audit.count(leg.holds);
                audit.count(leg.redirectHolds);
            }
        }
        final List<String> differences = new ArrayList<>();
        assertThat(audit.finish(differences::add)).as(differences.toString()).isZero();
    }

    /** Calls and attempts that hold a channel of a trunk. */
    int channels(final int trunk) {
        return core.ledger().count(Dimension.TRUNK, 2, trunk);
    }

    /** The message that left last. */
    Sent last() {
        return sent.getLast();
    }

    long count(final CoreCounter counter) {
        return core.counters().value(counter);
    }

    void quietCaller() {
        assertThat(toCaller).isEmpty();
    }

    void quiet() {
        assertThat(toCaller).isEmpty();
        assertThat(toCallee).isEmpty();
        assertThat(toOthers).isEmpty();
    }

    /** Nothing more is said, and in the end every table is empty and every counter zero. */
    void over() {
        quiet();
        pass(LONGEST_MS);
        quiet();
        empty();
    }

    void empty() {
        final var stats = core.stats();
        assertThat(stats.liveCalls()).as("live calls").isZero();
        assertThat(stats.tableCalls()).as("calls").isZero();
        assertThat(stats.tableLegs()).as("legs").isZero();
        assertThat(stats.tableDialogs()).as("dialogs").isZero();
        assertThat(stats.clientTransactions()).as("client transactions").isZero();
        assertThat(stats.serverTransactions()).as("server transactions").isZero();
        assertThat(stats.timers()).as("timers").isZero();
        assertThat(stats.blocks()).as("blocks").isZero();
        assertThat(stats.blockBytes()).as("bytes").isZero();
        assertThat(stats.admissionCounters()).as("admission counters").isZero();
        assertThat(core.stages().flowsWaitedIn().isEmpty()).as("no flow is waited in").isTrue();
    }

    // ---- scenes ----------------------------------------------------------------------------------------------------

    /** An INVITE that has reached the callee; the caller has its 100. */
    String offered(final String call) {
        fromCaller(Texts.invite(call, "", "v=0 offer"));
        caller("SIP/2.0 100 ");
        return callee("INVITE ");
    }

    /** A callee that rings. */
    Ringing ringing(final String call, final String calleeTag) {
        final String invite = offered(call);
        fromCallee(Texts.response(invite, "180 Ringing", calleeTag, "Contact: <sip:bob@127.0.0.3:5080>\n", ""));
        return new Ringing(invite, caller("SIP/2.0 180 "));
    }

    /** A call that is up, its ACK through, between tags alice-name and bob. */
    Up up(final String call) {
        final String invite = offered(call);
        fromCallee(Texts.ok(invite, "bob", "v=0 answer"));
        final String answer = caller("SIP/2.0 200 ");
        fromCaller(Texts.inDialog("ACK", 1, answer, "ack-" + call, ""));
        callee("ACK ");
        return new Up(invite, answer);
    }

    /** The caller hangs up. */
    void hangUp(final Up up, final int cSeq) {
        final String branch = "bye-" + Texts.header(up.answer, "Call-ID").replace('@', '-') + cSeq;
        fromCaller(Texts.inDialog("BYE", cSeq, up.answer, branch, ""));
        caller("SIP/2.0 200 ");
        fromCallee(Texts.response(callee("BYE "), "200 OK", ""));
    }

    /** Our INVITE to the callee and our 180 to the caller. */
    record Ringing(String invite, String progress) {}

    /** Our INVITE to the callee and our 200 to the caller. */
    record Up(String invite, String answer) {}
}
