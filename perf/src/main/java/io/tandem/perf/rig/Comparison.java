package io.tandem.perf.rig;

import io.tandem.perf.rig.Latencies.Span;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Results by rate and server, in the order they were asked for, and the table made of them. */
final class Comparison {
    private static final String NOT_MEASURED = "not measured, failed at a lower rate";

    private final Map<Cell, List<RigResult>> results = new LinkedHashMap<>();

    /** One line of the table. */
    private record Cell(int rate, String server) {}

    /** A middle value with the least and the greatest. */
    record Spread(double median, double min, double max) {
        static Spread of(final double... values) {
            final double[] sorted = values.clone();
            Arrays.sort(sorted);
            final int middle = sorted.length / 2;
            final double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
            return new Spread(median, sorted[0], sorted[sorted.length - 1]);
        }

        String toText(final String format) {
            if (Double.isNaN(median)) {
                return "unknown";
            }
            return min == max
                    ? String.format(Locale.ROOT, format, median)
                    : String.format(Locale.ROOT, format + " (" + format + "–" + format + ")", median, min, max);
        }
    }

    void add(final String server, final RigResult result) {
        results.computeIfAbsent(new Cell(result.settings().callsPerSecond(), server), cell -> new ArrayList<>())
                .add(result);
    }

    /** Notes that a server was left out at a rate. */
    void leaveOut(final String server, final int rate) {
        results.putIfAbsent(new Cell(rate, server), List.of());
    }

    /** Whether no round of a server at a rate was a success. */
    boolean failed(final String server, final int rate) {
        return results.getOrDefault(new Cell(rate, server), List.of()).stream().noneMatch(RigResult::isOk);
    }

    /** Markdown, one line for each rate and server: medians over the rounds, least and greatest in brackets. */
    String toMarkdown() {
        final StringBuilder text = new StringBuilder();
        text.append("| calls/s | server | OK rounds | CPU µs per call | INVITE to callee p50 / p99 / p99.9 µs |"
                + " INVITE to 200 p50 / p99 / p99.9 µs | context switches per call |\n");
        text.append("|---:|---|---|---|---|---|---|\n");
        final List<String> servers =
                results.keySet().stream().map(Cell::server).distinct().toList();
        results.entrySet().stream()
                .sorted(Comparator.comparingInt((Map.Entry<Cell, List<RigResult>> entry) ->
                                entry.getKey().rate())
                        .thenComparingInt(
                                entry -> servers.indexOf(entry.getKey().server())))
                .forEach(entry -> text.append(line(entry.getKey(), entry.getValue())));
        return text.toString();
    }

    /** Why rounds failed, one line each; empty when none did. */
    String failures() {
        final StringBuilder text = new StringBuilder();
        results.forEach(
                (cell, rounds) -> rounds.stream().filter(round -> !round.isOk()).forEach(round -> text.append("- ")
                        .append(cell.server())
                        .append(" at ")
                        .append(cell.rate())
                        .append("/s: ")
                        .append(round.failure())
                        .append('\n')));
        return text.toString();
    }

    private static String line(final Cell cell, final List<RigResult> rounds) {
        final String start = "| " + cell.rate() + " | " + cell.server() + " | ";
        if (rounds.isEmpty()) {
            return start + NOT_MEASURED + " | | | | |\n";
        }
        final long ok = rounds.stream().filter(RigResult::isOk).count();
        return start + ok + " of " + rounds.size() + " | "
                + spread(rounds, RigResult::cpuUsPerCall).toText("%.1f") + " | "
                + percentiles(rounds, Span.INVITE_TO_CALLEE) + " | "
                + percentiles(rounds, Span.INVITE_TO_ANSWER) + " | "
                + spread(rounds, RigResult::contextSwitchesPerCall).toText("%.2f") + " |\n";
    }

    private static String percentiles(final List<RigResult> rounds, final Span span) {
        return spread(rounds, round -> round.latencyUs(span, 50)).toText("%.0f") + " / "
                + spread(rounds, round -> round.latencyUs(span, 99)).toText("%.0f") + " / "
                + spread(rounds, round -> round.latencyUs(span, 99.9)).toText("%.0f");
    }

    private static Spread spread(final List<RigResult> rounds, final ToDoubleFunction<RigResult> figure) {
        return Spread.of(rounds.stream().mapToDouble(figure).toArray());
    }
}
