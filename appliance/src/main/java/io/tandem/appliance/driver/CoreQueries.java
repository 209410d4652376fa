package io.tandem.appliance.driver;

import io.tandem.routing.core.Core;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.agrona.concurrent.ManyToOneConcurrentArrayQueue;

/**
 * Read-only questions of other threads, answered on the core's thread between turns. Bounded: when too many wait, the
 * next is refused; and whoever asks waits for a bounded time only.
 */
public final class CoreQueries {
    private static final int WAITING_MAX = 256;
    private static final int ANSWERS_PER_TURN = 8;
    private static final long PATIENCE_MS = 2_000;

    private record Query<T>(Function<Core, T> question, CompletableFuture<T> answer) {
        void run(final Core core) {
            try {
                answer.complete(question.apply(core));
            } catch (final RuntimeException e) {
                answer.completeExceptionally(e);
            }
        }
    }

    private final ManyToOneConcurrentArrayQueue<Query<?>> waiting = new ManyToOneConcurrentArrayQueue<>(WAITING_MAX);
    private final Runnable wakeup;

    /** Creates an empty queue; {@code wakeup} ends the core thread's sleep. */
    public CoreQueries(final Runnable wakeup) {
        this.wakeup = wakeup;
    }

    /**
     * Asks and waits for the answer; any thread but the core's.
     *
     * @throws IllegalStateException when too many questions wait or the core does not answer in time
     */
    public <T> T ask(final Function<Core, T> question) {
        final CompletableFuture<T> answer = new CompletableFuture<>();
        if (!waiting.offer(new Query<>(question, answer))) {
            throw new IllegalStateException("too many questions wait for the core: max=" + WAITING_MAX);
        }
        wakeup.run();
        try {
            return answer.get(PATIENCE_MS, TimeUnit.MILLISECONDS);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the core", e);
        } catch (final TimeoutException e) {
            throw new IllegalStateException("core did not answer: waitedMs=" + PATIENCE_MS, e);
        } catch (final ExecutionException e) {
            throw new IllegalStateException(
                    "question failed: reason=" + e.getCause().getMessage(), e.getCause());
        }
    }

    /** Answers some of what waits; called by the core's thread between turns. */
    public int answer(final Core core) {
        int count = 0;
        while (count < ANSWERS_PER_TURN) {
            final Query<?> query = waiting.poll();
            if (query == null) {
                break;
            }
            query.run(core);
            count++;
        }
        return count;
    }

    /** Whether somebody waits. */
    public boolean isEmpty() {
        return waiting.isEmpty();
    }
}
