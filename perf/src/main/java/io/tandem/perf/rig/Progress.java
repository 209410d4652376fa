package io.tandem.perf.rig;

import java.io.PrintStream;
import java.util.concurrent.TimeUnit;

/** One line a second for people. Called on the rig's thread, so it writes plain text and nothing more. */
final class Progress {
    private static final long EVERY_NS = TimeUnit.SECONDS.toNanos(1);

    private final PrintStream out;
    private final String name;
    private final StringBuilder line = new StringBuilder(128);
    private Phase phase;
    private long nextNs;
    private int seconds;

    /**
     * @param out  where lines go, or null for none.
     * @param name what stands before each line.
     */
    Progress(final PrintStream out, final String name) {
        this.out = out;
        this.name = name;
    }

    /** No lines at all. */
    static Progress silent() {
        return new Progress(null, "");
    }

    void begin(final Phase next, final long startNs) {
        phase = next;
        nextNs = startNs + EVERY_NS;
        seconds = 0;
    }

    void turn(final long nowNs, final int inFlight) {
        if (out == null || nowNs < nextNs) {
            return;
        }
        nextNs += EVERY_NS;
        seconds++;
        line.setLength(0);
        line.append(name).append(' ').append(seconds).append(" s: sent=").append(phase.counts().sent);
        line.append(" completed=").append(phase.counts().completed);
        line.append(" failed=").append(phase.counts().failed);
        line.append(" up=").append(inFlight);
        line.append(" sent again=").append(phase.counts().sentAgain());
        out.println(line);
    }
}
