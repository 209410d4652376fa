package io.tandem.routing.transaction;

import io.tandem.routing.identifier.SipHash;
import io.tandem.sip.MessageWriter;
import io.tandem.sip.SipMessage;
import java.nio.charset.StandardCharsets;

/**
 * A response to a request of which no state is kept (RFC 3261 section 8.2.7): the To tag is a hash of the Via, so that it
 * is the same whenever the request comes again. One thread.
 */
final class StatelessResponse {
    private static final byte[] TAG = ";tag=".getBytes(StandardCharsets.US_ASCII);

    private final ResponseHead head = new ResponseHead();
    private final SipHash tagHash;
    private final Peer destination = new Peer();

    StatelessResponse(final SipHash tagHash) {
        this.tagHash = tagHash;
    }

    /**
     * Writes status line and head; what else there is to say may follow.
     *
     * @param request as far as it could be indexed
     * @param keys    have read it
     */
    MessageWriter begin(
            final MessageWriter writer,
            final SipMessage request,
            final RequestKeys keys,
            final Peer source,
            final int status,
            final byte[] reason) {
        writer.statusLine(status, reason);
        head.write(writer, request, keys, source);
        if (status > 100 && keys.wantsTag(request)) {
            final int header = keys.viaHeader();
            writer.ascii(TAG)
                    .hex(tagHash.begin()
                            .piece(request.buffer(), request.valueOffset(header), request.valueLength(header))
                            .end()
                            .low());
        }
        head.destination(keys, request, source, destination);
        return writer.crlf();
    }

    /** Where the response goes; valid until the next one. */
    Peer destination() {
        return destination;
    }
}
