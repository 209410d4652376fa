package io.tandem.routing.model;

import java.util.List;
import java.util.stream.Stream;

/** Words by which nodes of a flow end: what the edges that leave them bear as {@code sourceHandle}. */
public final class FlowOutcomes {
    /** The usual way, and the one for every outcome that has no edge of its own. */
    public static final String DEFAULT = "default";

    /** A condition holds. */
    public static final String TRUE = "true";

    /** A condition does not hold. */
    public static final String FALSE = "false";

    /** A schedule is open. */
    public static final String IN_HOURS = "in_hours";

    /** A schedule is closed. */
    public static final String OUT_OF_HOURS = "out_of_hours";

    /** A schedule has a holiday; without an edge of its own, {@link #OUT_OF_HOURS}. */
    public static final String HOLIDAY = "holiday";

    /** What a choice of keys begins with: {@code digit:1}, {@code digit:*}. */
    public static final String DIGIT = "digit:";

    /** The caller pressed nothing, or a server did not answer, in time. */
    public static final String TIMEOUT = "timeout";

    /** The caller's input means nothing. */
    public static final String INVALID = "invalid";

    /** A server answered with an error, or not in a way that can be read. */
    public static final String ERROR = "error";

    /** Somebody answered, spoke with the caller and left first; never taken for {@link #DEFAULT}. */
    public static final String ANSWERED = "answered";

    /** Whoever was rung is busy. */
    public static final String BUSY = "busy";

    /** Nobody answered. */
    public static final String NO_ANSWER = "no_answer";

    /** It could not be done. */
    public static final String FAILED = "failed";

    private FlowOutcomes() {}

    /** Whether an edge with this handle can ever be taken from a node. */
    static boolean isOutcome(final FlowNode node, final String handle) {
        return handle.equals(DEFAULT)
                || required(node).contains(handle)
                || node.kind().optional().contains(handle)
                || (node.step() instanceof FlowStep.Menu menu && isChoice(menu, handle));
    }

    /** Outcomes that need an edge, their own or the default one. */
    static List<String> required(final FlowNode node) {
        if (node.step() instanceof FlowStep.Condition condition
                && !condition.branches().isEmpty()) {
            return Stream.concat(condition.branches().stream().map(FlowBranch::name), Stream.of(DEFAULT))
                    .toList();
        }
        return node.kind().outcomes();
    }

    private static boolean isChoice(final FlowStep.Menu menu, final String handle) {
        if (!handle.startsWith(DIGIT)) {
            return false;
        }
        final String keys = handle.substring(DIGIT.length());
        return keys.length() >= menu.minDigits() && keys.length() <= menu.maxDigits() && FlowFields.isKeys(keys);
    }
}
