package io.tandem.routing.configuration;

/** Is shown resources one by one. */
@FunctionalInterface
public interface ResourceVisitor {
    /** One resource as JSON. */
    void onResource(long idHigh, long idLow, byte[] json);
}
