package io.tandem.perf.rig;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.admin.http.HttpLimits;
import io.tandem.admin.http.HttpServer;
import io.tandem.admin.http.HttpSettings;
import io.tandem.admin.http.media.MediaFiles;
import io.tandem.admin.http.pbx.PresenceView;
import io.tandem.appliance.configuration.RecordedGenerations;
import io.tandem.appliance.driver.Appliance;
import io.tandem.appliance.operator.LiveDesk;
import io.tandem.appliance.operator.LiveView;
import io.tandem.appliance.playback.Replay;
import io.tandem.appliance.record.CallRecordView;
import io.tandem.appliance.record.ConfigurationHistory;
import io.tandem.appliance.record.RecordHistory;
import io.tandem.appliance.settings.Settings;
import io.tandem.appliance.transport.MessageTap;
import io.tandem.routing.configuration.ImportProgress;
import io.tandem.routing.policy.AddressCountriesSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Clients of the HTTP API change the configuration while calls are decided. The short form is part of the build; the whole
 * one is {@code -Dtandem.changes.clients=50 -Dtandem.changes.rate=1000 -Dtandem.changes.seconds=20}.
 */
class ChangesUnderLoadTest {
    private static final int CLIENTS = Integer.getInteger("tandem.changes.clients", 8);
    private static final int RATE = Integer.getInteger("tandem.changes.rate", 100);
    private static final int SECONDS = Integer.getInteger("tandem.changes.seconds", 3);
    private static final String TOKEN = "a-token-for-this-test-only-0123456789";

    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicLong changes = new AtomicLong();
    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    private Path data;

    @Test
    void shouldLoseNoCallWhileTheConfigurationChanges() throws Exception {
        final InetSocketAddress caller = freePort("127.0.0.2");
        final InetSocketAddress callee = freePort("127.0.0.3");
        final Settings settings = settings();
        final CompletableFuture<Appliance> serving = new CompletableFuture<>();
        final CompletableFuture<Void> ended = new CompletableFuture<>();
        final Thread core = new Thread(() -> run(settings, configuration(callee), serving, ended), "core");
        core.start();
        final Appliance appliance = serving.join();
        final RigResult result;
        try (LiveDesk desk = new LiveDesk(appliance);
                HttpServer server = HttpServer.start(
                        HttpSettings.loopback(0)
                                .withOperatorToken(token())
                                .withLimits(HttpLimits.DEFAULT.withRate(100_000, 100_000)),
                        desk,
                        new LiveView(appliance, settings.journalSettings(), new byte[32]),
                        PresenceView.NOBODY,
                        MediaFiles.open(data.resolve("media"), 0, 0))) {
            final List<CompletableFuture<Void>> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                final int client = i;
                clients.add(CompletableFuture.runAsync(() -> change(server.port(), client), task -> Thread.ofVirtual()
                        .start(task)));
            }
            final RigSettings rig = new RigSettings(
                    RATE,
                    1,
                    SECONDS,
                    20,
                    10_000,
                    appliance.listeners().getFirst().bind(),
                    caller,
                    callee,
                    "12025550123",
                    RigSettings.NO_PID);
            try (LoadRig load = LoadRig.open(rig, Progress.silent())) {
                result = load.run();
            }
            over.set(true);
            clients.forEach(CompletableFuture::join);
        } finally {
            appliance.stop();
            ended.join();
        }

