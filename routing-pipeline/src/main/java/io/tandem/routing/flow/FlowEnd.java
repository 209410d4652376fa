package io.tandem.routing.flow;

/** Why a flow hangs up. The codes go to disk: never renumber. */
public enum FlowEnd {
    /** A node of kind {@code hangup}. */
    HANGUP_NODE(1, "the flow hung up"),
    /** An outcome leads nowhere. */
    NO_EDGE(2, "the flow ended"),
    /** Whoever was rung spoke with the caller and left first, and the flow says nothing of it. */
    ANSWERED(3, "the conversation ended"),
    /** More nodes than {@link FlowInterpreter#STEPS_MAX}. */
    STEP_LIMIT(4, "the flow took too many steps"),
    /** More requests than {@link FlowInterpreter#REQUESTS_MAX} without anything that speaks or rings between them. */
    REQUEST_LIMIT(5, "the flow asked servers in a circle"),
    /** The node that the call stood at is not in the flow any more, or the flow is gone. */
    NODE_GONE(6, "the flow was changed under the call"),
    /** An outcome came after the end. */
    ALREADY_ENDED(7, "the flow had ended before");

    private final int code;
    private final String text;

    FlowEnd(final int code, final String text) {
        this.code = code;
        this.text = text;
    }

    /** Number on disk. */
    public int code() {
        return code;
    }

    /** For people. */
    public String text() {
        return text;
    }
}
