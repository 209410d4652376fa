package io.tandem.routing.call;

import io.tandem.sip.HeaderName;
import io.tandem.sip.MessageWriter;
import io.tandem.sip.SipMessage;
import org.agrona.DirectBuffer;

/** Max-Forwards: how many hops a request may still go (RFC 3261 section 8.1.1.6), one fewer on the other leg (D6). */
final class MaxForwards {
    private static final int START = 70;
    private static final int MAX = 255;

    private MaxForwards() {}

    /** Whether a request may go no further (RFC 3261 section 16.3 step 3). */
    static boolean isUsedUp(final SipMessage request) {
        return of(request) == 0;
    }

    /** Writes the field of a request that relays another, or, if that is null, of one of our own. */
    static void write(final MessageWriter writer, final SipMessage relayed) {
        writer.header(HeaderName.MAX_FORWARDS, relayed == null ? START : Math.max(0, of(relayed) - 1));
    }

    /** Of a request; 70 when it has none or an unusable one. */
    private static int of(final SipMessage request) {
        final int header = request.first(HeaderName.MAX_FORWARDS);
        if (header == SipMessage.NONE) {
            return START;
        }
        final DirectBuffer buffer = request.buffer();
        final int offset = request.valueOffset(header);
        final int length = request.valueLength(header);
        int value = 0;
        for (int i = 0; i < length; i++) {
            final byte b = buffer.getByte(offset + i);
            if (b < '0' || b > '9' || i > 3) {
                return START;
            }
            value = value * 10 + (b - '0');
        }
        return length == 0 || value > MAX ? START : value;
    }
}
