package io.tandem.routing.effect;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * Order-sensitive 64-bit digest of outputs, by which a replay proves that it said the same bytes to the same peers. Not
 * a defence against forgery.
 */
public final class OutputDigest {
    private static final long MULTIPLIER = 0x9E37_79B9_7F4A_7C15L;

    private final CRC32C crc = new CRC32C();
    private long value;
    private long count;

    /** Adds one output; the view's position and limit are moved. */
    void add(final ByteBuffer view, final int offset, final int length, final long peer, final int port) {
        view.limit(offset + length).position(offset);
        crc.reset();
        crc.update(view);
        long mixed = (value ^ crc.getValue() ^ ((long) length << 32)) * MULTIPLIER;
        mixed = (mixed ^ (mixed >>> 29) ^ peer ^ ((long) port << 48)) * MULTIPLIER;
        value = mixed ^ (mixed >>> 32);
        count++;
    }

    /** The digest over everything added so far. */
    public long value() {
        return value;
    }

    /** How many outputs the digest covers. */
    public long count() {
        return count;
    }

    /** Continues from a stored digest (recovery, replay from a snapshot). */
    public void restore(final long storedValue, final long storedCount) {
        value = storedValue;
        count = storedCount;
    }
}
