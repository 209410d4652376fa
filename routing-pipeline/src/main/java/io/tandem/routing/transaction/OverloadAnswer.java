package io.tandem.routing.transaction;

import io.tandem.routing.identifier.SipHash;
import io.tandem.sip.HeaderName;
import io.tandem.sip.MessageWriter;
import io.tandem.sip.SipMessage;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * 503 with Retry-After (D2) for a request that does not even reach the core. Belongs to one I/O thread, shares nothing with
 * the core and allocates nothing.
 */
public final class OverloadAnswer {
    /** When to come again if there was no room. */
    public static final int RETRY_AFTER_SEC = 5;

    private static final byte[] SERVICE_UNAVAILABLE = "Service Unavailable".getBytes(StandardCharsets.US_ASCII);
    private static final int BYTES_MAX = 68 * 1024;

    private final MessageWriter writer = new MessageWriter();
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[BYTES_MAX]);
    private final RequestKeys keys;
    private final StatelessResponse response;

    /** Creates answers whose To tags are made with a hash of the caller's own. */
    public OverloadAnswer(final SipHash tags) {
        keys = new RequestKeys(tags);
        response = new StatelessResponse(tags);
    }

    /** Whether the request, which has a To that can be read, is one inside a dialog. */
    public boolean isInDialog(final SipMessage request) {
        return keys.readForRefusal(request) && !keys.wantsTag(request);
    }

    /** Writes the answer into {@link #buffer()}; its octets, or 0 when there is no way to answer. */
    public int write(final SipMessage request, final Peer source) {
        if (!request.answerable() || !keys.readForRefusal(request)) {
            return 0;
        }
        writer.wrap(buffer, 0, BYTES_MAX);
        response.begin(writer, request, keys, source, 503, SERVICE_UNAVAILABLE)
                .header(HeaderName.RETRY_AFTER, RETRY_AFTER_SEC)
                .contentLength(0);
        return writer.overflowed() ? 0 : writer.length();
    }

    /** The answer that was written last. */
    public DirectBuffer buffer() {
        return buffer;
    }

    /** Where it goes. */
    public Peer destination() {
        return response.destination();
    }
}
