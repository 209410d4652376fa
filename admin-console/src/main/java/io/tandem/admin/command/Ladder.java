package io.tandem.admin.command;

import io.tandem.admin.view.TraceView;
import java.util.ArrayList;
import java.util.List;

/**
 * Draws a call as a SIP ladder: a column for each participant, time running down.
 *
 * <pre>
 *                           127.0.0.2:5070          tandem          127.0.0.3:5080
 * 2026-11-20T17:00:00.000Z         |      INVITE       |                   |
 *                                  |------------------&gt;|                   |
 * </pre>
 */
public final class Ladder {

    private static final int LANE_MIN = 20;
    private static final int LANE_MAX = 48;
    private static final int TIME = 24;

    private final TraceView trace;
    private final int lane;
    private final List<String> lines = new ArrayList<>();

    private Ladder(TraceView trace) {
        this.trace = trace;
        this.lane = laneOf(trace);
    }

    /** The ladder's lines, without line ends and with only printable characters. */
    public static List<String> lines(TraceView trace) {
        return new Ladder(trace).draw();
    }

    private List<String> draw() {
        headings();
        for (var event : trace.events()) {
            switch (event) {
                case TraceView.Message message -> message(message);
                case TraceView.Note note -> note(note);
            }
        }
        return lines;
    }

    private void headings() {
        var line = blank();
        for (int i = 0; i < trace.participants().size(); i++) {
            var name = cut(Printable.of(trace.participants().get(i)), lane - 2);
            put(line, column(i) - name.length() / 2, name);
        }
        lines.add(line.toString().stripTrailing());
    }

    private void message(TraceView.Message message) {
        int left = column(Math.min(message.from(), message.to()));
        int right = column(Math.max(message.from(), message.to()));
        var label = Printable.of(message.label());
        var words = rails(message);
        if (left == right) {
            put(words, left + 2, label);
            lines.add(words.toString().stripTrailing());
            return;
        }
        label = cut(label, right - left - 3);
        put(words, left + 1 + (right - left - 1 - label.length()) / 2, label);
        lines.add(words.toString().stripTrailing());
        var arrow = rails();
        put(arrow, left + 1, "-".repeat(right - left - 1));
        boolean rightward = message.from() < message.to();
        put(arrow, rightward ? right - 1 : left + 1, rightward ? ">" : "<");
        lines.add(arrow.toString().stripTrailing());
    }

    private void note(TraceView.Note note) {
        var line = rails(note);
        put(line, column(note.participant()) + 2, Printable.of(note.text()));
        lines.add(line.toString().stripTrailing());
    }

    private StringBuilder rails(TraceView.Event event) {
        var line = rails();
        put(line, 0, Units.moment(event.at()));
        return line;
    }

    private StringBuilder rails() {
        var line = blank();
        for (int i = 0; i < trace.participants().size(); i++) {
            put(line, column(i), "|");
        }
        return line;
    }

    private StringBuilder blank() {
        return new StringBuilder(" ".repeat(column(trace.participants().size())));
    }

    private int column(int participant) {
        return TIME + LANE_MIN / 2 + participant * lane;
    }

    private static void put(StringBuilder line, int at, String text) {
        line.replace(at, Math.min(line.length(), at + text.length()), text);
    }

    private static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, Math.max(0, length - 1)) + "~";
    }

    private static int laneOf(TraceView trace) {
        int widest =
                trace.participants().stream().mapToInt(String::length).max().orElse(0) + 3;
        for (var event : trace.events()) {
            if (event instanceof TraceView.Message message && message.from() != message.to()) {
                int lanes = Math.abs(message.from() - message.to());
                widest = Math.max(widest, (message.label().length() + 4) / lanes);
            }
        }
        return Math.clamp(widest, LANE_MIN, LANE_MAX);
    }
}
