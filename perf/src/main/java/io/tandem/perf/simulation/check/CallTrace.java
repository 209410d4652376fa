package io.tandem.perf.simulation.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is known about one simulated call: what was asked of it, its legs as seen on the wire, how far it is. */
public final class CallTrace {
    /** Not yet. */
    public static final long NEVER = Long.MAX_VALUE;

    private final int serial;
    private final String label;
    private final String callerNumber;
    private final String calledNumber;
    private final Ladder ladder = new Ladder();
    private final List<Side> sides = new ArrayList<>();
    final List<LegTrace> legs = new ArrayList<>();
    /** Callee dialog (owner of an SDP) by caller-side To tag and the other way round. */
    final Map<String, String> ownerByToTag = new LinkedHashMap<>();

    final Map<String, String> toTagByOwner = new LinkedHashMap<>();
    /** When it was first seen that no peer has anything left to do in it. */
    private long overSeenNs = NEVER;

    private Expectation expectation = Expectation.ANYTHING;
    long admittedNs = NEVER;
    long answeredNs = NEVER;
    long endedNs = NEVER;
    boolean excused;
    boolean cancelReceived;
    int finalStatus;

    private final Set<String> callerBodies = new LinkedHashSet<>();
    private final Set<String> calleeBodies = new LinkedHashSet<>();

    /** A peer's own view of its part in the call. */
    public interface Side {
        /** Whether the peer has nothing more to do with the call. */
        boolean isOver();

        /** Whether the peer keeps the rules, so that its part must end. */
        boolean isWellBehaved();

        /** The peer's state in a few words. */
        String describe();
    }

    public CallTrace(final int serial, final String label, final String callerNumber, final String calledNumber) {
        this.serial = serial;
        this.label = label;
        this.callerNumber = callerNumber;
        this.calledNumber = calledNumber;
    }

    /** Number of the call within its run; caller number, tags and SDP are made from it. */
    public int serial() {
        return serial;
    }

    /** What the call is about, for people. */
    public String label() {
        return label;
    }

    /** Digits in the From of the caller, unique to the call. */
    public String callerNumber() {
        return callerNumber;
    }

    public String calledNumber() {
        return calledNumber;
    }

    public Ladder ladder() {
        return ladder;
    }

    public void join(final Side side) {
        sides.add(side);
    }

    public List<Side> sides() {
        return sides;
    }

    /** Whether no peer has anything left to do in it. */
    public boolean isOver() {
        for (final Side side : sides) {
            if (!side.isOver()) {
                return false;
            }
        }
        return true;
    }

    /** Whether it was over at a moment already; messages may still be on their way for a while. */
    boolean wasOver(final long beforeNs, final long nowNs) {
        if (!isOver()) {
            overSeenNs = NEVER;
            return false;
        }
        overSeenNs = Math.min(overSeenNs, nowNs);
        return overSeenNs < beforeNs;
    }

    /** Whether only its longest duration will end it, neither peer's BYE having come through, and not before that moment. */
    boolean mayLastUntil(final long momentNs) {
        return endedNs == NEVER && answeredNs != NEVER && !hasLastedLongest(momentNs);
    }

    /** Whether the system may end it for its duration alone. */
    boolean hasLastedLongest(final long momentNs) {
        return answeredNs != NEVER && momentNs - answeredNs >= Watch.LONGEST_CALL_NS;
    }

    public void expect(final Expectation finals) {
        expectation = finals;
    }

    Expectation expectation() {
        return expectation;
    }

    /**
     * A connection of the call broke, a peer left it or the callee answered twice: the system may end the call for
     * reasons that the wire does not show.
     */
    public void excuse(final long nowNs, final String why) {
        if (!excused) {
            excused = true;
            ladder.note(nowNs, "from here on the system may end the call: " + why);
        }
    }

    /** Notes a body that one side is about to send. */
    public String sent(final boolean byCaller, final String body) {
        (byCaller ? callerBodies : calleeBodies).add(body);
        return body;
    }

    /** Whether one side has sent exactly this body. */
    public boolean wasSent(final boolean byCaller, final String body) {
        return (byCaller ? callerBodies : calleeBodies).contains(body);
    }

    /** Whether the system may have had to acknowledge what it is about to end, with an answer of its own making. */
    public boolean mayEnd() {
        return excused || cancelReceived;
    }

    /** Whether the system may have had to acknowledge an offer whose answer never came and never will. */
    public boolean mayLackAnswer() {
        return mayEnd() || endedNs != NEVER;
    }

    public boolean isExcused() {
        return excused;
    }

    /** Whether the system certainly holds its ceilings for it. */
    boolean isCertainlyUp() {
        return admittedNs != NEVER && endedNs == NEVER;
    }

    /** A BYE was seen; the call is over unless it only dismisses a fork that answered too late. */
    void ended(final LegTrace leg, final LegTrace.DialogTrace dialog, final long nowNs) {
        dialog.ended = true;
        for (final LegTrace other : legs) {
            for (final LegTrace.DialogTrace open : other.dialogs) {
                if (!leg.callerSide && !other.callerSide && open.isOpen()) {
                    return;
                }
            }
        }
        ended(nowNs);
    }

    void ended(final long nowNs) {
        endedNs = Math.min(endedNs, nowNs);
    }
}
