package io.tandem.admin.http.voipbin;

import io.tandem.admin.http.resource.TenantDesk;
import io.tandem.admin.http.wire.ApiProblem;
import io.tandem.admin.http.wire.ApiRequest;
import io.tandem.admin.http.wire.Json;
import io.tandem.routing.change.StoredResource;
import io.tandem.routing.model.ResourceId;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Lists in the shape of VoIPBIN: {@code page_size} of 1 to 100, anything else counts as 100; every page that holds
 * something has a token for the next one, so a walk ends with an empty page.
 */
final class VoipbinPages {
    static final List<String> PARAMETERS = List.of("page_size", "page_token");

    private static final int SIZE_MAX = 100;

    private VoipbinPages() {}

    static int size(final ApiRequest request) {
        final String text = request.parameter("page_size").orElse("");
        final int size = text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : 0;
        return size < 1 || size > SIZE_MAX ? SIZE_MAX : size;
    }

    static ResourceId after(final ApiRequest request) {
        final String token = request.parameter("page_token").orElse("");
        if (token.isEmpty()) {
            return null;
        }
        final ResourceId id = ResourceId.parse(token, "");
        if (id == null) {
            throw ApiProblem.field("page_token", token, "is none of ours", "give next_page_token of the page before");
        }
        return id;
    }

    static ObjectNode body(final TenantDesk.Page page, final Function<StoredResource, ObjectNode> shown) {
        final ObjectNode body = Json.object();
        final ArrayNode result = body.putArray("result");
        page.resources().forEach(stored -> result.add(shown.apply(stored)));
        final ResourceId last = page.resources().isEmpty()
                ? page.next()
                : page.resources().getLast().resource().id();
        body.put("next_page_token", last == null ? "" : last.uuid());
        return body;
    }
}
