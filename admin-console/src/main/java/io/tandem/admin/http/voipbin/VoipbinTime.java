package io.tandem.admin.http.voipbin;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.OptionalLong;

/** Moments as VoIPBIN writes them: {@code YYYY-MM-DD HH:MM:SS.ffffff} in UTC. */
final class VoipbinTime {
    /** What has not happened yet. */
    static final String NEVER = "9999-01-01 00:00:00.000000";

    private static final DateTimeFormatter FORMAT = format("uuuu-MM-dd HH:mm:ss.SSSSSS");
    private static final DateTimeFormatter ISO = format("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'");
    private static final long US_PER_SEC = 1_000_000;
    private static final int NS_PER_US = 1_000;

    private VoipbinTime() {}

    private static DateTimeFormatter format(final String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);
    }

    /** Microseconds since 1970; 0, which nobody knows, is the beginning of 1970. */
    static String of(final long us) {
        return LocalDateTime.ofEpochSecond(
                        Math.floorDiv(us, US_PER_SEC), (int) Math.floorMod(us, US_PER_SEC) * NS_PER_US, ZoneOffset.UTC)
                .format(FORMAT);
    }

    /** Microseconds since 1970 of a moment in this spelling or as {@code YYYY-MM-DDTHH:MM:SS.ffffffZ}; empty for any other. */
    static OptionalLong us(final String text) {
        try {
            final LocalDateTime time = LocalDateTime.parse(text, text.endsWith("Z") ? ISO : FORMAT);
            return OptionalLong.of(Math.multiplyExact(time.toEpochSecond(ZoneOffset.UTC), US_PER_SEC)
                    + time.get(ChronoField.MICRO_OF_SECOND));
        } catch (final DateTimeException | ArithmeticException e) {
            return OptionalLong.empty();
        }
    }
}
