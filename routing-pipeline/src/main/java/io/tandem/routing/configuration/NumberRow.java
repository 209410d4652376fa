package io.tandem.routing.configuration;

import io.tandem.routing.model.NumberPattern;
import io.tandem.routing.model.NumberStatus;
import io.tandem.routing.model.TargetKind;

/**
 * What routing needs to know of one number, filled by {@link Configuration#number}. Reused; one owner. Kinds and states are
 * the codes of {@link TargetKind} and {@link NumberStatus}; an identifier of two zeros means "none".
 */
public final class NumberRow {
    /** {@link #maxChannels} without a ceiling. */
    public static final int UNLIMITED = -1;

    /** What it is stored under: see {@link NumberPattern#key()}. */
    public long key;

    /** The number, digits only; of a prefix or a range the one that was looked up. */
    public long e164;

    /** Its own identifier. */
    public long idHigh;

    public long idLow;

    /** Whose it is. */
    public long accountHigh;

    public long accountLow;

    /** Code of a {@link NumberStatus}. */
    public byte status;

    /** Code of a {@link io.tandem.routing.model.FaxMode}. */
    public byte faxMode;

    /** Whether callers without a number are taken. */
    public boolean allowAnonymous;

    /** Whether emergency calls show it before others. */
    public boolean emergency;

    /** Most simultaneous calls, 0 for none, {@link #UNLIMITED}. */
    public int maxChannels;

    /** Where its calls go: code of a {@link TargetKind}; {@link TargetKind#NONE} for the account's default. */
    public byte destKind;

    public long destHigh;

    /** For {@link TargetKind#HANGUP}: the SIP code to answer, 0 for the usual one. The same in the two others. */
    public long destLow;

    /** Business hours. */
    public long scheduleHigh;

    public long scheduleLow;

    /** Where its calls go when the schedule says closed. */
    public byte closedKind;

    public long closedHigh;

    public long closedLow;

    /** Where its calls go on holidays. */
    public byte holidayKind;

    public long holidayHigh;

    public long holidayLow;

    /** Whether any of the targets comes with variables, which stand in the number's resource. */
    public boolean hasXform;

    /** Whether messages certainly have no flow of their own; if not, the number's resource knows. */
    public boolean noMessageFlow;

    /** Sets everything to nothing: an active number of nobody, without target and ceiling. */
    public void clear() {
        key = 0;
        e164 = 0;
        idHigh = 0;
        idLow = 0;
        accountHigh = 0;
        accountLow = 0;
        status = (byte) NumberStatus.ACTIVE.code();
        faxMode = 0;
        allowAnonymous = true;
        emergency = false;
        maxChannels = UNLIMITED;
        destKind = 0;
        destHigh = 0;
        destLow = 0;
        scheduleHigh = 0;
        scheduleLow = 0;
        closedKind = 0;
        closedHigh = 0;
        closedLow = 0;
        holidayKind = 0;
        holidayHigh = 0;
        holidayLow = 0;
        hasXform = false;
        noMessageFlow = false;
    }

    /** Takes over all fields of another row. */
    public void copyFrom(final NumberRow other) {
        key = other.key;
        e164 = other.e164;
        idHigh = other.idHigh;
        idLow = other.idLow;
        accountHigh = other.accountHigh;
        accountLow = other.accountLow;
        status = other.status;
        faxMode = other.faxMode;
        allowAnonymous = other.allowAnonymous;
        emergency = other.emergency;
        maxChannels = other.maxChannels;
        destKind = other.destKind;
        destHigh = other.destHigh;
        destLow = other.destLow;
        scheduleHigh = other.scheduleHigh;
        scheduleLow = other.scheduleLow;
        closedKind = other.closedKind;
        closedHigh = other.closedHigh;
        closedLow = other.closedLow;
        holidayKind = other.holidayKind;
        holidayHigh = other.holidayHigh;
        holidayLow = other.holidayLow;
        hasXform = other.hasXform;
        noMessageFlow = other.noMessageFlow;
    }
}
