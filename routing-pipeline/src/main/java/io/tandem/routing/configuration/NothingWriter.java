package io.tandem.routing.configuration;

import io.tandem.routing.model.ResourceKind;

/** Keeps nothing of an import: for a check, whose answer is the problems alone. */
final class NothingWriter implements ConfigurationWriter {
    @Override
    public void begin(final long numberCount, final long resourceCount) {}

    @Override
    public void number(final NumberRow row, final byte[] json) {}

    @Override
    public void resource(final ResourceKind kind, final long idHigh, final long idLow, final byte[] json) {}

    @Override
    public void index(final int code, final long high, final long low, final byte[] value) {}

    @Override
    public void finish() {}

    @Override
    public void abandon() {}
}
