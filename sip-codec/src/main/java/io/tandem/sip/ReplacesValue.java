package io.tandem.sip;

import org.agrona.DirectBuffer;

/**
 * View of a Replaces value, and of a Join value: {@code call-id;to-tag=...;from-tag=...;early-only} (RFC 3891 section 6.1,
 * RFC 3911). Inside a Refer-To URI it is escaped: decode it first with {@link Octets#unescape}. Reusable; made on demand.
 */
public final class ReplacesValue {
    private static final byte[] TO_TAG = Octets.ascii("to-tag");
    private static final byte[] FROM_TAG = Octets.ascii("from-tag");
    private static final byte[] EARLY_ONLY = Octets.ascii("early-only");

    private final Parameters parameters = new Parameters();

    private int callIdOffset;
    private int callIdLength;
    private int toTagOffset;
    private int toTagLength;
    private int fromTagOffset;
    private int fromTagLength;
    private boolean earlyOnly;

    /** Views a whole value; false when it breaks the grammar or does not have each tag once. */
    public boolean wrap(final DirectBuffer buffer, final int offset, final int length) {
        toTagOffset = Octets.NONE;
        toTagLength = 0;
        fromTagOffset = Octets.NONE;
        fromTagLength = 0;
        earlyOnly = false;
        final int end = offset + length;
        callIdOffset = Octets.skipLws(buffer, offset, end);
        int at = callIdOffset;
        while (at < end && Octets.isVisible(buffer.getByte(at)) && buffer.getByte(at) != ';') {
            at++;
        }
        callIdLength = at - callIdOffset;
        parameters.wrap(buffer, at, end - at);
        while (parameters.next()) {
            if (!parameter()) {
                return false;
            }
        }
        return callIdLength > 0 && toTagLength > 0 && fromTagLength > 0 && !parameters.malformed();
    }

    public int callIdOffset() {
        return callIdOffset;
    }

    public int callIdLength() {
        return callIdLength;
    }

    public int toTagOffset() {
        return toTagOffset;
    }

    public int toTagLength() {
        return toTagLength;
    }

    public int fromTagOffset() {
        return fromTagOffset;
    }

    public int fromTagLength() {
        return fromTagLength;
    }

    /** True when only a dialog that is not yet answered may be replaced. */
    public boolean earlyOnly() {
        return earlyOnly;
    }

    private boolean parameter() {
        if (parameters.isNamed(TO_TAG)) {
            final boolean first = toTagOffset == Octets.NONE;
            toTagOffset = parameters.valueOffset();
            toTagLength = parameters.valueLength();
            return first;
        }
        if (parameters.isNamed(FROM_TAG)) {
            final boolean first = fromTagOffset == Octets.NONE;
            fromTagOffset = parameters.valueOffset();
            fromTagLength = parameters.valueLength();
            return first;
        }
        earlyOnly |= parameters.isNamed(EARLY_ONLY);
        return true;
    }
}
