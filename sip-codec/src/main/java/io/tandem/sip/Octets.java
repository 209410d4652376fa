package io.tandem.sip;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.UnsafeApi;

/**
 * Questions about octets that every part of the grammar asks (RFC 3261 section 25.1), and comparisons of ASCII text.
 *
 * <p>Ranges are half open, {@code [at, end)}, and must lie inside the buffer. Nothing here allocates, except {@link
 * #ascii(String)}, which is for constants. Inside a header value CR and LF count as white space: the index has made sure
 * that they belong to a fold.
 *
 * <p>A walk checks its range against the buffer once, whatever {@code agrona.disable.bounds.checks} says, and then
 * reads the memory below: a check for each octet was a fifth of what a call costs.
 */
public final class Octets {
    /** What the searches answer when there is nothing to find. */
    public static final int NONE = -1;

    static final byte CR = '\r';
    static final byte LF = '\n';

    private static final int TOKEN = 1;
    private static final int LWS = 2;
    private static final int HOST = 4;
    private static final int VISIBLE = 8;
    private static final int DIGIT = 16;
    private static final int URI = 32;
    private static final int VALUE = 64;
    private static final int DISPLAY = 128;
    private static final int PARAMETER_NAME = 256;
    private static final int BARE_URI = 512;
    private static final int LIST_ELEMENT = 1024;
    private static final int PLAIN_URI = 2048;
    private static final int SCHEME = 4096;

    private static final short[] CLASSES = classes();
    private static final byte[] HEX_VALUES = hexValues();

    private static final long EVERY_HIGH_BIT = 0x8080808080808080L;
    private static final long EVERY_BYTE_14 = 0x0e0e0e0e0e0e0e0eL;
    private static final long EVERY_BYTE_1 = 0x0101010101010101L;
    private static final long EVERY_BYTE_COLON = ':' * EVERY_BYTE_1;

    private Octets() {}

