package io.tandem.admin.http.resource;

import io.tandem.routing.model.ResourceId;
import java.security.SecureRandom;
import java.time.InstantSource;

/** Makes identifiers of new resources: ULIDs, 48 bits of milliseconds and 80 random ones. Any thread. */
public final class NewIds {
    private static final int RANDOM_BITS = 16;

    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    /** With the time of a clock. */
    public NewIds(final InstantSource clock) {
        this.clock = clock;
    }

    /** One that nothing else has. */
    public ResourceId next() {
        return new ResourceId(clock.millis() << RANDOM_BITS | random.nextInt(1 << RANDOM_BITS), random.nextLong());
    }
}