        assertThat(result.phase().counts().failed).as(result.toText()).isZero();
        assertThat(result.phase().counts().completed)
                .as(result.toText())
                .isEqualTo(result.phase().schedule().callCount());
        assertThat(changes.get()).as("changes made").isGreaterThan(CLIENTS);
        checkRevisions(settings);
        checkReplay(settings);
    }

    /** Every decision names one revision that there was, and calls were decided by many. */
    private void checkRevisions(final Settings settings) {
        final Set<Long> known = new HashSet<>();
        new ConfigurationHistory(data.resolve("records"), settings.journalSettings())
                .newest(Long.MAX_VALUE, ConfigurationHistory.REVISIONS_MAX)
                .forEach(revision -> known.add(revision.revision()));
        final Set<Long> decided = new HashSet<>();
        RecordHistory.forEach(data.resolve("records"), settings.journalSettings(), (final CallRecordView record) ->
                decided.add(record.revision()));
        assertThat(known).containsAll(decided);
        assertThat(decided).hasSizeGreaterThan(5);
        assertThat(known).hasSizeGreaterThan((int) Math.min(Integer.MAX_VALUE, changes.get() / 2));
    }

    private void checkReplay(final Settings settings) throws IOException {
        try (RecordedGenerations generations = new RecordedGenerations(data.resolve("config"))) {
            final Replay.Result replayed = new Replay()
                    .run(
                            data.resolve("inputs"),
                            data.resolve("records"),
                            data.resolve("snapshots"),
                            Files.readAllBytes(data.resolve("master.key")),
                            settings.journalSettings(),
                            generations,
                            AddressCountriesSource.NONE,
                            turns -> {});
            assertThat(replayed.agrees()).as(replayed.differences().toString()).isTrue();
            assertThat(replayed.recordsMatched()).isGreaterThanOrEqualTo((long) RATE * SECONDS);
        }
    }

    /** One client: it makes, changes and deletes what is its own until the calls are over. */
    private void change(final int port, final int client) {
        try {
            final String number = "4930" + (100_000 + client);
            final String made = send(port, "POST", "/v1/numbers", "{\"account_id\":\"name:acme\",\"e164\":\"" + number
                    + "\",\"dest_kind\":\"hangup\"}", 201);
            final String path = "/v1/numbers/" + made.replaceAll("(?s).*?\"id\":\"(did_[a-z0-9]+)\".*", "$1");
            for (int i = 0; !over.get(); i++) {
                send(port, "PATCH", path, "{\"label\":\"change " + i + "\"}", 200);
                if (i % 10 == 9) {
                    final String schedule = send(
                            port,
                            "POST",
                            "/v1/schedules",
                            "{\"account_id\":\"name:acme\",\"name\":\"s" + client + "-" + i
                                    + "\",\"rules\":[{\"kind\":\"weekly\",\"dow\":1}]}",
                            201);
                    send(
                            port,
                            "DELETE",
                            "/v1/schedules/" + schedule.replaceAll("(?s).*?\"id\":\"(sch_[a-z0-9]+)\".*", "$1"),
                            "",
                            204);
                }
            }
        } catch (final IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String send(final int port, final String method, final String path, final String body, final int status)
            throws IOException, InterruptedException {
        final HttpResponse<String> response = http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .header("x-api-key", TOKEN)
                        .header("content-type", method.equals("PATCH") ? "application/merge-patch+json" : "application/json")
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        changes.incrementAndGet();
        return response.body();
    }

    private void run(
            final Settings settings,
            final String ndjson,
            final CompletableFuture<Appliance> serving,
            final CompletableFuture<Void> ended) {
        try (Appliance appliance = Appliance.open(settings, "test", MessageTap.NONE)) {
            final Optional<String> generation = appliance
                    .generations()
                    .importFrom(
                            () -> new ByteArrayInputStream(ndjson.getBytes(StandardCharsets.UTF_8)),
                            0,
                            ImportProgress.SILENT)
                    .generation();
            appliance.begin(generation);
            appliance.serve();
            serving.complete(appliance);
            appliance.run();
        } catch (final Exception e) {
            serving.completeExceptionally(e);
        } finally {
            ended.complete(null);
        }
    }

    private Settings settings() {
        return Settings.load(
                null,
                List.of("data=" + data, "sip.bind=127.0.0.1:0", "profile=shared", "journal.reserve=0B", "ring.slots=4096"));
    }

    private static String configuration(final InetSocketAddress callee) {
        return """
                {"resource":"accounts","name":"acme"}
                {"resource":"trunks","account_id":"name:acme","name":"carrier","direction":"inbound","acl":["127.0.0.2"]}
                {"resource":"trunks","account_id":"name:acme","name":"pbx","role":"pbx","direction":"outbound","proxy":"127.0.0.3:%s"}
                {"resource":"numbers","account_id":"name:acme","e164":"12025550123","dest_kind":"trunk","dest_id":"name:pbx"}
                """.replace("%s", Integer.toString(callee.getPort()));
    }

    private Path token() throws IOException {
        final Path file = data.resolve("token");
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.writeString(file, TOKEN);
    }

    private static InetSocketAddress freePort(final String host) throws IOException {
        try (UdpEndpoint endpoint = UdpEndpoint.open(BenchCommand.address(host + ":0"), null)) {
            return endpoint.localAddress();
        }
    }
}
