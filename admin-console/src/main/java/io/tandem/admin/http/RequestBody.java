package io.tandem.admin.http;

import io.tandem.admin.http.wire.ApiProblem;
import io.tandem.admin.http.wire.ApiRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The body of one request as it comes from the network. It has to keep a pace: whoever sends a byte now and then holds
 * no connection for long, nor does one who sends none. Whatever the server throws on its way is the client's fault and
 * becomes an {@link ApiProblem}. Read by one thread, watched by another.
 */
final class RequestBody implements ApiRequest.Entity {
    /** Bytes per second that have to come in the long run. */
    static final long BYTES_PER_SEC_MIN = 4096;

    /** Seconds beside that. */
    static final long GRACE_SEC = 20;

    private static final int SETTLED_MAX = 1 << 16;
    private static final int LINGER_MAX = 16 << 20;
    private static final int CHUNK_BYTES = 1 << 13;

    private final Supplier<InputStream> source;
    private final long announced;
    private final boolean awaited;
    private final LongSupplier nanos;
    private final long startNs;

    private InputStream bytes;
    private boolean ended;
    private boolean broken;
    private long received;
    private Thread reader;

    /**
     * A body.
     *
     * @param source opens it; asked at most once.
     * @param announced bytes by Content-Length; 0 for no body, -1 when they are not known before.
     * @param awaited whether the client sends it only when asked to (Expect: 100-continue).
     * @param nanos clock in nanoseconds.
     */
    RequestBody(
            final Supplier<InputStream> source, final long announced, final boolean awaited, final LongSupplier nanos) {
        this.source = source;
        this.announced = announced;
        this.awaited = awaited;
        this.nanos = nanos;
        startNs = nanos.getAsLong();
        ended = announced == 0;
    }

    /** Whether there is one. */
    boolean isExpected() {
        return announced != 0;
    }

    @Override
    public InputStream open() {
        return new InputStream() {
            @Override
            public int read() {
                final byte[] one = new byte[1];
                return RequestBody.this.read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
            }

            @Override
            public int read(final byte[] buffer, final int offset, final int length) {
                Objects.checkFromIndexSize(offset, length, buffer.length);
                return length == 0 ? 0 : RequestBody.this.read(buffer, offset, length);
            }
        };
    }

    /**
     * Reads what a handler left of a short body, so that the connection can carry another request.
     *
     * @return false when it cannot: the connection has to be closed behind the answer.
     */
    boolean settle() {
        if (ended) {
            return true;
        }
        final boolean unread = bytes == null;
        if (broken || announced < 0 || announced > SETTLED_MAX || (awaited && unread)) {
            return false;
        }
        skip(SETTLED_MAX);
        return ended;
    }

    /** Reads on behind the last answer for a while, since one that closes before everything was read may tear it up. */
    void linger() {
        if (!awaited || bytes != null) {
            skip(LINGER_MAX);
        }
    }

    /** Wakes the reader of a body that comes too slowly. Called by another thread now and then. */
    synchronized void check() {
        if (reader != null && isLate()) {
            reader.interrupt(); // which closes the connection
        }
    }

    private void skip(final int most) {
        final byte[] chunk = new byte[CHUNK_BYTES];
        try {
            for (int left = most; left > 0 && !ended && !broken; ) {
                left -= read(chunk, 0, chunk.length);
            }
        } catch (final ApiProblem e) {
            broken = true;
        }
    }

    private int read(final byte[] buffer, final int offset, final int length) {
        if (ended) {
            return -1;
        }
        final int count;
        begin();
        try {
            if (bytes == null) {
                bytes = source.get();
            }
            count = bytes.read(buffer, offset, length);
        } catch (final IOException | RuntimeException e) { // the server's own exceptions are unchecked
            broken = true;
            throw isLate() ? tooSlow() : ApiRequest.endedEarly();
        } finally {
            end();
        }
        if (count < 0) {
            ended = true;
            return count;
        }
        synchronized (this) {
            received += count;
        }
        if (isLate()) {
            broken = true;
            throw tooSlow();
        }
        return count;
    }

    private synchronized void begin() {
        reader = Thread.currentThread();
    }

    private synchronized void end() {
        reader = null;
    }

    private synchronized boolean isLate() {
        final long allowedNs = TimeUnit.SECONDS.toNanos(GRACE_SEC + received / BYTES_PER_SEC_MIN);
        return nanos.getAsLong() - startNs > allowedNs;
    }

    private static ApiProblem tooSlow() {
        return new ApiProblem(408, "the body comes too slowly: bytes_per_second_least=" + BYTES_PER_SEC_MIN)
                .mend("send it again, all at once")
                .closing();
    }
}
