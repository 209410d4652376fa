package io.tandem.admin.http;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Looks after the bodies that are being read, once a second. Any thread. */
final class BodyWatch implements AutoCloseable {
    private final Set<RequestBody> bodies = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("http-bodies").factory());

    private BodyWatch() {}

    static BodyWatch start() {
        final BodyWatch watch = new BodyWatch();
        watch.ticker.scheduleWithFixedDelay(() -> watch.bodies.forEach(RequestBody::check), 1, 1, TimeUnit.SECONDS);
        return watch;
    }

    void add(final RequestBody body) {
        bodies.add(body);
    }

    void remove(final RequestBody body) {
        bodies.remove(body);
    }

    @Override
    public void close() {
        ticker.shutdownNow();
    }
}
