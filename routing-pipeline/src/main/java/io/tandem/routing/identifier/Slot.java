package io.tandem.routing.identifier;

/** An occupant of a {@link SlotTable}: a reused object that knows its slot, who it is now, and the proof of its token. */
public abstract class Slot {
    private int slot;
    private long serial;
    private long proof;
    private long claim;

    /** Number of the slot, fixed for the life of the object. */
    public final int slot() {
        return slot;
    }

    /** Number of the occupant, counted over all tables since the journal began; 0 when the slot is free. */
    public final long serial() {
        return serial;
    }

    /** The proof in this occupant's token. */
    public final long proof() {
        return proof;
    }

    /** Whether the slot is taken. */
    public final boolean isLive() {
        return serial != 0;
    }

    /** Marks the occupant with a number; false when it bears that number already. */
    public final boolean claim(final long number) {
        final boolean first = claim != number;
        claim = number;
        return first;
    }

    final void place(final int atSlot) {
        slot = atSlot;
    }

    final void occupy(final long newSerial, final long newProof) {
        serial = newSerial;
        proof = newProof;
    }

    final void vacate() {
        serial = 0;
        proof = 0;
    }
}
