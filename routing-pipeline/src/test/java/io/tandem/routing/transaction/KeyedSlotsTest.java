package io.tandem.routing.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The keyed table against a HashMap; few distinct lower bits make long probe runs. */
class KeyedSlotsTest {
    private record Key(long high, long low) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldBehaveLikeAMap(final long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        final KeyedSlots slots = new KeyedSlots();
        final Map<Key, Integer> model = new HashMap<>();
        for (int step = 0; step < 100_000; step++) {
            final long clustered = 16_384L - 50 + random.nextInt(100);
            final Key key = new Key(random.nextInt(4), clustered + ((long) random.nextInt(3) << 14));
            switch (random.nextInt(3)) {
                case 0 -> {
                    slots.put(key.high, key.low, step);
                    model.put(key, step);
                }
                case 1 -> {
                    slots.remove(key.high, key.low);
                    model.remove(key);
                }
                default ->
                    assertThat(slots.get(key.high, key.low))
                            .as("seed %d step %d", seed, step)
                            .isEqualTo(model.getOrDefault(key, KeyedSlots.NO_SLOT));
            }
            assertThat(slots.size()).isEqualTo(model.size());
        }
        model.forEach((key, slot) -> assertThat(slots.get(key.high, key.low)).isEqualTo(slot));
    }

    @Test
    void shouldKeepEverythingWhileItGrows() {
        final KeyedSlots slots = new KeyedSlots();
        for (int i = 0; i < 100_000; i++) {
            slots.put(i, i * 0x9e37_79b9_7f4a_7c15L, i);
        }
        for (int i = 0; i < 100_000; i++) {
            assertThat(slots.get(i, i * 0x9e37_79b9_7f4a_7c15L)).isEqualTo(i);
        }
        for (int i = 0; i < 100_000; i++) {
            slots.remove(i, i * 0x9e37_79b9_7f4a_7c15L);
        }
        assertThat(slots.size()).isZero();
        assertThat(slots.get(1, 0x9e37_79b9_7f4a_7c15L)).isEqualTo(KeyedSlots.NO_SLOT);
    }
}
