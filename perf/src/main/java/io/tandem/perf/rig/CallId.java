package io.tandem.perf.rig;

/**
 * The 64-bit identifier of a call, and the markers it stands behind on the wire.
 *
 * <pre>
 *   63        52 51                       20 19          0
 *   | run (12)  | number of the call (32)   | slot (20)  |
 * </pre>
 *
 * The run keeps calls of one run from being taken for retransmissions of another.
 */
final class CallId {
    /** Before the letter of the method (i, a, b) and the identifier, in branches of the caller. */
    static final String BRANCH = "z9hG4bKtb";

    /** Before the identifier, in the last line of the offer. */
    static final String SESSION = "a=x-tb:";

    /** Before the identifier, in tags of the callee. */
    static final String CALLEE_TAG = ";tag=tbc";

    static final int SLOT_BITS = 20;

    private static final int NUMBER_BITS = 32;

    private CallId() {}

    static long of(final int run, final long number, final int slot) {
        return (long) (run & 0x7FF) << (SLOT_BITS + NUMBER_BITS) | number << SLOT_BITS | slot;
    }

    static int slot(final long id) {
        return (int) id & (1 << SLOT_BITS) - 1;
    }

    static long number(final long id) {
        return id >>> SLOT_BITS & 0xFFFF_FFFFL;
    }
}
