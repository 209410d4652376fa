package io.tandem.routing.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.routing.model.ResourceId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FlowsWaitedInTest {
    private static final ResourceId FLOW = new ResourceId(1, 1);
    private static final ResourceId OTHER = new ResourceId(1, 2);
    private static final byte[] JSON = new byte[100];

    private final FlowsWaitedIn flows = new FlowsWaitedIn();
    private final List<Integer> movedOn = new ArrayList<>();

    FlowsWaitedInTest() {
        flows.onMovedOn(movedOn::add);
    }

    private static FlowWait since(final long revision) {
        return new FlowWait(FLOW, revision);
    }

    private void supersede(final long revision) {
        flows.supersede(FLOW, JSON, null, revision);
    }

    private long until(final long revision) {
        final KeptFlow kept = flows.find(since(revision));
        return kept == null ? 0 : kept.until();
    }

    @Test
    void shouldKeepNothingAsLongAsNothingElseIsPublished() {
        flows.enter(since(7));
        flows.enter(since(8));
        assertThat(flows.isWaitedIn(FLOW)).isTrue();
        assertThat(flows.isWaitedIn(OTHER)).isFalse();
        assertThat(flows.find(since(7))).isNull();
        assertThat(flows.kept()).isEmpty();
        flows.leave(since(7));
        assertThat(flows.isEmpty()).isFalse();
        flows.leave(since(8));
        assertThat(flows.isEmpty()).isTrue();
    }

    @Test
    void shouldNameAGraphByAnyRevisionAtWhichItWasInForce() {
        flows.enter(since(7));
        flows.enter(since(9));
        supersede(12);
        flows.enter(since(12));
        flows.enter(since(18));
        supersede(19);
        flows.enter(since(19));

        assertThat(List.of(until(7), until(9), until(11), until(12), until(18), until(19)))
                .containsExactly(12L, 12L, 12L, 19L, 19L, 0L);
        assertThat(flows.keptCount()).isEqualTo(2);
        assertThat(flows.keptBytes()).isEqualTo(2 * JSON.length);
    }

    @Test
    void shouldLetAVersionGoWithItsLastCall() {
        flows.enter(since(7));
        flows.enter(since(7));
        supersede(12);
        flows.enter(since(12));
        flows.enter(since(7)); // goes on from node to node
        flows.leave(since(7));
        flows.leave(since(7));
        assertThat(until(7)).isEqualTo(12);
        flows.leave(since(7));
        assertThat(flows.keptCount()).isZero();
        assertThat(flows.keptBytes()).isZero();
        assertThat(flows.isWaitedIn(FLOW)).isTrue();
        assertThat(flows.fill("kept").peak()).isOne();
        flows.leave(since(12));
        assertThat(flows.isEmpty()).isTrue();
    }

    @Test
    void shouldKeepNoMoreThanFit() {
        for (int i = 0; i < FlowsWaitedIn.KEPT_MAX; i++) {
            final ResourceId id = new ResourceId(2, i);
            flows.enter(new FlowWait(id, 1));
            flows.supersede(id, JSON, null, 2);
        }
        flows.enter(since(2));
        flows.enter(since(2));
        supersede(3);
        assertThat(movedOn).containsExactly(2);
        assertThat(flows.fill("kept").refused()).isOne();
        assertThat(until(2)).isZero();

        flows.leave(new FlowWait(new ResourceId(2, 5), 1));
        flows.enter(since(3));
        supersede(4);
        assertThat(movedOn).containsExactly(2);
        assertThat(List.of(until(2), until(3)))
                .as("all three in the version that had room")
                .containsExactly(4L, 4L);
        flows.leave(since(2));
        flows.leave(since(3));
        assertThat(until(2)).isEqualTo(4);
        flows.leave(since(2));
        assertThat(flows.isWaitedIn(FLOW)).isFalse();
        assertThat(flows.keptCount()).isEqualTo(FlowsWaitedIn.KEPT_MAX - 1);
    }

    @Test
    void shouldKeepNoMoreBytesThanFit() {
        flows.enter(new FlowWait(OTHER, 1));
        flows.supersede(OTHER, new byte[FlowsWaitedIn.KEPT_BYTES_MAX - JSON.length + 1], null, 2);
        flows.enter(since(2));
        supersede(3);
        assertThat(movedOn).containsExactly(1);
        flows.leave(new FlowWait(OTHER, 1));
        assertThat(flows.keptBytes()).isZero();
        supersede(4);
        assertThat(movedOn).containsExactly(1);
        assertThat(until(2)).isEqualTo(4);
    }

    @Test
    void shouldCountACallOfABuildThatKeptNoRevisionInTheVersionThatIsReplacedFirst() {
        flows.enter(since(0));
        flows.enter(since(7));
        supersede(8);
        flows.enter(since(8));
        supersede(9);
        assertThat(until(0)).isEqualTo(8);
        flows.leave(since(7));
        flows.leave(since(0));
        assertThat(until(0)).as("its version is gone").isEqualTo(9);
        assertThat(flows.keptCount()).isOne();
    }

    @Test
    void shouldShowTheFlowsThatAreWaitedInInOrder() {
        flows.enter(new FlowWait(OTHER, 1));
        flows.enter(since(1));
        final List<ResourceId> seen = new ArrayList<>();
        flows.forEachWaitedIn(seen::add);
        assertThat(seen).containsExactly(FLOW, OTHER);
        supersede(2);
        seen.clear();
        flows.forEachWaitedIn(seen::add);
        assertThat(seen).containsExactly(OTHER);
    }

    /** Any calls and changes, then what a snapshot does: the versions in any order, then the calls in any order. */
    @Test
    void shouldBeTheSameWhenItIsPutTogetherAgain() {
        for (int seed = 0; seed < 200; seed++) {
            final Random random = new Random(seed);
            final FlowsWaitedIn first = new FlowsWaitedIn();
            final List<FlowWait> calls = new ArrayList<>();
            for (int revision = 1; revision < 40; revision++) {
                final FlowWait call = new FlowWait(random.nextBoolean() ? FLOW : OTHER, revision);
                if (random.nextInt(3) > 0) {
                    first.enter(call);
                    calls.add(call);
                }
                if (!calls.isEmpty() && random.nextBoolean()) {
                    first.leave(calls.remove(random.nextInt(calls.size())));
                }
                if (first.isWaitedIn(call.flow()) && random.nextInt(4) == 0) {
                    first.supersede(call.flow(), JSON, null, revision + 1L);
                }
            }
            final FlowsWaitedIn again = new FlowsWaitedIn();
            final List<KeptFlow> kept = first.kept();
            Collections.shuffle(kept, random);
            kept.forEach(version -> again.restore(version.flow(), version.until(), version.json()));
            Collections.shuffle(calls, random);
            calls.forEach(again::enter);
            for (final FlowWait call : calls) {
                assertThat(again.find(call) == null ? 0 : again.find(call).until())
                        .as("seed=%d call=%s", seed, call)
                        .isEqualTo(
                                first.find(call) == null ? 0 : first.find(call).until());
                first.leave(call);
                again.leave(call);
                assertThat(again.keptCount()).as("seed=%d", seed).isEqualTo(first.keptCount());
            }
            assertThat(again.isEmpty() && first.isEmpty()).as("seed=%d", seed).isTrue();
        }
    }
}
