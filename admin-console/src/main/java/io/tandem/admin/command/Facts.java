package io.tandem.admin.command;

import java.util.ArrayList;
import java.util.List;

/** Names and values, one pair a line, the values aligned. */
final class Facts implements Answer.Block {

    private final List<String> names = new ArrayList<>();
    private final List<String> values = new ArrayList<>();

    Facts fact(String name, Object value) {
        names.add(name);
        values.add(Printable.of(String.valueOf(value)));
        return this;
    }

    @Override
    public List<String> lines(String match) {
        int width = names.stream().mapToInt(String::length).max().orElse(0);
        var lines = new ArrayList<String>();
        for (int i = 0; i < names.size(); i++) {
            var line = (names.get(i) + " ".repeat(width - names.get(i).length() + 2) + values.get(i)).stripTrailing();
            if (match.isEmpty() || Printable.contains(line, match)) {
                lines.add(line);
            }
        }
        return lines;
    }
}
