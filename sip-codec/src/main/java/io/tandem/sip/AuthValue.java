package io.tandem.sip;

import org.agrona.DirectBuffer;

/**
 * View of a challenge or of credentials: {@code scheme name=value, name="quoted"} (RFC 3261 section 25.1). One header
 * field holds one of them, and its commas separate parameters. Reusable; made on demand.
 */
public final class AuthValue {
    private static final byte[] DIGEST = Octets.ascii("digest");

    private DirectBuffer buffer;
    private int schemeOffset;
    private int schemeLength;
    private int start;
    private int end;
    private int at;
    private boolean malformed;
    private int nameOffset;
    private int nameLength;
    private int valueOffset;
    private int valueLength;
    private boolean quoted;

    /** Views a whole value; false when it has no scheme or its parameters break the grammar. */
    public boolean wrap(final DirectBuffer source, final int offset, final int length) {
        buffer = source;
        end = Octets.trimLws(source, offset, offset + length);
        schemeOffset = Octets.skipLws(source, offset, end);
        start = Octets.skipToken(source, schemeOffset, end);
        schemeLength = start - schemeOffset;
        rewind();
        boolean more = true;
        while (more) {
            more = next();
        }
        final boolean sound = schemeLength > 0 && !malformed;
        rewind();
        return sound;
    }

    public int schemeOffset() {
        return schemeOffset;
    }

    public int schemeLength() {
        return schemeLength;
    }

    /** True for the Digest scheme. */
    public boolean isDigest() {
        return Octets.equalsIgnoreCase(buffer, schemeOffset, schemeLength, DIGEST);
    }

    /** Back before the first parameter. */
    public void rewind() {
        at = start;
        malformed = false;
    }

    /** Steps to the next parameter; false behind the last one. */
    public boolean next() {
        int position = Octets.skipLws(buffer, at, end);
        if (at != start && position < end) {
            if (buffer.getByte(position) != ',') {
                return broken();
            }
            position = Octets.skipLws(buffer, position + 1, end);
        }
        if (malformed || position == end) {
            return false;
        }
        nameOffset = position;
        position = Octets.skipToken(buffer, position, end);
        nameLength = position - nameOffset;
        position = Octets.skipLws(buffer, position, end);
        if (nameLength == 0 || position == end || buffer.getByte(position) != '=') {
            return broken();
        }
        position = Octets.skipLws(buffer, position + 1, end);
        quoted = position < end && buffer.getByte(position) == '"';
        final int behind = quoted ? Octets.skipQuoted(buffer, position, end) : skipBare(position);
        if (behind == Octets.NONE) {
            return broken();
        }
        valueOffset = quoted ? position + 1 : position;
        valueLength = (quoted ? behind - 1 : behind) - valueOffset;
        at = behind;
        return true;
    }

    /** Steps to the first parameter of that name, given in lower case; false when absent. */
    public boolean find(final byte[] lowerCaseName) {
        rewind();
        while (next()) {
            if (Octets.equalsIgnoreCase(buffer, nameOffset, nameLength, lowerCaseName)) {
                return true;
            }
        }
        return false;
    }

    public int nameOffset() {
        return nameOffset;
    }

    public int nameLength() {
        return nameLength;
    }

    /** Where the value begins, its quotes not part of it. */
    public int valueOffset() {
        return valueOffset;
    }

    /** Octets of the value; escapes inside quotes are left as they are. */
    public int valueLength() {
        return valueLength;
    }

    public boolean isQuoted() {
        return quoted;
    }

    private boolean broken() {
        malformed = true;
        return false;
    }

    private int skipBare(final int from) {
        int position = from;
        while (position < end && isBare(buffer.getByte(position))) {
            position++;
        }
        return position == from ? Octets.NONE : position;
    }

    private static boolean isBare(final byte octet) {
        return Octets.isVisible(octet) && octet != ',' && octet != '"';
    }
}
