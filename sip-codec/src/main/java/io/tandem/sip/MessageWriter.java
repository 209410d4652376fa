package io.tandem.sip;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Writes SIP text into a buffer, front to back. Reusable; allocates nothing.
 *
 * <p>Running out of room never throws: the writer sets {@link #overflowed()}, writes nothing further, and the caller asks
 * once at the end.
 */
public final class MessageWriter {
    private static final byte[] VERSION_SP = Octets.ascii("SIP/2.0 ");
    private static final byte[] SP_VERSION_CRLF = Octets.ascii(" SIP/2.0\r\n");
    private static final byte[] CRLF = Octets.ascii("\r\n");
    private static final byte[] COLON_SP = Octets.ascii(": ");
    private static final byte[] HEX = Octets.ascii("0123456789abcdef");
    private static final int DIGITS_MAX = 20;

    private final byte[] digits = new byte[DIGITS_MAX];

    private MutableDirectBuffer buffer;
    private int start;
    private int position;
    private int limit;
    private boolean overflowed;

    /** Writes from {@code offset} on, at most {@code capacity} octets. */
    public MessageWriter wrap(final MutableDirectBuffer destination, final int offset, final int capacity) {
        buffer = destination;
        start = offset;
        position = offset;
        limit = offset + capacity;
        overflowed = false;
        return this;
    }

    /** The buffer written to. */
    public MutableDirectBuffer buffer() {
        return buffer;
    }

    /** Where the next octet goes. */
    public int position() {
        return position;
    }

    /** Octets written since {@link #wrap}. */
    public int length() {
        return position - start;
    }

    /** True when something did not fit; what is written is useless then. */
    public boolean overflowed() {
        return overflowed;
    }

    public MessageWriter requestLine(final Method method, final DirectBuffer uri, final int offset, final int length) {
        return ascii(method.bytes()).octet((byte) ' ').raw(uri, offset, length).ascii(SP_VERSION_CRLF);
    }

    public MessageWriter requestLine(final Method method, final byte[] uri) {
        return ascii(method.bytes()).octet((byte) ' ').ascii(uri).ascii(SP_VERSION_CRLF);
    }

    /** Status line with a code of three digits. */
    public MessageWriter statusLine(final int code, final byte[] reason) {
        return ascii(VERSION_SP).number(code).octet((byte) ' ').ascii(reason).crlf();
    }

    /** The name, colon and space; the value and {@link #crlf()} follow. */
    public MessageWriter header(final HeaderName name) {
        return ascii(name.bytes()).ascii(COLON_SP);
    }

    /** A whole field. */
    public MessageWriter header(final HeaderName name, final byte[] value) {
        return header(name).ascii(value).crlf();
    }

    /** A whole field. */
    public MessageWriter header(final HeaderName name, final DirectBuffer source, final int offset, final int length) {
        return header(name).raw(source, offset, length).crlf();
    }

    /** A whole field. */
    public MessageWriter header(final HeaderName name, final long value) {
        return header(name).number(value).crlf();
    }

    /** One field of another message as it came, name, folds and line end included. */
    public MessageWriter field(final SipMessage source, final int header) {
        return raw(source.buffer(), source.fieldOffset(header), source.fieldLength(header));
    }

    /** All fields of that name of another message as they came, in order. */
    public MessageWriter fields(final SipMessage source, final HeaderName name) {
        for (int header = source.first(name); header != SipMessage.NONE; header = source.next(name, header)) {
            field(source, header);
        }
        return this;
    }

    /** Content-Length and the blank line: the end of the head. */
    public MessageWriter contentLength(final int length) {
        return header(HeaderName.CONTENT_LENGTH, length).crlf();
    }

    /** Content-Length, blank line and body. */
    public MessageWriter body(final DirectBuffer source, final int offset, final int length) {
        return contentLength(length).raw(source, offset, length);
    }

    public MessageWriter raw(final DirectBuffer source, final int offset, final int length) {
        if (reserve(length)) {
            buffer.putBytes(position, source, offset, length);
            position += length;
        }
        return this;
    }

    public MessageWriter ascii(final byte[] text) {
        if (reserve(text.length)) {
            buffer.putBytes(position, text);
            position += text.length;
        }
        return this;
    }

    public MessageWriter octet(final byte octet) {
        if (reserve(1)) {
            buffer.putByte(position++, octet);
        }
        return this;
    }

    /** Decimal digits, with a minus sign when negative. */
    public MessageWriter number(final long value) {
        int at = DIGITS_MAX;
        long rest = value;
        do {
            digits[--at] = (byte) ('0' + Math.abs(rest % 10));
            rest /= 10;
        } while (rest != 0);
        if (value < 0) {
            digits[--at] = '-';
        }
        if (reserve(DIGITS_MAX - at)) {
            buffer.putBytes(position, digits, at, DIGITS_MAX - at);
            position += DIGITS_MAX - at;
        }
        return this;
    }

    /** Sixteen hexadecimal digits in lower case. */
    public MessageWriter hex(final long value) {
        if (reserve(16)) {
            for (int shift = 60; shift >= 0; shift -= 4) {
                buffer.putByte(position++, HEX[(int) (value >>> shift) & 15]);
            }
        }
        return this;
    }

    public MessageWriter crlf() {
        return ascii(CRLF);
    }

    private boolean reserve(final int length) {
        if (overflowed || length > limit - position) {
            overflowed = true;
            return false;
        }
        return true;
    }
}
