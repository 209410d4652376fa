package io.tandem.admin.command;

import java.util.List;

/** Lines as they are. */
record Prose(List<String> text) implements Answer.Block {

    static Prose of(String... lines) {
        return new Prose(List.of(lines));
    }

    @Override
    public List<String> lines(String match) {
        return text.stream()
                .map(Printable::of)
                .filter(line -> match.isEmpty() || Printable.contains(line, match))
                .toList();
    }
}
