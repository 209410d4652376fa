package io.tandem.routing.configuration;

/** Where a 128-bit identifier belongs in a table whose length is a power of two. */
final class IdHash {
    private IdHash() {}

    /** 32 mixed bits, of which a table takes the lower ones. */
    static int of(final long high, final long low) {
        long mixed = (low ^ Long.rotateLeft(high, 31)) * 0x9e3779b97f4a7c15L;
        mixed ^= mixed >>> 32;
        return (int) mixed;
    }
}
