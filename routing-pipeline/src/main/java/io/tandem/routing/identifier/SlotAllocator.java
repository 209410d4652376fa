package io.tandem.routing.identifier;

import java.util.Arrays;

/**
 * Hands out the lowest free slot number. Which slot comes next depends only on which slots are taken, not on the order
 * in which they were freed, so a core restored from a snapshot goes on exactly like the one that wrote it.
 *
 * <p>A tree of bit words, a set bit meaning "free below": allocation and release touch one word per level.
 */
public final class SlotAllocator {
    /** Returned when every slot is taken. */
    public static final int NO_SLOT = -1;

    /** Most slots there can be. */
    public static final int SLOTS_MAX = 1 << 24;

    private static final int BITS = 6;
    private static final int LEVELS = 4;

    private final long[][] levels = new long[LEVELS][];
    private int limit;
    private int taken;

    /**
     * Creates an allocator with every slot free.
     *
     * @param limit most slots taken at a time, 1 to {@value #SLOTS_MAX}.
     */
    public SlotAllocator(final int limit) {
        int words = SLOTS_MAX;
        for (int level = 0; level < LEVELS; level++) {
            words >>>= BITS;
            levels[level] = new long[words];
            Arrays.fill(levels[level], -1L);
        }
        limit(limit);
    }

    /** Changes how many slots may be taken at a time; what is taken beyond a lower limit stays until it is released. */
    public void limit(final int newLimit) {
        if (newLimit < 1 || newLimit > SLOTS_MAX) {
            throw new IllegalArgumentException(
                    "slot limit out of range: limit=" + newLimit + " minimum=1 maximum=" + SLOTS_MAX);
        }
        limit = newLimit;
    }

    /** Takes the lowest free slot, or returns {@link #NO_SLOT}. */
    public int allocate() {
        if (taken >= limit) {
            return NO_SLOT;
        }
        int word = 0;
        for (int level = LEVELS - 1; level >= 0; level--) {
            word = (word << BITS) + Long.numberOfTrailingZeros(levels[level][word]);
        }
        take(word);
        return word;
    }

    /** Takes one particular free slot (restoring a snapshot). */
    public void take(final int slot) {
        int at = slot;
        for (final long[] level : levels) {
            final int word = at >>> BITS;
            level[word] &= ~(1L << at);
            if (level[word] != 0) {
                break;
            }
            at = word;
        }
        taken++;
    }

    /** Gives a taken slot back. */
    public void release(final int slot) {
        int at = slot;
        for (final long[] level : levels) {
            final int word = at >>> BITS;
            final boolean wasFull = level[word] == 0;
            level[word] |= 1L << at;
            if (!wasFull) {
                break;
            }
            at = word;
        }
        taken--;
    }

    /** Whether a slot is free. */
    public boolean isFree(final int slot) {
        return (levels[0][slot >>> BITS] & (1L << slot)) != 0;
    }

    /** Slots taken now. */
    public int taken() {
        return taken;
    }

    /** Most slots taken at a time. */
    public int limit() {
        return limit;
    }
}
