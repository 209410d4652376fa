package io.tandem.admin.http.resource;

import io.tandem.admin.http.wire.ApiProblem;
import io.tandem.admin.http.wire.ApiRequest;
import io.tandem.routing.change.StoredResource;

/** If-Match and If-None-Match (RFC 9110 section 13). */
public final class Preconditions {
    private static final String ANY = "*";

    private Preconditions() {}

    /**
     * The tag that the resource must still have when it is changed; empty for any. 412 if it has another one by now.
     */
    static String expected(final ApiRequest request, final StoredResource stored) {
        final String given = request.header("if-match").orElse("");
        if (given.isEmpty() || given.equals(ANY)) {
            return "";
        }
        if (!names(given, NativeJson.etag(stored))) {
            throw new ApiProblem(412, "the resource has changed since: tag=" + stored.tag())
                    .header("ETag", NativeJson.etag(stored))
                    .mend("get it again and repeat the change");
        }
        return stored.tag();
    }

    /** Whether the client has it already. */
    static boolean isUnchanged(final ApiRequest request, final StoredResource stored) {
        return names(request.header("if-none-match").orElse(""), NativeJson.etag(stored));
    }

    /** Whether the value of one of these headers names a tag, or any. */
    public static boolean names(final String given, final String etag) {
        if (given.equals(ANY)) {
            return true;
        }
        for (final String tag : given.split(",", -1)) {
            final String bare = tag.strip();
            if ((bare.startsWith("W/") ? bare.substring(2) : bare).equals(etag)) {
                return true;
            }
        }
        return false;
    }
}
