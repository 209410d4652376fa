package io.tandem.admin.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tandem.admin.http.wire.ApiProblem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RequestBodyTest {
    private final AtomicLong nowNs = new AtomicLong();

    @Test
    @DisplayName("a body that keeps the pace is read whole, however long it takes")
    void shouldReadASteadyBody() throws IOException {
        final byte[] content = new byte[1 << 20];
        final RequestBody body = body(new ByteArrayInputStream(content) {
            @Override
            public synchronized int read(final byte[] buffer, final int offset, final int length) {
                nowNs.addAndGet(TimeUnit.SECONDS.toNanos(2));
                return super.read(buffer, offset, Math.min(length, 8192));
            }
        });

        assertThat(body.open().readAllBytes()).isEqualTo(content);
        assertThat(body.settle()).isTrue();
    }

    @Test
    @DisplayName("a byte now and then is not enough: 408")
    void shouldGiveUpASlowBody() {
        final RequestBody body = body(new InputStream() {
            @Override
            public int read() {
                nowNs.addAndGet(TimeUnit.SECONDS.toNanos(1));
                return ' ';
            }

            @Override
            public int read(final byte[] buffer, final int offset, final int length) {
                buffer[offset] = (byte) read();
                return 1;
            }
        });

        final ApiProblem problem =
                catchThrowableOfType(ApiProblem.class, () -> body.open().readAllBytes());
        assertThat(problem.status()).isEqualTo(408);
        assertThat(problem.headers()).containsEntry("Connection", "close");
        assertThat(nowNs.get()).isEqualTo(TimeUnit.SECONDS.toNanos(RequestBody.GRACE_SEC + 1));
        assertThat(body.settle()).isFalse();
    }

    @Test
    @DisplayName("whoever waits for a byte that does not come is woken")
    void shouldWakeAReaderThatWaits() throws InterruptedException {
        final CountDownLatch waits = new CountDownLatch(1);
        final AtomicReference<Throwable> thrown = new AtomicReference<>();
        final RequestBody body = body(new InputStream() {
            @Override
            public int read() throws IOException {
                try {
                    waits.countDown();
                    new CountDownLatch(1).await();
                } catch (final InterruptedException e) {
                    throw new IOException(e);
                }
                return 0;
            }

            @Override
            public int read(final byte[] buffer, final int offset, final int length) throws IOException {
                return read();
            }
        });
        final Thread reader = Thread.startVirtualThread(() -> {
            try {
                body.open().readAllBytes();
            } catch (final IOException | RuntimeException e) {
                thrown.set(e);
            }
        });
        waits.await();
        body.check();
        assertThat(reader.isInterrupted()).isFalse();

        nowNs.set(TimeUnit.SECONDS.toNanos(RequestBody.GRACE_SEC + 1));
        body.check();

        reader.join();
        assertThat(thrown.get()).isInstanceOfSatisfying(ApiProblem.class, problem -> assertThat(problem.status())
                .isEqualTo(408));
    }

    private RequestBody body(final InputStream bytes) {
        return new RequestBody(() -> bytes, -1, false, nowNs::get);
    }
}
