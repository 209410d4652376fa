package io.tandem.routing.target;

import io.tandem.routing.model.QueueAgent;
import io.tandem.routing.model.QueueStrategy;
import io.tandem.routing.model.ResourceId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * Which agents are offered a call, in which order. Only those of the lowest tier in which anybody is ready and has waited out his
 * delay; ties go by position, then identifier. A pure function: chance comes from outside.
 */
public final class AgentOrder {
    private static final Comparator<AgentStanding> BY_POSITION =
            Comparator.comparingInt((AgentStanding standing) -> standing.agent().position())
                    .thenComparing(standing -> standing.agent().userId());

    private AgentOrder() {}

    /**
     * Orders them. With {@link QueueStrategy#RING_ALL} all of the answer ring together, otherwise one after the other.
     *
     * @param last the agent that was offered a call of this queue last, or {@link ResourceId#NIL}; {@code round_robin} and
     *     {@code sequential} go on behind him.
     * @param waitedSec how long the caller has waited.
     * @param chance any number, another one for each call; decides for {@code random} only.
     */
    public static List<QueueAgent> order(
            final QueueStrategy strategy,
            final List<AgentStanding> agents,
            final ResourceId last,
            final int waitedSec,
            final long chance) {
        final List<AgentStanding> offered = lowestTier(agents, waitedSec);
        offered.sort(BY_POSITION);
        switch (strategy) {
            case RING_ALL, TOP_DOWN -> {}
            case LONGEST_IDLE -> offered.sort(Comparator.comparingLong(AgentStanding::idleSinceMs));
            case FEWEST_CALLS -> offered.sort(Comparator.comparingInt(AgentStanding::answeredToday));
            case ROUND_ROBIN, SEQUENTIAL -> Collections.rotate(offered, -behind(offered, agents, last));
            case RANDOM -> shuffle(offered, chance);
        }
        return offered.stream().map(AgentStanding::agent).toList();
    }

    private static List<AgentStanding> lowestTier(final List<AgentStanding> agents, final int waitedSec) {
        int tier = Integer.MAX_VALUE;
        for (final AgentStanding standing : agents) {
            if (mayBeOffered(standing, waitedSec)) {
                tier = Math.min(tier, standing.agent().tierLevel());
            }
        }
        final List<AgentStanding> offered = new ArrayList<>();
        for (final AgentStanding standing : agents) {
            if (mayBeOffered(standing, waitedSec) && standing.agent().tierLevel() == tier) {
                offered.add(standing);
            }
        }
        return offered;
    }

    private static boolean mayBeOffered(final AgentStanding standing, final int waitedSec) {
        return standing.ready() && standing.agent().delaySec() <= waitedSec;
    }

    /** How many stand before the first one behind the last one offered, who need not be among them himself. */
    private static int behind(
            final List<AgentStanding> offered, final List<AgentStanding> agents, final ResourceId last) {
        for (final AgentStanding standing : agents) {
            if (standing.agent().userId().equals(last)) {
                int index = 0;
                while (index < offered.size() && BY_POSITION.compare(offered.get(index), standing) <= 0) {
                    index++;
                }
                return index == offered.size() ? 0 : index;
            }
        }
        return 0;
    }

    /** Fisher and Yates, with a mixed counter for chance. */
    private static void shuffle(final List<AgentStanding> offered, final long chance) {
        long seed = chance;
        for (int i = offered.size() - 1; i > 0; i--) {
            seed += 0x9e3779b97f4a7c15L;
            long mixed = (seed ^ seed >>> 30) * 0xbf58476d1ce4e5b9L;
            mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
            mixed ^= mixed >>> 31;
            Collections.swap(offered, i, (int) Long.remainderUnsigned(mixed, i + 1L));
        }
    }
}
