package io.tandem.sip;

import org.agrona.DirectBuffer;

/**
 * Walks {@code ;name=value;name="quoted";flag}, with white space around the separators as RFC 3261 section 7.3.1 allows.
 * Serves the parameters of header values and those of URIs. Reusable; offsets point into the wrapped buffer.
 */
public final class Parameters {
    private DirectBuffer buffer;
    private int start;
    private int end;
    private int at;
    private boolean malformed;
    private int nameOffset;
    private int nameLength;
    private int valueOffset;
    private int valueLength;

    /** Begins a walk over a range that is empty or begins with a semicolon, white space aside. */
    public Parameters wrap(final DirectBuffer source, final int offset, final int length) {
        buffer = source;
        start = offset;
        end = offset + length;
        rewind();
        return this;
    }

    /** Back before the first parameter. */
    public void rewind() {
        at = start;
        malformed = false;
        nameLength = 0;
        valueOffset = Octets.NONE;
        valueLength = 0;
    }

    /** Steps to the next parameter; false at the end and where the text breaks the grammar, see {@link #malformed()}. */
    public boolean next() {
        int position = Octets.skipLws(buffer, at, end);
        if (malformed || position == end) {
            at = position;
            return false;
        }
        if (buffer.getByte(position) != ';') {
            return broken();
        }
        nameOffset = Octets.skipLws(buffer, position + 1, end);
        // wider than the grammar by what URIs allow and phones send: anything visible that separates nothing here
        position = Octets.skipParameterName(buffer, nameOffset, end);
        nameLength = position - nameOffset;
        if (nameLength == 0) {
            return broken();
        }
        valueOffset = Octets.NONE;
        valueLength = 0;
        position = Octets.skipLws(buffer, position, end);
        if (position < end && buffer.getByte(position) == '=') {
            valueOffset = Octets.skipLws(buffer, position + 1, end);
            position = skipValue(valueOffset);
            if (position == Octets.NONE) {
                return broken();
            }
            valueLength = position - valueOffset;
            position = Octets.skipLws(buffer, position, end);
        }
        if (position < end && buffer.getByte(position) != ';') {
            return broken();
        }
        at = position;
        return true;
    }

    /**
     * Steps to the first parameter of that name.
     *
     * @param lowerCaseName name in lower case; compared in any case
     */
    public boolean find(final byte[] lowerCaseName) {
        rewind();
        while (next()) {
            if (isNamed(lowerCaseName)) {
                return true;
            }
        }
        return false;
    }

    /** True when the whole text keeps the grammar; rewinds. */
    public boolean isSound() {
        rewind();
        boolean more = true;
        while (more) {
            more = next();
        }
        final boolean sound = !malformed;
        rewind();
        return sound;
    }

    /** True when the current parameter has this name, given in lower case. */
    public boolean isNamed(final byte[] lowerCaseName) {
        return Octets.equalsIgnoreCase(buffer, nameOffset, nameLength, lowerCaseName);
    }

    /** True when the walk ended before the text did. */
    public boolean malformed() {
        return malformed;
    }

    public int nameOffset() {
        return nameOffset;
    }

    public int nameLength() {
        return nameLength;
    }

    /** Where the value begins, its quotes not part of it; {@link Octets#NONE} when there is none. */
    public int valueOffset() {
        return isQuoted() ? valueOffset + 1 : valueOffset;
    }

    /** Octets of the value; quotes do not count, escapes inside them are left as they are. */
    public int valueLength() {
        return isQuoted() ? valueLength - 2 : valueLength;
    }

    /** True when the value is a quoted string. */
    public boolean isQuoted() {
        return valueLength >= 2 && buffer.getByte(valueOffset) == '"';
    }

    private boolean broken() {
        malformed = true;
        return false;
    }

    private int skipValue(final int from) {
        if (from < end && buffer.getByte(from) == '"') {
            return Octets.skipQuoted(buffer, from, end);
        }
        final int position = Octets.skipValue(buffer, from, end);
        return position == from ? Octets.NONE : position;
    }
}
