package io.tandem.appliance.driver;

import io.tandem.routing.call.ServerAnswer;
import io.tandem.routing.effect.ServerQuestion;
import io.tandem.routing.flow.AnswerVariables;
import io.tandem.routing.flow.FlowInterpreter;
import io.tandem.routing.model.FlowOutcomes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks servers what flows want to know, each question on a virtual thread of its own. Redirects are not followed. An answer that
 * nobody takes is lost; the call that waits for it goes on when its time is up.
 */
final class ServerClient implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ServerClient.class);

    /** Most bytes of an answer: characters of UTF-8 have at most four. */
    private static final long ANSWER_BYTES_MAX = 4L * FlowInterpreter.ANSWER_MAX;

    private static final int OK = 200;
    private static final int NOT_OK = 300;
    private static final int UNIQUE_LOCAL = 0xfc;
    private static final int UNIQUE_LOCAL_MASK = 0xfe;
    private static final int IPV6_BYTES = 16;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .executor(threads)
            .build();
    private final Semaphore room;
    private final boolean privateServers;
    private final String userAgent;
    private final Consumer<ServerAnswer> answers;

    /**
     * Creates a client that has asked nothing.
     *
     * @param underWayMax    most questions at one time; further ones are answered {@code error} at once.
     * @param privateServers whether loopback, link-local and private addresses may be asked.
     * @param build          version of the build, for User-Agent.
     * @param answers        takes what came of each question, on any thread.
     */
    ServerClient(
            final int underWayMax,
            final boolean privateServers,
            final String build,
            final Consumer<ServerAnswer> answers) {
        room = new Semaphore(underWayMax);
        this.privateServers = privateServers;
        userAgent = "Tandem/" + build;
        this.answers = answers;
    }

    /** Asks; returns at once. Any thread. */
    void ask(final ServerQuestion question) {
        final boolean admitted = room.tryAcquire();
        threads.execute(() -> {
            try {
                answers.accept(admitted ? exchange(question) : failed(question, "too many questions at one time"));
            } finally {
                if (admitted) {
                    room.release();
                }
            }
        });
    }

    private ServerAnswer exchange(final ServerQuestion question) {
        try {
            final URI uri = URI.create(question.url());
            if (!privateServers && isPrivate(uri.getHost())) {
                return failed(question, "address is not public, and flows.private.servers is off");
            }
            final CompletableFuture<HttpResponse<String>> answered = client.sendAsync(
                    request(question, uri), BodyHandlers.limiting(BodyHandlers.ofString(), ANSWER_BYTES_MAX));
            try {
                return read(question, answered.get(question.timeoutMs(), TimeUnit.MILLISECONDS));
            } catch (final TimeoutException e) {
                answered.cancel(true);
                return ServerAnswer.to(question, FlowOutcomes.TIMEOUT, "");
            }
        } catch (final ExecutionException e) {
            return failed(question, e.getCause().toString());
        } catch (final IOException | IllegalArgumentException e) {
            return failed(question, e.toString());
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            return failed(question, "appliance ends");
        }
    }

    private HttpRequest request(final ServerQuestion question, final URI uri) {
        final HttpRequest.Builder builder =
                HttpRequest.newBuilder(uri).header("Accept", "application/json").header("User-Agent", userAgent);
        return question.method().equals("POST")
                ? builder.header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(question.body()))
                        .build()
                : builder.GET().build();
    }

    private static ServerAnswer read(final ServerQuestion question, final HttpResponse<String> response) {
        if (response.statusCode() < OK || response.statusCode() >= NOT_OK) {
            return failed(question, "status " + response.statusCode());
        }
        final String found = AnswerVariables.prune(question.pointers(), response.body());
        return found == null
                ? failed(question, "answer is not JSON, or too long")
                : ServerAnswer.to(question, FlowOutcomes.DEFAULT, found);
    }

    private static ServerAnswer failed(final ServerQuestion question, final String reason) {
        LOG.info("flow got no answer: server={} reason={}", server(question.url()), reason);
        return ServerAnswer.to(question, FlowOutcomes.ERROR, "");
    }

    /** The URL without what variables put behind its path: it may be about persons. */
    private static String server(final String url) {
        final int query = url.indexOf('?');
        return query < 0 ? url : url.substring(0, query);
    }

    private static boolean isPrivate(final String host) throws IOException {
        if (host == null) {
            throw new IOException("URL names no server");
        }
        for (final InetAddress address : InetAddress.getAllByName(host)) {
            final byte[] bytes = address.getAddress();
            if (address.isLoopbackAddress()
                    || address.isLinkLocalAddress()
                    || address.isSiteLocalAddress()
                    || address.isAnyLocalAddress()
                    || address.isMulticastAddress()
                    || (bytes.length == IPV6_BYTES && (bytes[0] & UNIQUE_LOCAL_MASK) == UNIQUE_LOCAL)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() {
        client.shutdownNow();
        threads.shutdownNow();
    }
}
