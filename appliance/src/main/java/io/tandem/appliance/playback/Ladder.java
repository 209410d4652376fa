package io.tandem.appliance.playback;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A traced call in print: the caller to the left, Tandem in the middle, the callee to the right. */
public final class Ladder {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int COLUMN = 46;
    private static final JsonMapper MAPPER = new JsonMapper();

    private Ladder() {}

    /** The steps as text; times are UTC. */
    public static String text(final List<CallTrace.Step> steps) {
        final String callerLeg = steps.stream()
                .filter(step -> step instanceof CallTrace.Step.Message message && message.received())
                .map(step -> ((CallTrace.Step.Message) step).callId())
                .findFirst()
                .orElse("");
        final StringBuilder text = new StringBuilder();
        text.append(pad("time (UTC)", 14))
                .append(pad("caller", COLUMN))
                .append("Tandem")
                .append(" ".repeat(COLUMN - 8))
                .append("callee\n");
        for (final CallTrace.Step step : steps) {
            text.append(pad(TIME.format(Instant.ofEpochMilli(step.wallMs())), 14));
            switch (step) {
                case CallTrace.Step.Message message -> message(text, message, callerLeg);
                case CallTrace.Step.Verdict verdict ->
                    text.append(" ".repeat(COLUMN))
                            .append("* ")
                            .append(verdict.stage())
                            .append(": ")
                            .append(verdict.text())
                            .append(" (")
                            .append(verdict.rule())
                            .append(", ")
                            .append(verdict.nanos())
                            .append(" ns)");
            }
            text.append('\n');
        }
        return text.toString();
    }

    private static void message(
            final StringBuilder text, final CallTrace.Step.Message message, final String callerLeg) {
        final boolean left = message.callId().equals(callerLeg);
        final boolean right = message.received() ^ !left;
        final String label = message.startLine() + "  [" + message.cSeq() + "]";
        final String arrow = right ? "-- " + label + " -->" : "<-- " + label + " --";
        text.append(left ? pad(arrow, COLUMN) : " ".repeat(COLUMN) + "|  " + arrow);
        text.append("  ").append(message.transport()).append(' ').append(message.peer());
    }

    private static String pad(final String value, final int width) {
        return value.length() >= width ? value : value + " ".repeat(width - value.length());
    }

    /** The steps as JSON, one object a line. */
    public static String json(final List<CallTrace.Step> steps) {
        final StringBuilder text = new StringBuilder();
        for (final CallTrace.Step step : steps) {
            final ObjectNode node = MAPPER.createObjectNode();
            node.put("wall_ms", step.wallMs());
            switch (step) {
                case CallTrace.Step.Message message -> {
                    node.put("direction", message.received() ? "in" : "out");
                    node.put("transport", message.transport().name());
                    node.put("peer", message.peer());
                    node.put("start_line", message.startLine());
                    node.put("call_id", message.callId());
                    node.put("cseq", message.cSeq());
                }
                case CallTrace.Step.Verdict verdict -> {
                    node.put("stage", verdict.stage());
                    node.put("rule", verdict.rule());
                    node.put("text", verdict.text());
                    node.put("ns", verdict.nanos());
                }
            }
            text.append(node).append('\n');
        }
        return text.toString();
    }
}
