package io.tandem.routing.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MomentListsTest {
    private static final long SEED = 20_261_130;
    private static final int LISTS = 5;
    private static final int MOMENTS = 60;

    private final MomentLists lists = new MomentLists(LISTS, MOMENTS);

    @Test
    void shouldKeepEveryListInItsOrder() {
        final Random random = new Random(SEED);
        final List<List<Long>> expected = new ArrayList<>();
        for (int list = 0; list < LISTS; list++) {
            expected.add(new ArrayList<>());
        }
        long now = 0;
        for (int i = 0; i < 20_000; i++) {
            now += random.nextInt(3);
            final int list = random.nextInt(LISTS);
            final List<Long> moments = expected.get(list);
            final int wish = random.nextInt(5);
            if (wish > 1 && !lists.isFull()) {
                lists.append(list, now);
                moments.add(now);
            } else if (wish == 0 && !moments.isEmpty()) {
                lists.dropOldest(list);
                moments.removeFirst();
            } else if (!moments.isEmpty()) {
                lists.dropNewest(list);
                moments.removeLast();
            }
            final List<Long> kept = new ArrayList<>();
            lists.forEach(list, kept::add);
            assertThat(kept).as("seed %d step %d", SEED, i).isEqualTo(moments);
            assertThat(lists.count(list)).isEqualTo(moments.size());
            if (!moments.isEmpty()) {
                final int rank = 1 + random.nextInt(moments.size());
                assertThat(lists.newest(list, rank)).isEqualTo(moments.get(moments.size() - rank));
                assertThat(lists.oldest(list)).isEqualTo(moments.getFirst());
            }
            final long periodNs = 1L + random.nextInt(40);
            final long end = now;
            assertThat(lists.countWithin(list, periodNs, now)).isEqualTo((int)
                    moments.stream().filter(moment -> end - moment < periodNs).count());
            assertThat(lists.used())
                    .isEqualTo(expected.stream().mapToInt(List::size).sum());
        }
    }

    @Test
    void shouldBeFullWhenAllMomentsAreTakenAndGiveThemToAnyList() {
        for (int i = 0; i < MOMENTS; i++) {
            assertThat(lists.isFull()).isFalse();
            lists.append(0, i);
        }
        assertThat(lists.isFull()).isTrue();
        lists.dropOldest(0);
        lists.append(1, MOMENTS);
        assertThat(lists.isFull()).isTrue();
        assertThat(lists.fill("moments", 2).refused()).isEqualTo(2);
    }
}
