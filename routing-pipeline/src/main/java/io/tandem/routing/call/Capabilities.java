package io.tandem.routing.call;

import io.tandem.sip.HeaderName;
import io.tandem.sip.MessageWriter;
import io.tandem.sip.Method;
import io.tandem.sip.SipMessage;
import io.tandem.sip.ValueIterator;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;

/**
 * What we do of the protocol's extensions: the option tags that may cross from leg to leg and the methods that we take.
 * Supported, Require and Allow are intersected with this (D4).
 */
public final class Capabilities {
    /** Value of our own Allow field. Not to be changed. */
    public static final byte[] ALLOW = ascii("INVITE, ACK, CANCEL, BYE, OPTIONS, PRACK, UPDATE, INFO, MESSAGE, NOTIFY");

    /** Value of our own Supported field. Not to be changed. */
    public static final byte[] SUPPORTED = ascii("100rel, timer, histinfo, resource-priority, 199, replaces");

    /** Option tag of reliable provisional responses (RFC 3262). Not to be changed. */
    static final byte[] RELIABLE = ascii("100rel");

    /** Option tag of whoever takes 199 (RFC 6228). Not to be changed. */
    static final byte[] ENDINGS = ascii("199");

    private static final byte[][] TAGS = {
        RELIABLE, ascii("timer"), ascii("histinfo"), ascii("resource-priority"), ENDINGS, ascii("replaces")
    };
    private static final byte[][] SDP_RANGES = {ascii("application/sdp"), ascii("application/*"), ascii("*/*")};
    private static final byte[] MULTIPART = ascii("multipart/");
    private static final byte[] SEPARATOR = ascii(", ");

    private final ValueIterator values = new ValueIterator();

    /** Whether a method is one that we take. */
    public static boolean takes(final Method method) {
        return switch (method) {
            case INVITE, ACK, CANCEL, BYE, OPTIONS, PRACK, UPDATE, INFO, MESSAGE, NOTIFY -> true;
            case REGISTER, SUBSCRIBE, REFER, PUBLISH, UNKNOWN -> false;
        };
    }

    /** Whether every option that a message requires is one of ours. */
    public boolean allSupported(final SipMessage message, final HeaderName name) {
        values.reset(message, name);
        while (values.next()) {
            if (index(message.buffer(), values.valueOffset(), values.valueLength()) < 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether a field of option tags names one. */
    boolean names(final SipMessage message, final HeaderName name, final byte[] tag) {
        values.reset(message, name);
        while (values.next()) {
            if (matches(message.buffer(), values.valueOffset(), values.valueLength(), tag)) {
                return true;
            }
        }
        return false;
    }

    /** Writes an Unsupported field with the options of a Require or Proxy-Require that are none of ours. */
    public void writeUnsupported(final MessageWriter writer, final SipMessage message, final HeaderName name) {
        write(writer, message, name, HeaderName.UNSUPPORTED, false, null);
    }

    /**
     * Writes the field with those of its values that are ours; nothing when none is.
     *
     * @param without one that does not cross nevertheless, or null.
     */
    void writeIntersection(
            final MessageWriter writer, final SipMessage message, final HeaderName name, final byte[] without) {
        write(writer, message, name, name, true, without);
    }

    /** Whether whoever sent the message takes session descriptions (RFC 3261 section 20.1: by default it does). */
    boolean acceptsSdp(final SipMessage message) {
        if (message.count(HeaderName.ACCEPT) == 0) {
            return true;
        }
        values.reset(message, HeaderName.ACCEPT);
        while (values.next()) {
            int length = values.valueLength();
            for (int i = 0; i < length; i++) {
                final byte b = message.buffer().getByte(values.valueOffset() + i);
                if (b == ';' || b == ' ' || b == '\t') {
                    length = i;
                }
            }
            for (final byte[] range : SDP_RANGES) {
                if (matches(message.buffer(), values.valueOffset(), length, range)) {
                    return true;
                }
            }
            if (isMultipart(message.buffer(), values.valueOffset(), length)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isMultipart(final DirectBuffer buffer, final int offset, final int length) {
        return length > MULTIPART.length && matches(buffer, offset, MULTIPART.length, MULTIPART);
    }

    private void write(
            final MessageWriter writer,
            final SipMessage message,
            final HeaderName source,
            final HeaderName written,
            final boolean ours,
            final byte[] without) {
        boolean any = false;
        values.reset(message, source);
        while (values.next()) {
            final int offset = values.valueOffset();
            final int length = values.valueLength();
            final boolean known = source == HeaderName.ALLOW
                    ? takes(Method.of(message.buffer(), offset, length))
                    : index(message.buffer(), offset, length) >= 0;
            if (known == ours && (without == null || !matches(message.buffer(), offset, length, without))) {
                if (any) {
                    writer.ascii(SEPARATOR);
                } else {
                    writer.header(written);
                    any = true;
                }
                writer.raw(message.buffer(), offset, length);
            }
        }
        if (any) {
            writer.crlf();
        }
    }

    private static int index(final DirectBuffer buffer, final int offset, final int length) {
        for (int i = 0; i < TAGS.length; i++) {
            if (matches(buffer, offset, length, TAGS[i])) {
                return i;
            }
        }
        return -1;
    }

    private static boolean matches(
            final DirectBuffer buffer, final int offset, final int length, final byte[] lowerCase) {
        if (length != lowerCase.length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            final byte b = buffer.getByte(offset + i);
            if ((b >= 'A' && b <= 'Z' ? b | 0x20 : b) != lowerCase[i]) {
                return false;
            }
        }
        return true;
    }

    private static byte[] ascii(final String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
