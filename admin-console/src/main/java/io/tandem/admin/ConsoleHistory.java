package io.tandem.admin;

import java.util.ArrayDeque;
import java.util.List;

/** The last lines that were entered at terminals, so that a new terminal begins with them. Any thread. */
final class ConsoleHistory {

    static final int LINES_MAX = 500;

    private final ArrayDeque<String> lines = new ArrayDeque<>();

    synchronized void add(String line) {
        if (line.isBlank() || line.equals(lines.peekLast())) {
            return;
        }
        if (lines.size() == LINES_MAX) {
            lines.removeFirst();
        }
        lines.addLast(line);
    }

    /** Oldest first. */
    synchronized List<String> lines() {
        return List.copyOf(lines);
    }
}
