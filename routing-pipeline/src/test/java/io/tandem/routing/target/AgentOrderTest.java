package io.tandem.routing.target;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.routing.model.AgentMode;
import io.tandem.routing.model.QueueAgent;
import io.tandem.routing.model.QueueStrategy;
import io.tandem.routing.model.ResourceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgentOrderTest {
    private final List<AgentStanding> agents = new ArrayList<>();

    @ParameterizedTest
    @DisplayName("R-075 every strategy has its order; ties go by position, then identifier")
    @CsvSource({
        "RING_ALL,0,1 2 3 4",
        "LONGEST_IDLE,0,3 1 2 4",
        "ROUND_ROBIN,0,1 2 3 4",
        "ROUND_ROBIN,2,3 4 1 2",
        "ROUND_ROBIN,4,1 2 3 4",
        "ROUND_ROBIN,9,1 2 3 4",
        "TOP_DOWN,2,1 2 3 4",
        "FEWEST_CALLS,0,2 4 1 3",
        "SEQUENTIAL,3,4 1 2 3"
    })
    void shouldOrder(final QueueStrategy strategy, final long last, final String order) {
        ready(4, 1, 40, 500, 1);
        ready(3, 1, 30, 100, 9);
        ready(2, 1, 20, 400, 1);
        ready(1, 1, 10, 400, 5);
        assertThat(order(strategy, last, 0, 0)).isEqualTo(order);
    }

    @Test
    @DisplayName("R-075 random is a mixed order that another call gets another of, and the same call the same")
    void shouldShuffle() {
        for (int i = 1; i <= 5; i++) {
            ready(i, 1, i, 0, 0);
        }
        final Set<String> orders = new TreeSet<>();
        final Set<String> firsts = new TreeSet<>();
        for (int chance = 0; chance < 500; chance++) {
            final String order = order(QueueStrategy.RANDOM, 0, 0, chance);
            assertThat(order(QueueStrategy.RANDOM, 0, 0, chance)).isEqualTo(order);
            assertThat(order.split(" ")).containsExactlyInAnyOrder("1", "2", "3", "4", "5");
            orders.add(order);
            firsts.add(order.substring(0, 1));
        }
        assertThat(orders).hasSizeGreaterThan(100);
        assertThat(firsts).hasSize(5);
    }

    @ParameterizedTest
    @DisplayName("R-093 a tier is offered a call only while nobody of a lower one is ready")
    @CsvSource({"true,true,1", "false,true,2", "false,false,3"})
    void shouldOfferTheLowestTierFirst(final boolean first, final boolean second, final String order) {
        agent(3, 3, 0, 0, true);
        agent(2, 2, 0, 0, second);
        agent(1, 1, 0, 0, first);
        for (final QueueStrategy strategy : QueueStrategy.values()) {
            assertThat(order(strategy, 0, 0, 0)).as(strategy.name()).isEqualTo(order);
        }
    }

    @ParameterizedTest
    @DisplayName("R-091 an agent with delay_sec is offered a call once it has waited that long")
    @CsvSource({"0,2", "9,2", "10,1 2"})
    void shouldWaitOutDelays(final int waited, final String order) {
        agent(1, 1, 0, 10, true);
        agent(2, 1, 1, 0, true);
        assertThat(order(QueueStrategy.TOP_DOWN, 0, waited, 0)).isEqualTo(order);
    }

    @Test
    @DisplayName("R-075 round_robin goes on behind the last one even when he is no longer ready")
    void shouldGoOnBehindOneWhoLeft() {
        agent(1, 1, 1, 0, true);
        agent(2, 1, 2, 0, false);
        agent(3, 1, 3, 0, true);
        assertThat(order(QueueStrategy.ROUND_ROBIN, 2, 0, 0)).isEqualTo("3 1");
    }

    @Test
    @DisplayName("nobody ready, nobody offered")
    void shouldOfferNobody() {
        agent(1, 1, 1, 0, false);
        assertThat(order(QueueStrategy.RANDOM, 0, 0, 0)).isEmpty();
        assertThat(AgentOrder.order(QueueStrategy.ROUND_ROBIN, List.of(), ResourceId.NIL, 0, 0)).isEmpty();
    }

    private void ready(final long id, final int tier, final int position, final long idleSince, final int answered) {
        agents.add(new AgentStanding(
                new QueueAgent(new ResourceId(0, id), tier, position, 0, AgentMode.STATIC), true, idleSince, answered));
    }

    private void agent(final long id, final int tier, final int position, final int delay, final boolean ready) {
        agents.add(new AgentStanding(
                new QueueAgent(new ResourceId(0, id), tier, position, delay, AgentMode.STATIC), ready, 0, 0));
    }

    private String order(final QueueStrategy strategy, final long last, final int waited, final long chance) {
        return AgentOrder.order(strategy, agents, new ResourceId(0, last), waited, chance).stream()
                .map(agent -> Long.toString(agent.userId().low()))
                .collect(Collectors.joining(" "));
    }
}
