package io.tandem.admin.http;

import io.tandem.routing.model.ResourceKind;
import java.util.Locale;

/**
 * Takes the spellings of policies that clients have: {@code /v1/policies/acl_rule} is {@code /v1/policies/acl-rules}.
 */
final class NativePaths {
    private static final String POLICIES = "/v1/policies/";

    private NativePaths() {}

    /** The path with the collection's own name; as it was when it is about something else. */
    static String canonical(final String path) {
        if (!path.startsWith(POLICIES)) {
            return path;
        }
        final int end = path.indexOf('/', POLICIES.length());
        final String named = path.substring(POLICIES.length(), end < 0 ? path.length() : end);
        for (final ResourceKind kind : ResourceKind.values()) {
            final String collection = "/v1/" + kind.collection();
            if (collection.startsWith(POLICIES)
                    && stem(collection.substring(POLICIES.length())).equals(stem(named))) {
                return collection + (end < 0 ? "" : path.substring(end));
            }
        }
        return path;
    }

    /** One spelling for one and many: {@code geo-policies}, {@code geo_policy} and {@code geo-policy} are the same. */
    private static String stem(final String name) {
        final String dashed = name.toLowerCase(Locale.ROOT).replace('_', '-');
        if (dashed.endsWith("ies")) {
            return dashed.substring(0, dashed.length() - 3) + 'y';
        }
        return dashed.endsWith("s") ? dashed.substring(0, dashed.length() - 1) : dashed;
    }
}
