package io.tandem.routing.call;

import io.tandem.routing.address.Listeners;
import io.tandem.routing.admission.AdmissionLedger;
import io.tandem.routing.counter.CoreCounters;
import io.tandem.routing.counter.TableFill;
import io.tandem.routing.effect.Effects;
import io.tandem.routing.identifier.SerialNumbers;
import io.tandem.routing.identifier.Slot;
import io.tandem.routing.identifier.SlotTable;
import io.tandem.routing.identifier.Token;
import io.tandem.routing.snapshot.SnapshotMoment;
import io.tandem.routing.snapshot.StateKind;
import io.tandem.routing.snapshot.StateReader;
import io.tandem.routing.snapshot.StateWriter;
import io.tandem.routing.stage.Decision;
import io.tandem.routing.stage.RoutingStages;
import io.tandem.routing.stage.Rule;
import io.tandem.routing.store.BlockStore;
import io.tandem.routing.timer.TimerWheel;
import io.tandem.routing.transaction.Absorber;
import io.tandem.routing.transaction.ClientTransaction;
import io.tandem.routing.transaction.InviteServerTransaction;
import io.tandem.routing.transaction.Peer;
import io.tandem.routing.transaction.Responses;
import io.tandem.routing.transaction.TransactionLayer;
import io.tandem.routing.transaction.UserCodec;
import io.tandem.sip.SipMessage;
import java.util.List;

/**
 * The call engine: tables of calls, legs and dialogs, and the entrances for what the transaction layer cannot settle by
 * itself. Core's thread only.
 *
 * <pre>
 *   INVITE ----------> CallSetup ----> Attempts ----> leg towards a callee
 *   its answers -----> Attempts -----> CalleeAnswers, Redirects, Failover, FollowUp
 *   in a dialog -----> InDialog <----> the dialog on the other leg
 *   CANCEL, BYE -----> Teardown -----> record, holds given back
 *   MESSAGE ---------> OutOfDialog
 * </pre>
 */
public final class Exchange {
    /** Most calls that a setting may ask for. */
    public static final int CALLS_MAX = 4_000_000;

    private static final int LEGS_PER_CALL = 3;
    private static final int DIALOGS_PER_CALL = 4;

    final TransactionLayer layer;
    final Responses responses;
    final RoutingStages stages;
    final TimerWheel timers;
    final BlockStore blocks;
    final CoreCounters counters;
    final SlotTable<Call> calls;
    final SlotTable<Leg> legs;
    final Dialogs dialogs;
    final Capabilities capabilities = new Capabilities();
    final ProvisionalTerms provisionalTerms = new ProvisionalTerms(capabilities);
    final Reasons reasons = new Reasons();
    final IdentityTrust identityTrust;
    final PrivacyService privacy;
    final Replacements replacements;
    final InitialRequests initialRequests;
    final DialogRequests dialogRequests;
    final RelayedResponses relayedResponses;
    final OwnAnswers answers;
    final StrayAnswers strayAnswers;
    final CallRecorder recorder;
    final CallSetup setup;
    final FollowUp followUp;
    final Diversions diversions;
    final Attempts attempts;
    final CalleeAnswers calleeAnswers;
    final Reliability reliability;
    final EarlyEndings earlyEndings;
    final Redirects redirects;
    final InDialog inDialog;
    final SessionTimers sessionTimers;
    final Teardown teardown;
    final OutOfDialog outOfDialog;
    final ServerQuestions serverQuestions;

    private final OwnFields ownFields;
    private final CallUsers users = new CallUsers(this);
    private CallSnapshot snapshot;
    private int liveCalls;
    private Decision lastDecision;
    private long lastDecided;
    private long decisions;
    private boolean draining;

