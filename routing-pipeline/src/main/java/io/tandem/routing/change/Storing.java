package io.tandem.routing.change;

import io.tandem.routing.configuration.Configuration;
import io.tandem.routing.configuration.NdjsonImport;
import io.tandem.routing.configuration.NumberRow;
import io.tandem.routing.model.Resource;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.model.ResourceReader;
import io.tandem.routing.model.StoredTimes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Resources as bytes with the times of their storing, and back. */
public final class Storing {
    /** Longest resource: with its collection and times it is a line that an import takes. */
    static final int BYTES_MAX = NdjsonImport.LINE_BYTES_MAX - 256;

    private static final int TAG_BYTES = 8;

    private Storing() {}

    /** Canonical JSON with times at its end. */
    static byte[] bytes(final Resource resource, final long createdUs, final long updatedUs) {
        return new StoredTimes(createdUs, updatedUs).appendTo(resource.json());
    }

    /** What was stored, or null if there is nothing or it cannot be read. */
    public static StoredResource read(final ResourceKind kind, final byte[] stored) {
        final ResourceReader.Read read = stored == null ? null : ResourceReader.read(kind, stored);
        if (read == null) {
            return null;
        }
        return new StoredResource(
                kind, read.resource(), read.times().createdUs(), read.times().updatedUs(), tag(stored));
    }

    /** The number, range or prefix that takes the calls to a number, or null. */
    public static StoredResource numberOf(final Configuration configuration, final long e164) {
        final NumberRow row = new NumberRow();
        return configuration.longestMatch(e164, row)
                ? read(ResourceKind.NUMBERS, configuration.resource(ResourceKind.NUMBERS, row.idHigh, row.idLow))
                : null;
    }

    /** The range or prefix that takes the calls to a number unless it is there by itself, or null. */
    public static StoredResource blockOf(final Configuration configuration, final long e164) {
        final NumberRow row = new NumberRow();
        return configuration.blocks().find(e164, configuration, row)
                ? read(ResourceKind.NUMBERS, configuration.resource(ResourceKind.NUMBERS, row.idHigh, row.idLow))
                : null;
    }

    private static String tag(final byte[] stored) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(stored), 0, TAG_BYTES);
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("digest missing from this JDK: name=SHA-256", e);
        }
    }
}
