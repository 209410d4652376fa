package io.tandem.sip;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Cuts the octets of one stream connection into messages, however they were split (RFC 3261 section 18.3). Content-Length
 * is mandatory: where it is missing, twice or no number, the framing is lost, and the connection ends after the answer.
 *
 * <pre>
 *   while (length &gt; 0) {
 *       final int taken = framer.feed(buffer, offset, length);
 *       offset += taken;
 *       length -= taken;
 *       for (var event = framer.poll(); event != StreamFramer.Event.MORE; event = framer.poll()) {
 *           switch (event) { ... }  // FAILED: answer if possible, close, feed no more
 *       }
 *   }
 * </pre>
 *
 * <p>One per connection, not thread-safe. Its buffer grows to the largest message met and stays; else nothing is
 * allocated. {@link #isInsideMessage()} is for the timer that ends connections which never finish a message.
 */
public final class StreamFramer {
    /** What {@link #poll()} found. */
    public enum Event {
        /** Nothing complete: feed. */
        MORE,
        /** One whole message, at {@link #messageOffset()}, valid until the next call. */
        MESSAGE,
        /** CRLF CRLF, to be answered with CRLF (RFC 5626 section 4.4.1). */
        PING,
        /** The framing is lost: see {@link #problem()}; what there is of the head may be indexed for an answer. */
        FAILED
    }

    private enum Phase {
        BETWEEN,
        HEAD,
        BODY,
        FAILED
    }

    private static final int BUFFER_BYTES_INITIAL = 2_048;
    private static final int SLACK_BYTES = 64;
    private static final byte[] SIP_SLASH = Octets.ascii("sip/");

    private final int messageBytesMax;
    private final int headBytesMax;
    private final int bufferBytesMax;
    private final UnsafeBuffer buffer;

    private Phase phase = Phase.BETWEEN;
    private Problem problem = Problem.NONE;
    private int start;
    private int filled;
    private int scanned;
    private int lineStart;
    private int lineCount;
    private int lineEndsBetween;
    private long contentLength;
    private int messageLength;
    private boolean delivered;

    public StreamFramer(final SipLimits limits) {
        messageBytesMax = limits.messageBytesMax();
        headBytesMax = Math.min(limits.headBytesMax(), messageBytesMax);
        bufferBytesMax = messageBytesMax + SLACK_BYTES;
        buffer = new UnsafeBuffer(new byte[Math.min(BUFFER_BYTES_INITIAL, bufferBytesMax)]);
    }

    /** Ready for another connection. */
    public void reset() {
        phase = Phase.BETWEEN;
        problem = Problem.NONE;
        start = 0;
        filled = 0;
        lineEndsBetween = 0;
        messageLength = 0;
        delivered = false;
    }

    /**
     * Takes octets in; between two calls {@link #poll()} must have answered {@link Event#MORE}.
     *
     * @return how many were taken, at least one of those offered; all of them after a failure
     */
    public int feed(final DirectBuffer source, final int offset, final int length) {
        if (phase == Phase.FAILED) {
            return length;
        }
        makeRoom(length);
        final int taken = Math.min(length, buffer.capacity() - filled);
        buffer.putBytes(filled, source, offset, taken);
        filled += taken;
        return taken;
    }

    /** Looks for the next complete thing. */
    public Event poll() {
        if (delivered) {
            start += messageLength;
            delivered = false;
            phase = Phase.BETWEEN;
        }
        if (phase == Phase.BETWEEN) {
            final Event event = between();
            if (event != null) {
                return event;
            }
        }
        if (phase == Phase.HEAD) {
            head();
        }
        if (phase == Phase.BODY && filled - start >= messageLength) {
            delivered = true;
            return Event.MESSAGE;
        }
        return phase == Phase.FAILED ? Event.FAILED : Event.MORE;
    }

    /** Where the octets of {@link #messageOffset()} are; the same buffer for the life of the framer. */
    public DirectBuffer buffer() {
        return buffer;
    }

    /** After MESSAGE, where it begins; after FAILED, where what was read of it begins. */
    public int messageOffset() {
        return start;
    }

    /** After MESSAGE, its octets; after FAILED, those of the head as far as read, one past the limit at most. */
    public int messageLength() {
        return messageLength;
    }

    /** Why the framing was lost. */
    public Problem problem() {
        return problem;
    }

    /** True while a message has begun and is not complete. */
    public boolean isInsideMessage() {
        return !delivered && (phase == Phase.HEAD || phase == Phase.BODY);
    }

    private void makeRoom(final int length) {
        if (length <= buffer.capacity() - filled) {
            return;
        }
        if (start > 0) {
            buffer.putBytes(0, buffer, start, filled - start);
            scanned -= start;
            lineStart -= start;
            filled -= start;
            start = 0;
        }
        final int wanted = Math.min(bufferBytesMax, filled + length);
        if (wanted > buffer.capacity()) {
            final int doubled = (int) Math.min(bufferBytesMax, Math.max(wanted, 2L * buffer.capacity()));
            final byte[] larger = new byte[doubled];
            buffer.getBytes(0, larger, 0, filled);
            buffer.wrap(larger);
        }
    }

    /** Skips line ends before a message; null when one begins. */
    private Event between() {
        while (start < filled) {
            final byte octet = buffer.getByte(start);
            if (octet != Octets.CR) {
                lineEndsBetween = 0;
                begin(octet);
                return null;
            }
            if (start + 1 == filled) {
                return Event.MORE;
            }
            if (buffer.getByte(start + 1) != Octets.LF) {
                fail(Problem.NOT_SIP, 0);
                return Event.FAILED;
            }
            start += 2;
            if (++lineEndsBetween == 2) {
                lineEndsBetween = 0;
                return Event.PING;
            }
        }
        start = 0;
        filled = 0;
        return Event.MORE;
    }

    private void begin(final byte octet) {
        if (!Octets.isToken(octet)) {
            fail(Problem.NOT_SIP, 0);
            return;
        }
        phase = Phase.HEAD;
        problem = Problem.NONE;
        scanned = start;
        lineStart = start;
        lineCount = 0;
        contentLength = Octets.NONE;
        messageLength = 0;
    }

    private void head() {
        while (true) {
            final int lineBreak = Octets.lineBreak(buffer, scanned, filled);
            scanned = lineBreak;
            if (Math.min(lineBreak + 2, filled) - start > headBytesMax) {
                fail(Problem.HEAD_TOO_LARGE, headBytesMax + 1);
                return;
            }
            if (lineBreak + 1 >= filled) {
                if (lineBreak < filled && buffer.getByte(lineBreak) == Octets.LF) {
                    fail(Problem.BAD_LINE_END, lineBreak + 1 - start);
                }
                return;
            }
            if (buffer.getByte(lineBreak) != Octets.CR || buffer.getByte(lineBreak + 1) != Octets.LF) {
                fail(Problem.BAD_LINE_END, lineBreak + 2 - start);
                return;
            }
            if (lineBreak == lineStart) {
                headComplete(lineBreak + 2);
                return;
            }
            if (lineBreak + 2 == filled) {
                return;
            }
            scanned = lineBreak + 2;
            final byte next = buffer.getByte(scanned);
            final boolean folded = next == ' ' || next == '\t';
            if (!folded || lineCount == 0) {
                line(lineBreak);
                if (phase == Phase.FAILED) {
                    return;
                }
                lineStart = scanned;
            }
        }
    }

    private void line(final int end) {
        if (lineCount++ == 0) {
            if (!mentionsSip(end)) {
                fail(Problem.NOT_SIP, 0);
            }
            return;
        }
        final int nameEnd = Octets.skipToken(buffer, lineStart, end);
        if (HeaderName.of(buffer, lineStart, nameEnd - lineStart) != HeaderName.CONTENT_LENGTH) {
            return;
        }
        final int colon = Octets.skipLws(buffer, nameEnd, end);
        final int value = Octets.skipLws(buffer, Math.min(colon + 1, end), end);
        final long stated = colon < end && buffer.getByte(colon) == ':'
                ? Octets.decimal(buffer, value, Octets.trimLws(buffer, value, end) - value)
                : Octets.NONE;
        if (stated < 0) {
            note(Problem.BAD_CONTENT_LENGTH);
        } else if (contentLength >= 0) {
            note(Problem.DUPLICATE_CONTENT_LENGTH);
        }
        contentLength = stated;
    }

    private boolean mentionsSip(final int end) {
        for (int at = lineStart; at + SIP_SLASH.length <= end; at++) {
            if (Octets.equalsIgnoreCase(buffer, at, SIP_SLASH.length, SIP_SLASH)) {
                return true;
            }
        }
        return false;
    }

    private void headComplete(final int headEnd) {
        final int headLength = headEnd - start;
        if (contentLength < 0) {
            note(Problem.MISSING_CONTENT_LENGTH);
        } else if (contentLength > messageBytesMax - headLength) {
            note(Problem.MESSAGE_TOO_LARGE);
        }
        if (problem != Problem.NONE) {
            fail(problem, headLength);
            return;
        }
        messageLength = headLength + (int) contentLength;
        phase = Phase.BODY;
    }

    /** The head is read on after a problem, so that it can be answered. */
    private void note(final Problem found) {
        if (problem == Problem.NONE) {
            problem = found;
        }
    }

    private void fail(final Problem why, final int headLength) {
        phase = Phase.FAILED;
        problem = why;
        messageLength = headLength;
    }
}
