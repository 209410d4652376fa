package io.tandem.sip;

import org.agrona.DirectBuffer;

/** View of a RAck value: {@code RSeq LWS CSeq LWS method} (RFC 3262 section 7.2). Reusable; made on demand. */
public final class RackValue {
    private static final long RSEQ_MAX = (1L << 32) - 1;

    private final CSeqValue cSeq = new CSeqValue();
    private long rSeq;

    /** Views a whole value; false when it breaks the grammar or a number is out of range. */
    public boolean wrap(final DirectBuffer buffer, final int offset, final int length) {
        final int end = offset + length;
        final int digits = Octets.skipLws(buffer, offset, end);
        int at = digits;
        while (at < end && Octets.isDigit(buffer.getByte(at))) {
            at++;
        }
        rSeq = Octets.decimal(buffer, digits, at - digits);
        final int rest = Octets.skipLws(buffer, at, end);
        return rSeq > 0 && rSeq <= RSEQ_MAX && rest > at && cSeq.wrap(buffer, rest, end - rest);
    }

    /** 1 to 2^32 - 1. */
    public long rSeq() {
        return rSeq;
    }

    public long cSeq() {
        return cSeq.number();
    }

    public Method method() {
        return cSeq.method();
    }
}
