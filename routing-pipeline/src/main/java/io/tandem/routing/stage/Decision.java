package io.tandem.routing.stage;

import io.tandem.routing.configuration.AccountPlan;
import io.tandem.routing.configuration.NumberRow;
import io.tandem.routing.configuration.TrunkPlan;
import io.tandem.routing.flow.FlowCommand;
import io.tandem.routing.flow.FlowPlan;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.number.DialString;
import io.tandem.routing.number.E164;
import io.tandem.routing.policy.Recording;
import io.tandem.routing.target.DiversionReason;
import io.tandem.routing.target.TargetPlan;
import java.util.Arrays;
import java.util.Objects;
import org.agrona.MutableDirectBuffer;

/**
 * What became of a {@link CallRequest}: where the call goes, or which answer it gets and why, and the verdict of every stage
 * it passed. Written by {@link RoutingStages}, read by the call engine, reused; core's thread. Accessors allocate nothing.
 */
public final class Decision {
    /** A duration that is not limited. */
    public static final int UNLIMITED = -1;

    /** Most trunks that one call may be offered to, one after the other. */
    public static final int CANDIDATES_MAX = 8;

    /** Verdicts that fit: one for each stage. */
    static final int VERDICTS_MAX = Stage.values().length;

    /** Called number as it goes out: E.164 digits without plus unless a transform made something else of it. */
    public final DialString calledOut = new DialString();

    /** Calling number as it goes out: normalised and transformed; empty if the caller gave none. */
    public final DialString callerOut = new DialString();

    final NumberRow number = new NumberRow();
    final WayOn wayOn = new WayOn();

    /** Both numbers as they were before they were rewritten for a trunk. */
    final DialString calledRouted = new DialString();

    final DialString callerRouted = new DialString();
    boolean callerRoutedChanged;
    int routedMaxCallSec;
    TrunkPlan ingressTrunk;
    CallDirection direction;
    boolean dryRun;
    TargetPlan.ToMedia media;
    DiversionReason diverted;
    FlowCommand.HttpRequest question;
    FlowPlan flow;
    boolean numberKnown;
    boolean outside;
    boolean emergency;
    int limitsExceeded;
    String callerName = "";
    Recording recording = Recording.NO_RULE;
    boolean calledChanged;
    boolean callerChanged;
    boolean calledChainStopped;
    int maxCallSec;
    long revision;
    long scheduleHigh;
    long scheduleLow;

    private final Stage[] stages = new Stage[VERDICTS_MAX];
    private final Rule[] rules = new Rule[VERDICTS_MAX];
    private final int[] limits = new int[VERDICTS_MAX];
    private final long[] times = new long[VERDICTS_MAX];
    private final TrunkPlan[] candidates = new TrunkPlan[CANDIDATES_MAX];
    private final ResourceId[] routes = new ResourceId[CANDIDATES_MAX];
    private final long[] shown = new long[CANDIDATES_MAX];
    private final DialString calledBefore = new DialString();
    private final DialString callerBefore = new DialString();
    private boolean calledBeforeChanged;
    private boolean callerBeforeChanged;
    private int maxCallSecBefore;
    private int verdictsBefore;
    private int candidateCount;
    private int verdicts;
    private StageClock clock = StageClock.NONE;
    private long markNs;
    private Rule rule = Rule.OUR_FAULT;
    private int status;
    private int limit;

    /** Whether the call goes to {@link #target()}. */
    public boolean accepted() {
        return status == 0;
    }

    /** What the last stage concluded. */
    public Rule rule() {
        return rule;
    }

    /** SIP status that the caller gets, 0 if the call was accepted. */
    public int status() {
        return status;
    }

    /** Q.850 cause of the refusal, 0 if there is none. */
    public int q850() {
        return rule.q850();
    }

    /** Stage that concluded last. */
    public Stage stage() {
        return rule.stage();
    }

    /** The value in the text of the rule: the ceiling that was reached, or the code of a target kind. */
    public int limit() {
        return limit;
    }

    /**
     * Writes what happened in one phrase, such as {@code number ceiling 10 reached}, in ASCII without quotes or backslashes.
     *
     * @return bytes written, at most 96.
     */
    public int writeReasonText(final MutableDirectBuffer buffer, final int offset) {
        return ReasonText.write(rule, limit, buffer, offset);
    }

    /** Account of the number, upper half; of the ingress trunk as long as no number was found; zeros for none. */
    public long accountHigh() {
        return numberKnown ? number.accountHigh : ingressTrunk == null ? 0 : ingressTrunk.accountHigh();
    }

    /** Account, lower half. */
    public long accountLow() {
        return numberKnown ? number.accountLow : ingressTrunk == null ? 0 : ingressTrunk.accountLow();
    }

    /** Number that was dialled, upper half; zeros for none. */
    public long numberHigh() {
        return numberKnown ? number.idHigh : 0;
    }

    /** Number that was dialled, lower half. */
    public long numberLow() {
        return numberKnown ? number.idLow : 0;
    }

