package io.tandem.routing.flow;

import io.tandem.routing.counter.TableFill;
import io.tandem.routing.model.ResourceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * Which flows calls wait in, and those versions of them that are published no more: a call goes on in the graph that it began with.
 *
 * <pre>
 *   revisions of the configuration   ... 7 ......... 12 ............ 19 ......
 *   one flow's graphs                    |  kept, 12  |   kept, 19   |  published
 *   a call that began by revision 9          here
 * </pre>
 *
 * A graph was in force from one revision until another, so the revision that a call began by names its graph: the one that was in
 * force until the least revision beyond. A graph is kept when another takes its place while calls wait in it, and goes with the
 * last of them. Where there is no room its calls count as waiting in the one that took its place. Core's thread; allocates; calls
 * that wait in no flow do not come here.
 */
public final class FlowsWaitedIn {
    /** Most versions that are kept. */
    public static final int KEPT_MAX = 256;

    /** Most bytes of JSON that are kept. */
    public static final int KEPT_BYTES_MAX = 8 << 20;

    private final Map<ResourceId, Waiting> flows = new TreeMap<>();
    private IntConsumer onMovedOn = calls -> {};
    private int keptCount;
    private int keptBytes;
    private int keptPeak;
    private long refused;

    /** The calls that wait in one flow. */
    private static final class Waiting {
        /** In what is published. */
        private int calls;

        /** In what is published no more, oldest first. */
        private final List<KeptFlow> kept = new ArrayList<>(1);
    }

    /** Names who is told of the number of calls that lose their version for want of room. */
    public void onMovedOn(final IntConsumer listener) {
        onMovedOn = listener;
    }

    /** A call begins to wait. */
    public void enter(final FlowWait wait) {
        final Waiting waiting = flows.computeIfAbsent(wait.flow(), flow -> new Waiting());
        final KeptFlow kept = find(waiting, wait);
        if (kept == null) {
            waiting.calls++;
        } else {
            kept.calls++;
        }
    }

    /** A call waits no more; each that entered leaves once. */
    public void leave(final FlowWait wait) {
        final Waiting waiting = flows.get(wait.flow());
        final KeptFlow kept = find(waiting, wait);
        if (kept == null) {
            waiting.calls--;
        } else if (--kept.calls == 0) {
            drop(waiting, kept);
        }
        if (waiting.calls == 0 && waiting.kept.isEmpty()) {
            flows.remove(wait.flow());
        }
    }

    /** The version that a call goes on in; null for the one that is published. */
    public KeptFlow find(final FlowWait wait) {
        final Waiting waiting = flows.get(wait.flow());
        return waiting == null ? null : find(waiting, wait);
    }

    private static KeptFlow find(final Waiting waiting, final FlowWait wait) {
        for (int i = 0; i < waiting.kept.size(); i++) {
            final KeptFlow kept = waiting.kept.get(i);
            if (kept.until() > wait.revision()) {
                return kept;
            }
        }
        return null;
    }

    /** Whether no call waits in any flow. */
    public boolean isEmpty() {
        return flows.isEmpty();
    }

    /** Whether calls wait in what is published of a flow. */
    public boolean isWaitedIn(final ResourceId flow) {
        final Waiting waiting = flows.get(flow);
        return waiting != null && waiting.calls > 0;
    }

    /** Shows every flow of which calls wait in what is published, in the order of their identifiers. */
    public void forEachWaitedIn(final Consumer<ResourceId> visitor) {
        flows.forEach((flow, waiting) -> {
            if (waiting.calls > 0) {
                visitor.accept(flow);
            }
        });
    }

    /**
     * Something else is published of a flow that calls wait in, or nothing any more.
     *
     * @param json what was published, as for {@link KeptFlow}.
     * @param plan the same compiled, if it is at hand.
     * @param revision by which it is in force no more; greater than any before.
     */
    public void supersede(final ResourceId flow, final byte[] json, final FlowPlan plan, final long revision) {
        final Waiting waiting = flows.get(flow);
        if (keptCount == KEPT_MAX || json.length > KEPT_BYTES_MAX - keptBytes) {
            refused++;
            onMovedOn.accept(waiting.calls);
            return;
        }
        final KeptFlow kept = add(waiting, new KeptFlow(flow, revision, json, plan));
        kept.calls = waiting.calls;
        waiting.calls = 0;
    }

    private KeptFlow add(final Waiting waiting, final KeptFlow kept) {
        int index = waiting.kept.size();
        while (index > 0 && waiting.kept.get(index - 1).until() > kept.until()) {
            index--;
        }
        waiting.kept.add(index, kept);
        keptCount++;
        keptBytes += kept.json().length;
        keptPeak = Math.max(keptPeak, keptCount);
        return kept;
    }

    private void drop(final Waiting waiting, final KeptFlow kept) {
        waiting.kept.remove(kept);
        keptCount--;
        keptBytes -= kept.json().length;
    }

    /** What is kept, which a snapshot has; the calls in it {@link #enter} anew when it is read. */
    public List<KeptFlow> kept() {
        final List<KeptFlow> all = new ArrayList<>(keptCount);
        flows.values().forEach(waiting -> all.addAll(waiting.kept));
        return all;
    }

    /** Keeps what a snapshot has; before the calls enter. */
    public void restore(final ResourceId flow, final long until, final byte[] json) {
        add(flows.computeIfAbsent(flow, id -> new Waiting()), new KeptFlow(flow, until, json, null));
    }

    /** Versions that are kept. */
    public int keptCount() {
        return keptCount;
    }

    /** Bytes of their JSON. */
    public int keptBytes() {
        return keptBytes;
    }

    /** How full it is, in versions. */
    public TableFill fill(final String name) {
        return new TableFill(name, keptCount, KEPT_MAX, keptPeak, refused);
    }
}
