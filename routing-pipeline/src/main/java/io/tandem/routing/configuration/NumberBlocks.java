package io.tandem.routing.configuration;

import io.tandem.routing.model.NumberPattern;
import io.tandem.routing.number.E164;
import io.tandem.routing.number.NumberPrefix;
import java.util.Arrays;
import java.util.function.LongConsumer;

/**
 * Which prefixes and ranges of numbers there are, so that a number which is not there by itself finds what it belongs to. Rows of
 * both stand beside those of single numbers, under {@link NumberPattern#key()}: of prefixes only their lengths are kept here, of
 * ranges where they begin and end, ascending, in chunks. A change copies one chunk and the list of chunks. Immutable; any thread;
 * looking up allocates nothing.
 */
public final class NumberBlocks {
    /** None at all. */
    public static final NumberBlocks NONE = new NumberBlocks(new long[0][], new int[E164.DIGITS_MAX + 1]);

    /** Ranges of a chunk. */
    static final int CHUNK_RANGES = 512;

    /** Each chunk has pairs of the first and the last number of a range, and at least one. */
    private final long[][] chunks;

    /** How many prefixes there are of each length. */
    private final int[] prefixes;

    private final int prefixLengths;

    private NumberBlocks(final long[][] chunks, final int[] prefixes) {
        this.chunks = chunks;
        this.prefixes = prefixes;
        int lengths = 0;
        for (int length = 1; length < prefixes.length; length++) {
            lengths |= prefixes[length] > 0 ? 1 << length : 0;
        }
        prefixLengths = lengths;
    }

    /**
     * Those of a generation.
     *
     * @param chunks as {@link #chunk} tells them.
     * @param prefixes as {@link #prefixes} tells them.
     */
    static NumberBlocks of(final long[][] chunks, final int[] prefixes) {
        return new NumberBlocks(chunks, prefixes);
    }

    /** How many chunks of ranges there are. */
    int chunkCount() {
        return chunks.length;
    }

    /** The ranges of a chunk: first, last, first, last. */
    long[] chunk(final int place) {
        return chunks[place].clone();
    }

    /** How many prefixes there are of each length. */
    int[] prefixes() {
        return prefixes.clone();
    }

    /** Whether there is neither a prefix nor a range. */
    public boolean isEmpty() {
        return prefixLengths == 0 && chunks.length == 0;
    }

    /** The lengths that prefixes have, a bit for each. */
    int prefixLengths() {
        return prefixLengths;
    }

    /** The first number of the range that a number is in, or {@link E164#NONE}. */
    public long rangeOf(final long e164) {
        final int place = chunkBefore(e164);
        if (place < 0) {
            return E164.NONE;
        }
        final long[] chunk = chunks[place];
        final int range = rangeBefore(chunk, e164);
        return chunk[2 * range + 1] >= e164 ? chunk[2 * range] : E164.NONE;
    }

    /** The last number of the range that begins with a number, or {@link E164#NONE}. */
    public long lastOf(final long first) {
        final int place = chunkBefore(first);
        if (place < 0) {
            return E164.NONE;
        }
        final long[] chunk = chunks[place];
        final int range = rangeBefore(chunk, first);
        return chunk[2 * range] == first ? chunk[2 * range + 1] : E164.NONE;
    }

    /** The highest range that has any number from one to another; {@link NumberPattern#NONE} if there is none. */
    public NumberPattern overlapping(final long from, final long to) {
        final int place = chunkBefore(to);
        if (place < 0) {
            return NumberPattern.NONE;
        }
        final long[] chunk = chunks[place];
        final int range = rangeBefore(chunk, to);
        return chunk[2 * range + 1] >= from
                ? NumberPattern.range(chunk[2 * range], chunk[2 * range + 1])
                : NumberPattern.NONE;
    }

    /**
     * Finds what a number belongs to that is not there by itself: whatever has most leading digits in common with it, and of a range
     * those count that all its numbers share. Where they are as many, the range takes the number.
     *
     * @param rows where rows are looked up.
     * @param into filled if there is anything, with the number that was asked for.
     */
    public boolean find(final long e164, final Configuration rows, final NumberRow into) {
        final long range = rangeOf(e164);
        final int shared = sharedDigits(range);
        final int digits = NumberPrefix.length(e164);
        int lengths = lengths(digits, shared);
        while (lengths != 0) {
            final int length = longest(lengths);
            lengths ^= 1 << length;
            if ((length == shared && rows.number(NumberPattern.rangeKey(range), into))
                    || (hasPrefixes(length) && rows.number(prefixKey(e164, digits, length), into))) {
                into.e164 = e164;
                return true;
            }
        }
        return false;
    }

