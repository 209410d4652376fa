package io.tandem.admin.http.resource;

import io.tandem.admin.http.wire.ApiProblem;
import io.tandem.admin.http.wire.ApiRequest;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * How lists are cut into pages: {@code limit}, and {@code cursor} as the page before gave it: a list of its own and where
 * the next page begins.
 */
final class Paging {
    static final int LIMIT = 1_000;
    static final int LIMIT_MAX = 10_000;

    private Paging() {}

    static int limit(final ApiRequest request) {
        final String text = request.parameter("limit").orElse("");
        if (text.isEmpty()) {
            return LIMIT;
        }
        final int limit = text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : 0;
        if (limit < 1 || limit > LIMIT_MAX) {
            throw ApiProblem.field("limit", text, "must be from 1 to " + LIMIT_MAX, "leave it out for " + LIMIT);
        }
        return limit;
    }

    /** The identifier behind which the page begins, or null. */
    static ResourceId after(final ApiRequest request, final ResourceKind kind) {
        final String text = cursorText(request, kind.collection());
        if (text == null) {
            return null;
        }
        final ResourceId id = ResourceId.parse(text, "");
        if (id == null) {
            throw badCursor(request.parameter("cursor").orElse(""));
        }
        return id;
    }

    /** What a cursor of a list says, or null if there is none. */
    static String cursorText(final ApiRequest request, final String list) {
        final String text = request.parameter("cursor").orElse("");
        if (text.isEmpty()) {
            return null;
        }
        try {
            final String said = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
            if (said.startsWith(list + ' ')) {
                return said.substring(list.length() + 1);
            }
        } catch (final IllegalArgumentException e) {
            throw badCursor(text);
        }
        throw badCursor(text);
    }

    private static ApiProblem badCursor(final String text) {
        return ApiProblem.field("cursor", text, "is none of this list", "give next_cursor of the page before");
    }

    static String cursor(final String list, final String text) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((list + ' ' + text).getBytes(StandardCharsets.UTF_8));
    }
}
