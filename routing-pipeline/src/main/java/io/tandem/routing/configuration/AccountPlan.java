package io.tandem.routing.configuration;

import io.tandem.routing.model.Account;
import io.tandem.routing.model.AccountStatus;
import io.tandem.routing.model.Fields;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.RouteTarget;
import io.tandem.routing.model.TargetKind;
import io.tandem.routing.number.Country;
import io.tandem.routing.policy.AccountChain;
import java.util.List;

/**
 * An account with all that stand above it, flattened: its chain begins with itself and ends with the one that has no
 * parent. Immutable, read by the core's thread.
 */
public final class AccountPlan implements AccountChain {
    /** A ceiling or duration that is not given. */
    public static final int UNLIMITED = -1;

    private final boolean active;
    private final long[] idHighs;
    private final long[] idLows;
    private final int[] maxIns;
    private final int[] maxOuts;
    private final int maxCallSec;
    private final TargetKind defaultKind;
    private final long defaultHigh;
    private final long defaultLow;
    private final String timezone;
    private final String language;
    private final String voice;
    private final long mediaTrunkHigh;
    private final long mediaTrunkLow;
    private final int country;
    private final long[] callerNumbers;

    /** Flattens a chain that begins with the account itself. */
    AccountPlan(final List<Account> chain) {
        final int depth = chain.size();
        idHighs = new long[depth];
        idLows = new long[depth];
        maxIns = new int[depth];
        maxOuts = new int[depth];
        callerNumbers = new long[depth];
        int nearest = Country.NONE;
        boolean allActive = true;
        ResourceId mediaTrunk = ResourceId.NIL;
        int shortest = UNLIMITED;
        for (int i = 0; i < depth; i++) {
            final var account = chain.get(i);
            idHighs[i] = account.id().high();
            idLows[i] = account.id().low();
            maxIns[i] = account.maxIn();
            maxOuts[i] = account.maxOut();
            callerNumbers[i] = account.defaultCidNumber().isEmpty() ? 0 : Long.parseLong(account.defaultCidNumber());
            if (nearest == Country.NONE) {
                nearest = Country.parse(account.country());
            }
            allActive &= account.status() == AccountStatus.ACTIVE;
            shortest = shorter(shortest, account.maxCallSec());
            mediaTrunk = mediaTrunk.isNil() ? account.mediaTrunkId() : mediaTrunk;
        }
        active = allActive;
        country = nearest;
        maxCallSec = shortest;
        final var own = chain.getFirst();
        timezone = own.timezone();
        language = own.language();
        voice = own.voiceGender() == null ? "" : Fields.word(own.voiceGender());
        mediaTrunkHigh = mediaTrunk.high();
        mediaTrunkLow = mediaTrunk.low();
        final RouteTarget numberDefault = numberDefault(chain);
        defaultKind = numberDefault.kind();
        defaultHigh = numberDefault.id().high();
        defaultLow = defaultKind == TargetKind.HANGUP
                ? numberDefault.sipCode()
                : numberDefault.id().low();
    }

    /** Where numbers without a target go: as the account says, or else as the nearest one above that shares its default. */
    private static RouteTarget numberDefault(final List<Account> chain) {
        for (int i = 0; i < chain.size(); i++) {
            final Account account = chain.get(i);
            if (i == 0 ? account.numberDefault().kind() != TargetKind.NONE : account.sharesDefault()) {
                return account.numberDefault();
            }
        }
        return RouteTarget.NONE;
    }

    /** The shorter of two durations, where {@link #UNLIMITED} is the longest. */
    public static int shorter(final int first, final int second) {
        if (first == UNLIMITED) {
            return second;
        }
        return second == UNLIMITED ? first : Math.min(first, second);
    }

    /** Whether it and all above it may place and receive calls. */
    public boolean active() {
        return active;
    }

    @Override
    public int depth() {
        return idHighs.length;
    }

    @Override
    public long idHigh(final int index) {
        return idHighs[index];
    }

    @Override
    public long idLow(final int index) {
        return idLows[index];
    }

    /** Most simultaneous inbound calls of one in the chain, or {@link #UNLIMITED}. */
    public int maxIn(final int index) {
        return maxIns[index];
    }

    /** Most simultaneous outbound calls of one in the chain, or {@link #UNLIMITED}. */
    public int maxOut(final int index) {
        return maxOuts[index];
    }

    /** Longest call that any of the chain allows, seconds, or {@link #UNLIMITED}. */
    public int maxCallSec() {
        return maxCallSec;
    }

    /** Where numbers without a target go; {@link TargetKind#NONE} if nowhere. */
    public TargetKind defaultKind() {
        return defaultKind;
    }

    /** Upper half of that target. */
    public long defaultHigh() {
        return defaultHigh;
    }

    /** Lower half of that target, or the SIP code of a hangup. */
    public long defaultLow() {
        return defaultLow;
    }

    /** Its IANA time zone. */
    public String timezone() {
        return timezone;
    }

    /** Language of its prompts, such as {@code en-US}. */
    public String language() {
        return language;
    }

    /** {@code female} or {@code male}; empty for the usual voice. */
    public String voice() {
        return voice;
    }

    /** Trunk of the media server, its own or the nearest above it, upper half; zeros for none. */
    public long mediaTrunkHigh() {
        return mediaTrunkHigh;
    }

    /** Lower half of that trunk. */
    public long mediaTrunkLow() {
        return mediaTrunkLow;
    }

    /** Country in which it dials, its own or that of the nearest account above it; {@link Country#NONE} if none has one. */
    public int country() {
        return country;
    }

    /** Number that one in the chain shows by default; 0 for none. */
    public long callerNumber(final int index) {
        return callerNumbers[index];
    }
}
