package io.tandem.appliance.operator;

import io.tandem.admin.view.Refusal;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A few platform threads that work for whoever asks, who waits for the answer. So many may wait; the next is refused.
 * Any thread.
 */
final class DeskThreads implements AutoCloseable {
    private static final long END_WITHIN_MS = 5_000;

    private final String work;
    private final int waitingMax;
    private final ThreadPoolExecutor threads;

    /**
     * Starts none yet.
     *
     * @param work what they do, for their names and for the refusal: {@code reads}.
     */
    DeskThreads(final String work, final int count, final int waitingMax) {
        this.work = work;
        this.waitingMax = waitingMax;
        threads = new ThreadPoolExecutor(
                count,
                count,
                0,
                TimeUnit.MILLISECONDS,
                new ArrayBlockingQueue<>(waitingMax),
                Thread.ofPlatform().name("desk-" + work + '-', 0).daemon().factory(),
                new ThreadPoolExecutor.AbortPolicy());
    }

    /**
     * Has something done and waits for it.
     *
     * @throws Refusal when too much waits, or it is closed.
     */
    <T> T run(final Callable<T> task) {
        final Future<T> answer;
        try {
            answer = threads.submit(task);
        } catch (final RejectedExecutionException e) {
            throw threads.isShutdown()
                    ? new Refusal("the appliance ends", "ask it again when it has started")
                    : new Refusal(
                            "too many " + work + " of the configuration wait: max=" + waitingMax,
                            "try again in a second");
        }
        try {
            return answer.get();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refusal("the question was interrupted", "ask again");
        } catch (final ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /** How many wait for a thread. */
    int waiting() {
        return threads.getQueue().size();
    }

    /** Takes no more, and ends when what was taken is done, at the latest after five seconds. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(END_WITHIN_MS, TimeUnit.MILLISECONDS)) {
                threads.shutdownNow();
            }
        } catch (final InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
