package io.tandem.perf.promises;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Number of a promise: the letter of the document that makes it, and a line there. */
record PromiseId(char document, int line) {
    /** The documents in the order of the page, and how many lines each has. */
    private static final String DOCUMENTS = "NRPVU";

    private static final int[] LINES = {85, 172, 46, 40, 37};
    private static final Pattern NUMBERS = Pattern.compile("\\b([NRPVU])-(\\d{3})(?:\\.\\.([NRPVU])-(\\d{3}))?");

    PromiseId {
        final int index = DOCUMENTS.indexOf(document);
        if (index < 0 || line < 1 || line > LINES[index]) {
            throw new IllegalArgumentException("no such promise: document=" + document + " line=" + line);
        }
    }

    /** Every promise, in the order of the page. */
    static List<PromiseId> all() {
        final List<PromiseId> all = new ArrayList<>();
        for (int i = 0; i < LINES.length; i++) {
            all.addAll(range(DOCUMENTS.charAt(i), 1, LINES[i]));
        }
        return all;
    }

    /** The numbers that a text names: one by one, {@code N-003 N-004}, or as a range, {@code N-019..N-024}. */
    static List<PromiseId> namedIn(final String text) {
        final List<PromiseId> named = new ArrayList<>();
        final Matcher numbers = NUMBERS.matcher(text);
        while (numbers.find()) {
            final char document = numbers.group(1).charAt(0);
            final int first = Integer.parseInt(numbers.group(2));
            if (numbers.group(3) != null && numbers.group(3).charAt(0) != document) {
                throw new IllegalArgumentException("a range has one document: text=" + text);
            }
            named.addAll(range(document, first, numbers.group(4) == null ? first : Integer.parseInt(numbers.group(4))));
        }
        return named;
    }

    /** A text without the numbers at its beginning. */
    static String withoutNumbers(final String text) {
        return text.replaceFirst("^(?:" + NUMBERS.pattern() + "\\s*)+", "");
    }

    private static List<PromiseId> range(final char document, final int first, final int last) {
        final List<PromiseId> range = new ArrayList<>();
        for (int line = first; line <= last; line++) {
            range.add(new PromiseId(document, line));
        }
        return range;
    }

    @Override
    public String toString() {
        return String.format("%c-%03d", document, line);
    }
}
