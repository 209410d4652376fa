package io.tandem.admin.command;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows in aligned columns under headings; a heading names the unit of its column. */
final class TextTable implements Answer.Block {

    private static final String GAP = "  ";

    private final List<String> headings = new ArrayList<>();
    private final List<Boolean> figures = new ArrayList<>();
    private final List<List<String>> rows = new ArrayList<>();

    /** Adds a column of words, aligned left. */
    TextTable words(String... names) {
        for (String name : names) {
            headings.add(name);
            figures.add(false);
        }
        return this;
    }

    /** Adds a column of figures, aligned right. */
    TextTable figures(String... names) {
        for (String name : names) {
            headings.add(name);
            figures.add(true);
        }
        return this;
    }

    /** Adds a row with one cell for every column. */
    void row(Object... cells) {
        if (cells.length != headings.size()) {
            throw new IllegalArgumentException("table row: cells=" + cells.length + " columns=" + headings.size());
        }
        rows.add(Arrays.stream(cells).map(String::valueOf).map(Printable::of).toList());
    }

    @Override
    public List<String> lines(String match) {
        var body = rows.stream()
                .filter(row -> match.isEmpty() || row.stream().anyMatch(cell -> Printable.contains(cell, match)))
                .toList();
        if (body.isEmpty()) {
            return match.isEmpty() ? List.of(line(headings, widths(body))) : List.of();
        }
        var widths = widths(body);
        var lines = new ArrayList<String>();
        lines.add(line(headings, widths));
        body.forEach(row -> lines.add(line(row, widths)));
        return lines;
    }

    private int[] widths(List<List<String>> body) {
        var widths = new int[headings.size()];
        for (int i = 0; i < widths.length; i++) {
            int column = i;
            widths[i] = Math.max(
                    width(headings.get(i)),
                    body.stream().mapToInt(row -> width(row.get(column))).max().orElse(0));
        }
        return widths;
    }

    private String line(List<String> cells, int[] widths) {
        var line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            var padding = " ".repeat(widths[i] - width(cells.get(i)));
            line.append(i == 0 ? "" : GAP)
                    .append(figures.get(i) ? padding : "")
                    .append(cells.get(i))
                    .append(figures.get(i) ? "" : padding);
        }
        return line.toString().stripTrailing();
    }

    private static int width(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
