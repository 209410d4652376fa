package io.tandem.admin.http;

import io.helidon.common.parameters.Parameters;
import io.helidon.common.tls.Tls;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.tandem.admin.BindReason;
import io.tandem.admin.http.key.DeskKeyRing;
import io.tandem.admin.http.key.KeyRing;
import io.tandem.admin.http.key.OperatorToken;
import io.tandem.admin.http.key.RequestRate;
import io.tandem.admin.http.media.MediaFiles;
import io.tandem.admin.http.pbx.PresenceView;
import io.tandem.admin.http.wire.ApiAnswer;
import io.tandem.admin.http.wire.ApiProblem;
import io.tandem.admin.http.wire.ApiRequest;
import io.tandem.admin.http.wire.Dialect;
import io.tandem.admin.http.wire.Route;
import io.tandem.admin.view.ApplianceView;
import io.tandem.admin.view.ConfigurationDesk;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP API on a port of its own. Each request has its own virtual thread, which may wait for the desk; nothing here
 * touches the thread that routes calls. Started once, closed once.
 */
public final class HttpServer implements AutoCloseable {
    private static final Duration SHUTDOWN = Duration.ofSeconds(2);
    private static final int HEADERS_MAX = 16_384;
    private static final String CONNECTION = "Connection";
    private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);

    /** Held, since the JDK forgets the level of a logger that nobody holds. */
    private static final java.util.logging.Logger SERVER_LOG = java.util.logging.Logger.getLogger("io.helidon");

    private final WebServer server;
    private final Api api;
    private final BodyWatch watch;

    private HttpServer(final WebServer server, final Api api, final BodyWatch watch) {
        this.server = server;
        this.api = api;
        this.watch = watch;
    }

    /**
     * Starts it with the clocks of the system.
     *
     * @param presence who can be reached; {@link PresenceView#NOBODY} while phones do not register.
     * @param media contents of media.
     * @throws BindException if the address is taken, or is not this machine's.
     * @throws IOException if the certificate or the operator's token cannot be read.
     */
    public static HttpServer start(
            final HttpSettings settings,
            final ConfigurationDesk desk,
            final ApplianceView appliance,
            final PresenceView presence,
            final MediaFiles media)
            throws IOException {
        final RequestRate rate = settings.limits().rate(System::nanoTime);
        return start(settings, desk, appliance, presence, media, rate, InstantSource.system());
    }

    static HttpServer start(
            final HttpSettings settings,
            final ConfigurationDesk desk,
            final ApplianceView appliance,
            final PresenceView presence,
            final MediaFiles media,
            final RequestRate rate,
            final InstantSource clock)
            throws IOException {
        requireFree(settings.bind());
        final Api api = new Api(settings, desk, appliance, presence, media, keys(settings, desk), rate, clock);
        final HttpLimits limits = settings.limits();
        final BodyWatch watch = BodyWatch.start();
        final var listener = WebServer.builder()
                .address(settings.bind().getAddress())
                .port(settings.bind().getPort())
                .maxTcpConnections(limits.connectionsMax())
                .maxPayloadSize(2L * Math.max(limits.importMax(), limits.mediaMax())) // routes say their own limits
                .idleConnectionTimeout(limits.idleMax())
                .shutdownGracePeriod(SHUTDOWN)
                .shutdownHook(false)
                .addConnectionSelector(new OtherVersions())
                .addProtocol(io.helidon.webserver.http1.Http1Config.builder()
                        .maxHeadersSize(HEADERS_MAX)
                        .build())
                .directHandlers(DirectHandlers.builder()
                        .addHandler(DirectHandler.EventType.BAD_REQUEST, HttpServer::unreadable)
                        .addHandler(DirectHandler.EventType.PAYLOAD_TOO_LARGE, HttpServer::unreadable)
                        .build())
                .routing(HttpRouting.builder()
                        .addFilter((chain, request, response) -> closeBehindTheLast(chain, watch, request, response))
                        .any((request, response) -> serve(api, watch, request, response)));
        if (settings.certificate().isPresent()) {
            final var context = ServerCertificate.read(
                    settings.certificate().get(), settings.privateKey().orElseThrow());
            listener.tls(Tls.builder().sslContext(context).build());
        }
        final WebServer started = startQuietly(listener.build());
        if (!started.isRunning()) {
            watch.close();
            throw new BindException("the address cannot be listened on");
        }
        LOG.info(
                "http listens: bind={} port={} tls={}",
                settings.bind().getHostString(),
                started.port(),
                started.hasTls());
        return new HttpServer(started, api, watch);
    }

    /** The server does not say why it cannot listen, the system does. */
    private static void requireFree(final InetSocketAddress bind) throws BindException {
        try (ServerSocket probe = new ServerSocket()) {
            probe.bind(bind);
        } catch (final IOException e) {
            final BindException refusal = new BindException(BindReason.of(e));
            refusal.initCause(e);
            throw refusal;
        }
    }

    /** A start that fails logs stacks of the server's own threads and does not throw; what it means is said by the caller. */
    private static WebServer startQuietly(final WebServer server) {
        SERVER_LOG.setLevel(Level.OFF);
        try {
            return server.start();
        } finally {
            SERVER_LOG.setLevel(Level.WARNING);
        }
    }

    private static KeyRing keys(final HttpSettings settings, final ConfigurationDesk desk) throws IOException {
        final KeyRing configured = new DeskKeyRing(desk);
        if (settings.operatorToken().isEmpty()) {
            return configured;
        }
        final KeyRing operator = OperatorToken.read(settings.operatorToken().get());
        return presented -> operator.holder(presented).or(() -> configured.holder(presented));
    }

    /** Port that it listens on. */
    public int port() {
        return server.port();
    }

    /** All that can be asked for, as the published description says it. */
    public List<Route> routes() {
        return api.routes();
    }

    /** Takes no more requests, and ends when those under way are answered, at the latest after two seconds. */
    @Override
    public void close() {
        server.stop();
        watch.close();
    }

    private static void serve(
            final Api api, final BodyWatch watch, final ServerRequest request, final ServerResponse response) {
        final RequestBody body = body(request);
        request.context().register(body);
        if (body.isExpected()) {
            watch.add(body);
        }
        final ApiAnswer answer = api.answer(asked(request, body));
        if (isLast(request) || !body.settle()) {
            response.header(CONNECTION, "close");
        }
        send(answer, request, response);
    }

    /**
     * The server closes nothing by itself behind an answer that says {@code Connection: close}, and would take the rest of
     * a body for the next request.
     */
    private static void closeBehindTheLast(
            final FilterChain chain,
            final BodyWatch watch,
            final RoutingRequest request,
            final RoutingResponse response) {
        try {
            chain.proceed();
            if (isLast(response)) {
                request.context().get(RequestBody.class).ifPresent(RequestBody::linger);
                throw new CloseConnectionException("the last answer was sent");
            }
        } finally {
            request.context().get(RequestBody.class).ifPresent(watch::remove);
        }
    }

    private static void send(final ApiAnswer answer, final ServerRequest request, final ServerResponse response) {
        response.status(Status.create(answer.status()));
        response.header("X-Content-Type-Options", "nosniff");
        answer.headers().forEach(response::header);
        if (!answer.mediaType().isEmpty()) {
            response.header("Content-Type", answer.mediaType());
        }
        final boolean bodyless = request.prologue().method().text().equals("HEAD");
        switch (answer.body()) {
            case ApiAnswer.Bytes bytes -> {
                if (bodyless && !answer.headers().containsKey("Content-Length")) {
                    // as long as the answer to GET (RFC 9110 section 8.6)
                    response.header("Content-Length", Integer.toString(bytes.bytes().length));
                }
                response.send(bodyless ? new byte[0] : bytes.bytes());
            }
            case ApiAnswer.Stream stream -> {
                try {
                    final OutputStream out = response.outputStream();
                    if (!bodyless) {
                        stream.writer().writeTo(out);
                    }
                    out.close(); // only what is whole may end well; what fails breaks the connection
                } catch (final IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private static boolean isLast(final ServerRequest request) {
        return request.headers().containsToken(HeaderValues.CONNECTION_CLOSE);
    }

    private static boolean isLast(final ServerResponse response) {
        return response.headers().containsToken(HeaderValues.CONNECTION_CLOSE);
    }

    private static RequestBody body(final ServerRequest request) {
        final ServerRequestHeaders headers = request.headers();
        final long announced = headers.contains(HeaderNames.TRANSFER_ENCODING)
                ? -1
                : headers.contentLength().orElse(0);
        return new RequestBody(
                () -> request.content().inputStream(),
                announced,
                headers.containsToken(HeaderValues.EXPECT_100),
                System::nanoTime);
    }

    private static ApiRequest asked(final ServerRequest request, final RequestBody body) {
        return new ApiRequest(
                request.prologue().method().text(),
                request.path().path(),
                query(request.query()),
                name -> header(request, name),
                body,
                request.remotePeer().host());
    }

    private static Optional<String> header(final ServerRequest request, final String name) {
        return request.headers().value(HeaderNames.create(name));
    }

    private static Map<String, List<String>> query(final Parameters parameters) {
        final Map<String, List<String>> query = new LinkedHashMap<>();
        for (final String name : parameters.names()) {
            query.put(name, parameters.all(name));
        }
        return query;
    }

    /** What the server could not even read as a request. */
    private static DirectHandler.TransportResponse unreadable(
            final DirectHandler.TransportRequest request,
            final DirectHandler.EventType event,
            final Status status,
            final io.helidon.http.ServerResponseHeaders headers,
            final String message) {
        final ApiAnswer answer = Dialect.NATIVE.answer(new ApiProblem(status.code(), "the request cannot be read"), "");
        return DirectHandler.TransportResponse.builder()
                .status(status)
                .headers(headers)
                .header(HeaderNames.CONTENT_TYPE, answer.mediaType())
                .entity(((ApiAnswer.Bytes) answer.body()).bytes())
                .keepAlive(false)
                .build();
    }
}