    /** Schedule that was asked, upper half; zeros for none. */
    public long scheduleHigh() {
        return scheduleHigh;
    }

    /** Schedule that was asked, lower half. */
    public long scheduleLow() {
        return scheduleLow;
    }

    /** Trunk that the call came from, upper half; zeros for none. */
    public long ingressTrunkHigh() {
        return ingressTrunk == null ? 0 : ingressTrunk.idHigh();
    }

    /** Trunk that the call came from, lower half. */
    public long ingressTrunkLow() {
        return ingressTrunk == null ? 0 : ingressTrunk.idLow();
    }

    /** Trunk that the call came from, or null. */
    public TrunkPlan ingressTrunk() {
        return ingressTrunk;
    }

    /** Trunk that takes the call, or null if no stage chose one. The first of {@link #candidateCount()}. */
    public TrunkPlan target() {
        return candidateCount == 0 ? null : candidates[0];
    }

    /** How the media server behind {@link #target()} is asked; null for calls that need none. */
    public TargetPlan.ToMedia media() {
        return media;
    }

    /** Why the call is sent on from {@link #dialled()}; null if it goes where it was dialled. */
    public DiversionReason diverted() {
        return diverted;
    }

    /** The number of ours that was dialled, {@link E164#NONE} for none. */
    public long dialled() {
        return numberKnown ? number.e164 : E164.NONE;
    }

    /** The called number as it was before it was rewritten for {@link #target()}. */
    public DialString calledRouted() {
        return calledRouted;
    }

    /** The calling number as it was before it was rewritten for {@link #target()}. */
    public DialString callerRouted() {
        return callerRouted;
    }

    /** What a server is to be asked before the call goes on; null for calls that go to {@link #target()} at once. */
    public FlowCommand.HttpRequest question() {
        return question;
    }

    /** The flow that had its say last, in the version that the call follows; null if none had. */
    public FlowPlan flow() {
        return flow;
    }

    /** Where the call goes on when nobody takes it there, or when the server has answered. */
    public WayOn wayOn() {
        return wayOn;
    }

    /** Trunks to try, one after the other; at most {@link #CANDIDATES_MAX}. */
    public int candidateCount() {
        return candidateCount;
    }

    /** The trunk to try at an index below {@link #candidateCount()}. */
    public TrunkPlan candidate(final int index) {
        return candidates[Objects.checkIndex(index, candidateCount)];
    }

    /** The outbound route that leads to a candidate; {@link ResourceId#NIL} for none. */
    public ResourceId route(final int index) {
        return routes[Objects.checkIndex(index, candidateCount)];
    }

    /** The calling number that a candidate is shown; {@link E164#NONE} for the one that the call came with. */
    public long shown(final int index) {
        return shown[Objects.checkIndex(index, candidateCount)];
    }

    /** Which way the call goes, for its record. */
    public CallDirection direction() {
        return direction;
    }

    /** Whether a transform rewrote the called number. */
    public boolean calledChanged() {
        return calledChanged;
    }

    /** Whether a transform rewrote the calling number; if not, From may go out as it came. */
    public boolean callerChanged() {
        return callerChanged;
    }

    /** Name to show beside {@link #callerOut} of a call that leaves; empty for none, or for the one it came with. */
    public String callerName() {
        return callerName;
    }

    /** Whether and how the call is to be recorded; {@link Recording#NO_RULE} if nobody says, or it was refused. */
    public Recording recording() {
        return recording;
    }

    /** Call limits that only warn and that the call exceeded. */
    public int limitsExceeded() {
        return limitsExceeded;
    }

    /** Whether it is an emergency call (D12). */
    public boolean emergency() {
        return emergency;
    }

    /** Revision of the configuration that decided. */
    public long revision() {
        return revision;
    }

    /** Longest call, seconds, or {@link #UNLIMITED}: the least of account, accounts above, and both trunks. */
    public int maxCallSec() {
        return maxCallSec;
    }

    /** Stages that were asked. */
    public int verdictCount() {
        return verdicts;
    }

    /** Stage of a verdict. */
    public Stage verdictStage(final int index) {
        return stages[index];
    }

    /** What it concluded. */
    public Rule verdictRule(final int index) {
        return rules[index];
    }

    /** The value in the text of that rule. */
    public int verdictLimit(final int index) {
        return limits[index];
    }

    /** How long it took, by the {@link StageClock}. */
    public long verdictNs(final int index) {
        return times[index];
    }

    void begin(final long newRevision, final boolean dry, final StageClock newClock) {
        clock = newClock;
        markNs = newClock.nanos();
        revision = newRevision;
        dryRun = dry;
        calledOut.clear();
        callerOut.clear();
        ingressTrunk = null;
        Arrays.fill(candidates, 0, candidateCount, null);
        candidateCount = 0;
        calledRouted.clear();
        callerRouted.clear();
        callerRoutedChanged = false;
        routedMaxCallSec = UNLIMITED;
        direction = CallDirection.INBOUND;
        media = null;
        diverted = null;
        question = null;
        flow = null;
        numberKnown = false;
        outside = false;
        emergency = false;
        limitsExceeded = 0;
        callerName = "";
        recording = Recording.NO_RULE;
        calledChanged = false;
        callerChanged = false;
        calledChainStopped = false;
        maxCallSec = UNLIMITED;
        scheduleHigh = 0;
        scheduleLow = 0;
        verdicts = 0;
        rule = Rule.OUR_FAULT;
        status = Rule.OUR_FAULT.status();
        limit = 0;
    }

