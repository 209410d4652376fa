package io.tandem.routing.schedule;

import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;

/** What a schedule will say of the time to come, for people to look at. Off the core's path. */
public final class ComingHours {
    /** Longest look ahead. */
    public static final int DAYS_MAX = 366;

    private static final long MINUTE_MS = 60_000;
    private static final long DAY_MS = 1440 * MINUTE_MS;

    private ComingHours() {}

    /** A stretch of time during which a schedule says the same. */
    public record Span(Instant from, Instant to, Opening opening) {}

    /**
     * The stretches from a moment on, to the minute; the first begins and the last ends in the middle of what it is part of.
     *
     * @param days whole days of 24 hours, at most {@link #DAYS_MAX}.
     */
    public static List<Span> of(final SchedulePlan plan, final Instant from, final int days) {
        final List<Span> spans = new ArrayList<>();
        final long startMs = Math.floorDiv(from.toEpochMilli(), MINUTE_MS) * MINUTE_MS;
        final long endMs = startMs + days * DAY_MS;
        long beganMs = startMs;
        Opening opening = plan.at(startMs);
        for (long ms = startMs + MINUTE_MS; ms < endMs; ms += MINUTE_MS) {
            final Opening now = plan.at(ms);
            if (now != opening) {
                spans.add(span(beganMs, ms, opening));
                beganMs = ms;
                opening = now;
            }
        }
        spans.add(span(beganMs, endMs, opening));
        return spans;
    }

    private static Span span(final long fromMs, final long toMs, final Opening opening) {
        return new Span(Instant.ofEpochMilli(fromMs), Instant.ofEpochMilli(toMs), opening);
    }

    /** Moments of those days at which the clocks of a zone change. */
    public static List<Instant> clockChanges(final ZoneId zone, final Instant from, final int days) {
        final List<Instant> changes = new ArrayList<>();
        final Instant end = from.plusMillis(days * DAY_MS);
        ZoneOffsetTransition next = zone.getRules().nextTransition(from);
        while (next != null && next.getInstant().isBefore(end)) {
            changes.add(next.getInstant());
            next = zone.getRules().nextTransition(next.getInstant());
        }
        return changes;
    }
}
