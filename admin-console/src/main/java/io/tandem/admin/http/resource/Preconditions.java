package io.tandem.admin.http.resource;

import io.tandem.admin.http.wire.ApiProblem;
import io.tandem.admin.http.wire.ApiRequest;
import io.tandem.routing.change.StoredResource;

/** If-Match and If-None-Match (RFC 9110 section 13). */
public final class Preconditions {
    private static final String ANY = "*";
    private static final String WEAK = "W/";

    private Preconditions() {}

    /**
     * The tag that the resource must still have when it is changed; empty for any. 412 if it has another one by now, if
     * the tag given is a weak one, which matches nothing here, or if there must not be such a resource.
     */
    static String expected(final ApiRequest request, final StoredResource stored) {
        if (isUnchanged(request, stored)) {
            throw new ApiProblem(412, "the resource is there: tag=" + stored.tag())
                    .header("ETag", NativeJson.etag(stored))
                    .mend("leave If-None-Match out to change it");
        }
        final String given = request.header("if-match").orElse("");
        if (given.isEmpty() || given.equals(ANY)) {
            return "";
        }
        if (!namesStrongly(given, NativeJson.etag(stored))) {
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

    /** Whether the value of If-None-Match names a tag, weak or not, or any. */
    public static boolean names(final String given, final String etag) {
        return given.equals(ANY) || contains(given, etag) || contains(given, WEAK + etag);
    }

    /** Whether the value of If-Match names a tag, or any; weak ones are none (RFC 9110 section 13.1.1). */
    public static boolean namesStrongly(final String given, final String etag) {
        return given.equals(ANY) || contains(given, etag);
    }

    private static boolean contains(final String given, final String tag) {
        for (final String one : given.split(",", -1)) {
            if (one.strip().equals(tag)) {
                return true;
            }
        }
        return false;
    }
}
