package io.tandem.sip;

import org.agrona.DirectBuffer;

/**
 * View of {@code seconds [ "(" comment ")" ] *(;param)}: Expires, Min-Expires, Min-SE, Retry-After (RFC 3261 section 20.19,
 * 20.33). Reusable; made on demand.
 */
public final class DeltaSeconds {
    /** Larger values are read as this one (RFC 3261 section 20.19). */
    public static final long SECONDS_MAX = (1L << 32) - 1;

    private final Parameters parameters = new Parameters();
    private long seconds;

    /** Views a whole value; false when it breaks the grammar. */
    public boolean wrap(final DirectBuffer buffer, final int offset, final int length) {
        final int end = Octets.trimLws(buffer, offset, offset + length);
        final int digits = Octets.skipLws(buffer, offset, end);
        int at = digits;
        while (at < end && Octets.isDigit(buffer.getByte(at))) {
            at++;
        }
        seconds = Math.min(Octets.decimal(buffer, digits, at - digits), SECONDS_MAX);
        at = Octets.skipLws(buffer, at, end);
        if (at < end && buffer.getByte(at) == '(') {
            at = skipComment(buffer, at, end);
        }
        if (seconds < 0 || at == Octets.NONE) {
            return false;
        }
        return parameters.wrap(buffer, at, end - at).isSound();
    }

    /** 0 to 2^32 - 1. */
    public long seconds() {
        return seconds;
    }

    /** The parameters, rewound. */
    public Parameters parameters() {
        parameters.rewind();
        return parameters;
    }

    private static int skipComment(final DirectBuffer buffer, final int at, final int end) {
        int depth = 0;
        int position = at;
        while (position < end) {
            final byte octet = buffer.getByte(position++);
            if (octet == '(') {
                depth++;
            } else if (octet == ')') {
                depth--;
                if (depth == 0) {
                    return position;
                }
            } else if (octet == '\\') {
                position++;
            }
        }
        return Octets.NONE;
    }
}
