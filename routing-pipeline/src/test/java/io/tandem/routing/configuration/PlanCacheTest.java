package io.tandem.routing.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.routing.model.ResourceId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlanCacheTest {
    private static final int CAPACITY = 64;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 20261129})
    void shouldBehaveLikeAMapUntilItIsFull(final long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        final PlanCache<String> cache = new PlanCache<>(CAPACITY);
        final Map<ResourceId, String> model = new LinkedHashMap<>();
        for (int step = 0; step < 20_000; step++) {
            final ResourceId id = new ResourceId(random.nextInt(3), random.nextInt(1, 40));
            if (random.nextInt(3) == 0) {
                cache.remove(id.high(), id.low());
                model.remove(id);
            } else if (cache.get(id.high(), id.low()) == null && model.size() < CAPACITY * 3 / 4) {
                cache.put(id.high(), id.low(), "plan " + step);
                model.put(id, "plan " + step);
            }
            assertThat(cache.get(id.high(), id.low())).as("seed=" + seed).isEqualTo(model.get(id));
            assertThat(cache.size()).isEqualTo(model.size());
        }
        model.forEach((id, plan) -> assertThat(cache.get(id.high(), id.low())).isEqualTo(plan));
    }

    @Test
    void shouldBeginAgainWhenItIsFull() {
        final PlanCache<String> cache = new PlanCache<>(CAPACITY);
        for (int i = 1; i <= CAPACITY * 3 / 4 + 1; i++) {
            cache.put(1, i, "plan " + i);
        }
        assertThat(cache.size()).isOne();
        assertThat(cache.get(1, CAPACITY * 3 / 4 + 1)).isNotNull();
        assertThat(cache.get(1, 1)).isNull();
    }
}
