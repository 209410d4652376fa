package io.tandem.routing.target;

/** How an attempt ended that nobody took. */
public enum RingOutcome {
    /** Everybody said that they are busy. */
    BUSY,
    /** Somebody was reached, and nobody answered. */
    NO_ANSWER,
    /** Nobody could be reached. */
    UNREACHABLE;

    private static final int BUSY_HERE = 486;
    private static final int BUSY_EVERYWHERE = 600;

    /** What a refusal by the one that was called means. */
    public static RingOutcome ofRefusal(final int status) {
        return switch (status) {
            case BUSY_HERE, BUSY_EVERYWHERE -> BUSY;
            case 408, 480, 487, 603 -> NO_ANSWER;
            default -> UNREACHABLE;
        };
    }

    /**
     * What the final answers of all legs mean together: all of them 486 or 600 is busy, everything else is no answer (U-029, U-030).
     *
     * @param statuses 408 for a leg that was cancelled when its time was up.
     * @param count how many of them count; 0 is unreachable.
     */
    public static RingOutcome of(final int[] statuses, final int count) {
        for (int i = 0; i < count; i++) {
            if (statuses[i] != BUSY_HERE && statuses[i] != BUSY_EVERYWHERE) {
                return NO_ANSWER;
            }
        }
        return count == 0 ? UNREACHABLE : BUSY;
    }
}
