package io.tandem.admin.http.resource;

import io.tandem.admin.http.wire.ApiProblem;
import io.tandem.admin.http.wire.ApiRequest;
import io.tandem.admin.http.wire.Json;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Reads bodies of the media types that a route takes; 415 for others. */
public final class MediaTypes {
    private static final List<String> JSON = List.of("application/json");
    private static final List<String> PATCH = List.of("application/merge-patch+json", "application/json");
    private static final List<String> NDJSON = List.of("application/x-ndjson", "application/ndjson");

    private MediaTypes() {}

    /** A JSON object. */
    public static ObjectNode object(final ApiRequest request, final int most) {
        demand(request, JSON);
        return Json.object(request.body(most));
    }

    /** A merge patch. */
    public static ObjectNode patch(final ApiRequest request, final int most) {
        demand(request, PATCH);
        return Json.object(request.body(most));
    }

    /** JSON objects, one a line. */
    static byte[] lines(final ApiRequest request, final int most) {
        demand(request, NDJSON);
        return request.body(most);
    }

    private static void demand(final ApiRequest request, final List<String> allowed) {
        if (!allowed.contains(request.mediaType())) {
            throw new ApiProblem(415, "the media type is not taken here: content_type=" + request.mediaType())
                    .mend("send " + String.join(" or ", allowed))
                    .header("Accept", String.join(", ", allowed))
                    .closing();
        }
        if (request.isOtherCharset()) {
            throw new ApiProblem(
                            415,
                            "the encoding is not taken here: content_type="
                                    + request.header("content-type").orElse(""))
                    .mend("send UTF-8")
                    .header("Accept", String.join(", ", allowed))
                    .closing();
        }
    }
}
