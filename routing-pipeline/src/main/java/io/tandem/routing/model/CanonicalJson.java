package io.tandem.routing.model;

import java.io.ByteArrayOutputStream;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes a resource as JSON: fields in a fixed order, what is not given left out, flags as 0 and 1. The same resource
 * always gives the same bytes.
 */
final class CanonicalJson {
    private static final JsonMapper MAPPER = new JsonMapper();

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    private final JsonGenerator generator = MAPPER.createGenerator(bytes);

    CanonicalJson() {
        generator.writeStartObject();
    }

    void text(final String field, final String value) {
        if (value != null && !value.isEmpty()) {
            generator.writeStringProperty(field, value);
        }
    }

    void word(final String field, final Enum<?> value) {
        if (value != null) {
            generator.writeStringProperty(field, Fields.word(value));
        }
    }

    void flag(final String field, final boolean value) {
        generator.writeNumberProperty(field, value ? 1 : 0);
    }

    /** Leaves out what is negative: {@link Fields#UNLIMITED}. */
    void number(final String field, final int value) {
        if (value >= 0) {
            generator.writeNumberProperty(field, value);
        }
    }

    void id(final String field, final ResourceId id, final String prefix) {
        if (!id.isNil()) {
            generator.writeStringProperty(field, id.prefixed(prefix));
        }
    }

    void texts(final String field, final List<String> values) {
        if (!values.isEmpty()) {
            generator.writeArrayPropertyStart(field);
            for (final String value : values) {
                generator.writeString(value);
            }
            generator.writeEndArray();
        }
    }

    void object(final String field, final ObjectNode value) {
        if (value != null) {
            generator.writeName(field);
            value(value);
        }
    }

    void startList(final String field) {
        generator.writeArrayPropertyStart(field);
    }

    void endList() {
        generator.writeEndArray();
    }

    void startElement() {
        generator.writeStartObject();
    }

    void endElement() {
        generator.writeEndObject();
    }

    byte[] finish() {
        generator.writeEndObject();
        generator.close();
        return bytes.toByteArray();
    }

    private void value(final JsonNode node) {
        MAPPER.writeTree(generator, node);
    }
}
