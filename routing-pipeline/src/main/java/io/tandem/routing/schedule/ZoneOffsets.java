package io.tandem.routing.schedule;

import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;

/**
 * How far a time zone is from UTC at any moment, as a table: one entry for each change from 1970 to {@value #LAST_YEAR}; after
 * the last one its offset stays. Immutable; asking allocates nothing.
 */
final class ZoneOffsets {
    /** Last year whose changes are in the table. */
    static final int LAST_YEAR = 2120;

    private static final long LAST_SECOND =
            Instant.parse((LAST_YEAR + 1) + "-01-01T00:00:00Z").getEpochSecond();

    private final long[] fromSeconds;
    private final int[] offsetSeconds;

    private ZoneOffsets(final ZoneRules rules) {
        final List<Long> froms = new ArrayList<>();
        final List<Integer> offsets = new ArrayList<>();
        froms.add(Long.MIN_VALUE);
        offsets.add(rules.getOffset(Instant.EPOCH).getTotalSeconds());
        ZoneOffsetTransition next = rules.nextTransition(Instant.EPOCH);
        while (next != null && next.toEpochSecond() < LAST_SECOND) {
            froms.add(next.toEpochSecond());
            offsets.add(next.getOffsetAfter().getTotalSeconds());
            next = rules.nextTransition(next.getInstant());
        }
        fromSeconds = froms.stream().mapToLong(Long::longValue).toArray();
        offsetSeconds = offsets.stream().mapToInt(Integer::intValue).toArray();
    }

    /** The table of a zone, by the rules that this JDK carries. */
    static ZoneOffsets of(final ZoneId zone) {
        return new ZoneOffsets(zone.getRules());
    }

    /** Seconds that local time is ahead of UTC. */
    int at(final long epochSecond) {
        int from = 0;
        int to = fromSeconds.length - 1;
        while (from < to) {
            final int middle = (from + to + 1) >>> 1;
            if (fromSeconds[middle] <= epochSecond) {
                from = middle;
            } else {
                to = middle - 1;
            }
        }
        return offsetSeconds[from];
    }
}
