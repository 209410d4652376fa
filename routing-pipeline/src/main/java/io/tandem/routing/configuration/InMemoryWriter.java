package io.tandem.routing.configuration;

import io.tandem.routing.model.ResourceKind;

/** Imports into an {@link InMemoryConfiguration}. */
public final class InMemoryWriter implements ConfigurationWriter {
    private final InMemoryConfiguration.Builder builder;
    private InMemoryConfiguration configuration;

    /** Adds to what the builder holds already. */
    public InMemoryWriter(final InMemoryConfiguration.Builder builder) {
        this.builder = builder;
    }

    @Override
    public void begin(final long numberCount, final long resourceCount) {
        configuration = null;
    }

    @Override
    public void number(final NumberRow row, final byte[] json) {
        builder.number(row, json);
    }

    @Override
    public void resource(final ResourceKind kind, final long idHigh, final long idLow, final byte[] json) {
        builder.resource(kind, idHigh, idLow, json);
    }

    @Override
    public void index(final int code, final long high, final long low, final byte[] value) {
        // a configuration on the heap makes its own
    }

    @Override
    public void finish() {
        configuration = builder.build();
    }

    @Override
    public void abandon() {
        configuration = null;
    }

    /** What was imported, or null if nothing was. */
    public InMemoryConfiguration configuration() {
        return configuration;
    }
}
