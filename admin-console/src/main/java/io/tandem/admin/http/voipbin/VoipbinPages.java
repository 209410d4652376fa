package io.tandem.admin.http.voipbin;

import io.tandem.admin.http.resource.TenantDesk;
import io.tandem.admin.http.wire.ApiProblem;
import io.tandem.admin.http.wire.ApiRequest;
import io.tandem.admin.http.wire.Json;
import io.tandem.routing.change.StoredResource;
import io.tandem.routing.configuration.Creation;
import io.tandem.routing.model.ResourceId;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Lists in the shape of VoIPBIN, newest first: {@code page_size} of 1 to 100, anything else counts as 100; every page that
 * holds something has a token for the next one, so a walk ends with an empty page. The token is {@code tm_create} of the last
 * resource, and the next page has what was made before it; when others follow that were made in the same microsecond, the
 * identifier of the last one stands behind a comma, and the next page begins with those.
 */
final class VoipbinPages {
    static final List<String> PARAMETERS = List.of("page_size", "page_token");

    private static final int SIZE_MAX = 100;
    private static final char TIE = ',';

    private VoipbinPages() {}

    static int size(final ApiRequest request) {
        final String text = request.parameter("page_size").orElse("");
        final int size = text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : 0;
        return size < 1 || size > SIZE_MAX ? SIZE_MAX : size;
    }

    /** The place behind which the page begins. */
    static Creation before(final ApiRequest request) {
        final String token = request.parameter("page_token").orElse("");
        if (token.isEmpty()) {
            return Creation.FIRST;
        }
        final int tie = token.indexOf(TIE);
        final OptionalLong createdUs = VoipbinTime.us(tie < 0 ? token : token.substring(0, tie));
        final ResourceId id = tie < 0 ? ResourceId.NIL : ResourceId.parse(token.substring(tie + 1), "");
        if (createdUs.isEmpty() || id == null) {
            throw ApiProblem.field("page_token", token, "is none of ours", "give next_page_token of the page before");
        }
        return new Creation(createdUs.getAsLong(), id);
    }

    static ObjectNode body(final TenantDesk.NewestPage page, final Function<StoredResource, ObjectNode> shown) {
        final ObjectNode body = Json.object();
        final ArrayNode result = body.putArray("result");
        page.resources().forEach(stored -> result.add(shown.apply(stored)));
        body.put("next_page_token", page.next() == null ? "" : token(page.next()));
        return body;
    }

    private static String token(final Creation place) {
        final String time = VoipbinTime.of(place.createdUs());
        return place.id().isNil() ? time : time + TIE + place.id().uuid();
    }
}
