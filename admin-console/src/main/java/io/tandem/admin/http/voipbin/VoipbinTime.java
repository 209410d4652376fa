package io.tandem.admin.http.voipbin;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Moments as VoIPBIN writes them: {@code YYYY-MM-DD HH:MM:SS.ffffff} in UTC. */
final class VoipbinTime {
    /** What has not happened yet. */
    static final String NEVER = "9999-01-01 00:00:00.000000";

    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT);
    private static final long US_PER_SEC = 1_000_000;
    private static final int NS_PER_US = 1_000;

    private VoipbinTime() {}

    /** Microseconds since 1970; 0, which nobody knows, is the beginning of 1970. */
    static String of(final long us) {
        return LocalDateTime.ofEpochSecond(
                        Math.floorDiv(us, US_PER_SEC), (int) Math.floorMod(us, US_PER_SEC) * NS_PER_US, ZoneOffset.UTC)
                .format(FORMAT);
    }
}
