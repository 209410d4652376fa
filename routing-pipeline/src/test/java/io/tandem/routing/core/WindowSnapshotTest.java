package io.tandem.routing.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.routing.admission.CallWindows;
import io.tandem.routing.admission.RateRules;
import io.tandem.routing.snapshot.StateKind;
import io.tandem.routing.snapshot.StateReader;
import io.tandem.routing.snapshot.StateWriter;
import io.tandem.routing.store.BlockStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Windows that were written and read go on exactly like those that were not, whatever happens meanwhile. */
class WindowSnapshotTest {
    private static final long SEED = 20_260_729;
    private static final int WINDOWS = 96;
    private static final int MOMENTS = 3_000;

    private final BlockStore blocks = new BlockStore(1 << 20);
    private final List<byte[]> records = new ArrayList<>();

    @Test
    void shouldGoOnLikeTheOriginal() {
        for (int round = 0; round < 40; round++) {
            final Random random = new Random(SEED + round);
            final CallWindows original = new CallWindows(WINDOWS, MOMENTS);
            final CallWindows twin = new CallWindows(WINDOWS, MOMENTS);
            final WindowSnapshot snapshot = new WindowSnapshot(original, writer());
            long now = 1_000;
            for (int i = 0; i < 1_500; i++) {
                now += random.nextInt(20);
                final long seed = random.nextLong();
                call(original, seed, now);
                call(twin, seed, now);
            }
            records.clear();
            snapshot.begin();
            final long momentOfSnapshot = now;
            final List<Long> seedsSince = new ArrayList<>();
            int left;
            do {
                now += random.nextInt(20);
                seedsSince.add(random.nextLong());
                call(original, seedsSince.getLast(), now);
                left = snapshot.writeSlice(3);
            } while (left < 0);
            assertThat(seedsSince).as("seed %d: written in slices", SEED + round).hasSizeGreaterThan(5);

            final CallWindows restored = read();
            final Random after = new Random(SEED - round);
            long later = momentOfSnapshot;
            for (int i = 0; i < 2_000; i++) {
                later += after.nextInt(20);
                final long seed = after.nextLong();
                assertThat(call(restored, seed, later))
                        .as("seed %d call %d", SEED + round, i)
                        .isEqualTo(call(twin, seed, later));
                assertThat(restored.usedWindows()).isEqualTo(twin.usedWindows());
                assertThat(restored.usedMoments()).isEqualTo(twin.usedMoments());
                assertThat(restored.unrecorded()).isEqualTo(twin.unrecorded());
                assertThat(restored.hand()).isEqualTo(twin.hand());
            }
        }
    }

    @Test
    void shouldKeepWindowsLongerThanARecord() {
        final CallWindows original = new CallWindows(WINDOWS, MOMENTS);
        final WindowSnapshot snapshot = new WindowSnapshot(original, writer());
        final RateRules rules = new RateRules();
        rules.add(7, 8, RateRules.ALL_NUMBERS, 1_000_000, 2_000, true);
        for (int i = 0; i < 1_200; i++) {
            original.record(rules, i);
        }
        snapshot.begin();
        assertThat(snapshot.writeSlice(10)).as("one window, three records").isEqualTo(7);
        assertThat(read().count(7, 8, RateRules.ALL_NUMBERS, 1_000_000, 1_200)).isEqualTo(1_200);
    }

    private static int call(final CallWindows windows, final long seed, final long now) {
        final Random random = new Random(seed);
        final RateRules rules = new RateRules();
        for (int i = random.nextInt(4); i >= 0; i--) {
            final int rule = random.nextInt(40);
            rules.add(
                    0,
                    rule,
                    rule % 3 == 0 ? random.nextInt(100) : RateRules.ALL_NUMBERS,
                    500 + 100L * rule,
                    1 + rule % 30,
                    rule % 4 != 0);
        }
        final int outcome = windows.evaluate(rules, now);
        if (outcome == CallWindows.PASSED) {
            windows.record(rules, now);
            if (random.nextInt(5) == 0) {
                windows.retract(rules);
            }
        }
        return outcome;
    }

    private StateWriter writer() {
        final StateWriter writer = new StateWriter(blocks);
        writer.to((buffer, offset, length) -> {
            final byte[] record = new byte[length];
            buffer.getBytes(offset, record);
            records.add(record);
        });
        return writer;
    }

    private CallWindows read() {
        final CallWindows restored = new CallWindows(WINDOWS, MOMENTS);
        final WindowSnapshot reading = new WindowSnapshot(restored, writer());
        final StateReader reader = new StateReader(blocks);
        for (final byte[] record : records) {
            final StateKind kind = reader.read(new UnsafeBuffer(record), 0);
            if (kind == StateKind.CALL_WINDOWS) {
                reading.readWindows(reader);
            } else {
                reading.readWindow(reader);
            }
        }
        return restored;
    }
}
