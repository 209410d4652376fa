package io.tandem.admin.command;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** Figures and times in the spelling of the console: ISO 8601 in UTC, a dash for what is absent. */
final class Units {

    static final String ABSENT = "-";

    private static final long KIB = 1024;

    private Units() {}

    /** Moment in UTC to the millisecond. */
    static String moment(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MILLIS).toString();
    }

    static String moment(Optional<Instant> instant) {
        return instant.map(Units::moment).orElse(ABSENT);
    }

    static String text(Optional<String> text) {
        return text.filter(t -> !t.isEmpty()).orElse(ABSENT);
    }

    static String text(String text) {
        return text.isEmpty() ? ABSENT : text;
    }

    static String count(OptionalLong count) {
        return count.isPresent() ? Long.toString(count.getAsLong()) : ABSENT;
    }

    static String microseconds(long ns) {
        return String.format(Locale.ROOT, "%.1f", ns / 1e3);
    }

    static String seconds(long ms) {
        return String.format(Locale.ROOT, "%.1f", ms / 1e3);
    }

    /** Duration such as 3d 04:05:06. */
    static String span(long ms) {
        var span = Duration.ofMillis(ms);
        var clock = String.format(
                Locale.ROOT, "%02d:%02d:%02d", span.toHoursPart(), span.toMinutesPart(), span.toSecondsPart());
        return span.toDays() == 0 ? clock : span.toDays() + "d " + clock;
    }

    /** Size in the largest binary unit that leaves at least one. */
    static String bytes(long bytes) {
        if (bytes < KIB) {
            return bytes + " B";
        }
        double size = bytes;
        int unit = -1;
        while (size >= KIB) {
            size /= KIB;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %ciB", size, "KMGTPE".charAt(unit));
    }

    /** Fill of a bounded table. */
    static String percent(long used, long limit) {
        return limit <= 0 ? ABSENT : String.format(Locale.ROOT, "%.1f", 100.0 * used / limit);
    }
}
