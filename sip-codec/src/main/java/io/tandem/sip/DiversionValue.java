package io.tandem.sip;

import org.agrona.DirectBuffer;

/** View of one Diversion value: who diverted, why, how often (RFC 5806 section 4). Reusable; made on demand. */
public final class DiversionValue {
    private static final byte[] REASON = Octets.ascii("reason");
    private static final byte[] COUNTER = Octets.ascii("counter");
    private static final byte[] LIMIT = Octets.ascii("limit");
    private static final byte[] PRIVACY = Octets.ascii("privacy");
    private static final byte[] OFF = Octets.ascii("off");
    private static final int COUNT_MAX = 99;

    private final NameAddr diverter = new NameAddr();

    private DirectBuffer buffer;
    private int reasonOffset;
    private int reasonLength;
    private int counter;
    private int limit;
    private boolean concealed;

    /** Views exactly one value; false when it breaks the grammar. */
    public boolean wrap(final DirectBuffer source, final int offset, final int length) {
        buffer = source;
        reasonOffset = Octets.NONE;
        reasonLength = 0;
        counter = 1;
        limit = Octets.NONE;
        concealed = false;
        if (!diverter.wrap(source, offset, length) || diverter.isWildcard()) {
            return false;
        }
        final Parameters parameters = diverter.parameters();
        while (parameters.next()) {
            if (!parameter(parameters)) {
                return false;
            }
        }
        return true;
    }

    /** The party that diverted. */
    public NameAddr diverter() {
        return diverter;
    }

    /** -1 when absent. */
    public int reasonOffset() {
        return reasonOffset;
    }

    /** Octets of the reason, without quotes. */
    public int reasonLength() {
        return reasonLength;
    }

    /** Diversions that this entry stands for; 1 when not said, 99 when it says more. */
    public int counter() {
        return counter;
    }

    /** Diversions the diverter allows, or -1 when not said. */
    public int limit() {
        return limit;
    }

    /** True when the diverter asks for privacy of any kind. */
    public boolean concealed() {
        return concealed;
    }

    private boolean parameter(final Parameters parameters) {
        final int offset = parameters.valueOffset();
        final int length = parameters.valueLength();
        if (parameters.isNamed(REASON)) {
            reasonOffset = offset;
            reasonLength = length;
        } else if (parameters.isNamed(COUNTER)) {
            counter = (int) Math.min(Octets.decimal(buffer, offset, length), COUNT_MAX);
            return counter >= 0;
        } else if (parameters.isNamed(LIMIT)) {
            limit = (int) Math.min(Octets.decimal(buffer, offset, length), COUNT_MAX);
            return limit >= 0;
        } else if (parameters.isNamed(PRIVACY)) {
            concealed = !Octets.equalsIgnoreCase(buffer, offset, length, OFF);
        }
        return true;
    }
}
