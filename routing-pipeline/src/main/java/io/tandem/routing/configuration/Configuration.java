package io.tandem.routing.configuration;

import io.tandem.routing.model.ResourceKind;

/**
 * One immutable revision of the configuration. Read by the core's thread while calls are decided, and by management
 * threads; several threads may read at the same time, each with a row of its own.
 */
public interface Configuration {
    /** Grows with every change. */
    long revision();

    /** Name under which a {@link ConfigurationSource} finds it again. */
    String name();

    /**
     * Looks a number up without allocating.
     *
     * @param into filled if it is there, otherwise left as it was.
     */
    boolean number(long e164, NumberRow into);

    /** One resource as JSON, or null; for compiling plans, never once per call. */
    byte[] resource(ResourceKind kind, long idHigh, long idLow);

    /** Visits all resources of a kind in ascending order of their identifiers. */
    void forEach(ResourceKind kind, ResourceVisitor visitor);
}
