package io.tandem.admin.http.wire;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * One request. One thread.
 *
 * @param method in upper case.
 * @param path decoded, without the query.
 * @param query decoded, in the order of the request.
 * @param headers finds a header's value by its name in any case.
 * @param entity the body, readable once.
 * @param peer address of the client, for logs.
 */
public record ApiRequest(
        String method,
        String path,
        Map<String, List<String>> query,
        Function<String, Optional<String>> headers,
        Entity entity,
        String peer) {

    /** A body that has not been read yet. */
    @FunctionalInterface
    public interface Entity {
        /** Its bytes. */
        InputStream open();
    }

    /** A header, without blanks around it. */
    public Optional<String> header(final String name) {
        return headers.apply(name).map(String::strip).filter(value -> !value.isEmpty());
    }

    /** The last value of a parameter of the query. */
    public Optional<String> parameter(final String name) {
        final List<String> values = query.get(name);
        return values == null || values.isEmpty() ? Optional.empty() : Optional.of(values.getLast());
    }

    /** The media type of the body in lower case, without parameters; empty if none is given. */
    public String mediaType() {
        final String given = header("content-type").orElse("");
        final int semicolon = given.indexOf(';');
        return (semicolon < 0 ? given : given.substring(0, semicolon)).strip().toLowerCase(java.util.Locale.ROOT);
    }

    /** Whether the media type of the body names another encoding of characters than UTF-8. */
    public boolean isOtherCharset() {
        final String[] parameters = header("content-type").orElse("").split(";", -1);
        for (int i = 1; i < parameters.length; i++) {
            final String parameter = parameters[i].strip().toLowerCase(java.util.Locale.ROOT);
            if (parameter.startsWith("charset=")
                    && !parameter
                            .substring("charset=".length())
                            .replace("\"", "")
                            .strip()
                            .equals("utf-8")) {
                return true;
            }
        }
        return false;
    }

    /**
     * The whole body.
     *
     * @param most bytes; {@link ApiProblem} 413 for more.
     */
    public byte[] body(final int most) {
        if (contentLength() > most) {
            throw tooLarge(most);
        }
        try (InputStream bytes = entity.open()) {
            final byte[] read = bytes.readNBytes(most + 1);
            if (read.length > most) {
                throw tooLarge(most);
            }
            return read;
        } catch (final IOException e) {
            throw endedEarly();
        }
    }

    /** Bytes of the body as announced; 0 when nothing is. */
    public long contentLength() {
        return header("content-length").map(ApiRequest::length).orElse(0L);
    }

    private static long length(final String text) {
        try {
            return Long.parseLong(text);
        } catch (final NumberFormatException e) {
            return 0;
        }
    }

    /** The answer to a body that breaks off, or whose chunks are none: nobody knows where the next request would begin. */
    public static ApiProblem endedEarly() {
        return new ApiProblem(400, "the body ended early")
                .mend("send as many bytes as content-length, or the chunk, says")
                .closing();
    }

    /** The answer to a body that is too long. */
    public static ApiProblem tooLarge(final int most) {
        return new ApiProblem(413, "the body is too large: limit_bytes=" + most)
                .mend("send less, or import a file with: tandem import FILE")
                .closing();
    }
}
