package io.tandem.perf.simulation;

import io.tandem.journal.record.CallRecordDecoder;
import io.tandem.journal.record.InputKind;
import io.tandem.journal.record.MessageHeaderDecoder;
import io.tandem.journal.record.TransportKind;
import io.tandem.perf.simulation.SystemUnderTest.Input;
import io.tandem.perf.simulation.SystemUnderTest.Output;
import io.tandem.perf.simulation.check.Census;
import io.tandem.perf.simulation.network.Endpoint;
import io.tandem.perf.simulation.peer.Numbers;
import io.tandem.routing.address.Listener;
import io.tandem.routing.admission.Dimension;
import io.tandem.routing.configuration.InMemoryConfiguration;
import io.tandem.routing.core.Core;
import io.tandem.routing.core.CoreKeys;
import io.tandem.routing.core.CoreSettings;
import io.tandem.routing.core.CoreStats;
import io.tandem.routing.core.Restart;
import io.tandem.routing.effect.EffectHandler;
import io.tandem.routing.effect.Effects;
import io.tandem.routing.effect.ServerQuestion;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.transaction.TimerValues;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** The core as the simulation drives it. Every life of a run has the same secrets, settings and configuration. */
final class CoreEngine implements Engine {
    private static final int EFFECTS_BYTES = 1 << 20;
    private static final int TIMER_LIMIT = 64;

    /** Few enough that a snapshot takes some dozen turns. */
    private static final int SNAPSHOT_PLACES = 256;

    private static final int DATAGRAM_LISTENER = 0;
    private static final int STREAM_LISTENER = 1;
    private static final int CALLS_MAX = 10_000;
    private static final int TRANSACTIONS_MAX = 40_000;
    private static final long STORE_BYTES_MAX = 256L << 20;
    private static final byte[] MASTER_KEY = "simulation, not a secret at all.".getBytes(StandardCharsets.US_ASCII);
    private static final InMemoryConfiguration CONFIGURATION = SimulatedConfiguration.build();

    private final Effects effects = new Effects(EFFECTS_BYTES);
    private final Core core =
            new Core(new CoreKeys(MASTER_KEY), name -> CONFIGURATION, effects, () -> 0, this::onDefect);
    private final UnsafeBuffer payload = new UnsafeBuffer(0, 0);
    private final Drain drain = new Drain();
    private int epoch;
    private Throwable defect;

    /** Hands effects on. */
    private static final class Drain implements EffectHandler {
        private final MessageHeaderDecoder header = new MessageHeaderDecoder();
        private final CallRecordDecoder callRecord = new CallRecordDecoder();
        private Output output;

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
            final boolean stream = transport == (byte) TransportKind.TCP.value();
            if (listener != (stream ? STREAM_LISTENER : DATAGRAM_LISTENER)) {
                throw new IllegalStateException("sent from the wrong listener: transport=" + transport + " listener="
                        + listener + "\n" + new String(bytes, StandardCharsets.ISO_8859_1));
            }
            output.send(stream, flow, Endpoint.of(addressHigh, addressLow, port), bytes);
        }

        @Override
        public void onRecord(final DirectBuffer buffer, final int offset, final int length) {
            header.wrap(buffer, offset);
            if (header.templateId() != CallRecordDecoder.TEMPLATE_ID) {
                return;
            }
            callRecord.wrapAndApplyHeader(buffer, offset, header);
            for (final CallRecordDecoder.AttemptsDecoder attempts = callRecord.attempts(); attempts.hasNext(); ) {
                attempts.next();
            }
            final byte[] callId = new byte[callRecord.callerCallIdLength()];
            callRecord.getCallerCallId(callId, 0, callId.length);
            output.callRecord(new String(callId, StandardCharsets.ISO_8859_1), callRecord.finalStatus());
        }

        @Override
        public void onAsk(final ServerQuestion question) {
            throw new IllegalStateException("no flow is configured: url=" + question.url());
        }

