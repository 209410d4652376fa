package io.tandem.routing.number;

import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * A number, or a name, as it was dialled: up to {@value #LENGTH_MAX} bytes, reused from call to call.
 *
 * <p>Written and read by the core's thread. Nothing here allocates but {@link #toString()} and {@link #subSequence}. As a
 * {@link CharSequence} it shows each byte as one character, so that a regular expression can run over it in place.
 *
 * <p>What is longer than the limit is not truncated into another number: the string becomes empty and says
 * {@link #tooLong()}.
 */
public final class DialString implements CharSequence {
    /** Bytes that fit. E.164 needs 15; the rest is for separators and for names. */
    public static final int LENGTH_MAX = 64;

    private final byte[] bytes = new byte[LENGTH_MAX];
    private int length;
    private boolean tooLong;

    /** Makes it empty. */
    public void clear() {
        length = 0;
        tooLong = false;
    }

    /** Copies {@code count} bytes. */
    public void set(final DirectBuffer source, final int offset, final int count) {
        if (fits(count)) {
            source.getBytes(offset, bytes, 0, count);
        }
    }

    /** Copies another one, its {@link #tooLong()} included. */
    public void set(final DialString other) {
        length = other.length;
        tooLong = other.tooLong;
        System.arraycopy(other.bytes, 0, bytes, 0, other.length);
    }

    /** Copies the low byte of each character; for tests, tools and what people type. */
    public void setAscii(final CharSequence text) {
        final int count = text.length();
        if (fits(count)) {
            for (int i = 0; i < count; i++) {
                bytes[i] = (byte) text.charAt(i);
            }
        }
    }

    /** Writes an E.164 number as its digits, without plus sign. */
    public void setE164(final long e164) {
        clear();
        int digits = 1;
        for (long rest = e164 / 10; rest != 0; rest /= 10) {
            digits++;
        }
        long rest = e164;
        for (int i = digits - 1; i >= 0; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length = digits;
    }

    /** Adds one byte; past the limit the string becomes too long. */
    public void append(final byte value) {
        if (tooLong) {
            return;
        }
        if (length == LENGTH_MAX) {
            clear();
            tooLong = true;
            return;
        }
        bytes[length++] = value;
    }

    /** Adds the bytes of {@code other} from {@code start} up to {@code end}, which is excluded. */
    public void append(final DialString other, final int start, final int end) {
        for (int i = start; i < end; i++) {
            append(other.bytes[i]);
        }
    }

    /** Whether what was to be stored did not fit; the string is then empty. */
    public boolean tooLong() {
        return tooLong;
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public boolean isEmpty() {
        return length == 0;
    }

    /** The byte at an index below {@link #length()}. */
    public byte byteAt(final int index) {
        return bytes[index];
    }

    @Override
    public char charAt(final int index) {
        return (char) (bytes[index] & 0xff);
    }

    /** Copies the bytes out and answers how many. */
    public int getBytes(final MutableDirectBuffer destination, final int offset) {
        destination.putBytes(offset, bytes, 0, length);
        return length;
    }

    /** The number that this spells, or {@link E164#NONE}; see {@link E164#parse}. */
    public long e164() {
        return E164.parse(this);
    }

    /**
     * Whether it consists of nothing but digits, a leading plus and visual separators (RFC 3966 section 3), with at least
     * one digit: a number, though perhaps not a valid one.
     */
    public boolean isNumber() {
        boolean digit = false;
        for (int i = 0; i < length; i++) {
            final byte b = bytes[i];
            if (E164.isDigit(b)) {
                digit = true;
            } else if (!E164.isSeparator(b) && !(b == '+' && !digit)) {
                return false;
            }
        }
        return digit;
    }

    /** Removes plus and separators if the whole is a valid number; leaves anything else as it is. */
    public void normalise() {
        final long number = e164();
        if (number != E164.NONE) {
            setE164(number);
        }
    }

    /** Same bytes, same length. */
    public boolean sameAs(final DialString other) {
        if (length != other.length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (bytes[i] != other.bytes[i]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public CharSequence subSequence(final int start, final int end) {
        return new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof DialString that && sameAs(that);
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int i = 0; i < length; i++) {
            hash = 31 * hash + bytes[i];
        }
        return hash;
    }

    /** The text, for people. */
    @Override
    public String toString() {
        return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
    }

    private boolean fits(final int count) {
        tooLong = count > LENGTH_MAX;
        length = tooLong ? 0 : count;
        return !tooLong;
    }
}
