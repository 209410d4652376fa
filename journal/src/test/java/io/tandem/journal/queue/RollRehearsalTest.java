package io.tandem.journal.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RollRehearsalTest {
    private static final long RESERVE_BYTES = 1L << 20;
    private static final int LONG_AFTER_START = 1_000;
    private static final int TURNS_MAX = 10_000;

    @TempDir
    Path directory;

    private final AtomicLong usableBytes = new AtomicLong(Long.MAX_VALUE);

    @Test
    void shouldLeaveNothingBehindWhenItIsDone() {
        try (RollRehearsal rehearsal = RollRehearsal.always(directory, usableBytes::get, RESERVE_BYTES)) {
            rehearsal.doWork(LONG_AFTER_START);
            assertThat(directory.resolve("rehearsal")).isDirectory();
            runToEnd(rehearsal);
            assertThat(directory).isEmptyDirectory();
        }
    }

    @Test
    void shouldNotBeginSoonAfterAStart() {
        try (RollRehearsal rehearsal = RollRehearsal.always(directory, usableBytes::get, RESERVE_BYTES)) {
            rehearsal.doWork(1);
            assertThat(directory).isEmptyDirectory();
        }
    }

    @Test
    void shouldKeepOffADiskThatHasOnlyItsReserveAndGoOnWhenThereIsRoom() {
        try (RollRehearsal rehearsal = RollRehearsal.always(directory, usableBytes::get, RESERVE_BYTES)) {
            usableBytes.set(RESERVE_BYTES);
            rehearsal.doWork(LONG_AFTER_START);
            assertThat(directory).isEmptyDirectory();
            assertThat(rehearsal.isUnderWay()).isFalse();

            usableBytes.set(Long.MAX_VALUE);
            rehearsal.doWork(LONG_AFTER_START);
            assertThat(rehearsal.isUnderWay()).isTrue();

            usableBytes.set(RESERVE_BYTES);
            rehearsal.doWork(1);
            assertThat(directory).as("gives its room back").isEmptyDirectory();
            assertThat(rehearsal.isDone()).isFalse();

            usableBytes.set(Long.MAX_VALUE);
            runToEnd(rehearsal);
        }
    }

    @Test
    void shouldGiveUpWhatTheDiskRefuses() {
        final SpaceProbe broken = () -> {
            throw new IOException("no such device");
        };
        try (RollRehearsal rehearsal = RollRehearsal.always(directory, broken, RESERVE_BYTES)) {
            rehearsal.doWork(LONG_AFTER_START);
            assertThat(rehearsal.isDone()).isTrue();
            assertThat(rehearsal.isUnderWay()).isFalse();
        }
    }

    private static void runToEnd(final RollRehearsal rehearsal) {
        for (int i = 0; i < TURNS_MAX && !rehearsal.isDone(); i++) {
            rehearsal.doWork(LONG_AFTER_START);
        }
        assertThat(rehearsal.isDone()).isTrue();
    }
}
