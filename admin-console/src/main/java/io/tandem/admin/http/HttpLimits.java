package io.tandem.admin.http;

import io.tandem.admin.http.key.RequestRate;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * What clients of the HTTP API may take.
 *
 * @param bodyMax most bytes of a body.
 * @param importMax most bytes of a bulk import.
 * @param importLinesMax most lines of a bulk import, which is one change.
 * @param mediaMax most bytes of a media file.
 * @param mediaAccountMax most bytes of all media files of one account.
 * @param requestsPerSecond requests of one key that are answered in the long run.
 * @param burst requests of one key that are answered at once.
 * @param keysMax keys whose requests are counted at the same time.
 * @param connectionsMax connections at once.
 * @param idleMax how long a connection may be silent.
 */
public record HttpLimits(
        int bodyMax,
        int importMax,
        int importLinesMax,
        int mediaMax,
        long mediaAccountMax,
        double requestsPerSecond,
        int burst,
        int keysMax,
        int connectionsMax,
        Duration idleMax) {
    /** Those of the documentation. */
    public static final HttpLimits DEFAULT = new HttpLimits(
            1 << 20, 16 << 20, 10_000, 64 << 20, Long.MAX_VALUE, 100, 200, 10_000, 1_000, Duration.ofMinutes(2));

    /** Throws IllegalArgumentException for what nothing could be served with. */
    public HttpLimits {
        if (bodyMax < 1024 || importMax < bodyMax || mediaMax < bodyMax || importLinesMax < 1 || connectionsMax < 1) {
            throw new IllegalArgumentException("http limits are too small: body_max=" + bodyMax + " import_max="
                    + importMax + " media_max=" + mediaMax + " import_lines_max=" + importLinesMax
                    + " connections_max=" + connectionsMax);
        }
    }

    /** Counts the requests of each key by a clock in nanoseconds. */
    RequestRate rate(final LongSupplier nanos) {
        return new RequestRate(requestsPerSecond, burst, keysMax, nanos);
    }

    /** The same with others on bodies. */
    public HttpLimits withBodies(final int body, final int bulk, final int bulkLines, final int media) {
        return new HttpLimits(
                body,
                bulk,
                bulkLines,
                media,
                mediaAccountMax,
                requestsPerSecond,
                burst,
                keysMax,
                connectionsMax,
                idleMax);
    }

    /** The same with others on media. */
    public HttpLimits withMedia(final int content, final long account) {
        return new HttpLimits(
                bodyMax,
                importMax,
                importLinesMax,
                content,
                account,
                requestsPerSecond,
                burst,
                keysMax,
                connectionsMax,
                idleMax);
    }

    /** The same with another rate for each key. */
    public HttpLimits withRate(final double perSecond, final int atOnce) {
        return new HttpLimits(
                bodyMax,
                importMax,
                importLinesMax,
                mediaMax,
                mediaAccountMax,
                perSecond,
                atOnce,
                keysMax,
                connectionsMax,
                idleMax);
    }
}
