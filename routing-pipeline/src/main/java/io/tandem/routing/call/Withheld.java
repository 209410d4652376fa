package io.tandem.routing.call;

/**
 * What of a message does not cross to the other leg, as bits; {@link HeaderTreatment} says which fields each one is
 * about.
 */
final class Withheld {
    static final int NOTHING = 0;

    /** The body, with the fields that describe it. */
    static final int BODY = 1;

    /** What vouches for a caller's number that is not shown as it came. */
    static final int VOUCHERS = 2;

    /** Asserted identities. */
    static final int ASSERTED = 4;

    /** What else says who sends the message (RFC 3323 section 5.3). */
    static final int PERSONAL = 8;

    /** The names of those who diverted the call and ask for privacy; that they did so is told. */
    static final int PARTIES = 16;

    /** All names in History-Info. */
    static final int HISTORY = 32;

    /** What makes a provisional response reliable (RFC 3262 section 3). */
    static final int RELIABILITY = 64;

    private Withheld() {}
}
