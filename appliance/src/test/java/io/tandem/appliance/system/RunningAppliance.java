package io.tandem.appliance.system;

import io.tandem.appliance.driver.Appliance;
import io.tandem.appliance.settings.Settings;
import io.tandem.appliance.transport.MessageTap;
import io.tandem.routing.configuration.ImportProgress;
import java.io.ByteArrayInputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The appliance in this process, on a thread of its own and ports chosen by the system. */
final class RunningAppliance implements AutoCloseable {
    private final Thread thread;
    private final CompletableFuture<Appliance> serving = new CompletableFuture<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final Appliance appliance;

    /** Starts it; {@code ndjson} is imported when the data directory has no configuration. */
    RunningAppliance(final Path data, final String ndjson, final String... assignments) {
        thread = new Thread(() -> run(data, ndjson, assignments), "core");
        thread.start();
        appliance = serving.join();
    }

    private void run(final Path data, final String ndjson, final String... assignments) {
        try {
            try (Appliance own = Appliance.open(settings(data, assignments), "test", MessageTap.NONE)) {
                Optional<String> imported = Optional.empty();
                if (!own.isConfigured()) {
                    imported = own.generations()
                            .importFrom(
                                    () -> new ByteArrayInputStream(ndjson.getBytes(StandardCharsets.UTF_8)),
                                    0,
                                    ImportProgress.SILENT)
                            .generation();
                }
                own.begin(imported);
                own.serve();
                serving.complete(own);
                own.run();
            }
            ended.complete(null);
        } catch (final Exception e) {
            serving.completeExceptionally(e);
            ended.completeExceptionally(e);
        }
    }

    static Settings settings(final Path data, final String... assignments) {
        final List<String> all = new ArrayList<>(List.of(
                "data=" + data,
                "sip.bind=127.0.0.1:0",
                "profile=shared",
                "journal.block=1MiB",
                "journal.reserve=0B",
                "udp.buffer=1MiB",
                "ring.slots=256"));
        all.addAll(List.of(assignments));
        return Settings.load(null, all);
    }

    Appliance appliance() {
        return appliance;
    }

    /** Where the UDP listener is. */
    InetSocketAddress udp() {
        return appliance.listeners().getFirst().bind();
    }

    /** Ends it cleanly and waits. */
    @Override
    public void close() {
        appliance.stop();
        ended.join();
    }
}