    /**
     * Creates an engine without calls.
     *
     * @param callsMax most calls in the table, those that only wait for the last answers included.
     */
    public Exchange(
            final int callsMax,
            final SerialNumbers serialNumbers,
            final TransactionLayer layer,
            final RoutingStages stages,
            final TimerWheel timers,
            final BlockStore blocks,
            final Effects effects,
            final CoreCounters counters) {
        this.layer = layer;
        responses = layer.responses();
        this.stages = stages;
        this.timers = timers;
        this.blocks = blocks;
        this.counters = counters;
        calls = new SlotTable<>(Token.INTERNAL, callsMax, serialNumbers, () -> new Call(this));
        legs = new SlotTable<>(Token.LEG, LEGS_PER_CALL * callsMax, serialNumbers, () -> new Leg(this));
        dialogs = new Dialogs(
                this,
                new SlotTable<>(Token.DIALOG, DIALOGS_PER_CALL * callsMax, serialNumbers, () -> new Dialog(this)),
                blocks);
        identityTrust = new IdentityTrust(stages);
        privacy = new PrivacyService(identityTrust, blocks);
        ownFields = new OwnFields(layer);
        final PassThrough passThrough = new PassThrough(capabilities);
        replacements = new Replacements(this);
        initialRequests = new InitialRequests(layer, blocks, ownFields, passThrough, privacy, replacements);
        dialogRequests = new DialogRequests(layer, blocks, ownFields, passThrough, privacy);
        relayedResponses = new RelayedResponses(responses, ownFields, passThrough, privacy);
        answers = new OwnAnswers(responses, capabilities, counters);
        strayAnswers = new StrayAnswers(this);
        recorder = new CallRecorder(effects, blocks);
        setup = new CallSetup(this);
        followUp = new FollowUp(this);
        diversions = new Diversions(this);
        attempts = new Attempts(this);
        calleeAnswers = new CalleeAnswers(this);
        reliability = new Reliability(this);
        earlyEndings = new EarlyEndings(this);
        redirects = new Redirects(this);
        inDialog = new InDialog(this);
        sessionTimers = new SessionTimers(this);
        teardown = new Teardown(this);
        outOfDialog = new OutOfDialog(this);
        serverQuestions = new ServerQuestions(this, effects);
    }

    /** Whether a peer hears why we refuse what it asks (D2): one that is identified as a trunk of ours does. */
    boolean showsReasons(final Peer source) {
        return stages.trunkOfSource(source.addressHigh, source.addressLow) != null;
    }

    /** Takes the listeners and limits of this process life. */
    public void use(final Listeners listeners, final int callsMax) {
        calls.limit(callsMax);
        legs.limit(LEGS_PER_CALL * callsMax);
        dialogs.table().limit(DIALOGS_PER_CALL * callsMax);
        ownFields.use(listeners);
        dialogs.use(listeners);
        attempts.use(listeners);
        outOfDialog.use(listeners);
    }

    /** Begins a turn. */
    public void beginTurn(final long inputIndex, final long wallMs) {
        recorder.beginTurn(inputIndex);
        setup.beginTurn(wallMs);
    }

    /** The place of the next record of this turn, for records that are not of calls. */
    public int nextRecordOrdinal() {
        return recorder.nextOrdinal();
    }

    /** An INVITE that belongs to no dialog; its transaction has been made. */
    public void onInvite(final SipMessage request, final Peer source, final InviteServerTransaction transaction) {
        setup.onInvite(request, source, transaction);
    }

    /**
     * A request with a To tag, other than ACK and CANCEL.
     *
     * @return false when the dialog is not ours; the caller answers 481.
     */
    public boolean onInDialog(final SipMessage request, final Peer source) {
        final Dialog dialog = dialogs.find(request, layer.keys());
        if (dialog == null) {
            return false;
        }
        inDialog.onRequest(dialog, request, source);
        return true;
    }

    /** An ACK that no transaction absorbed; false when it belongs to nothing. */
    public boolean onAck(final SipMessage ack) {
        final Dialog dialog = dialogs.find(ack, layer.keys());
        return dialog != null && inDialog.onAck(dialog, ack);
    }

    /** What came of a question to a server. */
    public void onServerAnswer(final ServerAnswer answer) {
        serverQuestions.onAnswer(answer);
    }

    /** A MESSAGE that belongs to no dialog. */
    public void onMessage(final SipMessage request, final Peer source) {
        outOfDialog.onMessage(request, source);
    }

    /** The last decision that the stages took on a call; overwritten by the next, null before the first. */
    public Decision lastDecision() {
        return lastDecision;
    }

    /** Serial number of the call that {@link #lastDecision()} is about. */
    public long lastDecided() {
        return lastDecided;
    }

    /** How many decisions there have been in this process life. */
    public long decisions() {
        return decisions;
    }

    void decided(final Call call, final Decision decision) {
        lastDecision = decision;
        lastDecided = call.serial();
        decisions++;
    }

    /** What we do of the protocol's extensions. */
    public Capabilities capabilities() {
        return capabilities;
    }

    /** Whether a request may go no further (RFC 3261 section 16.3 step 3). */
    public boolean hopsUsedUp(final SipMessage request) {
        return MaxForwards.isUsedUp(request);
    }

    /** Answers that need no call. */
    public OwnAnswers answers() {
        return answers;
    }

    /** Refuses new calls from now on, or takes them again. */
    public void drain(final boolean on) {
        draining = on;
    }

