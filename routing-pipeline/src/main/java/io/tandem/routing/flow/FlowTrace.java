package io.tandem.routing.flow;

/** Hears which nodes of flows a call comes to, for explanations. */
public interface FlowTrace {
    /** Hears nothing. */
    FlowTrace NONE = new FlowTrace() {
        @Override
        public boolean listens() {
            return false;
        }

        @Override
        public void onNode(final long flowHigh, final long flowLow, final String node, final String what) {
            // nobody listens
        }
    };

    /** Whether anybody wants to know: nothing is told, and nothing worked out for it, otherwise. */
    default boolean listens() {
        return true;
    }

    /**
     * A call came to a node, or went on from it.
     *
     * @param what its kind, and the outcome that was taken and why.
     */
    void onNode(long flowHigh, long flowLow, String node, String what);
}
