package io.tandem.routing.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AdmissionReaderTest {
    private static final int CALLS = 300_000;

    /** Slots change hands all the time; whatever the reader sees belongs together. */
    @Test
    void shouldNeverShowACounterHalfChanged() throws InterruptedException {
        final AdmissionLedger ledger = new AdmissionLedger(Holds.COUNT_MAX);
        final AdmissionReader reader = ledger.reader();
        final AtomicBoolean running = new AtomicBoolean(true);
        final AtomicLong torn = new AtomicLong();
        final AtomicLong seen = new AtomicLong();
        final Thread watcher = Thread.ofPlatform().start(() -> {
            while (running.get()) {
                reader.forEach((dimension, high, low, count, limit) -> {
                    seen.incrementAndGet();
                    if (high != ~low || dimension.code() != 1 + (int) (low % 7)) {
                        torn.incrementAndGet();
                    }
                });
            }
        });

        final Ceilings ceilings = new Ceilings();
        final Holds[] live = new Holds[16];
        for (int i = 0; i < live.length; i++) {
            live[i] = new Holds();
        }
        int call = 0;
        while (call < CALLS || seen.get() == 0) {
            final Holds holds = live[call % live.length];
            ledger.release(holds);
            ceilings.clear();
            ceilings.add(Dimension.ofCode(1 + call % 7), ~(long) call, call, Ceilings.UNLIMITED);
            assertThat(ledger.take(ceilings, holds)).isEqualTo(AdmissionLedger.ADMITTED);
            call++;
        }
        running.set(false);
        watcher.join();

        assertThat(torn).hasValue(0);
        assertThat(seen.get()).isPositive();
    }
}
