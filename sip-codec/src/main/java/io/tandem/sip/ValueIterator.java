package io.tandem.sip;

import org.agrona.DirectBuffer;

/**
 * Walks the elements of a comma list over all header fields of one name, in order (RFC 3261 section 7.3.1). Commas inside
 * quotes and angle brackets separate nothing. Where nothing stands between two commas there is no element. Reusable.
 *
 * <p>For headers that are lists. Not for Date, Authorization and their like, whose commas mean something else.
 */
public final class ValueIterator {
    private SipMessage message;
    private HeaderName name = HeaderName.UNKNOWN;
    private DirectBuffer buffer;
    private int header;
    private int nextHeader;
    private int at;
    private int end;
    private boolean pending;
    private int valueOffset;
    private int valueLength;

    /** Begins before the first element of the named header. */
    public ValueIterator reset(final SipMessage source, final HeaderName headerName) {
        message = source;
        name = headerName;
        buffer = source.buffer();
        header = SipMessage.NONE;
        nextHeader = source.first(headerName);
        pending = false;
        return this;
    }

    /** Begins before the first element of one value. {@link #header()} is {@link SipMessage#NONE} then. */
    public ValueIterator reset(final DirectBuffer source, final int offset, final int length) {
        message = null;
        buffer = source;
        header = SipMessage.NONE;
        nextHeader = SipMessage.NONE;
        open(offset, length);
        return this;
    }

    /** Steps to the next element; false when there is none. */
    public boolean next() {
        while (true) {
            while (!pending) {
                if (nextHeader == SipMessage.NONE) {
                    return false;
                }
                header = nextHeader;
                nextHeader = message.next(name, header);
                open(message.valueOffset(header), message.valueLength(header));
            }
            final int comma = elementEnd(at);
            valueOffset = Octets.skipLws(buffer, at, comma);
            valueLength = Octets.trimLws(buffer, valueOffset, comma) - valueOffset;
            pending = comma < end;
            at = comma + 1;
            if (valueLength > 0) {
                return true;
            }
        }
    }

    /** Where the element begins, white space skipped. */
    public int valueOffset() {
        return valueOffset;
    }

    public int valueLength() {
        return valueLength;
    }

    /** The header field that holds the element. */
    public int header() {
        return header;
    }

    private void open(final int offset, final int length) {
        at = offset;
        end = offset + length;
        pending = Octets.skipLws(buffer, offset, end) < end;
    }

    private int elementEnd(final int from) {
        int position = Octets.skipListElement(buffer, from, end);
        while (position < end) {
            final byte octet = buffer.getByte(position);
            if (octet == ',') {
                return position;
            }
            if (octet == '"') {
                final int behind = Octets.skipQuoted(buffer, position, end);
                position = behind == Octets.NONE ? end : behind;
            } else if (octet == '<') {
                final int close = Octets.indexOf(buffer, position, end, (byte) '>');
                position = close == Octets.NONE ? end : close + 1;
            }
            position = Octets.skipListElement(buffer, position, end);
        }
        return end;
    }
}
