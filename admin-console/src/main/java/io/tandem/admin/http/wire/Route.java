package io.tandem.admin.http.wire;

import io.tandem.admin.http.key.Credential;
import io.tandem.routing.model.ResourceKind;
import java.util.List;
import java.util.Map;

/**
 * One thing that can be asked for: where it is, who may ask, what answers, and what the published description says of
 * it.
 *
 * @param template path with variables in braces: {@code /v1/numbers/{id}}.
 * @param scope that the key must have; empty for any key, {@link #OPEN} for no key at all.
 * @param kind of resource that it is about, or null.
 * @param summary one sentence.
 * @param takes what its body is.
 * @param gives what the body of a good answer is.
 * @param success status of a good answer.
 * @param parameters of the query that it knows.
 */
public record Route(
        String method,
        String template,
        Dialect dialect,
        String scope,
        ResourceKind kind,
        String summary,
        Payload takes,
        Payload gives,
        int success,
        List<String> parameters,
        Handler handler) {

    /** Instead of a scope: everybody may ask. */
    public static final String OPEN = "-";

    /** Answers it. */
    @FunctionalInterface
    public interface Handler {
        /**
         * Answers on the request's own virtual thread.
         *
         * @param variables of the path.
         * @throws ApiProblem why not.
         */
        ApiAnswer handle(ApiRequest request, Credential credential, Map<String, String> variables);
    }

    /** What a body is. */
    public enum Payload {
        /** Nothing. */
        NONE,
        /** One resource of the route's kind, or of the dialect's own shape. */
        RESOURCE,
        /** A merge patch of it (RFC 7396). */
        PATCH,
        /** A page of them. */
        PAGE,
        /** A list inside a resource. */
        LIST,
        /** An object that the summary describes. */
        OBJECT,
        /** A JSON object a line. */
        NDJSON,
        /** A page for people. */
        HTML,
        /** Sound, in one of the formats that are taken. */
        SOUND
    }

    /** Copies the list. */
    public Route {
        parameters = List.copyOf(parameters);
    }

    /** Whether it is answered without a key. */
    public boolean isOpen() {
        return scope.equals(OPEN);
    }
}
