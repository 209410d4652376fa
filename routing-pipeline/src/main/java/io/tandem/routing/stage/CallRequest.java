package io.tandem.routing.stage;

import io.tandem.routing.number.DialString;

/**
 * A new call as the stages see it. Filled by the call engine for each call and reused; core's thread. Addresses are 128 bits,
 * IPv4 as IPv4-mapped IPv6.
 */
public final class CallRequest {
    /** Listener that it came in by. */
    public int listener;

    /** Source, upper half. */
    public long addressHigh;

    /** Source, lower half. */
    public long addressLow;

    /** Port of the source. */
    public int port;

    /** Monotonic time of the turn. */
    public long nowNs;

    /** Wall clock of the turn, milliseconds since 1970 UTC. */
    public long wallMs;

    /** User part of the request address, unescaped, as dialled. */
    public final DialString called = new DialString();

    /** User part of the caller's address, unescaped; empty if it has none. */
    public final DialString caller = new DialString();

    /**
     * Whether the caller asked not to be shown: From is anonymous, or Privacy says {@code id}, {@code user} or
     * {@code header} (RFC 3323, RFC 3325).
     */
    public boolean anonymous;

    /** Whether an emergency service is asked for by its name, {@code urn:service:sos} (RFC 5031), whatever was dialled. */
    public boolean emergency;

    /** Decide without taking anything; ceilings are looked at all the same. */
    public boolean dryRun;

    /** Whether nothing is to be held, so that no ceiling is asked: a message, not a call. */
    public boolean holdsNothing;

    /** Whether there is a source to screen; false only when somebody asks to explain a call without one. */
    public boolean sourceGiven;

    /** Trunk whose call it is, upper half, when that is known beforehand (a redirect, D5); zeros to screen by source. */
    public long ingressTrunkHigh;

    /** Trunk whose call it is, lower half. */
    public long ingressTrunkLow;

    /** The same for a call whenever it is asked, and different for others: what shares of calls are drawn from. */
    public long seed;

    /**
     * Whether the call goes on from where it was: {@link Decision#wayOn()} says from where, and what happened. Numbers are read
     * anew, what it holds is held already, hours and target are past.
     */
    public boolean goesOn;

    /** Whether the call can wait while a flow asks a server; if not, the node ends with {@code error}. */
    public boolean mayWait;

    /** How often the call was redirected to get here. */
    public int redirects;

    /** Diversions that it has behind it: those that its INVITE tells of, and ours before a redirect. */
    public int diversions;

    /** Makes it a call from nowhere to nowhere with a source to screen. */
    public void clear() {
        listener = 0;
        addressHigh = 0;
        addressLow = 0;
        port = 0;
        nowNs = 0;
        wallMs = 0;
        called.clear();
        caller.clear();
        anonymous = false;
        emergency = false;
        dryRun = false;
        holdsNothing = false;
        sourceGiven = true;
        ingressTrunkHigh = 0;
        ingressTrunkLow = 0;
        goesOn = false;
        mayWait = false;
        redirects = 0;
        diversions = 0;
        seed = 0;
    }
}
