package io.tandem.perf.simulation;

import io.tandem.perf.simulation.SystemUnderTest.Input;
import io.tandem.perf.simulation.SystemUnderTest.Output;
import io.tandem.perf.simulation.check.Census;
import java.util.List;

/** The deterministic part of a system under test: state that follows from the turns it was given and nothing else. */
public interface Engine {
    /** A process takes over: the first turn of every life. */
    void restarted(long turnIndex, long nowNs, long wallMs, Output output);

    /** Acts on inputs and on what is due. */
    void turn(long turnIndex, List<Input> inputs, long nowNs, long wallMs, Output output);

    long nextDeadlineNs();

    Census census();
}
