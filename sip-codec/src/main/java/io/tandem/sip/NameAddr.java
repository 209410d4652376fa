package io.tandem.sip;

import org.agrona.DirectBuffer;

/**
 * View of {@code [display-name] <addr-spec> *(;param)}, or of an addr-spec alone with header parameters: From, To, Contact,
 * Route, Refer-To and their like (RFC 3261 section 20.10). Reusable; made on demand.
 *
 * <p>Without angle brackets what follows the first semicolon belongs to the header, and the URI may hold neither comma nor
 * question mark. Unquoted display names may hold more than tokens, as long as they stay unambiguous.
 */
public final class NameAddr {
    private static final byte[] TAG = Octets.ascii("tag");

    private final Parameters parameters = new Parameters();

    private int displayOffset;
    private int displayLength;
    private int uriOffset;
    private int uriLength;
    private int tagOffset;
    private int tagLength;
    private int parametersOffset;
    private int parametersLength;
    private boolean bracketed;
    private boolean wildcard;

    /** Views exactly one element; false when it breaks the grammar. The URI itself is for {@link SipUri} to judge. */
    public boolean wrap(final DirectBuffer buffer, final int offset, final int length) {
        reset();
        final int end = Octets.trimLws(buffer, offset, offset + length);
        final int start = Octets.skipLws(buffer, offset, end);
        if (start == end) {
            return false;
        }
        if (end - start == 1 && buffer.getByte(start) == '*') {
            wildcard = true;
            return true;
        }
        final int open = openBracket(buffer, start, end);
        final int behind = open == Octets.NONE ? addrSpec(buffer, start, end) : bracketedAddrSpec(buffer, open, end);
        if (behind == Octets.NONE || uriLength == 0) {
            return false;
        }
        parametersOffset = behind;
        parametersLength = end - behind;
        parameters.wrap(buffer, behind, parametersLength);
        while (parameters.next()) {
            if (parameters.isNamed(TAG)) {
                tagOffset = parameters.valueOffset();
                tagLength = parameters.valueLength();
                if (tagLength == 0) {
                    return false;
                }
            }
        }
        return !parameters.malformed();
    }

    /** Where the display name begins, behind its opening quote if it has one; -1 when absent. */
    public int displayOffset() {
        return displayOffset;
    }

    /** Octets of the display name without quotes; escapes inside are left as they are. */
    public int displayLength() {
        return displayLength;
    }

    public int uriOffset() {
        return uriOffset;
    }

    public int uriLength() {
        return uriLength;
    }

    /** -1 when absent. */
    public int tagOffset() {
        return tagOffset;
    }

    public int tagLength() {
        return tagLength;
    }

    /** True when the URI stands in angle brackets. */
    public boolean bracketed() {
        return bracketed;
    }

    /** True for {@code *}, which only a Contact of REGISTER may be; it has no URI. */
    public boolean isWildcard() {
        return wildcard;
    }

    /** Where the header parameters begin: behind the URI and its bracket. */
    public int parametersOffset() {
        return parametersOffset;
    }

    public int parametersLength() {
        return parametersLength;
    }

    /** The header parameters, rewound. */
    public Parameters parameters() {
        parameters.rewind();
        return parameters;
    }

    /** Steps {@link #parameters()} to the one of that name, given in lower case; false when absent. */
    public boolean findParameter(final byte[] lowerCaseName) {
        return !wildcard && parameters.find(lowerCaseName);
    }

    private void reset() {
        displayOffset = Octets.NONE;
        displayLength = 0;
        uriOffset = Octets.NONE;
        uriLength = 0;
        tagOffset = Octets.NONE;
        tagLength = 0;
        parametersOffset = 0;
        parametersLength = 0;
        bracketed = false;
        wildcard = false;
    }

    /** Position of the bracket that opens the URI, the display name read on the way; NONE when there is none. */
    private int openBracket(final DirectBuffer buffer, final int start, final int end) {
        if (buffer.getByte(start) == '"') {
            final int behind = Octets.skipQuoted(buffer, start, end);
            if (behind == Octets.NONE) {
                return Octets.NONE;
            }
            displayOffset = start + 1;
            displayLength = behind - 1 - displayOffset;
            final int open = Octets.skipLws(buffer, behind, end);
            return open < end && buffer.getByte(open) == '<' ? open : Octets.NONE;
        }
        final int position = Octets.skipDisplay(buffer, start, end);
        if (position == end || buffer.getByte(position) != '<') {
            return Octets.NONE;
        }
        if (position > start) {
            displayOffset = start;
            displayLength = Octets.trimLws(buffer, start, position) - start;
        }
        return position;
    }

    private int bracketedAddrSpec(final DirectBuffer buffer, final int open, final int end) {
        bracketed = true;
        uriOffset = open + 1;
        final int position = Octets.skipUri(buffer, uriOffset, end);
        uriLength = position - uriOffset;
        return position < end && buffer.getByte(position) == '>' ? position + 1 : Octets.NONE;
    }

    private int addrSpec(final DirectBuffer buffer, final int start, final int end) {
        uriOffset = start;
        final int position = Octets.skipBareUri(buffer, start, end);
        uriLength = position - start;
        return position;
    }
}