    /** The octets of an ASCII constant; allocates. */
    public static byte[] ascii(final String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** RFC 3261 token character. */
    public static boolean isToken(final byte octet) {
        return (CLASSES[octet & 0xff] & TOKEN) != 0;
    }

    /** SP, HTAB, CR or LF. */
    public static boolean isLws(final byte octet) {
        return (CLASSES[octet & 0xff] & LWS) != 0;
    }

    /** Letter, digit, hyphen, dot or underscore: what host names consist of in practice. */
    public static boolean isHostName(final byte octet) {
        return (CLASSES[octet & 0xff] & HOST) != 0;
    }

    /** 0x21 to 0x7e, or part of a UTF-8 sequence. */
    public static boolean isVisible(final byte octet) {
        return (CLASSES[octet & 0xff] & VISIBLE) != 0;
    }

    /** '0' to '9'. */
    public static boolean isDigit(final byte octet) {
        return (CLASSES[octet & 0xff] & DIGIT) != 0;
    }

    /** Skips what is visible and allowed inside a URI: not {@code < > " \}. */
    static int skipUri(final DirectBuffer buffer, final int at, final int end) {
        return skip(buffer, at, end, URI);
    }

    /** Skips what stands in a URI for itself alone: what it may hold, without {@code % @ ?}. */
    static int skipPlainUri(final DirectBuffer buffer, final int at, final int end) {
        return skip(buffer, at, end, PLAIN_URI);
    }

    /** Skips what a URI's scheme may hold: letters, digits, plus, hyphen and dot. */
    static int skipScheme(final DirectBuffer buffer, final int at, final int end) {
        return skip(buffer, at, end, SCHEME);
    }

    /** Skips what a URI without brackets may hold: neither semicolon, comma nor question mark. */
    static int skipBareUri(final DirectBuffer buffer, final int at, final int end) {
        return skip(buffer, at, end, BARE_URI);
    }

    /** Skips what is visible and allowed inside a parameter: what a URI may hold, without semicolon and comma. */
    static int skipValue(final DirectBuffer buffer, final int at, final int end) {
        return skip(buffer, at, end, VALUE);
    }

    /** Skips what a parameter's name may hold: what its value may, without the equals sign. */
    static int skipParameterName(final DirectBuffer buffer, final int at, final int end) {
        return skip(buffer, at, end, PARAMETER_NAME);
    }

    /** Skips white space and what is visible and allowed in a display name without quotes. */
    static int skipDisplay(final DirectBuffer buffer, final int at, final int end) {
        return skip(buffer, at, end, DISPLAY);
    }

    /** Skips what neither ends the element of a list nor begins something that a comma does not end: {@code , " <}. */
    static int skipListElement(final DirectBuffer buffer, final int at, final int end) {
        return skip(buffer, at, end, LIST_ELEMENT);
    }

    /** Skips letters, digits, hyphens, dots and underscores. */
    static int skipHostName(final DirectBuffer buffer, final int at, final int end) {
        return skip(buffer, at, end, HOST);
    }

    /** Skips decimal digits. */
    static int skipDigits(final DirectBuffer buffer, final int at, final int end) {
        return skip(buffer, at, end, DIGIT);
    }

    /** Skips visible octets. */
    static int skipVisible(final DirectBuffer buffer, final int at, final int end) {
        return skip(buffer, at, end, VISIBLE);
    }

    /** The first position whose octet is not of the class, or {@code end}. */
    private static int skip(final DirectBuffer buffer, final int at, final int end, final int octetClass) {
        if (at >= end) {
            return at;
        }
        buffer.boundsCheck(at, end - at);
        final byte[] array = buffer.byteArray();
        final long address = buffer.addressOffset();
        int position = at;
        while (position < end && (CLASSES[UnsafeApi.getByte(array, address + position) & 0xff] & octetClass) != 0) {
            position++;
        }
        return position;
    }

    /** 0 to 15, or {@link #NONE} when the octet is no hexadecimal digit. */
    public static int hexValue(final byte octet) {
        return HEX_VALUES[octet & 0xff];
    }

    /** The first position that is not white space, or {@code end}. */
    public static int skipLws(final DirectBuffer buffer, final int at, final int end) {
        return at < end && isLws(buffer.getByte(at)) ? skip(buffer, at + 1, end, LWS) : at;
    }

    /** The end without the white space before it; never below {@code at}. */
    public static int trimLws(final DirectBuffer buffer, final int at, final int end) {
        int position = end;
        while (position > at && isLws(buffer.getByte(position - 1))) {
            position--;
        }
        return position;
    }

    /** The first position that is not a token character, or {@code end}. */
    public static int skipToken(final DirectBuffer buffer, final int at, final int end) {
        return skip(buffer, at, end, TOKEN);
    }

    /**
     * The position behind a quoted string.
     *
     * @param at position of the opening quote
     * @return the position after the closing quote, or {@link #NONE} when it is missing
     */
    public static int skipQuoted(final DirectBuffer buffer, final int at, final int end) {
        int position = at + 1;
        while (position < end) {
            final byte octet = buffer.getByte(position);
            if (octet == '"') {
                return position + 1;
            }
            position += octet == '\\' ? 2 : 1;
        }
        return NONE;
    }

    /** The first position of the octet, or {@link #NONE}. */
    public static int indexOf(final DirectBuffer buffer, final int at, final int end, final byte octet) {
        if (at >= end) {
            return NONE;
        }
        buffer.boundsCheck(at, end - at);
        final byte[] array = buffer.byteArray();
        final long address = buffer.addressOffset();
        for (int position = at; position < end; position++) {
            if (UnsafeApi.getByte(array, address + position) == octet) {
                return position;
            }
        }
        return NONE;
    }

    /** The first CR or LF, or {@code end}; reads eight octets at a time. */
    static int lineBreak(final DirectBuffer buffer, final int at, final int end) {
        if (at >= end) {
            return end;
        }
        buffer.boundsCheck(at, end - at);
        final byte[] array = buffer.byteArray();
        final long address = buffer.addressOffset();
        int position = at;
        while (position + Long.BYTES <= end) {
            final long word = littleEndian(UnsafeApi.getLong(array, address + position));
            // A high bit stands where an octet is below 14; the lowest such bit is exact, borrows only travel upwards.
            final long hits = (word - EVERY_BYTE_14) & ~word & EVERY_HIGH_BIT;
            if (hits == 0) {
                position += Long.BYTES;
                continue;
            }
            position += Long.numberOfTrailingZeros(hits) >>> 3;
            final byte octet = UnsafeApi.getByte(array, address + position);
            if (octet == CR || octet == LF) {
                return position;
            }
            position++;
        }
        while (position < end) {
            final byte octet = UnsafeApi.getByte(array, address + position);
            if (octet == CR || octet == LF) {
                return position;
            }
            position++;
        }
        return end;
    }

    /** The first colon, or {@code end}; reads eight octets at a time. */
    static int colon(final DirectBuffer buffer, final int at, final int end) {
        if (at >= end) {
            return end;
        }
        buffer.boundsCheck(at, end - at);
        final byte[] array = buffer.byteArray();
        final long address = buffer.addressOffset();
        int position = at;
        while (position + Long.BYTES <= end) {
            final long word = littleEndian(UnsafeApi.getLong(array, address + position)) ^ EVERY_BYTE_COLON;
            // A high bit stands where an octet is zero now; the lowest such bit is exact, borrows only travel upwards.
            final long hits = (word - EVERY_BYTE_1) & ~word & EVERY_HIGH_BIT;
            if (hits != 0) {
                return position + (Long.numberOfTrailingZeros(hits) >>> 3);
            }
            position += Long.BYTES;
        }
        while (position < end && UnsafeApi.getByte(array, address + position) != ':') {
            position++;
        }
        return position;
    }

    /**
     * True when the range holds these octets, which are letters and hyphens, ASCII letters in any case.
     *
     * @param lowerCase what to expect, in lower case, at least four octets
     * @param letterBits for each octet expected the bit that makes a letter lower case, 0 for a hyphen
     */
    static boolean equalsName(
            final DirectBuffer buffer,
            final int offset,
            final int length,
            final byte[] lowerCase,
            final byte[] letterBits) {
        if (length != lowerCase.length) {
            return false;
        }
        buffer.boundsCheck(offset, length);
        final byte[] array = buffer.byteArray();
        final long address = buffer.addressOffset() + offset;
        int at = 0;
        while (at + Long.BYTES < length) {
            if (!equalsLong(array, address, at, lowerCase, letterBits)) {
                return false;
            }
            at += Long.BYTES;
        }
        return length >= Long.BYTES
                ? equalsLong(array, address, length - Long.BYTES, lowerCase, letterBits)
                : equalsInt(array, address, 0, lowerCase, letterBits)
                        && equalsInt(array, address, length - Integer.BYTES, lowerCase, letterBits);
    }

    private static boolean equalsLong(
            final byte[] array, final long address, final int at, final byte[] lowerCase, final byte[] letterBits) {
        final long place = BufferUtil.ARRAY_BASE_OFFSET + at;
        return (UnsafeApi.getLong(array, address + at) | UnsafeApi.getLong(letterBits, place))
                == UnsafeApi.getLong(lowerCase, place);
    }

    private static boolean equalsInt(
            final byte[] array, final long address, final int at, final byte[] lowerCase, final byte[] letterBits) {
        final long place = BufferUtil.ARRAY_BASE_OFFSET + at;
        return (UnsafeApi.getInt(array, address + at) | UnsafeApi.getInt(letterBits, place))
                == UnsafeApi.getInt(lowerCase, place);
    }

    private static long littleEndian(final long word) {
        return ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? word : Long.reverseBytes(word);
    }

    /**
     * The value of a run of decimal digits.
     *
     * @return the value, saturated at {@link Long#MAX_VALUE}; {@link #NONE} when the run is empty or holds anything else
     */
    public static long decimal(final DirectBuffer buffer, final int offset, final int length) {
        if (length <= 0) {
            return NONE;
        }
        long value = 0;
        for (int i = 0; i < length; i++) {
            final byte octet = buffer.getByte(offset + i);
            if (!isDigit(octet)) {
                return NONE;
            }
            final int digit = octet - '0';
            value = value > (Long.MAX_VALUE - digit) / 10 ? Long.MAX_VALUE : value * 10 + digit;
        }
        return value;
    }

    /** True when the range holds exactly these octets. */
    public static boolean equals(final DirectBuffer buffer, final int offset, final int length, final byte[] expected) {
        if (length != expected.length) {
            return false;
        }
        buffer.boundsCheck(offset, length);
        final byte[] array = buffer.byteArray();
        final long address = buffer.addressOffset() + offset;
        for (int i = 0; i < expected.length; i++) {
            if (UnsafeApi.getByte(array, address + i) != expected[i]) {
                return false;
            }
        }
        return true;
    }

    /**
     * True when the range holds these octets, ASCII letters in any case.
     *
     * @param lowerCase what to expect, in lower case
     */
    public static boolean equalsIgnoreCase(
            final DirectBuffer buffer, final int offset, final int length, final byte[] lowerCase) {
        if (length != lowerCase.length) {
            return false;
        }
        buffer.boundsCheck(offset, length);
        final byte[] array = buffer.byteArray();
        final long address = buffer.addressOffset() + offset;
        for (int i = 0; i < lowerCase.length; i++) {
            if (toLower(UnsafeApi.getByte(array, address + i)) != lowerCase[i]) {
                return false;
            }
        }
        return true;
    }

    /** True when both ranges hold the same octets. */
    public static boolean equals(
            final DirectBuffer left,
            final int leftOffset,
            final int leftLength,
            final DirectBuffer right,
            final int rightOffset,
            final int rightLength) {
        if (leftLength != rightLength) {
            return false;
        }
        for (int i = 0; i < leftLength; i++) {
            if (left.getByte(leftOffset + i) != right.getByte(rightOffset + i)) {
                return false;
            }
        }
        return true;
    }

    /** True when both ranges hold the same octets, ASCII letters in any case. */
    public static boolean equalsIgnoreCase(
            final DirectBuffer left,
            final int leftOffset,
            final int leftLength,
            final DirectBuffer right,
            final int rightOffset,
            final int rightLength) {
        if (leftLength != rightLength) {
            return false;
        }
        for (int i = 0; i < leftLength; i++) {
            if (toLower(left.getByte(leftOffset + i)) != toLower(right.getByte(rightOffset + i))) {
                return false;
            }
        }
        return true;
    }

    /** ASCII lower case; other octets unchanged. */
    public static byte toLower(final byte octet) {
        return octet >= 'A' && octet <= 'Z' ? (byte) (octet + 32) : octet;
    }

    /**
     * Copies the range with each %-escape replaced by its octet, once (RFC 3261 section 19.1.2).
     *
     * @return the octets written, or {@link #NONE} when the destination has no room left; a '%' without two hexadecimal
     *     digits is copied as it is
     */
    public static int unescape(
            final DirectBuffer buffer,
            final int offset,
            final int length,
            final MutableDirectBuffer destination,
            final int at) {
        final int end = offset + length;
        int written = at;
        int position = offset;
        while (position < end) {
            if (written >= destination.capacity()) {
                return NONE;
            }
            final int octet = escapedOctet(buffer, position, end);
            position += octetLength(buffer, position, end);
            destination.putByte(written++, (byte) octet);
        }
        return written - at;
    }

    /** The octet at this position, decoded when an escape begins here: 0 to 255. */
    static int escapedOctet(final DirectBuffer buffer, final int at, final int end) {
        return octetLength(buffer, at, end) == 3
                ? (hexValue(buffer.getByte(at + 1)) << 4) | hexValue(buffer.getByte(at + 2))
                : buffer.getByte(at) & 0xff;
    }

    /** 3 when a whole escape begins here, else 1. */
    static int octetLength(final DirectBuffer buffer, final int at, final int end) {
        final boolean escape = buffer.getByte(at) == '%'
                && at + 2 < end
                && hexValue(buffer.getByte(at + 1)) >= 0
                && hexValue(buffer.getByte(at + 2)) >= 0;
        return escape ? 3 : 1;
    }

    private static short[] classes() {
        final short[] classes = new short[256];
        for (int i = 0; i < classes.length; i++) {
            final boolean digit = i >= '0' && i <= '9';
            final boolean letter = (i >= 'a' && i <= 'z') || (i >= 'A' && i <= 'Z');
            int bits = 0;
            if (digit || letter || "-.!%*_+`'~".indexOf(i) >= 0) {
                bits |= TOKEN;
            }
            if (i == ' ' || i == '\t' || i == '\r' || i == '\n') {
                bits |= LWS;
            }
            if (digit || letter || i == '-' || i == '.' || i == '_') {
                bits |= HOST;
            }
            if (i > 0x20 && i != 0x7f) {
                bits |= VISIBLE;
            }
            if (digit) {
                bits |= DIGIT;
            }
            if (digit || letter || i == '+' || i == '-' || i == '.') {
                bits |= SCHEME;
            }
            if (i > 0x20 && i != 0x7f && "<>\"\\".indexOf(i) < 0) {
                bits |= URI;
                bits |= i == ';' || i == ',' ? 0 : VALUE;
                bits |= i == ';' || i == ',' || i == '=' ? 0 : PARAMETER_NAME;
                bits |= i == ';' || i == ',' || i == '?' ? 0 : BARE_URI;
                bits |= i == '%' || i == '@' || i == '?' ? 0 : PLAIN_URI;
                bits |= i == ';' || i == ',' || i == ':' ? 0 : DISPLAY;
            }
            if ((bits & LWS) != 0) {
                bits |= DISPLAY;
            }
            bits |= i == ',' || i == '"' || i == '<' ? 0 : LIST_ELEMENT;
            classes[i] = (short) bits;
        }
        return classes;
    }

    private static byte[] hexValues() {
        final byte[] values = new byte[256];
        for (int i = 0; i < values.length; i++) {
            values[i] = (byte) (i < 128 ? Character.digit(i, 16) : NONE);
        }
        return values;
    }
}
