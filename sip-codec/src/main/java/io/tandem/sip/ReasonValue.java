package io.tandem.sip;

import org.agrona.DirectBuffer;

/** View of one Reason value: {@code protocol;cause=number;text="..."} (RFC 3326). Reusable; made on demand. */
public final class ReasonValue {
    private static final byte[] SIP = Octets.ascii("sip");
    private static final byte[] Q850 = Octets.ascii("q.850");
    private static final byte[] CAUSE = Octets.ascii("cause");
    private static final byte[] TEXT = Octets.ascii("text");
    private static final int CAUSE_MAX = 65_535;

    private final Parameters parameters = new Parameters();

    private DirectBuffer buffer;
    private int protocolOffset;
    private int protocolLength;
    private int cause;
    private int textOffset;
    private int textLength;

    /** Views exactly one value; false when it breaks the grammar. */
    public boolean wrap(final DirectBuffer source, final int offset, final int length) {
        buffer = source;
        cause = Octets.NONE;
        textOffset = Octets.NONE;
        textLength = 0;
        final int end = offset + length;
        protocolOffset = Octets.skipLws(source, offset, end);
        final int at = Octets.skipToken(source, protocolOffset, end);
        protocolLength = at - protocolOffset;
        parameters.wrap(source, at, end - at);
        while (parameters.next()) {
            if (parameters.isNamed(CAUSE)) {
                final long value = Octets.decimal(source, parameters.valueOffset(), parameters.valueLength());
                if (value < 0 || value > CAUSE_MAX) {
                    return false;
                }
                cause = (int) value;
            } else if (parameters.isNamed(TEXT)) {
                textOffset = parameters.valueOffset();
                textLength = parameters.valueLength();
            }
        }
        return protocolLength > 0 && !parameters.malformed();
    }

    public int protocolOffset() {
        return protocolOffset;
    }

    public int protocolLength() {
        return protocolLength;
    }

    /** True when the cause is a SIP status code. */
    public boolean isSip() {
        return Octets.equalsIgnoreCase(buffer, protocolOffset, protocolLength, SIP);
    }

    /** True when the cause is an ISUP cause. */
    public boolean isQ850() {
        return Octets.equalsIgnoreCase(buffer, protocolOffset, protocolLength, Q850);
    }

    /** -1 when absent. */
    public int cause() {
        return cause;
    }

    /** -1 when absent. */
    public int textOffset() {
        return textOffset;
    }

    /** Octets of the text without quotes; escapes inside are left as they are. */
    public int textLength() {
        return textLength;
    }
}
