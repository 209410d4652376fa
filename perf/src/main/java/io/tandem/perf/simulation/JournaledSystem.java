package io.tandem.perf.simulation;

import io.tandem.perf.simulation.check.Census;
import io.tandem.perf.simulation.network.Endpoint;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.zip.CRC32C;

/**
 * An engine behind a write-ahead journal in memory, with a digest of what each turn said. Snapshots are taken beside it all the
 * time; after a crash the newest whole one and the turns since make the next life.
 */
public final class JournaledSystem implements SystemUnderTest {
    private final Supplier<Engine> engines;
    private final List<Turn> journal = new ArrayList<>();
    private Engine engine;
    private Snapshot whole;
    private Snapshot open;

    /** Records of the state after so many turns. */
    private record Snapshot(int turns, List<byte[]> records) {}

    /** One journaled turn; without inputs it only lets time pass, unless it begins a life. */
    private static final class Turn {
        private final boolean restart;
        private final List<Input> inputs;
        private final long nowNs;
        private final long wallMs;
        private long digest;

        Turn(final boolean restart, final List<Input> inputs, final long nowNs, final long wallMs) {
            this.restart = restart;
            this.inputs = inputs;
            this.nowNs = nowNs;
            this.wallMs = wallMs;
        }
    }

    /** Digests what passes. */
    private static final class Digester implements Output {
        private final Output next;
        private final CRC32C crc = new CRC32C();
        private long value = 17;

        Digester(final Output next) {
            this.next = next;
        }

        private void add(final byte[] bytes, final long more) {
            crc.reset();
            crc.update(bytes);
            value = (value * 31 + crc.getValue()) * 0x9E37_79B9_7F4A_7C15L + more;
        }

        @Override
        public void handling(final Input input) {
            if (next != null) {
                next.handling(input);
            }
        }

        @Override
        public void send(final boolean stream, final long flow, final Endpoint to, final byte[] bytes) {
            add(bytes, flow + to.addressLow() * 65_537L + to.port() + (stream ? 1L << 40 : 0));
            if (next != null) {
                next.send(stream, flow, to, bytes);
            }
        }

        @Override
        public void closeFlow(final long flow) {
            add(new byte[0], flow);
            if (next != null) {
                next.closeFlow(flow);
            }
        }

        @Override
        public void callRecord(final String callerCallId, final int finalStatus) {
            add(callerCallId.getBytes(StandardCharsets.ISO_8859_1), finalStatus);
            if (next != null) {
                next.callRecord(callerCallId, finalStatus);
            }
        }
    }

    public JournaledSystem(final Supplier<Engine> engines) {
        this.engines = engines;
    }

    @Override
    public void start(final long nowNs, final long wallMs, final Output output) {
        engine = engines.get();
        open = null;
        if (whole != null) {
            engine.restore(whole.records());
        }
        final String difference = rerun(engine, whole == null ? 0 : whole.turns());
        if (difference != null) {
            throw new IllegalStateException("recovery says something else: " + difference);
        }
        final Turn turn = new Turn(true, List.of(), nowNs, wallMs);
        journal.add(turn);
        turn.digest = play(engine, journal.size() - 1, turn, output);
    }

    @Override
    public void turn(final List<Input> inputs, final long nowNs, final long wallMs, final Output output) {
        final Turn turn = new Turn(false, inputs, nowNs, wallMs);
        journal.add(turn);
        turn.digest = play(engine, journal.size() - 1, turn, output);
        snapshot();
    }

    private void snapshot() {
        if (open == null) {
            open = new Snapshot(journal.size(), new ArrayList<>());
            engine.beginSnapshot(open.records()::add);
        } else if (engine.writeSnapshot()) {
            whole = open;
            open = null;
        }
    }

    private static long play(final Engine on, final int index, final Turn turn, final Output output) {
        final Digester digester = new Digester(output);
        if (turn.restart) {
            on.restarted(index, turn.nowNs, turn.wallMs, digester);
        } else {
            on.turn(index, turn.inputs, turn.nowNs, turn.wallMs, digester);
        }
        return digester.value;
    }

    private String rerun(final Engine fresh, final int from) {
        for (int i = from; i < journal.size(); i++) {
            final Turn turn = journal.get(i);
            final long digest = play(fresh, i, turn, null);
            if (digest != turn.digest) {
                return "turn=" + i + " of " + journal.size() + " inputs=" + turn.inputs.size();
            }
        }
        return null;
    }

    @Override
    public long nextDeadlineNs() {
        return engine.nextDeadlineNs();
    }

    @Override
    public void crash() {
        engine = null;
    }

    @Override
    public Census census() {
        return engine.census();
    }

    @Override
    public String replay() {
        return rerun(engines.get(), 0);
    }
}
