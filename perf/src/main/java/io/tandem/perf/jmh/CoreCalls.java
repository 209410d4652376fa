package io.tandem.perf.jmh;

import io.tandem.journal.record.InputKind;
import io.tandem.journal.record.TransportKind;
import io.tandem.perf.rig.CallScript;
import io.tandem.routing.address.Listener;
import io.tandem.routing.configuration.InMemoryConfiguration;
import io.tandem.routing.core.Core;
import io.tandem.routing.core.CoreKeys;
import io.tandem.routing.core.CoreSettings;
import io.tandem.routing.core.CoreStats;
import io.tandem.routing.core.Restart;
import io.tandem.routing.effect.EffectHandler;
import io.tandem.routing.effect.Effects;
import io.tandem.routing.effect.ServerQuestion;
import io.tandem.routing.stage.StageClock;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Whole calls through a core in virtual time, one after the other, each a fixed time after the one before: what lingers
 * (transactions that absorb retransmissions, for 32 seconds) lingers as it would at that rate. A turn has one message.
 */
public final class CoreCalls {
    /** Messages of a call at the server, in and out. */
    public static final int MESSAGES = 13;

    private static final long CALLER = 0xFFFF_7F00_0002L;
    private static final long CALLEE = 0xFFFF_7F00_0003L;
    private static final int CALLER_PORT = 5070;
    private static final int CALLEE_PORT = 5080;
    private static final int SERVER_PORT = 5060;
    private static final String NUMBER = "12025550123";
    private static final String CONFIGURATION = """
            {"resource":"accounts","name":"acme"}
            {"resource":"trunks","account_id":"name:acme","name":"carrier","direction":"inbound","acl":["127.0.0.2/32"]}
            {"resource":"trunks","account_id":"name:acme","name":"pbx","direction":"outbound","proxy":"127.0.0.3:5080"}
            {"resource":"numbers","account_id":"name:acme","e164":"12025550123","dest_kind":"trunk","dest_id":"name:pbx"}
            """;
    private static final byte UDP = (byte) TransportKind.UDP.value();
    private static final int EFFECTS_BYTES = 1 << 20;
    private static final int TIMER_LIMIT = 64;
    private static final int MESSAGE_BYTES_MAX = 4_096;
    private static final int CALLS_MAX = 50_000;
    private static final int TRANSACTIONS_MAX = 400_000;
    private static final long STORE_BYTES_MAX = 512L << 20;

    private final Effects effects = new Effects(EFFECTS_BYTES);
    private final Outputs outputs = new Outputs();
    private final Core core;
    private final CallScript script =
            new CallScript("127.0.0.2:" + CALLER_PORT, "127.0.0.3:" + CALLEE_PORT, "127.0.0.1:" + SERVER_PORT, NUMBER);
    private final UnsafeBuffer input = new UnsafeBuffer(0, 0);
    private final long intervalNs;
    private long nowNs = TimeUnit.SECONDS.toNanos(1_000);
    private long turn;

    /** Keeps the last message to either side and counts. */
    private static final class Outputs implements EffectHandler {
        private final byte[] toCaller = new byte[MESSAGE_BYTES_MAX];
        private final byte[] toCallee = new byte[MESSAGE_BYTES_MAX];
        private int toCallerLength;
        private int toCalleeLength;
        private int messages;
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
            messages++;
            if (addressLow == CALLER) {
                buffer.getBytes(offset, toCaller, 0, length);
                toCallerLength = length;
            } else {
                buffer.getBytes(offset, toCallee, 0, length);
                toCalleeLength = length;
            }
        }

        @Override
        public void onRecord(final DirectBuffer buffer, final int offset, final int length) {
            records++;
        }

        @Override
        public void onAsk(final ServerQuestion question) {
            throw new IllegalStateException("no flow is configured: url=" + question.url());
        }

        @Override
        public void onCloseFlow(final byte transport, final int listener, final long flow) {
            throw new IllegalStateException("a datagram has no flow to close: flow=" + flow);
        }
    }

    /** Creates a core and configures it; {@code callsPerSecond} of virtual time. */
    public CoreCalls(final int callsPerSecond) {
        intervalNs = TimeUnit.SECONDS.toNanos(1) / callsPerSecond;
        final InMemoryConfiguration configuration = InMemoryConfiguration.of("benchmark", 1, CONFIGURATION);
        core = new Core(
                new CoreKeys(new byte[32]), name -> configuration, effects, StageClock.NONE, CoreCalls::onDefect);
        restart();
        final byte[] name = "benchmark".getBytes(StandardCharsets.US_ASCII);
        input(InputKind.CONFIGURATION, 0, 0, name, name.length);
        outputs.messages = 0;
        outputs.records = 0;
    }

    private static void onDefect(final long inputIndex, final Throwable error) {
        throw new IllegalStateException("defect in the core: inputIndex=" + inputIndex, error);
    }

    private void restart() {
        final CoreSettings settings = new CoreSettings(
                List.of(new Listener(0, "main", TransportKind.UDP, "127.0.0.1", SERVER_PORT, true)),
                CoreSettings.of(List.of()).timers(),
                CALLS_MAX,
                TRANSACTIONS_MAX,
                STORE_BYTES_MAX);
        final byte[] bytes = Restart.unjournaled(1, nowNs, 0, settings).encode();
        input(InputKind.RESTARTED, 0, 0, bytes, bytes.length);
    }

    /** Runs one call; answers how many messages it took in both directions, {@value #MESSAGES} when all is well. */
    public int call() {
        nowNs += intervalNs;
        outputs.messages = 0;
        fromCaller(script.invite());
        script.onCallee(outputs.toCallee, outputs.toCalleeLength);
        fromCallee(script.ringing());
        fromCallee(script.answer());
        script.onCaller(outputs.toCaller, outputs.toCallerLength);
        fromCaller(script.ack());
        fromCaller(script.bye());
        script.onCallee(outputs.toCallee, outputs.toCalleeLength);
        fromCallee(script.byeAnswer());
        return 6 + outputs.messages;
    }

    /** Lets time pass without messages. */
    public void pass(final long durationNs) {
        final long untilNs = nowNs + durationNs;
        while (core.nextDeadlineNs() <= untilNs) {
            nowNs = Math.max(nowNs, core.nextDeadlineNs());
            core.beginTurn(++turn, nowNs, wallMs());
            endTurn();
        }
        nowNs = untilNs;
    }

    /** How full the core is. */
    public CoreStats stats() {
        return core.stats();
    }

    /** Records of calls and decisions written so far. */
    public int records() {
        return outputs.records;
    }

    private void fromCaller(final CallScript message) {
        input(InputKind.MESSAGE, CALLER, CALLER_PORT, message.bytes(), message.length());
    }

    private void fromCallee(final CallScript message) {
        input(InputKind.MESSAGE, CALLEE, CALLEE_PORT, message.bytes(), message.length());
    }

    private void input(final InputKind kind, final long address, final int port, final byte[] bytes, final int length) {
        input.wrap(bytes, 0, length);
        core.beginTurn(++turn, nowNs, wallMs());
        core.onInput((byte) kind.value(), UDP, 0, 0, 0, address, port, input, 0, length, null);
        endTurn();
    }

    private void endTurn() {
        drain();
        while (core.fireTimers(TIMER_LIMIT) == TIMER_LIMIT) {
            drain();
        }
        core.endTurn();
        drain();
    }

    private void drain() {
        effects.forEach(outputs);
        effects.reset();
    }

    private long wallMs() {
        return TimeUnit.NANOSECONDS.toMillis(nowNs);
    }
}
