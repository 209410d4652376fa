package io.tandem.sip;

import org.agrona.DirectBuffer;

/** View of a CSeq value: {@code number LWS method} (RFC 3261 section 20.16). Reusable; made on demand. */
public final class CSeqValue {
    /** Sequence numbers are below 2^31 (RFC 3261 section 8.1.1.5). */
    public static final long NUMBER_MAX = (1L << 31) - 1;

    private long number;
    private Method method = Method.UNKNOWN;
    private int methodOffset;
    private int methodLength;
    private boolean grammatical;

    /** Views a whole value; false when it breaks the grammar or the number is out of range. */
    public boolean wrap(final DirectBuffer buffer, final int offset, final int length) {
        final int end = Octets.trimLws(buffer, offset, offset + length);
        final int digits = Octets.skipLws(buffer, offset, end);
        final int at = Octets.skipDigits(buffer, digits, end);
        number = Octets.decimal(buffer, digits, at - digits);
        methodOffset = Octets.skipLws(buffer, at, end);
        methodLength = end - methodOffset;
        method = Method.of(buffer, methodOffset, methodLength);
        grammatical = at > digits
                && methodOffset > at
                && methodLength > 0
                && Octets.skipToken(buffer, methodOffset, end) == end;
        return grammatical && number >= 0 && number <= NUMBER_MAX;
    }

    /** Whether the value keeps the grammar, its number in range or not. */
    public boolean isGrammatical() {
        return grammatical;
    }

    public long number() {
        return number;
    }

    /** {@link Method#UNKNOWN} for a method that is none of ours. */
    public Method method() {
        return method;
    }

    public int methodOffset() {
        return methodOffset;
    }

    public int methodLength() {
        return methodLength;
    }
}
