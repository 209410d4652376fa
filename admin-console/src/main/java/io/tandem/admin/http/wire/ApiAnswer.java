package io.tandem.admin.http.wire;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * One answer.
 *
 * @param mediaType of the body; empty if there is none.
 * @param headers beside those that the server sets by itself.
 */
public record ApiAnswer(int status, String mediaType, Map<String, String> headers, Body body) {
    /** JSON. */
    public static final String JSON = "application/json";

    /** A JSON object a line. */
    public static final String NDJSON = "application/x-ndjson";

    /** What is sent behind the headers. */
    public sealed interface Body permits Bytes, Stream {}

    /** All of it. */
    public static final class Bytes implements Body {
        private final byte[] bytes;

        /** Keeps the array. */
        public Bytes(final byte[] bytes) {
            this.bytes = bytes;
        }

        /** The array itself. */
        public byte[] bytes() {
            return bytes;
        }
    }

    /** As it is made. */
    public record Stream(Writer writer) implements Body {}

    /** Writes a body. */
    @FunctionalInterface
    public interface Writer {
        /** Writes all of it; what the stream throws has to leave through here. */
        void writeTo(OutputStream out) throws IOException;
    }

    /** Copies the headers. */
    public ApiAnswer {
        headers = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    /** JSON in UTF-8. */
    public static ApiAnswer json(final int status, final JsonNode body) {
        return new ApiAnswer(status, JSON, Map.of(), new Bytes(Json.bytes(body)));
    }

    /** A text in UTF-8. */
    public static ApiAnswer text(final int status, final String mediaType, final String body) {
        return new ApiAnswer(status, mediaType, Map.of(), new Bytes(body.getBytes(StandardCharsets.UTF_8)));
    }

    /** Nothing but a status. */
    public static ApiAnswer empty(final int status) {
        return new ApiAnswer(status, "", Map.of(), new Bytes(new byte[0]));
    }

    /** A body that is made while it is sent. */
    public static ApiAnswer stream(final String mediaType, final Writer writer) {
        return new ApiAnswer(200, mediaType, Map.of(), new Stream(writer));
    }

    /** The same with one more header. */
    public ApiAnswer with(final String name, final String value) {
        final Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new ApiAnswer(status, mediaType, more, body);
    }
}
