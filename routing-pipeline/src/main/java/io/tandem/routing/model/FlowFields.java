package io.tandem.routing.model;

import io.tandem.routing.expression.Expression;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Fields of an object inside a flow's graph. What is there must be right; what is needed may be missing from a draft,
 * not from a graph that is published. References by name are replaced by identifiers in the object itself.
 */
final class FlowFields {
    private static final String REQUIRED = "is required";

    private final Fields fields;
    private final ObjectNode object;
    private final ResourceId account;
    private final boolean complete;

    /**
     * Fields of {@code object}.
     *
     * @param complete whether what is needed must be there.
     */
    FlowFields(final Fields fields, final ObjectNode object, final ResourceId account, final boolean complete) {
        this.fields = fields;
        this.object = object;
        this.account = account;
        this.complete = complete;
    }

    /** The same for an object inside this one. */
    FlowFields inside(final String step, final ObjectNode element) {
        return new FlowFields(fields.inside(step, element), element, account, complete);
    }

    boolean complete() {
        return complete;
    }

    boolean given(final String field) {
        return fields.given(field);
    }

    void refuse(final String field, final String rule, final String mend) {
        fields.refuse(field, rule, mend);
    }

    void warn(final String field, final String rule) {
        fields.warn(field, rule);
    }

    /** Refuses a missing field if all must be there. */
    void need(final String field, final String mend) {
        if (complete && !fields.given(field)) {
            fields.refuse(field, REQUIRED, mend);
        }
    }

    String text(final String field, final String absent, final int most) {
        return fields.text(field, absent, most);
    }

    String neededText(final String field, final int most) {
        fields.note(field, FieldType.TEXT, true, null, List.of(), 1, most, null, List.of());
        need(field, "give it a value");
        return fields.text(field, "", most);
    }

    FlowTemplate template(final String field, final int most) {
        return parse(field, fields.text(field, "", most));
    }

    FlowTemplate neededTemplate(final String field, final int most) {
        return parse(field, neededText(field, most));
    }

    /** The name of a variable; empty if there is none. */
    String variable(final String field) {
        return variableName(field, fields.text(field, "", FlowVariables.NAME_BYTES_MAX));
    }

    String neededVariable(final String field) {
        return variableName(field, neededText(field, FlowVariables.NAME_BYTES_MAX));
    }

    /** A regular expression; empty if there is none. */
    String expression(final String field, final int most) {
        final String regex = fields.text(field, "", most);
        try {
            Expression.compile(regex, FlowGraph.EXPRESSION_INSTRUCTIONS_MAX);
            return regex;
        } catch (final IllegalArgumentException e) {
            fields.refuse(field, e.getMessage(), "see docs/configuration-model.md");
            return "";
        }
    }

    int integer(final String field, final int absent, final int least, final int most) {
        return fields.integer(field, absent, least, most);
    }

    int neededInteger(final String field, final int least, final int most) {
        fields.note(field, FieldType.INTEGER, true, null, List.of(), least, most, null, List.of());
        need(field, "give it a value");
        return fields.integer(field, least, least, most);
    }

    boolean flag(final String field, final boolean absent) {
        return fields.flag(field, absent);
    }

    <E extends Enum<E>> E choice(final String field, final Class<E> words, final E absent) {
        return fields.choice(field, words, absent);
    }

    /** One of some words, spelled as they stand. */
    String word(final String field, final List<String> words, final String absent) {
        fields.note(field, FieldType.WORD, false, absent, words, 0, 0, null, List.of());
        final String word = fields.text(field, absent);
        if (words.contains(word)) {
            return word;
        }
        fields.refuse(field, "must be one of " + String.join(", ", words), "choose one of them");
        return absent;
    }

    /** Characters of a telephone's keys, such as {@code #} or {@code *0}. */
    String keys(final String field, final String absent, final int most) {
        final String keys = fields.text(field, absent, most);
        if (!isKeys(keys)) {
            fields.refuse(field, "must consist of 0 to 9, * and #", "leave other characters out");
            return absent;
        }
        return keys;
    }

    ResourceId reference(final String field, final ResourceKind kind) {
        final ResourceId id = fields.reference(field, kind, account);
        keep(field, id, kind.prefix());
        return id;
    }

    ResourceId neededReference(final String field, final ResourceKind kind) {
        fields.note(field, FieldType.REFERENCE, true, null, List.of(), 0, 0, kind, List.of());
        need(field, "give " + kind.prefix() + " and a ULID, or name: and a name");
        return reference(field, kind);
    }

