package io.tandem.admin;

import io.tandem.admin.view.CounterView;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A console over a fake appliance on a port of the system's choice, which never asks silent clients what they are. */
final class ConsoleRig implements AutoCloseable {

    static final ConsoleSettings SETTINGS = ConsoleSettings.loopback(0).withProbeAfter(Duration.ofHours(1));

    final FakeAppliance appliance = new FakeAppliance();
    final AuditRecorder audit = new AuditRecorder();
    final HandClock clock = new HandClock();
    final ConsoleServer server;

    ConsoleRig() throws IOException {
        this(SETTINGS);
    }

    ConsoleRig(ConsoleSettings settings) throws IOException {
        server = ConsoleServer.start(settings, appliance, appliance, audit, InstantSource.system(), clock);
    }

    Peer peer() throws IOException {
        return new Peer(server.address());
    }

    long counter(String name) {
        return server.counters().stream()
                .filter(counter -> counter.name().equals(name))
                .mapToLong(CounterView::value)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no counter " + name));
    }

    /** Waits for another thread of the server, at most ten seconds. */
    static void await(String what, BooleanSupplier condition) {
        long deadlineNs = System.nanoTime() + 10_000_000_000L;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadlineNs > 0) {
                throw new AssertionError("did not happen: " + what);
            }
            LockSupport.parkNanos(100_000);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
