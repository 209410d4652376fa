package io.tandem.perf.simulation;

import io.tandem.perf.simulation.SystemUnderTest.Input;
import io.tandem.perf.simulation.SystemUnderTest.Output;
import io.tandem.perf.simulation.check.Census;
import io.tandem.perf.simulation.network.Endpoint;
import io.tandem.perf.simulation.network.Packet;
import java.util.List;
import java.util.function.Consumer;

/** An engine whose outputs pass through a mutation. */
final class MutatedEngine implements Engine {
    private final Engine engine;
    private final Mutation mutation;
    private final Mutation.Memory memory;

    /** @param memory one for all lives of a system. */
    MutatedEngine(final Engine engine, final Mutation mutation, final Mutation.Memory memory) {
        this.engine = engine;
        this.mutation = mutation;
        this.memory = memory;
    }

    private record Mutated(Mutation mutation, Mutation.Memory memory, Output next) implements Output {
        @Override
        public void handling(final Input input) {
            next.handling(input);
        }

        @Override
        public void send(final boolean stream, final long flow, final Endpoint to, final byte[] bytes) {
            mutation.send(new Mutation.Sending(memory, next, stream, flow, to, new Packet(bytes).text()));
        }

        @Override
        public void closeFlow(final long flow) {
            next.closeFlow(flow);
        }

        @Override
        public void callRecord(final String callerCallId, final int finalStatus) {
            mutation.record(next, callerCallId, finalStatus);
        }
    }

    @Override
    public void restarted(final long turnIndex, final long nowNs, final long wallMs, final Output output) {
        engine.restarted(turnIndex, nowNs, wallMs, new Mutated(mutation, memory, output));
    }

    @Override
    public void turn(
            final long turnIndex, final List<Input> inputs, final long nowNs, final long wallMs, final Output output) {
        engine.turn(turnIndex, inputs, nowNs, wallMs, new Mutated(mutation, memory, output));
    }

    @Override
    public void beginSnapshot(final Consumer<byte[]> sink) {
        engine.beginSnapshot(sink);
    }

    @Override
    public boolean writeSnapshot() {
        return engine.writeSnapshot();
    }

    @Override
    public void restore(final List<byte[]> snapshot) {
        engine.restore(snapshot);
    }

    @Override
    public long nextDeadlineNs() {
        return engine.nextDeadlineNs();
    }

    @Override
    public Census census() {
        return engine.census();
    }
}
