package io.tandem.routing.flow;

import io.tandem.routing.model.ResourceId;

/** A version of a flow that is published no more, kept for the calls that wait in it. Core's thread. */
public final class KeptFlow {
    private final ResourceId flow;
    private final long until;
    private final byte[] json;
    private FlowPlan plan;

    int calls;

    /**
     * Keeps a version.
     *
     * @param until the revision by which it was in force no more.
     * @param json what {@link io.tandem.routing.model.PublishedFlow#superseded} says of it; not to be changed.
     * @param plan null if it is not compiled; it is then when a call goes on in it.
     */
    KeptFlow(final ResourceId flow, final long until, final byte[] json, final FlowPlan plan) {
        this.flow = flow;
        this.until = until;
        this.json = json;
        this.plan = plan;
    }

    /** Which flow. */
    public ResourceId flow() {
        return flow;
    }

    /** The revision by which it was in force no more. */
    public long until() {
        return until;
    }

    /** What was published; not to be changed. */
    public byte[] json() {
        return json;
    }

    /** The same, compiled; null if this build cannot run it. */
    public FlowPlan plan() {
        if (plan == null) {
            plan = FlowPlan.of(json);
        }
        return plan;
    }
}
