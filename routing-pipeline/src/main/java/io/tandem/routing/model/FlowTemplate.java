package io.tandem.routing.model;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A text with variables in it, written <code>{{name}}</code>. A variable that is not set leaves nothing. Immutable.
 *
 * @param text as it was written.
 * @param parts literal texts at even indexes, names at odd ones.
 */
public record FlowTemplate(String text, List<String> parts) {
    /** Nothing. */
    public static final FlowTemplate EMPTY = new FlowTemplate("", List.of(""));

    private static final String OPEN = "{{";
    private static final String CLOSE = "}}";

    /** Copies the list. */
    public FlowTemplate {
        parts = List.copyOf(parts);
    }

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException saying what is wrong with it.
     */
    public static FlowTemplate parse(final String text) {
        final List<String> parts = new ArrayList<>();
        int from = 0;
        for (int open = text.indexOf(OPEN); open >= 0; open = text.indexOf(OPEN, from)) {
            final int close = text.indexOf(CLOSE, open);
            if (close < 0) {
                throw new IllegalArgumentException("must close each {{ with }}");
            }
            final String name = text.substring(open + OPEN.length(), close).strip();
            if (!FlowVariables.isName(name)) {
                throw new IllegalArgumentException("must have " + FlowVariables.NAME_RULE + " between {{ and }}");
            }
            parts.add(text.substring(from, open));
            parts.add(name);
            from = close + CLOSE.length();
        }
        parts.add(text.substring(from));
        return new FlowTemplate(text, parts);
    }

    /** Whether it is the same for every call. */
    public boolean isConstant() {
        return parts.size() == 1;
    }

    /** What stands before the first variable. */
    public String beginning() {
        return parts.getFirst();
    }

    /** The text with each name replaced by what {@code value} says of it. */
    public String render(final UnaryOperator<String> value) {
        if (isConstant()) {
            return parts.getFirst();
        }
        final StringBuilder rendered = new StringBuilder();
        for (int i = 0; i < parts.size(); i++) {
            rendered.append((i & 1) == 0 ? parts.get(i) : value.apply(parts.get(i)));
        }
        return rendered.toString();
    }

    /**
     * The same for a URL: values are percent-encoded (RFC 3986 section 2.1), so that none adds a segment or a
     * parameter.
     */
    public String renderUrl(final UnaryOperator<String> value) {
        return render(name ->
                URLEncoder.encode(value.apply(name), StandardCharsets.UTF_8).replace("+", "%20"));
    }
}
