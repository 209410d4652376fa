package io.tandem.routing.model;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * When a resource was made and last changed, as it is stored behind the resource's own fields.
 *
 * @param createdUs microseconds since 1970 UTC; 0 if nobody knows.
 * @param updatedUs the same.
 */
public record StoredTimes(long createdUs, long updatedUs) {
    /** Nobody knows. */
    public static final StoredTimes UNKNOWN = new StoredTimes(0, 0);

    /** A resource's JSON with its times, as they are known. */
    public byte[] appendTo(final byte[] json) {
        if (equals(UNKNOWN)) {
            return json;
        }
        final byte[] times = ((json.length > 2 ? "," : "") + '"' + Fields.CREATED_US + "\":" + createdUs + ",\""
                        + Fields.UPDATED_US + "\":" + updatedUs + '}')
                .getBytes(StandardCharsets.US_ASCII);
        final byte[] bytes = Arrays.copyOf(json, json.length - 1 + times.length);
        System.arraycopy(times, 0, bytes, json.length - 1, times.length);
        return bytes;
    }
}
