package io.tandem.sip;

import org.agrona.DirectBuffer;

/** View of one via-parm (RFC 3261 section 20.42, 18.2.1; rport of RFC 3581). Reusable; made on demand. */
public final class ViaValue {
    /** What a branch begins with that is unique in space and time (RFC 3261 section 8.1.1.7). */
    public static final byte[] MAGIC_COOKIE = Octets.ascii("z9hG4bK");

    private static final byte[] PROTOCOL = Octets.ascii("sip");
    private static final byte[] VERSION = Octets.ascii("2.0");
    private static final byte[] BRANCH = Octets.ascii("branch");
    private static final byte[] RPORT = Octets.ascii("rport");
    private static final byte[] RECEIVED = Octets.ascii("received");
    private static final byte[] MADDR = Octets.ascii("maddr");
    private static final byte[] TTL = Octets.ascii("ttl");
    private static final int PORT_MAX = 65_535;
    private static final int TTL_MAX = 255;

    private final HostPort sentBy = new HostPort();
    private final Parameters parameters = new Parameters();

    private DirectBuffer buffer;
    private int transportOffset;
    private int transportLength;
    private int sentByOffset;
    private int parametersOffset;
    private int branchOffset;
    private int branchLength;
    private int rportOffset;
    private int rportLength;
    private boolean rportPresent;
    private int rport;
    private int receivedOffset;
    private int receivedLength;
    private int maddrOffset;
    private int maddrLength;
    private int ttl;

    /** Views exactly one via-parm; false when it breaks the grammar. */
    public boolean wrap(final DirectBuffer source, final int offset, final int length) {
        reset(source);
        final int end = Octets.trimLws(source, offset, offset + length);
        int at = protocolPart(Octets.skipLws(source, offset, end), end, PROTOCOL);
        at = at == Octets.NONE ? at : protocolPart(at, end, VERSION);
        if (at == Octets.NONE) {
            return false;
        }
        transportOffset = at;
        at = Octets.skipToken(source, at, end);
        transportLength = at - transportOffset;
        sentByOffset = Octets.skipLws(source, at, end);
        if (transportLength == 0 || sentByOffset == at) {
            return false;
        }
        at = sentBy.read(source, sentByOffset, end, true);
        if (at == Octets.NONE) {
            return false;
        }
        parametersOffset = at;
        parameters.wrap(source, at, end - at);
        while (parameters.next()) {
            if (!parameter()) {
                return false;
            }
        }
        return !parameters.malformed();
    }

    public int transportOffset() {
        return transportOffset;
    }

    public int transportLength() {
        return transportLength;
    }

    /** Where host and port begin, brackets included. */
    public int sentByOffset() {
        return sentByOffset;
    }

    public int hostOffset() {
        return sentBy.hostOffset();
    }

    /** Octets of the host; an IPv6 reference without its brackets. */
    public int hostLength() {
        return sentBy.hostLength();
    }

    public boolean isIpv6() {
        return sentBy.isIpv6();
    }

    /** 1 to 65535, or 0 when absent. */
    public int port() {
        return sentBy.port();
    }

    /** Where the parameters begin, behind sent-by. */
    public int parametersOffset() {
        return parametersOffset;
    }

    /** -1 when absent. */
    public int branchOffset() {
        return branchOffset;
    }

    public int branchLength() {
        return branchLength;
    }

    /** True when the branch begins with the magic cookie and goes on behind it; else RFC 2543 matching applies. */
    public boolean isBranchUnique() {
        return branchLength > MAGIC_COOKIE.length
                && Octets.equals(buffer, branchOffset, MAGIC_COOKIE.length, MAGIC_COOKIE);
    }

    public boolean rportPresent() {
        return rportPresent;
    }

    /** The port a server filled in, or 0. */
    public int rport() {
        return rport;
    }

    /** Where the value of rport begins, -1 when rport is absent or without value. */
    public int rportOffset() {
        return rportOffset;
    }

    public int rportLength() {
        return rportLength;
    }

    /** -1 when absent. */
    public int receivedOffset() {
        return receivedOffset;
    }

    /** Octets of the address; brackets, which RFC 5118 section 4.5 tolerates, do not count. */
    public int receivedLength() {
        return receivedLength;
    }

    /** -1 when absent. */
    public int maddrOffset() {
        return maddrOffset;
    }

    public int maddrLength() {
        return maddrLength;
    }

    /** 0 to 255, or -1 when absent. */
    public int ttl() {
        return ttl;
    }

    /** The parameters, rewound. */
    public Parameters parameters() {
        parameters.rewind();
        return parameters;
    }

    private void reset(final DirectBuffer source) {
        buffer = source;
        branchOffset = Octets.NONE;
        branchLength = 0;
        rportOffset = Octets.NONE;
        rportLength = 0;
        rportPresent = false;
        rport = 0;
        receivedOffset = Octets.NONE;
        receivedLength = 0;
        maddrOffset = Octets.NONE;
        maddrLength = 0;
        ttl = Octets.NONE;
    }

    /** Reads {@code token LWS "/" LWS} and answers the position behind it. */
    private int protocolPart(final int at, final int end, final byte[] expected) {
        final int tokenEnd = Octets.skipToken(buffer, at, end);
        final int slash = Octets.skipLws(buffer, tokenEnd, end);
        if (slash == end
                || buffer.getByte(slash) != '/'
                || !Octets.equalsIgnoreCase(buffer, at, tokenEnd - at, expected)) {
            return Octets.NONE;
        }
        return Octets.skipLws(buffer, slash + 1, end);
    }

    private boolean parameter() {
        final int valueOffset = parameters.valueOffset();
        final int valueLength = parameters.valueLength();
        if (parameters.isNamed(BRANCH)) {
            branchOffset = valueOffset;
            branchLength = valueLength;
            return valueLength > 0;
        }
        if (parameters.isNamed(RPORT)) {
            rportPresent = true;
            rportOffset = valueOffset;
            rportLength = valueLength;
            final long value = valueLength == 0 ? 0 : Octets.decimal(buffer, valueOffset, valueLength);
            rport = (int) Math.min(value, PORT_MAX + 1L);
            return rport >= 0 && rport <= PORT_MAX;
        }
        if (parameters.isNamed(RECEIVED)) {
            final boolean bracketed = valueLength > 2
                    && buffer.getByte(valueOffset) == '['
                    && buffer.getByte(valueOffset + valueLength - 1) == ']';
            receivedOffset = bracketed ? valueOffset + 1 : valueOffset;
            receivedLength = bracketed ? valueLength - 2 : valueLength;
            return valueLength > 0;
        }
        if (parameters.isNamed(MADDR)) {
            maddrOffset = valueOffset;
            maddrLength = valueLength;
            return valueLength > 0;
        }
        if (parameters.isNamed(TTL)) {
            final long value = Octets.decimal(buffer, valueOffset, valueLength);
            ttl = (int) Math.min(value, TTL_MAX + 1L);
            return ttl >= 0 && ttl <= TTL_MAX;
        }
        return true;
    }
}
