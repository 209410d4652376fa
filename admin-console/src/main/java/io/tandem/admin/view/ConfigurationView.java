package io.tandem.admin.view;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The configuration that new calls see.
 *
 * @param generation name of the immutable generation below the overlay
 * @param loaded     when it was switched to; empty when nothing was ever imported
 */
public record ConfigurationView(
        String generation, long revision, Optional<Instant> loaded, List<Collection> collections) {

    /** How many resources of one kind there are. */
    public record Collection(String name, long count) {}
}
