package io.tandem.routing.configuration;

import io.tandem.routing.model.NumberPattern;

/**
 * Numbers, prefixes and ranges that differ from a generation, by {@link NumberPattern#key()}: a persistent trie, so that a change
 * copies one path and look-ups allocate nothing. Immutable; any thread.
 */
final class NumberChanges {
    /** No changes. */
    static final NumberChanges NONE = new NumberChanges(null);

    private static final int BITS = 4;
    private static final int FANOUT = 1 << BITS;

    private final Object root;

    private NumberChanges(final Object root) {
        this.root = root;
    }

    /** One change: a row, or none for a number that is gone. */
    private record Leaf(long key, NumberRow row) {}

    /** Whether a number differs; {@link #row} then says how. */
    boolean contains(final long key) {
        return find(key) != null;
    }

    /** The row of a number that differs, or null if it is gone. */
    NumberRow row(final long key) {
        return find(key).row;
    }

    private Leaf find(final long key) {
        Object node = root;
        long rest = mix(key);
        while (node instanceof Object[] children) {
            node = children[(int) rest & (FANOUT - 1)];
            rest >>>= BITS;
        }
        return node instanceof Leaf leaf && leaf.key == key ? leaf : null;
    }

    /** The same with one number more, which is the trie's from now on; a null row for a number that is gone. */
    NumberChanges with(final long key, final NumberRow row) {
        final Leaf leaf = new Leaf(key, row);
        return new NumberChanges(put(root, mix(key), 0, leaf));
    }

    private static Object put(final Object node, final long hash, final int shift, final Leaf leaf) {
        if (node instanceof Object[] children) {
            final Object[] copy = children.clone();
            final int place = (int) (hash >>> shift) & (FANOUT - 1);
            copy[place] = put(copy[place], hash, shift + BITS, leaf);
            return copy;
        }
        if (node instanceof Leaf other && other.key != leaf.key) {
            final Object[] branch = new Object[FANOUT];
            branch[(int) (mix(other.key) >>> shift) & (FANOUT - 1)] = other;
            return put(branch, hash, shift, leaf);
        }
        return leaf;
    }

    /** A permutation of all longs: different numbers differ in some four bits. */
    private static long mix(final long key) {
        long mixed = key * 0x9e3779b97f4a7c15L;
        mixed ^= mixed >>> 32;
        return mixed * 0xd6e8feb86659fd93L;
    }
}
