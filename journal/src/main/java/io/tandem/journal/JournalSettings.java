package io.tandem.journal;

/**
 * Sizes and policies of everything on disk.
 *
 * @param roll                  length of one queue file
 * @param blockBytes            bytes that a queue maps at once; a document may be at most a quarter of it
 * @param aheadBytes            bytes populated in memory ahead of the writer; twice as many are allocated on disk
 * @param reserveBytes          free disk space below which nothing more is written
 * @param retentionBytes        budget of one queue's files; older files beyond it go when no snapshot needs them
 * @param retentionHours        age at which a queue file goes when no snapshot needs it
 * @param snapshotsKept         snapshots kept, newest first
 * @param syncEveryBatch        whether a batch is on the medium before it is acted upon (power-loss mode)
 */
public record JournalSettings(
        RollEvery roll,
        int blockBytes,
        long aheadBytes,
        long reserveBytes,
        long retentionBytes,
        int retentionHours,
        int snapshotsKept,
        boolean syncEveryBatch) {

    private static final int BLOCK_BYTES_MIN = 1 << 16;
    private static final int BLOCK_BYTES_MAX = 1 << 30;

    public JournalSettings {
        if (blockBytes < BLOCK_BYTES_MIN || blockBytes > BLOCK_BYTES_MAX || Integer.bitCount(blockBytes) != 1) {
            throw new IllegalArgumentException("block size must be a power of two: blockBytes=" + blockBytes + " min="
                    + BLOCK_BYTES_MIN + " max=" + BLOCK_BYTES_MAX);
        }
        if (aheadBytes < 0 || reserveBytes < 0 || retentionBytes < 0 || retentionHours < 0) {
            throw new IllegalArgumentException("sizes must not be negative: aheadBytes=" + aheadBytes
                    + " reserveBytes=" + reserveBytes + " retentionBytes=" + retentionBytes
                    + " retentionHours=" + retentionHours);
        }
        if (snapshotsKept < 1) {
            throw new IllegalArgumentException("at least one snapshot is kept: snapshotsKept=" + snapshotsKept);
        }
    }

    /** Sizes for a carrier box: hourly files, 256 MiB blocks, a gigabyte of reserve. */
    public static JournalSettings defaults() {
        return new JournalSettings(RollEvery.HOUR, 256 << 20, 64L << 20, 1L << 30, 64L << 30, 24, 3, false);
    }

    /** Sizes for tests and small machines: everything fits in a few megabytes. */
    public static JournalSettings small() {
        return new JournalSettings(RollEvery.HOUR, 1 << 20, 2L << 20, 16L << 20, 256L << 20, 24, 2, false);
    }

    public JournalSettings withRoll(final RollEvery value) {
        return new JournalSettings(
                value,
                blockBytes,
                aheadBytes,
                reserveBytes,
                retentionBytes,
                retentionHours,
                snapshotsKept,
                syncEveryBatch);
    }

    public JournalSettings withReserveBytes(final long value) {
        return new JournalSettings(
                roll, blockBytes, aheadBytes, value, retentionBytes, retentionHours, snapshotsKept, syncEveryBatch);
    }

    public JournalSettings withRetention(final long bytes, final int hours) {
        return new JournalSettings(
                roll, blockBytes, aheadBytes, reserveBytes, bytes, hours, snapshotsKept, syncEveryBatch);
    }

    public JournalSettings withSnapshotsKept(final int value) {
        return new JournalSettings(
                roll, blockBytes, aheadBytes, reserveBytes, retentionBytes, retentionHours, value, syncEveryBatch);
    }

    public JournalSettings withSyncEveryBatch(final boolean value) {
        return new JournalSettings(
                roll, blockBytes, aheadBytes, reserveBytes, retentionBytes, retentionHours, snapshotsKept, value);
    }
}
