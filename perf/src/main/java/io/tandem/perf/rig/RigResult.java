package io.tandem.perf.rig;

import io.tandem.perf.rig.Latencies.Span;
import io.tandem.perf.rig.ServerProcess.Usage;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * What one run found.
 *
 * @param settings        what was asked for.
 * @param phase           the measured phase.
 * @param sendingNs       how long it took to begin all calls.
 * @param fullCalls       calls that the server worked on while its CPU time was taken: half of set-ups and releases.
 * @param used            what the server used, or null when its process was not found.
 * @param unreachable     how often nobody listened at the target.
 * @param refusedBySocket datagrams that the rig's own sockets did not take.
 */
record RigResult(
        RigSettings settings,
        Phase phase,
        long sendingNs,
        double fullCalls,
        Usage used,
        long unreachable,
        long refusedBySocket) {
    /** An offered rate below this part of the one asked for is a failure of the rig. */
    private static final double RATE_MIN = 0.99;

    /** A call that was sent later than this was not offered when it should have been. */
    private static final long LATE_MAX_NS = TimeUnit.MILLISECONDS.toNanos(500);

    private static final double US = 1_000.0;

    /** Why the run is no evidence, or an empty string when it is. */
    String failure() {
        final RigCounts counts = phase.counts();
        if (unreachable > 0 && counts.completed == 0) {
            return "nobody listens at the target: target=" + settings.target();
        }
        if (counts.failed > 0 || counts.completed != phase.schedule().callCount()) {
            return "calls failed: completed=" + counts.completed + " of="
                    + phase.schedule().callCount();
        }
        if (offeredRate() < RATE_MIN * settings.callsPerSecond() || counts.latestSendNs > LATE_MAX_NS) {
            return String.format(
                    Locale.ROOT,
                    "the offered rate was missed: asked=%d offered=%.1f latest ms=%.1f",
                    settings.callsPerSecond(),
                    offeredRate(),
                    counts.latestSendNs / 1e6);
        }
        return "";
    }

    boolean isOk() {
        return failure().isEmpty();
    }

    double offeredRate() {
        return phase.counts().sent * 1e9 / Math.max(1, sendingNs);
    }

    /** CPU time of the server for one whole call, microseconds; NaN when unknown. */
    double cpuUsPerCall() {
        return used == null || fullCalls == 0 ? Double.NaN : used.cpuNs() / US / fullCalls;
    }

    double contextSwitchesPerCall() {
        return used == null || fullCalls == 0 ? Double.NaN : used.contextSwitches() / fullCalls;
    }

    double latencyUs(final Span span, final double percentile) {
        return phase.latencies().of(span).getValueAtPercentile(percentile) / US;
    }

    /** Several lines for people; the last one begins with OK or FAIL. */
    String toText() {
        final RigCounts counts = phase.counts();
        final StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "calls: rate=%d/s offered=%.1f/s sent=%d answered=%d completed=%d failed=%d timeouts=%d no slot=%d%n",
                settings.callsPerSecond(),
                offeredRate(),
                counts.sent,
                counts.answered,
                counts.completed,
                counts.failed,
                counts.timeouts,
                counts.noSlot));
        text.append(String.format(
                Locale.ROOT,
                "again: INVITE=%d BYE=%d 200=%d received INVITE=%d unexpected=%d socket full=%d latest send us=%.0f%n",
                counts.invitesSentAgain,
                counts.byesSentAgain,
                counts.answersSentAgain,
                counts.invitesReceivedAgain,
                counts.unexpected,
                refusedBySocket,
                counts.latestSendNs / US));
        if (!counts.refusals().isEmpty()) {
            text.append("refused: ").append(counts.refusals()).append(System.lineSeparator());
        }
        text.append(String.format(
                Locale.ROOT,
                "%-18s%10s%10s%10s%10s%10s%10s%n",
                "us from schedule",
                "p50",
                "p90",
                "p99",
                "p99.9",
                "max",
                "count"));
        for (final Span span : Span.values()) {
            final Histogram histogram = phase.latencies().of(span);
            text.append(String.format(
                    Locale.ROOT,
                    "%-18s%10.0f%10.0f%10.0f%10.0f%10.0f%10d%n",
                    span.label(),
                    latencyUs(span, 50),
                    latencyUs(span, 90),
                    latencyUs(span, 99),
                    latencyUs(span, 99.9),
                    latencyUs(span, 100),
                    histogram.getTotalCount()));
        }
        text.append(
                used == null
                        ? "server: process not found, its CPU time is unknown%n".formatted()
                        : String.format(
                                Locale.ROOT,
                                "server: CPU us per call=%.1f context switches per call=%.2f over calls=%.0f%n",
                                cpuUsPerCall(),
                                contextSwitchesPerCall(),
                                fullCalls));
        return text.append(isOk() ? "OK" : "FAIL " + failure())
                .append(System.lineSeparator())
                .toString();
    }

    /** The same as a tree of plain values, for JSON. */
    Map<String, Object> toMap() {
        final RigCounts counts = phase.counts();
        final Map<String, Object> map = new LinkedHashMap<>();
        map.put("ok", isOk());
        map.put("failure", failure());
        map.put("rate", settings.callsPerSecond());
        map.put("offered_rate", offeredRate());
        map.put("seconds", settings.seconds());
        map.put("hold_ms", settings.holdMs());
        map.put("sent", counts.sent);
        map.put("answered", counts.answered);
        map.put("completed", counts.completed);
        map.put("failed", counts.failed);
        map.put("timeouts", counts.timeouts);
        map.put("no_slot", counts.noSlot);
        map.put("sent_again", counts.sentAgain());
        map.put("received_again", counts.invitesReceivedAgain);
        map.put("unexpected", counts.unexpected);
        map.put("refusals", counts.refusals());
        map.put("latest_send_us", counts.latestSendNs / US);
        for (final Span span : Span.values()) {
            map.put(span.name().toLowerCase(Locale.ROOT) + "_us", percentiles(span));
        }
        map.put("cpu_us_per_call", used == null ? null : cpuUsPerCall());
        map.put("context_switches_per_call", used == null ? null : contextSwitchesPerCall());
        return map;
    }

    private Map<String, Object> percentiles(final Span span) {
        final Map<String, Object> map = new LinkedHashMap<>();
        map.put("count", phase.latencies().of(span).getTotalCount());
        map.put("p50", latencyUs(span, 50));
        map.put("p90", latencyUs(span, 90));
        map.put("p99", latencyUs(span, 99));
        map.put("p99_9", latencyUs(span, 99.9));
        map.put("max", latencyUs(span, 100));
        return map;
    }
}
