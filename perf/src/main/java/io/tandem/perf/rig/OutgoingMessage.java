package io.tandem.perf.rig;

import java.nio.charset.StandardCharsets;

/** A message being written into an array that is reused. Its size is bounded by what the rig itself writes and copies. */
final class OutgoingMessage {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final int HEX_DIGITS = 16;

    final byte[] bytes;
    private int length;

    OutgoingMessage(final int capacity) {
        bytes = new byte[capacity];
    }

    static byte[] ascii(final String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    OutgoingMessage clear() {
        length = 0;
        return this;
    }

    int length() {
        return length;
    }

    OutgoingMessage put(final byte octet) {
        bytes[length++] = octet;
        return this;
    }

    OutgoingMessage put(final byte[] source) {
        return put(source, 0, source.length);
    }

    OutgoingMessage put(final byte[] source, final int from, final int to) {
        System.arraycopy(source, from, bytes, length, to - from);
        length += to - from;
        return this;
    }

    /** Sixteen hexadecimal digits. */
    OutgoingMessage putId(final long id) {
        patchId(bytes, length, id);
        length += HEX_DIGITS;
        return this;
    }

    static void patchId(final byte[] bytes, final int offset, final long id) {
        for (int i = 0; i < HEX_DIGITS; i++) {
            bytes[offset + i] = HEX[(int) (id >>> (60 - 4 * i)) & 0xF];
        }
    }
}
