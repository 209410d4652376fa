package io.tandem.sip;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * View of a URI: sip, sips (RFC 3261 section 19.1), tel (RFC 3966), or another scheme, of which only the scheme is read.
 * Reusable; made on demand.
 *
 * <pre>
 *   sip:user:password@host:port;uri-parameters?headers
 *   tel:+1-201-555-0123;phone-context=example.com
 * </pre>
 *
 * <p>The number of a tel URI is its user part; it has no host. User parts may hold more than the grammar allows ('#' is
 * common), as long as they stay unambiguous.
 */
public final class SipUri {
    private static final byte[] SIP = Octets.ascii("sip");
    private static final byte[] SIPS = Octets.ascii("sips");
    private static final byte[] TEL = Octets.ascii("tel");
    private static final byte[] TRANSPORT = Octets.ascii("transport");
    private static final byte[] USER = Octets.ascii("user");
    private static final byte[] PHONE = Octets.ascii("phone");
    private static final byte[] METHOD = Octets.ascii("method");
    private static final byte[] MADDR = Octets.ascii("maddr");
    private static final byte[] LR = Octets.ascii("lr");

    private final HostPort hostPort = new HostPort();
    private final Parameters parameters = new Parameters();

    private DirectBuffer buffer;
    private int offset;
    private int length;
    private Scheme scheme = Scheme.OTHER;
    private int userOffset;
    private int userLength;
    private int passwordOffset;
    private int passwordLength;
    private boolean hostPresent;
    private int parametersOffset;
    private int parametersLength;
    private int headersOffset;
    private int headersLength;
    private int headerValueOffset;
    private int headerValueLength;
    private boolean userPhone;
    private boolean looseRouting;
    private int transportOffset;
    private int transportLength;
    private int maddrOffset;
    private int maddrLength;
    private int methodOffset;
    private int methodLength;
    private boolean plus;
    private int atSigns;
    private int atSign;
    private int question;

    /** Views a whole URI without brackets around it; false when it breaks the grammar. */
    public boolean wrap(final DirectBuffer source, final int sourceOffset, final int sourceLength) {
        reset(source, sourceOffset, sourceLength);
        final int end = sourceOffset + sourceLength;
        final int colon = Octets.indexOf(source, sourceOffset, end, (byte) ':');
        if (colon == Octets.NONE || !isScheme(colon) || !isUriText(colon + 1, end)) {
            return false;
        }
        scheme = schemeOf(colon);
        return switch (scheme) {
            case SIP, SIPS -> sip(colon + 1, end);
            case TEL -> tel(colon + 1, end);
            case OTHER -> true;
        };
    }

    public DirectBuffer buffer() {
        return buffer;
    }

    public int offset() {
        return offset;
    }

    public int length() {
        return length;
    }

    public Scheme scheme() {
        return scheme;
    }

    /** -1 when absent; the number of a tel URI. */
    public int userOffset() {
        return userOffset;
    }

    /** Octets of the user part as written, without password. */
    public int userLength() {
        return userLength;
    }

    public boolean passwordPresent() {
        return passwordOffset != Octets.NONE;
    }

    /** -1 in a tel or other URI. */
    public int hostOffset() {
        return hostPresent ? hostPort.hostOffset() : Octets.NONE;
    }

    /** Octets of the host; an IPv6 reference without its brackets. */
    public int hostLength() {
        return hostPresent ? hostPort.hostLength() : 0;
    }

    /** 1 to 65535, or 0 when absent. */
    public int port() {
        return hostPresent ? hostPort.port() : 0;
    }

    public boolean isIpv6() {
        return hostPresent && hostPort.isIpv6();
    }

    /** True with {@code user=phone}. */
    public boolean userPhone() {
        return userPhone;
    }

    /** True with {@code lr}, in any form. */
    public boolean lr() {
        return looseRouting;
    }

    /** -1 when absent. */
    public int transportOffset() {
        return transportOffset;
    }

    public int transportLength() {
        return transportLength;
    }

    /** -1 when absent. */
    public int maddrOffset() {
        return maddrOffset;
    }

    public int maddrLength() {
        return maddrLength;
    }

    /** -1 when absent. */
    public int methodOffset() {
        return methodOffset;
    }

    public int methodLength() {
        return methodLength;
    }

    /** Where the parameters begin, at their semicolon. */
    public int parametersOffset() {
        return parametersOffset;
    }

    public int parametersLength() {
        return parametersLength;
    }

    /** The URI parameters, rewound. */
    public Parameters parameters() {
        parameters.rewind();
        return parameters;
    }

    /** Steps {@link #parameters()} to the one of that name, given in lower case; false when absent. */
    public boolean findParameter(final byte[] lowerCaseName) {
        return parameters.find(lowerCaseName);
    }

    /** True with {@code ?name=value}, which a Request-URI must not have. */
    public boolean headersPresent() {
        return headersOffset != Octets.NONE;
    }

    /** Behind the question mark; -1 when absent. */
    public int headersOffset() {
        return headersOffset;
    }

