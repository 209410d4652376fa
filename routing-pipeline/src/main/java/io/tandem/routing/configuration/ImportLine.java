package io.tandem.routing.configuration;

import io.tandem.routing.model.Fields;
import io.tandem.routing.model.Problems;
import io.tandem.routing.model.References;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.model.ResourceReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** One line of an import file. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ImportLine(long number, byte[] json) {
    private static final JsonMapper MAPPER = new JsonMapper();

    /** How nearly every line of a large file begins: no parser is needed to tell what it is. */
    private static final byte[] NUMBER = "{\"resource\":\"numbers\"".getBytes(StandardCharsets.US_ASCII);

    /** What the line says it is, read no further than that; null if it does not say, or is not JSON up to there. */
    static String collection(final byte[] bytes, final int length) {
        if (length > NUMBER.length && Arrays.equals(bytes, 0, NUMBER.length, NUMBER, 0, NUMBER.length)) {
            return ResourceKind.NUMBERS.collection();
        }
        try (JsonParser parser = MAPPER.createParser(bytes, 0, length)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                final boolean wanted = "resource".equals(parser.currentName());
                final JsonToken value = parser.nextToken();
                if (wanted) {
                    return value == JsonToken.VALUE_STRING ? parser.getString() : null;
                }
                parser.skipChildren();
            }
            return null;
        } catch (final JacksonException e) {
            return null;
        }
    }

    /** Its fields, with problems reported. */
    Fields fields(
            final String collection, final References references, final Problems problems, final Problems warnings) {
        return new Fields(object(), collection, number, references, problems, warnings);
    }

    /** Its fields for a first look, with nothing reported: what is wrong shows when they are read in earnest. */
    Fields quietly(final References references) {
        return new Fields(object(), "", number, references, new Problems(0), new Problems(0));
    }

    private ObjectNode object() {
        return ResourceReader.object(json, 0, json.length);
    }
}
