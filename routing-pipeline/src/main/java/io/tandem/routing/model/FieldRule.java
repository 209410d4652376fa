package io.tandem.routing.model;

import java.util.List;

/**
 * What a field of a resource takes, as its reader asks for it: the source of the published schema.
 *
 * @param absent what counts when it is not given, as text; null for nothing.
 * @param words allowed words, empty unless the type is {@link FieldType#WORD}.
 * @param least least number or length.
 * @param most greatest number or length.
 * @param refers kind that a reference names, else null.
 * @param elements fields of the objects in a list, else empty.
 */
public record FieldRule(
        String name,
        FieldType type,
        boolean required,
        String absent,
        List<String> words,
        long least,
        long most,
        ResourceKind refers,
        List<FieldRule> elements) {

    /** Copies the lists. */
    public FieldRule {
        words = List.copyOf(words);
        elements = List.copyOf(elements);
    }

    /** The same of a field that cannot be left out. */
    FieldRule asRequired() {
        return new FieldRule(name, type, true, null, words, least, most, refers, elements);
    }
}