    public int headersLength() {
        return headersLength;
    }

    /**
     * Looks for a header of that name, given in lower case, among those of the URI; false when absent. Its value is still
     * escaped.
     */
    public boolean findHeader(final byte[] lowerCaseName) {
        int at = headersPresent() ? headersOffset : 0;
        final int end = headersPresent() ? headersOffset + headersLength : 0;
        while (at < end) {
            final int ampersand = Octets.indexOf(buffer, at, end, (byte) '&');
            final int pairEnd = ampersand == Octets.NONE ? end : ampersand;
            final int equals = Octets.indexOf(buffer, at, pairEnd, (byte) '=');
            final int nameEnd = equals == Octets.NONE ? pairEnd : equals;
            if (Octets.equalsIgnoreCase(buffer, at, nameEnd - at, lowerCaseName)) {
                headerValueOffset = Math.min(nameEnd + 1, pairEnd);
                headerValueLength = pairEnd - headerValueOffset;
                return true;
            }
            at = pairEnd + 1;
        }
        return false;
    }

    /** Value of the header that {@link #findHeader} found last. */
    public int headerValueOffset() {
        return headerValueOffset;
    }

    public int headerValueLength() {
        return headerValueLength;
    }

    /**
     * Writes the user part with its escapes decoded, once.
     *
     * @return octets written, or -1 when they do not fit
     */
    public int unescapeUser(final MutableDirectBuffer destination, final int at) {
        return userOffset == Octets.NONE ? 0 : Octets.unescape(buffer, userOffset, userLength, destination, at);
    }

    /**
     * Writes the user part with its escapes decoded, once; of a telephone number nothing but the number, without the
     * parameters that a telephone-subscriber may have there (RFC 3261 section 19.1.6).
     *
     * @return octets written, or -1 when they do not fit
     */
    public int unescapeSubscriber(final MutableDirectBuffer destination, final int at) {
        return userOffset == Octets.NONE
                ? 0
                : Octets.unescape(buffer, userOffset, subscriberLength(), destination, at);
    }

    private int subscriberLength() {
        final int end = userOffset + userLength;
        boolean digits = false;
        int position = userOffset;
        while (position < end) {
            final int octet = Octets.escapedOctet(buffer, position, end);
            if (octet == ';') {
                return digits ? position - userOffset : userLength;
            }
            if (isDialled(octet)) {
                digits = true;
            } else if (!isVisualSeparator(octet) && !(octet == '+' && position == userOffset)) {
                return userLength;
            }
            position += Octets.octetLength(buffer, position, end);
        }
        return userLength;
    }

    /**
     * Writes the user part as a telephone number: escapes decoded, visual separators, a leading '+' and telephone
     * parameters left out (RFC 3966 section 5). What remains are digits, {@code * #} and {@code A-D}.
     *
     * @return octets written; -1 when the user part is no telephone number or does not fit
     */
    public int digits(final MutableDirectBuffer destination, final int at) {
        plus = false;
        if (userOffset == Octets.NONE) {
            return Octets.NONE;
        }
        final int end = userOffset + userLength;
        int written = at;
        int position = userOffset;
        while (position < end) {
            final int octet = Octets.escapedOctet(buffer, position, end);
            if (octet == ';') {
                break;
            }
            if (octet == '+' && position == userOffset) {
                plus = true;
            } else if (isDialled(octet)) {
                if (written >= destination.capacity()) {
                    return Octets.NONE;
                }
                destination.putByte(written++, (byte) octet);
            } else if (!isVisualSeparator(octet)) {
                return Octets.NONE;
            }
            position += Octets.octetLength(buffer, position, end);
        }
        return written == at ? Octets.NONE : written - at;
    }

    /** True when the number that {@link #digits} wrote last began with '+'. */
    public boolean plus() {
        return plus;
    }

    /** Equality of RFC 3261 section 19.1.4; tel URIs by RFC 3966 section 4, other schemes octet for octet. */
    public boolean equivalent(final SipUri other) {
        if (this == other) {
            return true;
        }
        if (scheme != other.scheme) {
            return false;
        }
        return switch (scheme) {
            case SIP, SIPS -> UriComparison.sip(this, other);
            case TEL -> UriComparison.tel(this, other);
            case OTHER -> Octets.equals(buffer, offset, length, other.buffer, other.offset, other.length);
        };
    }

    /** The URI parameters where they stand, not rewound. */
    Parameters currentParameter() {
        return parameters;
    }

    int passwordOffset() {
        return passwordOffset;
    }

    int passwordLength() {
        return passwordLength;
    }

    private void reset(final DirectBuffer source, final int sourceOffset, final int sourceLength) {
        buffer = source;
        offset = sourceOffset;
        length = sourceLength;
        scheme = Scheme.OTHER;
        userOffset = Octets.NONE;
        userLength = 0;
        passwordOffset = Octets.NONE;
        passwordLength = 0;
        hostPresent = false;
        parametersOffset = sourceOffset + sourceLength;
        parametersLength = 0;
        headersOffset = Octets.NONE;
        headersLength = 0;
        userPhone = false;
        looseRouting = false;
        transportOffset = Octets.NONE;
        transportLength = 0;
        maddrOffset = Octets.NONE;
        maddrLength = 0;
        methodOffset = Octets.NONE;
        methodLength = 0;
        plus = false;
        atSigns = 0;
        parameters.wrap(source, parametersOffset, 0);
    }

