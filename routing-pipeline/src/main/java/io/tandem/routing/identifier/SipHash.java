package io.tandem.routing.identifier;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * SipHash-2-4 with 128 bits of output (Aumasson and Bernstein), streaming over several pieces. Keyed, so that peers
 * cannot choose identifiers which collide in our tables. Single-threaded, reused.
 */
public final class SipHash {
    private final long key0;
    private final long key1;
    private long v0;
    private long v1;
    private long v2;
    private long v3;
    private long pending;
    private int pendingBytes;
    private int total;
    private long high;
    private long low;

    /** Creates a hash under a 128-bit key. */
    public SipHash(final long key0, final long key1) {
        this.key0 = key0;
        this.key1 = key1;
    }

    /** Starts a new value. */
    public SipHash begin() {
        v0 = key0 ^ 0x736f_6d65_7073_6575L;
        v1 = key1 ^ 0x646f_7261_6e64_6f6dL ^ 0xEE;
        v2 = key0 ^ 0x6c79_6765_6e65_7261L;
        v3 = key1 ^ 0x7465_6462_7974_6573L;
        pending = 0;
        pendingBytes = 0;
        total = 0;
        return this;
    }

    /** Adds bytes followed by their length, so that neighbouring pieces cannot be shifted into each other. */
    public SipHash piece(final DirectBuffer buffer, final int offset, final int length) {
        int at = offset;
        final int end = offset + length;
        if (pendingBytes == 0) {
            for (; at + Long.BYTES <= end; at += Long.BYTES) {
                compress(buffer.getLong(at, ByteOrder.LITTLE_ENDIAN));
                total += Long.BYTES;
            }
        }
        for (; at < end; at++) {
            add(buffer.getByte(at));
        }
        return number(length);
    }

    /** Adds a number. */
    public SipHash number(final long value) {
        if (pendingBytes == 0) {
            compress(value);
            total += Long.BYTES;
            return this;
        }
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            add((byte) (value >>> shift));
        }
        return this;
    }

    /** Adds one byte. */
    public void add(final byte value) {
        pending |= (value & 0xFFL) << (pendingBytes << 3);
        total++;
        if (++pendingBytes == Long.BYTES) {
            compress(pending);
            pending = 0;
            pendingBytes = 0;
        }
    }

    /** Ends the value; {@link #high()} and {@link #low()} hold it until the next {@link #begin()}. */
    public SipHash end() {
        compress(pending | ((long) total << 56));
        v2 ^= 0xEE;
        finish();
        low = v0 ^ v1 ^ v2 ^ v3;
        v1 ^= 0xDD;
        finish();
        high = v0 ^ v1 ^ v2 ^ v3;
        return this;
    }

    /** Upper 64 bits of the last value. */
    public long high() {
        return high;
    }

    /** Lower 64 bits of the last value. */
    public long low() {
        return low;
    }

    private void compress(final long word) {
        v3 ^= word;
        round();
        round();
        v0 ^= word;
    }

    private void finish() {
        round();
        round();
        round();
        round();
    }

    private void round() {
        v0 += v1;
        v1 = Long.rotateLeft(v1, 13) ^ v0;
        v0 = Long.rotateLeft(v0, 32);
        v2 += v3;
        v3 = Long.rotateLeft(v3, 16) ^ v2;
        v0 += v3;
        v3 = Long.rotateLeft(v3, 21) ^ v0;
        v2 += v1;
        v1 = Long.rotateLeft(v1, 17) ^ v2;
        v2 = Long.rotateLeft(v2, 32);
    }
}
