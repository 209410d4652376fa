package io.tandem.routing.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class WindowTableTest {
    private static final long SEED = 20_261_130;
    private static final int WINDOWS = 100;

    private final WindowTable table = new WindowTable(WINDOWS);

    @Test
    void shouldFindEveryWindowWhateverCameAndWent() {
        final Random random = new Random(SEED);
        final Map<Integer, Integer> places = new TreeMap<>();
        for (int i = 0; i < 20_000; i++) {
            final int window = random.nextInt(130);
            if (places.containsKey(window)) {
                table.remove(places.remove(window));
            } else if (table.freePlace() != WindowTable.NONE) {
                final int place = table.freePlace();
                table.add(place, window % 3, window, window % 2 == 0 ? RateRules.ALL_NUMBERS : window);
                places.put(window, place);
            }
            for (int other = 0; other < 130; other++) {
                assertThat(find(other))
                        .as("seed %d step %d window %d", SEED, i, other)
                        .isEqualTo(places.getOrDefault(other, WindowTable.NONE));
            }
            assertThat(live())
                    .containsExactlyElementsOf(places.values().stream().sorted().toList());
            assertThat(table.used()).isEqualTo(places.size());
        }
    }

    @Test
    void shouldGiveTheLowestFreePlaceAndNoneWhenFull() {
        for (int i = 0; i < WINDOWS; i++) {
            assertThat(table.freePlace()).isEqualTo(i);
            table.add(i, 0, i, RateRules.ALL_NUMBERS);
        }
        assertThat(table.freePlace()).isEqualTo(WindowTable.NONE);
        table.remove(70);
        table.remove(7);
        assertThat(table.freePlace()).isEqualTo(7);
        assertThat(table.isLive(7)).isFalse();
        assertThat(table.isLive(8)).isTrue();
        assertThat(table.fill("windows", 3).peak()).isEqualTo(WINDOWS);
    }

    private int find(final int window) {
        return table.find(window % 3, window, window % 2 == 0 ? RateRules.ALL_NUMBERS : window);
    }

    private List<Integer> live() {
        final List<Integer> live = new ArrayList<>();
        for (int place = table.nextLive(0); place >= 0; place = table.nextLive(place + 1)) {
            live.add(place);
        }
        return live;
    }
}
