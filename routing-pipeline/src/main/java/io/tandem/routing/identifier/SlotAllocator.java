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

    private static final int BITS = 6;

    private final long[][] levels;
    private final int limit;
    private int taken;

    /**
     * Creates an allocator with every slot free.
     *
     * @param limit number of slots, at least 1.
     */
    public SlotAllocator(final int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("slot limit out of range: limit=" + limit + " minimum=1");
        }
        this.limit = limit;
        int depth = 1;
        for (long reach = 64; reach < limit; reach <<= BITS) {
            depth++;
        }
        levels = new long[depth][];
        int bits = limit;
        for (int level = 0; level < depth; level++) {
            final int words = (bits + 63) >>> BITS;
            levels[level] = new long[words];
            Arrays.fill(levels[level], -1L);
            if ((bits & 63) != 0) {
                levels[level][words - 1] = -1L >>> (64 - (bits & 63));
            }
            bits = words;
        }
    }

    /** Takes the lowest free slot, or returns {@link #NO_SLOT}. */
    public int allocate() {
        int word = 0;
        for (int level = levels.length - 1; level >= 0; level--) {
            final long bits = levels[level][word];
            if (bits == 0) {
                return NO_SLOT;
            }
            word = (word << BITS) + Long.numberOfTrailingZeros(bits);
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

    /** Slots in all. */
    public int limit() {
        return limit;
    }
}