    /** Tells the keys under which there may be what a number belongs to, in the order in which they are looked for. */
    public void forEachKey(final long e164, final LongConsumer visitor) {
        final long range = rangeOf(e164);
        final int shared = sharedDigits(range);
        final int digits = NumberPrefix.length(e164);
        int lengths = lengths(digits, shared);
        while (lengths != 0) {
            final int length = longest(lengths);
            lengths ^= 1 << length;
            if (length == shared) {
                visitor.accept(NumberPattern.rangeKey(range));
            }
            if (hasPrefixes(length)) {
                visitor.accept(prefixKey(e164, digits, length));
            }
        }
    }

    /** Lengths at which a number of so many digits may belong to something, a bit for each. */
    private int lengths(final int digits, final int shared) {
        return (prefixLengths & (2 << digits) - 1) | (shared < 0 ? 0 : 1 << shared);
    }

    private static int longest(final int lengths) {
        return Integer.SIZE - 1 - Integer.numberOfLeadingZeros(lengths);
    }

    private static long prefixKey(final long e164, final int digits, final int length) {
        return NumberPattern.prefixKey(NumberPrefix.head(e164, digits, length));
    }

    private boolean hasPrefixes(final int length) {
        return (prefixLengths & 1 << length) != 0;
    }

    /** Leading digits that all numbers of a range share; -1 for no range. */
    private int sharedDigits(final long range) {
        if (range == E164.NONE) {
            return -1;
        }
        int digits = NumberPrefix.length(range);
        long first = range;
        for (long last = lastOf(range); last != first; last /= 10) {
            first /= 10;
            digits--;
        }
        return digits;
    }

    /** The same with one more; single numbers are none, and a range takes the place of one that begins like it. */
    public NumberBlocks with(final NumberPattern pattern) {
        return switch (pattern.form()) {
            case SINGLE -> this;
            case PREFIX -> withPrefixes(NumberPrefix.length(pattern.first()), 1);
            case RANGE -> withRange(pattern.first(), pattern.last());
        };
    }

    /** The same without one that is there. */
    public NumberBlocks without(final NumberPattern pattern) {
        return switch (pattern.form()) {
            case SINGLE -> this;
            case PREFIX -> withPrefixes(NumberPrefix.length(pattern.first()), -1);
            case RANGE -> withoutRange(pattern.first());
        };
    }

    private NumberBlocks withPrefixes(final int length, final int more) {
        final int[] changed = prefixes.clone();
        changed[length] += more;
        return new NumberBlocks(chunks, changed);
    }

    private NumberBlocks withRange(final long first, final long last) {
        final int place = Math.max(0, chunkBefore(first));
        if (place == chunks.length) {
            return new NumberBlocks(new long[][] {{first, last}}, prefixes);
        }
        final long[] chunk = chunks[place];
        final int before = rangeBefore(chunk, first);
        final boolean isThere = before >= 0 && chunk[2 * before] == first;
        final int behind = 2 * (before + 1);
        final int from = isThere ? behind - 2 : behind;
        final long[] changed = new long[from + 2 + chunk.length - behind];
        System.arraycopy(chunk, 0, changed, 0, from);
        changed[from] = first;
        changed[from + 1] = last;
        System.arraycopy(chunk, behind, changed, from + 2, chunk.length - behind);
        return changed.length <= 2 * CHUNK_RANGES
                ? withChunks(place, changed)
                : withChunks(
                        place,
                        Arrays.copyOf(changed, CHUNK_RANGES),
                        Arrays.copyOfRange(changed, CHUNK_RANGES, changed.length));
    }

    private NumberBlocks withoutRange(final long first) {
        final int place = chunkBefore(first);
        final long[] chunk = chunks[place];
        final int at = 2 * rangeBefore(chunk, first);
        if (chunk.length == 2) {
            return withChunks(place);
        }
        final long[] changed = Arrays.copyOf(chunk, chunk.length - 2);
        System.arraycopy(chunk, at + 2, changed, at, chunk.length - at - 2);
        return withChunks(place, changed);
    }

    /** The same with other chunks in the place of one. */
    private NumberBlocks withChunks(final int place, final long[]... others) {
        final long[][] changed = new long[chunks.length - 1 + others.length][];
        System.arraycopy(chunks, 0, changed, 0, place);
        System.arraycopy(others, 0, changed, place, others.length);
        System.arraycopy(chunks, place + 1, changed, place + others.length, chunks.length - place - 1);
        return new NumberBlocks(changed, prefixes);
    }

    /** The last chunk that does not begin behind a number, or -1. */
    private int chunkBefore(final long e164) {
        int low = 0;
        int high = chunks.length - 1;
        while (low <= high) {
            final int middle = (low + high) >>> 1;
            if (chunks[middle][0] <= e164) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return high;
    }

    /** The last range of a chunk that does not begin behind a number, or -1. */
    private static int rangeBefore(final long[] chunk, final long e164) {
        int low = 0;
        int high = chunk.length / 2 - 1;
        while (low <= high) {
            final int middle = (low + high) >>> 1;
            if (chunk[2 * middle] <= e164) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return high;
    }
}
