package io.tandem.appliance.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tandem.admin.view.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DeskThreadsTest {
    private final CountDownLatch begun = new CountDownLatch(2);
    private final CountDownLatch end = new CountDownLatch(1);
    private final AtomicInteger done = new AtomicInteger();

    @Test
    void shouldRefuseWhatTooManyWaitFor() {
        final List<CompletableFuture<Integer>> asked = new ArrayList<>();
        try (DeskThreads threads = new DeskThreads("reads", 2, 3)) {
            asked.add(ask(threads));
            asked.add(ask(threads));
            await(begun);
            for (int waiting = 0; waiting < 3; waiting++) {
                asked.add(ask(threads));
                while (threads.waiting() == waiting) {
                    Thread.onSpinWait();
                }
            }

            assertThatExceptionOfType(Refusal.class)
                    .isThrownBy(() -> threads.run(done::get))
                    .satisfies(refusal -> {
                        assertThat(refusal.what()).isEqualTo("too many reads of the configuration wait: max=3");
                        assertThat(refusal.mend()).isNotEmpty();
                    });
            end.countDown();
            asked.forEach(CompletableFuture::join);
            assertThat(threads.run(done::get)).isEqualTo(5);
        }
    }

    @Test
    void shouldEndWhenWhatIsUnderWayIsDone() {
        final DeskThreads threads = new DeskThreads("reads", 2, 3);
        final CompletableFuture<Integer> one = ask(threads);
        final CompletableFuture<Integer> other = ask(threads);
        await(begun);
        final CompletableFuture<Void> closed = CompletableFuture.runAsync(threads::close);
        end.countDown();
        closed.join();

        assertThat(done).hasValue(2);
        assertThat(one.join() + other.join()).isPositive();
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> threads.run(done::get))
                .withMessage("the appliance ends");
    }

    /** Asks on a thread of its own for what takes until the end. */
    private CompletableFuture<Integer> ask(final DeskThreads threads) {
        final CompletableFuture<Integer> answer = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> answer.complete(threads.run(() -> {
            begun.countDown();
            await(end);
            return done.incrementAndGet();
        })));
        return answer;
    }

    private static void await(final CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (final InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
