package io.tandem.perf.population;

import io.tandem.journal.record.InputKind;
import io.tandem.routing.admission.Holds;
import io.tandem.routing.change.ChangeCheck;
import io.tandem.routing.change.ChangeCommand;
import io.tandem.routing.change.PreparedPlans;
import io.tandem.routing.configuration.Configuration;
import io.tandem.routing.configuration.OverlaidConfiguration;
import io.tandem.routing.configuration.ResourceEdit;
import io.tandem.routing.configuration.RoutingPlans;
import io.tandem.routing.core.Core;
import io.tandem.routing.core.CoreKeys;
import io.tandem.routing.core.CoreSettings;
import io.tandem.routing.core.Restart;
import io.tandem.routing.counter.CoreCounter;
import io.tandem.routing.effect.Effects;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.stage.CallRequest;
import io.tandem.routing.stage.Decision;
import io.tandem.routing.stage.StageClock;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What one change costs the core's thread: CPU time of the turn that applies it, by the thread's own clock. Each change is checked
 * and compiled by the calling thread, as the appliance does, and applied by another; between two changes the core decides a call,
 * so that its tables of compiled plans are in use. Fixed work is measured in the same way between them: where its dearest
 * is as dear as that of the changes, the machine took the time. Nothing is written to disk.
 */
public final class ChangeCosts implements AutoCloseable {
    private static final int EFFECTS_BYTES = 1 << 20;
    private static final long TURN_NS = 1_000_000;
    private static final long WALL_MS = 1_800_000_000_000L;
    private static final long CARRIER = 0xFFFF_7F00_0002L;

