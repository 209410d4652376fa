package io.tandem.appliance.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How long this process exists, from its exec on: the virtual machine's own start counts too. Linux's {@code /proc} tells. */
final class ProcessAge {
    /** Ticks that {@code /proc} counts in, 100 a second on every Linux. */
    private static final long TICK_MS = 10;

    /** Place of {@code starttime} behind the command's name, which is in parentheses and may contain anything. */
    private static final int START_TIME = 19;

    private ProcessAge() {}

    /** Age in ms, to 10 ms. */
    static long ms() throws IOException {
        return ms(Files.readString(Path.of("/proc/self/stat")), Files.readString(Path.of("/proc/uptime")));
    }

    static long ms(final String stat, final String uptime) {
        final String behindName = stat.substring(stat.lastIndexOf(')') + 2);
        final long startMs = Long.parseLong(behindName.split(" ", -1)[START_TIME]) * TICK_MS;
        return Math.round(Double.parseDouble(uptime.substring(0, uptime.indexOf(' '))) * 1_000) - startMs;
    }
}