    /** The three fields of a route target, spelled as everywhere. */
    RouteTarget target() {
        if (complete && !fields.given("dest_kind")) {
            fields.refuse("dest_kind", REQUIRED, "give it a value");
        }
        final RouteTarget target = RouteTarget.read(fields, "", account);
        keep("dest_id", target.id(), target.kind().prefix());
        return target;
    }

    /** Texts in a list. */
    List<String> texts(final String field, final int countMax, final int bytesMax) {
        final List<String> texts = fields.texts(field);
        if (texts.size() > countMax) {
            fields.refuse(field, "must have at most " + countMax + " entries", "drop some");
            return List.of();
        }
        for (final String text : texts) {
            if (text.getBytes(StandardCharsets.UTF_8).length > bytesMax) {
                fields.refuse(field, "must have entries of at most " + bytesMax + " bytes", "shorten them");
                return List.of();
            }
        }
        return texts;
    }

    /** Names of variables in a list. */
    List<String> variables(final String field) {
        final List<String> names = texts(field, FlowVariables.COUNT_MAX, FlowVariables.VALUE_BYTES_MAX);
        if (!names.stream().allMatch(FlowVariables::isName)) {
            fields.refuse(field, "must hold names of 1 to 64 letters, digits, _ - .", "correct them");
            return List.of();
        }
        return names;
    }

    /** An object of variables and texts, in its order. */
    Map<String, String> assignments(final String field, final int most) {
        final Map<String, String> assignments = new LinkedHashMap<>();
        final ObjectNode given = fields.object(field);
        if (given == null) {
            return assignments;
        }
        if (given.size() > FlowVariables.COUNT_MAX) {
            fields.refuse(field, "must have at most " + FlowVariables.COUNT_MAX + " entries", "drop some");
            return assignments;
        }
        for (final Map.Entry<String, JsonNode> entry : given.properties()) {
            final JsonNode value = entry.getValue();
            if (!FlowVariables.isName(entry.getKey())) {
                fields.refuse(field, "must have " + FlowVariables.NAME_RULE + " before each colon", "correct it");
            } else if (!value.isString() || value.stringValue().length() > most) {
                fields.refuse(field, "must have texts of at most " + most + " characters", "correct " + entry.getKey());
            } else {
                assignments.put(entry.getKey(), value.stringValue());
            }
        }
        return assignments;
    }

    /** Objects in a list. */
    <T> List<T> objects(final String field, final int most, final Function<FlowFields, T> reader) {
        return fields.list(field, most, element -> {
            final FlowFields inside = new FlowFields(element, object, account, complete);
            final T read = reader.apply(inside);
            element.finish();
            return read;
        });
    }

    /** Reports what nobody asked for. */
    void finish() {
        fields.finish();
    }

    static boolean isKeys(final String text) {
        for (int i = 0; i < text.length(); i++) {
            final char c = text.charAt(i);
            if (!(c >= '0' && c <= '9') && c != '*' && c != '#') {
                return false;
            }
        }
        return true;
    }

    private void keep(final String field, final ResourceId id, final String prefix) {
        if (!id.isNil()) {
            object.put(field, id.prefixed(prefix));
        }
    }

    private FlowTemplate parse(final String field, final String text) {
        try {
            return FlowTemplate.parse(text);
        } catch (final IllegalArgumentException e) {
            fields.refuse(field, e.getMessage(), "write variables like {{caller_cid}}");
            return FlowTemplate.EMPTY;
        }
    }

    private String variableName(final String field, final String name) {
        if (!name.isEmpty() && !FlowVariables.isName(name)) {
            fields.refuse(field, "must be " + FlowVariables.NAME_RULE, "write it like caller_cid");
            return "";
        }
        return name;
    }

    /** Refuses more than one of some fields, and none of them if all must be there. */
    void exactlyOne(final String... choices) {
        final List<String> given = new ArrayList<>();
        for (final String field : choices) {
            if (fields.given(field)) {
                given.add(field);
            }
        }
        if (given.size() > 1) {
            fields.refuse(given.get(1), "must not stand beside " + given.getFirst(), "keep one of them");
        } else if (given.isEmpty() && complete) {
            fields.refuse(choices[0], "is required, or one of " + String.join(", ", choices), "give one of them");
        }
    }
}
