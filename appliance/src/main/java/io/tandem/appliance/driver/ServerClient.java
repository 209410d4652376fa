package io.tandem.appliance.driver;

import io.tandem.routing.call.ServerAnswer;
import io.tandem.routing.effect.ServerQuestion;
import io.tandem.routing.flow.AnswerVariables;
import io.tandem.routing.flow.FlowInterpreter;
import io.tandem.routing.model.FlowOutcomes;
import io.tandem.routing.model.ResourceId;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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

    /** Most bytes of what is found in an answer: an input has 65,535 in all. */
    private static final int FOUND_BYTES_MAX = 60_000;

    /** Accounts that share the room: one of them leaves three quarters to the others. */
    private static final int SHARES = 4;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore room;
    private final int shareMax;
    private final Map<ResourceId, Integer> underWay = new ConcurrentHashMap<>();
    private final boolean privateServers;
    private final String userAgent;
    private final Consumer<ServerAnswer> answers;
    private HttpClient client;

    /**
     * Creates a client that has asked nothing.
     *
     * @param underWayMax    most questions at one time, a quarter of them of one account; further ones are answered
     *                       {@code error} at once.
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
        shareMax = Math.max(1, underWayMax / SHARES);
        this.privateServers = privateServers;
        userAgent = "Tandem/" + build;
        this.answers = answers;
    }

    /**
     * The client, with the certificates that the system trusts: the first call takes a quarter of a second of processor time,
     * which a start does not wait for. Any thread.
     */
    synchronized HttpClient client() {
        if (client == null) {
            client = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .executor(threads)
                    .build();
        }
        return client;
    }

    /** Asks; returns at once. Any thread. */
    void ask(final ServerQuestion question) {
        threads.execute(() -> {
            final ResourceId account = new ResourceId(question.accountHigh(), question.accountLow());
            final boolean within = underWay.merge(account, 1, Integer::sum) <= shareMax;
            final boolean admitted = within && room.tryAcquire();
            try {
                answers.accept(admitted ? await(question) : failed(question, "too many questions at one time"));
            } finally {
                if (admitted) {
                    room.release();
                }
                underWay.computeIfPresent(account, (key, count) -> count == 1 ? null : count - 1);
            }
        });
    }

    /** Looking the name up counts, too. */
    private ServerAnswer await(final ServerQuestion question) {
        final Future<ServerAnswer> exchange = threads.submit(() -> exchange(question));
        try {
            return exchange.get(question.timeoutMs(), TimeUnit.MILLISECONDS);
        } catch (final TimeoutException e) {
            exchange.cancel(true);
            return ServerAnswer.to(question, FlowOutcomes.TIMEOUT, "");
        } catch (final ExecutionException e) {
            return failed(question, e.getCause().toString());
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            return failed(question, "appliance ends");
        }
    }

    private ServerAnswer exchange(final ServerQuestion question) throws IOException, InterruptedException {
        final URI uri = URI.create(question.url());
        if (!privateServers && !PublicAddress.isAll(uri.getHost())) {
            return failed(question, "address is not public, and flows.private.servers is off");
        }
        return read(
                question,
                client().send(
                                request(question, uri),
                                BodyHandlers.limiting(BodyHandlers.ofString(), ANSWER_BYTES_MAX)));
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
        if (found == null) {
            return failed(question, "answer is not JSON, or too long");
        }
        return found.getBytes(StandardCharsets.UTF_8).length > FOUND_BYTES_MAX
                ? failed(question, "too much is looked for in the answer")
                : ServerAnswer.to(question, FlowOutcomes.DEFAULT, found);
    }

    private static ServerAnswer failed(final ServerQuestion question, final String reason) {
        LOG.info("flow got no answer: server={} reason={}", server(question.url()), reason);
        return ServerAnswer.to(question, FlowOutcomes.ERROR, "");
    }

    /** The server without what variables put behind it: that may be about persons. */
    private static String server(final String url) {
        final int path = url.indexOf('/', url.indexOf("//") + 2);
        return path < 0 ? url : url.substring(0, path);
    }

    @Override
    public synchronized void close() {
        if (client != null) {
            client.shutdownNow();
        }
        threads.shutdownNow();
    }
}