    private boolean isScheme(final int colon) {
        return colon > offset
                && isLetter(buffer.getByte(offset))
                && Octets.skipScheme(buffer, offset + 1, colon) == colon;
    }

    /** One pass over what follows the scheme: its octets, its escapes, and where the separators of a SIP URI are. */
    private boolean isUriText(final int at, final int end) {
        atSign = Octets.NONE;
        question = Octets.NONE;
        int position = Octets.skipPlainUri(buffer, at, end);
        while (position < end) {
            switch (buffer.getByte(position)) {
                case '%' -> {
                    if (Octets.octetLength(buffer, position, end) == 1) {
                        return false;
                    }
                    position += 2;
                }
                case '@' -> {
                    atSigns++;
                    atSign = position;
                    question = Octets.NONE;
                }
                case '?' -> question = question == Octets.NONE ? position : question;
                default -> {
                    return false;
                }
            }
            position = Octets.skipPlainUri(buffer, position + 1, end);
        }
        return at < end;
    }

    private Scheme schemeOf(final int colon) {
        final int schemeLength = colon - offset;
        if (Octets.equalsIgnoreCase(buffer, offset, schemeLength, SIP)) {
            return Scheme.SIP;
        }
        if (Octets.equalsIgnoreCase(buffer, offset, schemeLength, SIPS)) {
            return Scheme.SIPS;
        }
        return Octets.equalsIgnoreCase(buffer, offset, schemeLength, TEL) ? Scheme.TEL : Scheme.OTHER;
    }

    private boolean sip(final int at, final int end) {
        if (atSigns > 1 || (atSigns == 1 && !userInfo(at))) {
            return false;
        }
        final int behind = hostPort.read(buffer, atSigns == 0 ? at : atSign + 1, end, false);
        if (behind == Octets.NONE) {
            return false;
        }
        hostPresent = true;
        if (question == Octets.NONE) {
            return parameters(behind, end);
        }
        headersOffset = question + 1;
        headersLength = end - headersOffset;
        return headersLength > 0 && parameters(behind, question);
    }

    private boolean userInfo(final int at) {
        final int colon = Octets.indexOf(buffer, at, atSign, (byte) ':');
        userOffset = at;
        userLength = (colon == Octets.NONE ? atSign : colon) - at;
        if (colon != Octets.NONE) {
            passwordOffset = colon + 1;
            passwordLength = atSign - passwordOffset;
        }
        return userLength > 0;
    }

    private boolean tel(final int at, final int end) {
        final int semicolon = Octets.indexOf(buffer, at, end, (byte) ';');
        userOffset = at;
        userLength = (semicolon == Octets.NONE ? end : semicolon) - at;
        int digitCount = 0;
        for (int position = at; position < at + userLength; position++) {
            final byte octet = buffer.getByte(position);
            final boolean leadingPlus = octet == '+' && position == at;
            if (isDialled(octet) || Octets.hexValue(octet) >= 0) {
                digitCount++;
            } else if (!leadingPlus && !isVisualSeparator(octet)) {
                return false;
            }
        }
        return digitCount > 0 && parameters(at + userLength, end);
    }

    private boolean parameters(final int at, final int end) {
        parametersOffset = at;
        parametersLength = end - at;
        parameters.wrap(buffer, at, parametersLength);
        while (parameters.next()) {
            parameter();
        }
        return !parameters.malformed();
    }

    private void parameter() {
        final int valueOffset = parameters.valueOffset();
        final int valueLength = parameters.valueLength();
        if (parameters.isNamed(TRANSPORT)) {
            transportOffset = valueOffset;
            transportLength = valueLength;
        } else if (parameters.isNamed(LR)) {
            looseRouting = true;
        } else if (parameters.isNamed(USER)) {
            userPhone = Octets.equalsIgnoreCase(buffer, valueOffset, valueLength, PHONE);
        } else if (parameters.isNamed(MADDR)) {
            maddrOffset = valueOffset;
            maddrLength = valueLength;
        } else if (parameters.isNamed(METHOD)) {
            methodOffset = valueOffset;
            methodLength = valueLength;
        }
    }

    private static boolean isLetter(final byte octet) {
        return (octet >= 'a' && octet <= 'z') || (octet >= 'A' && octet <= 'Z');
    }

    private static boolean isVisualSeparator(final int octet) {
        return octet == '-' || octet == '.' || octet == '(' || octet == ')';
    }

    private static boolean isDialled(final int octet) {
        return (octet >= '0' && octet <= '9')
                || octet == '*'
                || octet == '#'
                || (octet >= 'A' && octet <= 'D')
                || (octet >= 'a' && octet <= 'd');
    }
}
