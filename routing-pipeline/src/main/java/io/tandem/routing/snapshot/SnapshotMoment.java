package io.tandem.routing.snapshot;

import io.tandem.routing.identifier.Slot;

/**
 * The moment that a snapshot is of, while the snapshot is being written in slices and the core goes on: which entries there
 * were, and which of them have been written. Core's thread only.
 */
public final class SnapshotMoment {
    private long number;
    private long lastSerial;
    private boolean open;

    /** Begins a snapshot of now: entries with later serial numbers do not belong to it. */
    public void begin(final long lastSerialNumber) {
        number++;
        lastSerial = lastSerialNumber;
        open = true;
    }

    /** Ends the snapshot: nothing is claimed any more. */
    public void end() {
        open = false;
    }

    /** Whether a snapshot is being written. */
    public boolean isOpen() {
        return open;
    }

    /** True once for each entry of the moment, null and free places left out: the caller writes it then. */
    public boolean claims(final Slot entry) {
        return entry != null && entry.isLive() && entry.serial() <= lastSerial && entry.claim(number);
    }
}