    /** Whether new calls are refused. */
    public boolean isDraining() {
        return draining;
    }

    /** What any new call would be refused with now, whatever it asks for; null if nothing stands against it. */
    public Rule newCallRefusal() {
        if (calls.size() >= calls.limit() || legs.size() >= legs.limit()) {
            return Rule.CALL_TABLE_FULL;
        }
        return draining ? Rule.DRAINING : null;
    }

    /** Calls that are up or being set up. */
    public int liveCalls() {
        return liveCalls;
    }

    /** Entries in the call table, calls included that only wait for the last answers. */
    public int tableCalls() {
        return calls.size();
    }

    /** Entries in the leg table. */
    public int tableLegs() {
        return legs.size();
    }

    /** Entries in the dialog table. */
    public int tableDialogs() {
        return dialogs.table().size();
    }

    /** How full the tables of calls are. */
    public List<TableFill> fills() {
        return List.of(calls.fill("calls"), legs.fill("legs"), dialogs.table().fill("dialogs"));
    }

    /** Names transaction users for snapshots. */
    public UserCodec users() {
        return users;
    }

    /** Tells the engine where snapshots are written; before the first input. */
    public void attach(final AdmissionLedger ledger, final StateWriter writer, final SnapshotMoment moment) {
        snapshot = new CallSnapshot(this, ledger, writer, moment);
    }

    /** The tables whose entries {@link #capture} writes. */
    public List<SlotTable<? extends Slot>> tables() {
        return List.of(calls, legs, dialogs.table());
    }

    /** Writes an entry of a table into the open snapshot with what hangs on it, unless that was done. */
    public void capture(final Slot entry) {
        snapshot.capture(entry);
    }

    /** An event is about to reach an entry, which may be null: the open snapshot must have it as it is now. */
    void beforeChange(final Slot entry) {
        if (snapshot.isOpen()) {
            snapshot.capture(entry);
        }
    }

    /** Reads one entry that {@link #capture} wrote; false when the record is about something else. */
    public boolean read(final StateKind kind, final StateReader reader) {
        switch (kind) {
            case CALL -> snapshot.readCall(reader);
            case LEG -> snapshot.readLeg(reader);
            case DIALOG -> snapshot.readDialog(reader);
            default -> {
                return false;
            }
        }
        return true;
    }

    /** Calls of a snapshot that was read count as waiting in their flows from now on. */
    public void rejoinFlows() {
        for (int slot = 0; slot < calls.bound(); slot++) {
            final Call call = calls.get(slot);
            if (call != null) {
                followUp.rejoin(call);
            }
        }
    }

    void callBegan() {
        liveCalls++;
    }

    void callEnded() {
        liveCalls--;
    }

    /** Leaves a transaction to itself: whatever is still answered to it changes nothing. */
    void absorb(final ClientTransaction transaction) {
        transaction.user(Absorber.INSTANCE);
    }

    /** Frees a leg that has no dialog and no INVITE to wait for, and its call when it was the last. */
    void freeIfDone(final Leg leg) {
        if (!leg.isLive() || leg.firstDialog != null) {
            return;
        }
        final Call call = leg.call;
        if (!call.isEnded() && !leg.abandoned) {
            return;
        }
        if (leg.invite != null) {
            if (!attempts.isSettled(leg)) {
                return;
            }
            leg.invite.user(strayAnswers);
            leg.invite = null;
        }
        timers.cancel(leg.ringTimer);
        stages.release(leg.holds);
        stages.release(leg.redirectHolds);
        unlink(leg);
        leg.call = null;
        legs.free(leg);
        freeIfDone(call);
    }

    /** Frees an ended call without legs. */
    void freeIfDone(final Call call) {
        if (call.isLive() && call.isEnded() && call.firstLeg == null && call.callerLeg == null) {
            call.callerCallId = blocks.free(call.callerCallId);
            call.invite = blocks.free(call.invite);
            followUp.forget(call);
            diversions.forget(call);
            call.inviteIn = null;
            call.answeredLeg = null;
            calls.free(call);
        }
    }

    private static void unlink(final Leg leg) {
        final Call call = leg.call;
        if (call.answeredLeg == leg) {
            call.answeredLeg = null;
        }
        if (call.callerLeg == leg) {
            call.callerLeg = null;
        } else if (call.firstLeg == leg) {
            call.firstLeg = leg.nextInCall;
        } else {
            Leg before = call.firstLeg;
            while (before.nextInCall != leg) {
                before = before.nextInCall;
            }
            before.nextInCall = leg.nextInCall;
        }
        leg.nextInCall = null;
    }
}
