package io.tandem.admin.http;

import io.tandem.admin.FakeAppliance;
import io.tandem.admin.InMemoryDesk;
import io.tandem.admin.http.key.Secret;
import io.tandem.admin.http.media.MediaFiles;
import io.tandem.journal.DurableFiles;
import io.tandem.routing.change.ChangeRequest;
import io.tandem.routing.change.ChangeResult;
import io.tandem.routing.change.Edit;
import io.tandem.routing.configuration.InMemoryConfiguration;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A server on a port of the system's choice over an {@link InMemoryDesk}, with four accounts: the reseller {@code
 * acme}, its customer {@code shop}, and {@code other} with the customer {@code far}, which have nothing to do with
 * them. Time moves a second with every change.
 */
public final class HttpRig implements AutoCloseable {
    /** Token of the operator. */
    public static final String OPERATOR = "operator-token-of-the-tests-0001";

    private static final long START_US = 1_700_000_000_000_000L;

    private final AtomicLong nowUs = new AtomicLong(START_US);
    private final AtomicLong nowNs = new AtomicLong();
    private final HttpClient client = HttpClient.newHttpClient();
    private final Path tokenFile;
    final Path media;

    final FakeAppliance appliance = new FakeAppliance();
    final FakePresence presence = new FakePresence();
    final InMemoryDesk desk;
    final HttpServer server;

    /** One answer. */
    public record Answer(int status, String text, HttpResponse<String> response) {
        /** The body as JSON. */
        public JsonNode json() {
            return JsonMapper.shared().readTree(text);
        }

        /** A header, or an empty text. */
        public String header(final String name) {
            return response.headers().firstValue(name).orElse("");
        }

        /** Fields that a native problem names, in its order. */
        public List<String> wrongFields() {
            final List<String> fields = new ArrayList<>();
            json().path("errors").forEach(error -> fields.add(error.get("field").stringValue()));
            return fields;
        }
    }

    HttpRig() {
        this(HttpSettings.loopback(0));
    }

    HttpRig(final HttpSettings settings) {
        this(settings, 1 << 20);
    }

    HttpRig(final InMemoryConfiguration configuration) {
        this(HttpSettings.loopback(0), 1 << 20, configuration);
    }

    HttpRig(final HttpSettings settings, final long mediaBytesMax) {
        this(settings, mediaBytesMax, InMemoryConfiguration.builder("desk", 1).build());
    }

    private HttpRig(final HttpSettings settings, final long mediaBytesMax, final InMemoryConfiguration configuration) {
        desk = new InMemoryDesk(configuration, () -> nowUs.addAndGet(1_000_001));
        try {
            media = Files.createTempDirectory("media");
            tokenFile = Files.createTempFile(
                    "operator",
                    ".token",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(tokenFile, OPERATOR + "\n");
            server = HttpServer.start(
                    settings.withOperatorToken(tokenFile),
                    desk,
                    appliance,
                    presence,
                    MediaFiles.open(media, mediaBytesMax, 0),
                    settings.limits().rate(nowNs::get),
                    () -> Instant.ofEpochMilli(nowUs.get() / 1000));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        account("acme", ",'is_reseller':1");
        account("shop", ",'parent_id':'name:acme'");
        account("other", ",'is_reseller':1");
        account("far", ",'parent_id':'name:other'");
    }

    private void account(final String name, final String more) {
        put(ResourceKind.ACCOUNTS, "{'name':'" + name + "'" + more + "}");
    }

    /** An account's identifier as it is written. */
    public static String account(final String name) {
        return ResourceId.derived(ResourceKind.ACCOUNTS, name).prefixed(ResourceKind.ACCOUNTS);
    }

    /** Puts a resource into the configuration, past the server. */
    public ResourceId put(final ResourceKind kind, final String json) {
        final ChangeResult result = desk.change(
                new ChangeRequest("test", "prepare", List.of(new Edit(kind, null, object(json), "", false))));
        if (result.outcome() != ChangeResult.Outcome.APPLIED) {
            throw new IllegalStateException(result.toString());
        }
        return result.resources().getFirst().resource().id();
    }

    /** A key of an account with some scopes; its secret. */
    public String key(final String account, final String... scopes) {
        final String secret = Secret.create();
        put(
                ResourceKind.API_KEYS,
                "{'account_id':'name:" + account + "','name':'" + secret + "','hash':'" + Secret.hash(secret)
                        + "','scopes':['" + String.join("','", scopes) + "']}");
        return secret;
    }

    /** JSON with single quotes for double ones. */
    public static ObjectNode object(final String json) {
        return (ObjectNode) JsonMapper.shared().readTree(json.replace('\'', '"'));
    }

    /** Where the server is. */
    public String base() {
        return "http://127.0.0.1:" + server.port();
    }

    void passNs(final long ns) {
        nowNs.addAndGet(ns);
    }

    /** Asks with a key and without a body. */
    public Answer ask(final String method, final String path, final String key, final String... headers) {
        return send(method, path, key, null, headers);
    }

    /** Sends JSON, written with single quotes, with a key. */
    public Answer send(
            final String method, final String path, final String key, final String json, final String... headers) {
        final byte[] body = json == null ? null : json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        final List<String> all = new ArrayList<>(List.of(headers));
        if (json != null && !all.contains("Content-Type")) {
            all.addAll(List.of("Content-Type", "application/json"));
        }
        return sendBytes(method, path, key, body, all.toArray(String[]::new));
    }

    /** Sends bytes as they are. */
    public Answer sendBytes(
            final String method, final String path, final String key, final byte[] body, final String... headers) {
        final HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base() + path))
                .timeout(Duration.ofSeconds(30))
                .version(HttpClient.Version.HTTP_1_1)
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body));
        if (key != null) {
            request.header("x-api-key", key);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            final HttpResponse<String> response =
                    client.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
            return new Answer(response.statusCode(), response.body(), response);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        client.close();
        server.close();
        try {
            Files.delete(tokenFile);
            DurableFiles.delete(media);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
