package io.tandem.routing.target;

import io.tandem.routing.configuration.TrunkPlan;
import io.tandem.routing.flow.FlowCommand;
import io.tandem.routing.model.CallerIdMode;
import io.tandem.routing.model.FeatureCode;
import io.tandem.routing.model.ParkingLot;
import io.tandem.routing.model.TargetKind;
import java.util.List;
import java.util.Map;

/**
 * What is to be done with a call, and what follows. Immutable; made by {@link TargetResolver}, a few hundred bytes for a call that
 * goes to people, none of it for the plain way from a number to a trunk, which needs no resolving.
 */
public sealed interface TargetPlan {
    /** What the resolution came to. */
    TargetVerdict verdict();

    /** Something that may end without anybody having taken the call; {@link TargetResolver#follow} says what comes then. */
    sealed interface Attempt extends TargetPlan permits Ring, ToNumber {}

    /**
     * A trunk takes the call.
     *
     * @param diverted why somebody before it sent the call on; null if nobody did.
     */
    record ToTrunk(TrunkPlan trunk, DiversionReason diverted) implements TargetPlan {
        @Override
        public TargetVerdict verdict() {
            return TargetVerdict.TARGET_TRUNK;
        }
    }

    /**
     * An external number is dialled over the account's ways out.
     *
     * @param number digits of an E.164 number.
     * @param customNumber what {@link CallerIdMode#CUSTOM} shows.
     * @param ringMs how long it rings.
     * @param confirm whether who answers has to press 1; anything else is no answer.
     * @param overflow where the call goes that nobody took; {@link TargetRef#NONE} for nowhere.
     * @param leftMs what is left of the caller's budget when it begins.
     * @param diverted why the call is sent there.
     */
    record ToNumber(
            long forwardHigh,
            long forwardLow,
            String number,
            CallerIdMode callerIdMode,
            String customNumber,
            int ringMs,
            boolean confirm,
            TargetRef overflow,
            int leftMs,
            TargetPath path,
            DiversionReason diverted)
            implements Attempt {
        @Override
        public TargetVerdict verdict() {
            return TargetVerdict.TARGET_NUMBER;
        }

        /** The number that the callee is shown, before any rule of the account checks it. */
        public CharSequence shownNumber(final CharSequence caller, final CharSequence dialled) {
            return switch (callerIdMode) {
                case PASSTHROUGH -> caller;
                case DID -> dialled;
                case CUSTOM -> customNumber;
            };
        }
    }

    /**
     * Devices ring.
     *
     * @param kind what was called: user, ring group, or {@link TargetKind#NONE} for a device by itself.
     * @param steps by start; devices that begin at the same time ring together, one alone needs no fork.
     * @param totalMs when the last one stops, unless somebody answers.
     * @param identity what each leg shows of the caller; null to show what the caller brought.
     * @param onBusy where it goes when all are busy; {@link TargetRef#NONE} for nowhere.
     * @param onNoAnswer where it goes when nobody answers; {@link TargetRef#NONE} for nowhere.
     * @param leftMs what is left of the caller's budget when it begins.
     */
    record Ring(
            TargetKind kind,
            long idHigh,
            long idLow,
            List<RingStep> steps,
            int totalMs,
            CallerIdentity identity,
            TargetRef onBusy,
            TargetRef onNoAnswer,
            int leftMs,
            TargetPath path) implements Attempt {
        /** Most devices that one call rings; those behind them are left out. */
        public static final int STEPS_MAX = 64;

        @Override
        public TargetVerdict verdict() {
            return TargetVerdict.TARGET_RINGS;
        }

        /** Whether more than one device may ring. */
        public boolean forks() {
            return steps.size() > 1;
        }
    }

    /**
     * A media server takes the call.
     *
     * @param kind what it stands for.
     * @param trunk where the server is.
     * @param requestUri how it is asked (RFC 4240, RFC 4458).
     * @param headers what else it has to know.
     */
    record ToMedia(
            TargetKind kind, long idHigh, long idLow, TrunkPlan trunk, String requestUri, List<MediaHeader> headers) implements TargetPlan {
        @Override
        public TargetVerdict verdict() {
            return TargetVerdict.TARGET_MEDIA;
        }
    }

    /**
     * The call waits for an agent.
     *
     * @param music what it hears meanwhile.
     * @param maxWaitMs how long at most, or {@link TargetCall#UNLIMITED}.
     */
    record Wait(QueuePlan queue, ToMedia music, int maxWaitMs, TargetPath path) implements TargetPlan {
        @Override
        public TargetVerdict verdict() {
            return TargetVerdict.TARGET_WAITS;
        }
    }

    /** Phones are called with the wish that they answer by themselves, into a mixer that the caller speaks to. */
    record Page(ToMedia mixer, List<RingStep> phones, boolean duplex) implements TargetPlan {
        @Override
        public TargetVerdict verdict() {
            return TargetVerdict.TARGET_PAGES;
        }
    }

    /**
     * The call is parked in the first free slot.
     *
     * @param timeout where it goes when its time is up; {@link TargetRef#NONE} for back to whoever parked it.
     * @param music what it hears; null to hold it with inactive media, since there is no media server (D20).
     */
    record Park(ParkingLot lot, TargetRef timeout, ToMedia music) implements TargetPlan {
        @Override
        public TargetVerdict verdict() {
            return TargetVerdict.TARGET_PARKED;
        }
    }

    /**
     * A feature does what it does for the caller.
     *
     * @param digits behind its code; empty if it takes none.
     */
    record Feature(FeatureCode code, String digits) implements TargetPlan {
        @Override
        public TargetVerdict verdict() {
            return TargetVerdict.TARGET_FEATURE;
        }
    }

    /**
     * A published flow takes the call.
     *
     * @param variables of this hop.
     */
    record ToFlow(long idHigh, long idLow, Map<String, String> variables, TargetPath path) implements TargetPlan {
        @Override
        public TargetVerdict verdict() {
            return TargetVerdict.TARGET_FLOW;
        }
    }

    /**
     * A flow asks a server before it goes on.
     *
     * @param request what is asked.
     */
    record Ask(FlowCommand.HttpRequest request) implements TargetPlan {
        @Override
        public TargetVerdict verdict() {
            return TargetVerdict.TARGET_ASKS;
        }
    }

    /**
     * The call is refused.
     *
     * @param sipCode what to answer instead of the rule's own code; 0 for that.
     * @param limit the value in the text of the rule: a count, or the code of a target kind.
     */
    record Reject(TargetVerdict verdict, int sipCode, int limit) implements TargetPlan {}
}