        @Override
        public void onCloseFlow(final byte transport, final int listener, final long flow) {
            output.closeFlow(flow);
        }
    }

    @Override
    public void restarted(final long turnIndex, final long nowNs, final long wallMs, final Output output) {
        core.beginTurn(turnIndex, nowNs, wallMs);
        final byte[] restart =
                Restart.unjournaled(++epoch, nowNs, wallMs, settings()).encode();
        control(InputKind.RESTARTED, new UnsafeBuffer(restart), restart.length);
        if (epoch == 1) {
            final byte[] name = SimulatedConfiguration.NAME.getBytes(StandardCharsets.UTF_8);
            control(InputKind.CONFIGURATION, new UnsafeBuffer(name), name.length);
        }
        drain(output);
        finishTurn(output);
    }

    private static CoreSettings settings() {
        final Endpoint address = Simulation.SYSTEM;
        return new CoreSettings(
                List.of(
                        new Listener(DATAGRAM_LISTENER, "udp", TransportKind.UDP, address.host(), address.port(), true),
                        new Listener(STREAM_LISTENER, "tcp", TransportKind.TCP, address.host(), address.port(), true)),
                TimerValues.DEFAULT,
                CALLS_MAX,
                TRANSACTIONS_MAX,
                STORE_BYTES_MAX);
    }

    private void control(final InputKind kind, final DirectBuffer bytes, final int length) {
        core.onInput((byte) kind.value(), (byte) 0, 0, 0, 0, 0, 0, bytes, 0, length, null);
    }

    @Override
    public void turn(
            final long turnIndex, final List<Input> inputs, final long nowNs, final long wallMs, final Output output) {
        core.beginTurn(turnIndex, nowNs, wallMs);
        for (final Input input : inputs) {
            output.handling(input);
            payload.wrap(input.payload());
            final TransportKind transport = input.stream() ? TransportKind.TCP : TransportKind.UDP;
            core.onInput(
                    (byte) kindOf(input).value(),
                    (byte) transport.value(),
                    input.stream() ? STREAM_LISTENER : DATAGRAM_LISTENER,
                    input.flow(),
                    0,
                    input.peer().addressLow(),
                    input.peer().port(),
                    payload,
                    0,
                    input.payload().length,
                    null);
            drain(output);
        }
        finishTurn(output);
    }

    private static InputKind kindOf(final Input input) {
        return switch (input.kind()) {
            case MESSAGE -> InputKind.MESSAGE;
            case TRANSPORT_FAILURE -> InputKind.TRANSPORT_FAILURE;
            case FLOW_CLOSED -> InputKind.FLOW_CLOSED;
        };
    }

    private void finishTurn(final Output output) {
        while (core.fireTimers(TIMER_LIMIT) == TIMER_LIMIT) {
            drain(output);
        }
        core.endTurn();
        drain(output);
        if (defect != null) {
            throw new IllegalStateException("a defect in the core", defect);
        }
    }

    private void drain(final Output output) {
        drain.output = output;
        effects.forEach(drain);
        effects.reset();
    }

    private void onDefect(final long inputIndex, final Throwable error) {
        if (defect == null) {
            defect = error;
        }
    }

    @Override
    public void beginSnapshot(final Consumer<byte[]> sink) {
        core.beginSnapshot((buffer, offset, length) -> {
            final byte[] bytes = new byte[length];
            buffer.getBytes(offset, bytes);
            sink.accept(bytes);
        });
    }

    @Override
    public boolean writeSnapshot() {
        return core.writeSnapshot(SNAPSHOT_PLACES);
    }

    @Override
    public void restore(final List<byte[]> snapshot) {
        core.beginReadingSnapshot();
        for (final byte[] bytes : snapshot) {
            core.readSnapshot(new UnsafeBuffer(bytes), 0);
        }
        core.endReadingSnapshot();
        epoch = (int) core.epoch();
    }

    @Override
    public long nextDeadlineNs() {
        return core.nextDeadlineNs();
    }

    @Override
    public Census census() {
        final CoreStats stats = core.stats();
        final Map<String, Long> holds = new LinkedHashMap<>();
        for (final String number : Numbers.ceilings().keySet()) {
            final ResourceId id = SimulatedConfiguration.numberId(number);
            final int count = core.ledger().count(Dimension.NUMBER, id.high(), id.low());
            if (count != 0) {
                holds.put("number " + number, (long) count);
            }
        }
        final Map<String, Long> remainders = new LinkedHashMap<>();
        remainders.put("calls in the table", (long) stats.tableCalls());
        remainders.put("legs", (long) stats.tableLegs());
        remainders.put("dialogs", (long) stats.tableDialogs());
        remainders.put("client transactions", (long) stats.clientTransactions());
        remainders.put("server transactions", (long) stats.serverTransactions());
        remainders.put("timers", (long) stats.timers());
        remainders.put("blocks", (long) stats.blocks());
        remainders.put("block bytes", stats.blockBytes());
        remainders.put("admission counters", (long) stats.admissionCounters());
        return new Census(stats.liveCalls(), holds, remainders);
    }
}