    /**
     * Adds a trunk to try when those before it fail. One that is among them already is not added again.
     *
     * @return false if there are {@link #CANDIDATES_MAX} others; the trunk is not tried then.
     */
    boolean addCandidate(final TrunkPlan trunk) {
        return addCandidate(trunk, ResourceId.NIL);
    }

    /** The same with the outbound route that leads there; {@link ResourceId#NIL} for none. */
    boolean addCandidate(final TrunkPlan trunk, final ResourceId route) {
        for (int i = 0; i < candidateCount; i++) {
            if (candidates[i].idHigh() == trunk.idHigh() && candidates[i].idLow() == trunk.idLow()) {
                return true;
            }
        }
        if (candidateCount == CANDIDATES_MAX) {
            return false;
        }
        routes[candidateCount] = route;
        shown[candidateCount] = E164.NONE;
        candidates[candidateCount++] = trunk;
        return true;
    }

    /** Says what a candidate is shown. */
    void show(final int index, final long e164) {
        shown[index] = e164;
    }

    /** Takes a candidate out; those behind it move up. */
    void dropCandidate(final int index) {
        final int behind = --candidateCount - index;
        System.arraycopy(candidates, index + 1, candidates, index, behind);
        System.arraycopy(routes, index + 1, routes, index, behind);
        System.arraycopy(shown, index + 1, shown, index, behind);
        candidates[candidateCount] = null;
    }

    /** Shows the callee this number instead of the caller's; {@link E164#NONE} changes nothing. */
    void showCaller(final long e164) {
        if (e164 != E164.NONE && e164 != callerOut.e164()) {
            callerOut.setE164(e164);
            callerChanged = true;
        }
    }

    /** Before a target that something follows is tried: {@link #backToBeforeTarget} comes back here. */
    void keepBeforeTarget() {
        calledBefore.set(calledOut);
        callerBefore.set(callerOut);
        calledBeforeChanged = calledChanged;
        callerBeforeChanged = callerChanged;
        maxCallSecBefore = maxCallSec;
        verdictsBefore = verdicts;
    }

    /** Nothing of the target is left: another one is tried. */
    void backToBeforeTarget() {
        calledOut.set(calledBefore);
        callerOut.set(callerBefore);
        calledChanged = calledBeforeChanged;
        callerChanged = callerBeforeChanged;
        maxCallSec = maxCallSecBefore;
        verdicts = verdictsBefore;
        outside = false;
        media = null;
        diverted = null;
        question = null;
        callerName = "";
        Arrays.fill(candidates, 0, candidateCount, null);
        candidateCount = 0;
    }

    /** From here on numbers and longest duration are those for one trunk; others begin from what is kept now. */
    void keepRouted() {
        calledRouted.set(calledOut);
        callerRouted.set(callerOut);
        callerRoutedChanged = callerChanged;
        routedMaxCallSec = maxCallSec;
    }

    /** Whether a stage was asked. */
    boolean reached(final Stage stage) {
        for (int i = 0; i < verdicts; i++) {
            if (stages[i] == stage) {
                return true;
            }
        }
        return false;
    }

    /** A stage lets the call go on. */
    boolean pass(final Rule newRule) {
        return conclude(newRule, 0, 0);
    }

    /** A stage lets the call go on, with a value for its text. */
    boolean pass(final Rule newRule, final int newLimit) {
        return conclude(newRule, 0, newLimit);
    }

    /** A stage ends the call with the usual status of the rule. */
    boolean reject(final Rule newRule) {
        return conclude(newRule, newRule.status(), 0);
    }

    /** A stage ends the call with another status, or with a value for its text. */
    boolean reject(final Rule newRule, final int newStatus, final int newLimit) {
        return conclude(newRule, newStatus, newLimit);
    }

    /** One more reason to end the call early. */
    void limitDuration(final int seconds) {
        maxCallSec = AccountPlan.shorter(maxCallSec, seconds);
    }

    /** The next stage begins now, however long ago the last one ended. */
    void resume() {
        markNs = clock.nanos();
    }

    private boolean conclude(final Rule newRule, final int newStatus, final int newLimit) {
        rule = newRule;
        status = newStatus;
        limit = newLimit;
        final Stage stage = newRule.stage();
        if (verdicts == 0 || stages[verdicts - 1] != stage) {
            verdicts++;
        }
        stages[verdicts - 1] = stage;
        rules[verdicts - 1] = newRule;
        limits[verdicts - 1] = newLimit;
        final long now = clock.nanos();
        times[verdicts - 1] = now - markNs;
        markNs = now;
        return newStatus == 0;
    }
}
