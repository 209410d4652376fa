package io.tandem.routing.identifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The allocator against a sorted set: always the lowest free slot, whatever was taken and freed before. */
class SlotAllocatorTest {
    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14})
    void shouldHandOutTheLowestFreeSlot(final long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        final int limit = 1 + random.nextInt(9_000);
        final SlotAllocator allocator = new SlotAllocator(limit);
        final TreeSet<Integer> free = new TreeSet<>();
        for (int slot = 0; slot < 10_000; slot++) {
            free.add(slot);
        }
        final List<Integer> taken = new ArrayList<>();
        for (int step = 0; step < 60_000; step++) {
            final boolean growing = (step / 10_000) % 2 == 0;
            if (random.nextInt(10) < (growing ? 7 : 3)) {
                final int slot = allocator.allocate();
                if (taken.size() >= limit) {
                    assertThat(slot).as("seed %d step %d", seed, step).isEqualTo(SlotAllocator.NO_SLOT);
                } else {
                    assertThat(slot).as("seed %d step %d", seed, step).isEqualTo(free.pollFirst());
                    taken.add(slot);
                }
            } else if (!taken.isEmpty()) {
                final int at = random.nextInt(taken.size());
                final int slot = taken.set(at, taken.getLast());
                taken.removeLast();
                assertThat(allocator.isFree(slot)).isFalse();
                allocator.release(slot);
                free.add(slot);
                assertThat(allocator.isFree(slot)).isTrue();
            }
            assertThat(allocator.taken()).isEqualTo(taken.size());
        }
    }

    @Test
    void shouldGoOnAlikeWhenRestoredInAnyOrder() {
        final SlotAllocator written = new SlotAllocator(10_000);
        for (int i = 0; i < 5_000; i++) {
            written.allocate();
        }
        final SplittableRandom random = new SplittableRandom(7);
        final List<Integer> left = new ArrayList<>();
        for (int slot = 0; slot < 5_000; slot++) {
            if (random.nextBoolean()) {
                written.release(slot);
            } else {
                left.addFirst(slot);
            }
        }
        final SlotAllocator restored = new SlotAllocator(10_000);
        left.forEach(restored::take);
        for (int i = 0; i < 5_000; i++) {
            assertThat(restored.allocate()).isEqualTo(written.allocate());
        }
    }

    @Test
    void shouldReachTheVeryLastSlot() {
        final SlotAllocator allocator = new SlotAllocator(SlotAllocator.SLOTS_MAX);
        for (int slot = 0; slot < SlotAllocator.SLOTS_MAX; slot++) {
            allocator.take(slot);
        }
        assertThat(allocator.allocate()).isEqualTo(SlotAllocator.NO_SLOT);
        allocator.release(SlotAllocator.SLOTS_MAX - 1);
        assertThat(allocator.allocate()).isEqualTo(SlotAllocator.SLOTS_MAX - 1);
    }

    @Test
    void shouldKeepWhatIsTakenBeyondALowerLimit() {
        final SlotAllocator allocator = new SlotAllocator(3);
        assertThat(List.of(allocator.allocate(), allocator.allocate(), allocator.allocate()))
                .containsExactly(0, 1, 2);
        allocator.limit(1);
        assertThat(allocator.allocate()).isEqualTo(SlotAllocator.NO_SLOT);
        allocator.release(0);
        allocator.release(1);
        assertThat(allocator.allocate()).isEqualTo(SlotAllocator.NO_SLOT);
        allocator.release(2);
        assertThat(allocator.allocate()).isZero();
    }

    @Test
    void shouldRefuseALimitOutOfRange() {
        assertThatThrownBy(() -> new SlotAllocator(0))
                .hasMessage("slot limit out of range: limit=0 minimum=1 maximum=16777216");
        assertThatThrownBy(() -> new SlotAllocator(SlotAllocator.SLOTS_MAX + 1)).hasMessageContaining("limit=16777217");
    }
}
