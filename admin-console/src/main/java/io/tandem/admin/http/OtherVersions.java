package io.tandem.admin.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import io.tandem.admin.http.wire.ApiAnswer;
import io.tandem.admin.http.wire.ApiProblem;
import io.tandem.admin.http.wire.Dialect;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;

/**
 * Answers 505 to requests of other versions of HTTP than 1.1, of which the server says nothing: proxies that speak 1.0
 * unless told otherwise are not rare.
 */
final class OtherVersions implements ServerConnectionSelector {
    private static final String VERSION = " HTTP/";
    private static final String SERVED = " HTTP/1.1\r";

    @Override
    public int bytesToIdentifyConnection() {
        return 0;
    }

    @Override
    public Support supports(final BufferData data) {
        final int end = data.indexOf((byte) '\n');
        if (end < 0) {
            return Support.UNSUPPORTED;
        }
        final String line = data.readString(end);
        return line.contains(VERSION) && !line.endsWith(SERVED) && line.endsWith("\r")
                ? Support.SUPPORTED
                : Support.UNSUPPORTED;
    }

    @Override
    public Set<String> supportedApplicationProtocols() {
        return Set.of();
    }

    @Override
    public ServerConnection connection(final ConnectionContext context) {
        return new ServerConnection() {
            @Override
            public void handle(final Limit limit) {
                context.dataWriter().writeNow(BufferData.create(answer()));
            }

            @Override
            public Duration idleTime() {
                return Duration.ZERO;
            }

            @Override
            public void close(final boolean interrupt) {
                // it ends by itself
            }
        };
    }

    private static byte[] answer() {
        final ApiAnswer answer = Dialect.NATIVE.answer(
                new ApiProblem(505, "the version of HTTP is not spoken here").mend("use HTTP/1.1"), "");
        final String body = new String(((ApiAnswer.Bytes) answer.body()).bytes(), StandardCharsets.UTF_8);
        return ("HTTP/1.1 505 HTTP Version Not Supported\r\nConnection: close\r\nContent-Type: " + answer.mediaType()
                        + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.UTF_8);
    }
}
