package io.tandem.journal;

/** How long one queue file grows before the next begins. A queue directory keeps the choice it was created with. */
public enum RollEvery {
    MINUTE(60_000L),
    TEN_MINUTES(600_000L),
    HOUR(3_600_000L);

    private final long lengthMs;

    RollEvery(final long lengthMs) {
        this.lengthMs = lengthMs;
    }

    /** Length in milliseconds. */
    public long lengthMs() {
        return lengthMs;
    }
}
