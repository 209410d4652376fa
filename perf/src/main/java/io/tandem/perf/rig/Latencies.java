package io.tandem.perf.rig;

import java.util.EnumMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * Times from when something was <em>due</em> to when its effect arrived: what the rig itself was late counts too, and a
 * server that stalls is charged for every call that was due meanwhile. Nanoseconds, three digits.
 */
final class Latencies {
    private static final long HIGHEST_NS = 120_000_000_000L;
    private static final int DIGITS = 3;

    /** A span that is measured. */
    enum Span {
        /** INVITE due to its 100 at the caller. */
        INVITE_TO_TRYING("INVITE to 100"),
        /** INVITE due to the INVITE at the callee. */
        INVITE_TO_CALLEE("INVITE to callee"),
        /** INVITE due to its 200 at the caller. */
        INVITE_TO_ANSWER("INVITE to 200"),
        /** BYE due to its 200 at the caller. */
        BYE_TO_ANSWER("BYE to 200");

        private final String label;

        Span(final String label) {
            this.label = label;
        }

        String label() {
            return label;
        }
    }

    private final Map<Span, Histogram> histograms = new EnumMap<>(Span.class);

    Latencies() {
        for (final Span span : Span.values()) {
            histograms.put(span, new Histogram(1_000, HIGHEST_NS, DIGITS));
        }
    }

    void record(final Span span, final long dueNs, final long nowNs) {
        histograms.get(span).recordValue(Math.clamp(nowNs - dueNs, 0, HIGHEST_NS));
    }

    Histogram of(final Span span) {
        return histograms.get(span);
    }
}
