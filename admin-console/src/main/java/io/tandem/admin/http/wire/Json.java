package io.tandem.admin.http.wire;

import io.tandem.routing.model.ResourceReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Objects of requests and answers. */
public final class Json {
    private static final JsonMapper MAPPER = new JsonMapper();

    private Json() {}

    /** A new object. */
    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** What was checked before. */
    public static ObjectNode stored(final byte[] json) {
        return (ObjectNode) MAPPER.readTree(json);
    }

    /** Whether a value is there. */
    public static boolean isGiven(final JsonNode value) {
        return value != null && !value.isNull();
    }

    /** In UTF-8, without blanks. */
    public static byte[] bytes(final JsonNode node) {
        return MAPPER.writeValueAsBytes(node);
    }

    /**
     * The object that a body spells: strict UTF-8, one object, no field twice, nothing behind it.
     *
     * @throws ApiProblem 400 for anything else; the bytes are not quoted.
     */
    public static ObjectNode object(final byte[] body) {
        return object(body, 0, body.length);
    }

    /** As {@link #object(byte[])}, of a part of an array. */
    public static ObjectNode object(final byte[] body, final int offset, final int length) {
        try {
            StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(body, offset, length));
        } catch (final CharacterCodingException e) {
            throw new ApiProblem(400, "the body is not UTF-8").mend("encode it as UTF-8");
        }
        try {
            final ObjectNode object = ResourceReader.object(body, offset, length);
            if (object != null) {
                return object;
            }
        } catch (final JacksonException e) {
            final String where = e.getLocation() == null
                    ? ""
                    : ": line=" + e.getLocation().getLineNr() + " column="
                            + e.getLocation().getColumnNr();
            throw new ApiProblem(400, "the body is not JSON" + where)
                    .mend("send one object, each field once, nothing behind it");
        }
        throw new ApiProblem(400, "the body is no JSON object").mend("write it in braces");
    }
}
