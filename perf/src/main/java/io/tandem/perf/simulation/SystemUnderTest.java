package io.tandem.perf.simulation;

import io.tandem.perf.simulation.check.Census;
import io.tandem.perf.simulation.network.Endpoint;
import java.util.List;

/**
 * What the simulation drives: something deterministic that takes inputs in turns and says what to send. It keeps its own
 * journal of the turns it was given, and can be thrown away and rebuilt from it at any time.
 */
public interface SystemUnderTest {
    /** What an input is; the payload of each is what the inputs queue would hold. */
    enum InputKind {
        MESSAGE,
        TRANSPORT_FAILURE,
        FLOW_CLOSED
    }

    /**
     * One input: what it is, whether it came by a stream connection and by which (0 for datagrams), from whom, and its
     * bytes.
     */
    final class Input {
        private final InputKind kind;
        private final boolean stream;
        private final long flow;
        private final Endpoint peer;
        private final byte[] payload;

        public Input(
                final InputKind kind,
                final boolean stream,
                final long flow,
                final Endpoint peer,
                final byte[] payload) {
            this.kind = kind;
            this.stream = stream;
            this.flow = flow;
            this.peer = peer;
            this.payload = payload;
        }

        public InputKind kind() {
            return kind;
        }

        public boolean stream() {
            return stream;
        }

        public long flow() {
            return flow;
        }

        public Endpoint peer() {
            return peer;
        }

        /** Never modified by anybody. */
        public byte[] payload() {
            return payload;
        }
    }

    /** Takes what the system says, in its order. */
    interface Output {
        /** What comes from here on is said on account of this input. */
        void handling(Input input);

        void send(boolean stream, long flow, Endpoint to, byte[] bytes);

        void closeFlow(long flow);

        /** A call record was written. */
        void callRecord(String callerCallId, int finalStatus);
    }

    /** Begins a life: the first, or one after {@link #crash()}, which is first rebuilt from the journal. */
    void start(long nowNs, long wallMs, Output output);

    /** Journals the inputs, then acts on them and on whatever is due. */
    void turn(List<Input> inputs, long nowNs, long wallMs, Output output);

    /** When to give it a turn without inputs; {@link Long#MAX_VALUE} for never. */
    long nextDeadlineNs();

    /** Throws away everything but the journal. */
    void crash();

    /** What it says it holds. */
    Census census();

    /**
     * Replays the whole journal in a fresh system and compares what it says, turn by turn.
     *
     * @return null when it says the same, else what differs.
     */
    String replay();
}
