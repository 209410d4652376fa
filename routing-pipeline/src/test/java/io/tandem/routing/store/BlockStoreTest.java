package io.tandem.routing.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The store against a map of byte arrays: what was stored comes back, and the limit counts whole blocks. */
class BlockStoreTest {
    private static final long LIMIT = 4L << 20;

    @ParameterizedTest
    @ValueSource(longs = {31, 32, 33})
    void shouldKeepWhatIsStoredUntilItIsFreed(final long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        final BlockStore store = new BlockStore(LIMIT);
        final UnsafeBuffer source = new UnsafeBuffer(new byte[BlockStore.BLOCK_BYTES_MAX]);
        final Map<Integer, byte[]> model = new HashMap<>();
        final List<Integer> handles = new ArrayList<>();
        long used = 0;
        long refused = 0;
        for (int step = 0; step < 20_000; step++) {
            if (random.nextInt(5) < 3) {
                final int length = length(random);
                final byte[] bytes = new byte[length];
                random.nextBytes(bytes);
                source.putBytes(0, bytes);
                final long block = blockBytes(length);
                final int handle = store.store(source, 0, length);
                if (used + block > LIMIT) {
                    assertThat(handle).as("seed %d step %d", seed, step).isEqualTo(BlockStore.NO_BLOCK);
                    refused++;
                } else {
                    assertThat(handle).isNotEqualTo(BlockStore.NO_BLOCK);
                    assertThat(model.put(handle, bytes))
                            .as("a handle of its own")
                            .isNull();
                    handles.add(handle);
                    used += block;
                }
            } else if (!handles.isEmpty()) {
                final int at = random.nextInt(handles.size());
                final int handle = handles.set(at, handles.getLast());
                handles.removeLast();
                final byte[] bytes = model.remove(handle);
                assertThat(read(store, handle)).isEqualTo(bytes);
                assertThat(store.free(handle)).isEqualTo(BlockStore.NO_BLOCK);
                used -= blockBytes(bytes.length);
            }
            assertThat(store.usedBytes()).isEqualTo(used);
            assertThat(store.count()).isEqualTo(model.size());
            assertThat(store.refused()).isEqualTo(refused);
        }
        model.forEach((handle, bytes) -> assertThat(read(store, handle)).isEqualTo(bytes));
        assertThat(refused).as("the limit was met").isPositive();
    }

    private static int length(final SplittableRandom random) {
        return switch (random.nextInt(5)) {
            case 0 -> random.nextInt(129);
            case 1 -> random.nextInt(2_000);
            case 2 -> 1 << (7 + random.nextInt(11));
            case 3 -> (1 << (7 + random.nextInt(10))) + 1;
            default -> random.nextInt(BlockStore.BLOCK_BYTES_MAX + 1);
        };
    }

    private static long blockBytes(final int length) {
        long block = 128;
        while (block < length) {
            block *= 2;
        }
        return block;
    }

    private static byte[] read(final BlockStore store, final int handle) {
        final byte[] bytes = new byte[store.length(handle)];
        store.buffer(handle).getBytes(store.offset(handle), bytes);
        return bytes;
    }

    @Test
    void shouldRefuseWhatIsTooLong() {
        final BlockStore store = new BlockStore(1L << 30);
        assertThat(store.allocate(BlockStore.BLOCK_BYTES_MAX + 1)).isEqualTo(BlockStore.NO_BLOCK);
        assertThat(store.allocate(BlockStore.BLOCK_BYTES_MAX)).isNotEqualTo(BlockStore.NO_BLOCK);
        assertThat(store.refused()).isEqualTo(1);
    }

    @Test
    void shouldKeepNothingForNothing() {
        final BlockStore store = new BlockStore(1024);
        assertThat(store.free(BlockStore.NO_BLOCK)).isEqualTo(BlockStore.NO_BLOCK);
        assertThat(store.length(BlockStore.NO_BLOCK)).isZero();
        assertThat(store.count()).isZero();
        final int empty = store.allocate(0);
        assertThat(store.length(empty)).isZero();
        assertThat(store.usedBytes()).isEqualTo(128);
    }

    @Test
    void shouldKeepWhatIsStoredBeyondALowerLimit() {
        final BlockStore store = new BlockStore(1024);
        final int handle = store.allocate(500);
        store.limitBytes(0);
        assertThat(store.allocate(1)).isEqualTo(BlockStore.NO_BLOCK);
        assertThat(store.length(handle)).isEqualTo(500);
        store.free(handle);
        store.limitBytes(128);
        assertThat(store.allocate(1)).isNotEqualTo(BlockStore.NO_BLOCK);
    }
}