    /** Steps of the fixed work: some microseconds, as a change takes. */
    private static final int FIXED_STEPS = 4_000;

    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            task -> Thread.ofPlatform().name("core").unstarted(task));
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final Effects effects = new Effects(EFFECTS_BYTES);
    private final CallRequest call = new CallRequest();
    private final Decision decision = new Decision();
    private final Holds holds = new Holds();
    private final CountedRows rows;
    private final Core core;
    private final PopulationChanges changes;
    private RoutingPlans prepared;
    private long turn;
    private long ids;
    private long fixed = 1;

    /**
     * What some changes cost.
     *
     * @param costsNs CPU time of the core's thread for each, in the order in which they were made.
     * @param callsNs CPU time of the decision of the call after each, which compiles what the change made stale and reads rows that may
     *     not be in memory yet.
     * @param fixedNs CPU time of fixed work after each, which touches no memory.
     * @param coreRows rows of the generation that the core's thread read for all of them.
     * @param checkRowsMax most rows of the generation that a check and compilation of one read.
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Result(long[] costsNs, long[] callsNs, long[] fixedNs, long coreRows, long checkRowsMax) {
        /** The cost that so many of a thousand do not exceed. */
        public long atMost(final int ofThousand) {
            return atMost(costsNs, ofThousand);
        }

        /** The cost of a decision that so many of a thousand do not exceed. */
        public long callsAtMost(final int ofThousand) {
            return atMost(callsNs, ofThousand);
        }

        /** The cost of the fixed work that so many of a thousand do not exceed. */
        public long fixedAtMost(final int ofThousand) {
            return atMost(fixedNs, ofThousand);
        }

        private static long atMost(final long[] ns, final int ofThousand) {
            final long[] sorted = ns.clone();
            Arrays.sort(sorted);
            return sorted[Math.max(0, (int) ((long) sorted.length * ofThousand / 1000) - 1)];
        }
    }

    /** Over a generation that holds a {@link Population} of the size. */
    public ChangeCosts(final Configuration generation, final PopulationSize size, final long seed) {
        rows = new CountedRows(generation);
        changes = new PopulationChanges(generation, size, seed);
        core = onCore(() -> {
            final Core created =
                    new Core(new CoreKeys(new byte[32]), name -> rows, effects, StageClock.NONE, (at, error) -> {
                        throw new IllegalStateException("defect: inputIndex=" + at, error);
                    });
            final PreparedPlans prepare = (revision, inUse) -> prepared;
            created.prepareBy(prepare);
            return created;
        });
        input(
                InputKind.RESTARTED,
                Restart.unjournaled(1, TURN_NS, WALL_MS, CoreSettings.of(List.of()))
                        .encode());
        input(InputKind.CONFIGURATION, generation.name().getBytes(StandardCharsets.US_ASCII));
    }

    /** Makes so many changes. */
    public Result run(final int count) {
        final long[] costsNs = new long[count];
        final long[] callsNs = new long[count];
        final long[] fixedNs = new long[count];
        final long appliedBefore = core.counters().value(CoreCounter.CHANGES_APPLIED);
        long coreRows = 0;
        long checkRowsMax = 0;
        for (int i = 0; i < count; i++) {
            final long before = rows.read();
            final byte[] command = prepare();
            final long checked = rows.read();
            costsNs[i] = input(InputKind.CONFIGURATION_CHANGE, command);
            coreRows += rows.read() - checked;
            checkRowsMax = Math.max(checkRowsMax, checked - before);
            callsNs[i] = decide(changes.number());
            fixedNs[i] = fixedWork();
        }
        if (core.counters().value(CoreCounter.CHANGES_APPLIED) - appliedBefore != count) {
            throw new IllegalStateException("not every change was applied: made=" + count);
        }
        return new Result(costsNs, callsNs, fixedNs, coreRows, checkRowsMax);
    }

    private byte[] prepare() {
        final RoutingPlans inUse = core.stages().plans();
        final OverlaidConfiguration now = OverlaidConfiguration.over(inUse.configuration());
        final ChangeCheck.Checked checked =
                ChangeCheck.check(now, changes.next(), turn, () -> new ResourceId(Long.MAX_VALUE, ++ids));
        if (checked.refusal() != null || checked.transitions().size() != 1) {
            throw new IllegalStateException("change was refused or changes nothing: refusal=" + checked.refusal());
        }
        final long revision = now.revision() + 1;
        final ChangeCommand command =
                new ChangeCommand(now.revision(), revision, "bench", "change", checked.transitions());
        final List<ResourceEdit> edits = command.edits().stream()
                .map(edit -> new ResourceEdit(edit.kind(), edit.id(), edit.after()))
                .toList();
        prepared = inUse.next(now.with(edits, revision), edits);
        return command.encode();
    }

    /** One turn with one input; its CPU time. */
    private long input(final InputKind kind, final byte[] bytes) {
        return onCore(() -> {
            final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
            turn++;
            final long startNs = threads.getCurrentThreadCpuTime();
            core.beginTurn(turn, turn * TURN_NS, WALL_MS + turn);
            core.onInput((byte) kind.value(), (byte) 0, 0, 0, 0, 0, 0, buffer, 0, bytes.length, null);
            core.endTurn();
            final long usedNs = threads.getCurrentThreadCpuTime() - startNs;
            effects.reset();
            return usedNs;
        });
    }

    /** One decision of a call; its CPU time. */
    private long decide(final long e164) {
        return onCore(() -> {
            call.clear();
            call.addressLow = CARRIER;
            call.wallMs = WALL_MS + turn;
            call.nowNs = turn * TURN_NS;
            call.dryRun = true;
            call.called.setE164(e164);
            call.caller.setAscii("13035550100");
            final long startNs = threads.getCurrentThreadCpuTime();
            core.stages().decide(call, decision, holds);
            return threads.getCurrentThreadCpuTime() - startNs;
        });
    }

    /** Fixed work on the core's thread; its CPU time. */
    private long fixedWork() {
        return onCore(() -> {
            final long startNs = threads.getCurrentThreadCpuTime();
            long value = fixed;
            for (int i = 0; i < FIXED_STEPS; i++) {
                // xorshift, which no compiler shortens
                value ^= value << 13;
                value ^= value >>> 7;
                value ^= value << 17;
            }
            fixed = value;
            return threads.getCurrentThreadCpuTime() - startNs;
        });
    }

    private <T> T onCore(final Callable<T> task) {
        try {
            return thread.submit(task).get();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (final ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
