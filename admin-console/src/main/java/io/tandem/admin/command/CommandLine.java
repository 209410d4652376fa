package io.tandem.admin.command;

import io.tandem.admin.view.Refusal;
import java.util.ArrayList;
import java.util.List;

/**
 * A line as an operator enters it: words, of which {@code -j} asks for JSON, and behind a bar what to do with the text.
 *
 * @param words words of the command, its name first; empty for an empty line
 * @param match text that a line of the answer must contain; empty for all
 */
public record CommandLine(List<String> words, boolean json, String match) {

    private static final String BAR = "|";
    private static final String JSON = "-j";

    /** Whether the answer to this line will be JSON; true for no line that cannot be read. */
    public static boolean asksForJson(String line) {
        try {
            return parse(line).json();
        } catch (Refusal unreadable) {
            return false;
        }
    }

    /** A word in the spelling that {@link #parse} reads back, whatever it holds but line ends. */
    public static String quote(String word) {
        return '"' + word.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** Reads a line without its line end; throws Refusal for one that is not a command. */
    static CommandLine parse(String line) {
        var words = new ArrayList<Word>();
        split(line, words);
        int bar = words.indexOf(new Word(BAR, false));
        var command = bar < 0 ? words : words.subList(0, bar);
        var json = command.contains(new Word(JSON, false));
        var match = bar < 0 ? "" : match(words.subList(bar + 1, words.size()));
        if (json && !match.isEmpty()) {
            throw new Refusal("match works on text: option=-j", "leave out one of the two");
        }
        return new CommandLine(
                command.stream()
                        .filter(word -> word.quoted || !word.text.equals(JSON))
                        .map(Word::text)
                        .toList(),
                json,
                match);
    }

    private static String match(List<Word> words) {
        if (words.size() != 2
                || !words.getFirst().text.equals("match")
                || words.getLast().text.isEmpty()) {
            throw new Refusal("nothing known stands behind the bar", "use: COMMAND | match TEXT");
        }
        return words.getLast().text;
    }

    private static void split(String line, List<Word> words) {
        var text = new StringBuilder();
        boolean begun = false;
        boolean quoted = false;
        boolean inQuotes = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (inQuotes && c == '\\' && i + 1 < line.length()) {
                text.append(line.charAt(++i));
            } else if (c == '"') {
                inQuotes = !inQuotes;
                begun = true;
                quoted = true;
            } else if (inQuotes || (c != ' ' && c != '\t' && c != '|')) {
                text.append(c);
                begun = true;
            } else {
                if (begun) {
                    words.add(new Word(text.toString(), quoted));
                }
                if (c == '|') {
                    words.add(new Word(BAR, false));
                }
                text.setLength(0);
                begun = false;
                quoted = false;
            }
        }
        if (inQuotes) {
            throw new Refusal("quote is not closed: length=" + line.length(), "end the text with \"");
        }
        if (begun) {
            words.add(new Word(text.toString(), quoted));
        }
    }

    private record Word(String text, boolean quoted) {}
}
