package io.tandem.perf.simulation;

import io.tandem.perf.simulation.SystemUnderTest.Input;
import io.tandem.perf.simulation.SystemUnderTest.Output;
import io.tandem.perf.simulation.check.Census;
import java.util.List;
import java.util.function.Consumer;

/** The deterministic part of a system under test: state that follows from the turns it was given and nothing else. */
public interface Engine {
    /** A process takes over: the first turn of every life. */
    void restarted(long turnIndex, long nowNs, long wallMs, Output output);

    /** Acts on inputs and on what is due. */
    void turn(long turnIndex, List<Input> inputs, long nowNs, long wallMs, Output output);

    /** Begins a snapshot of now; the sink hears of its records until {@link #writeSnapshot()} says that it is whole. */
    default void beginSnapshot(final Consumer<byte[]> sink) {}

    /** Goes on with the snapshot, between two turns; true when it is whole, never for an engine that takes none. */
    default boolean writeSnapshot() {
        return false;
    }

    /** Takes over the state of a snapshot, before the first turn. */
    default void restore(final List<byte[]> snapshot) {
        throw new IllegalStateException(
                "engine takes no snapshots: engine=" + getClass().getSimpleName());
    }

    long nextDeadlineNs();

    Census census();
}
