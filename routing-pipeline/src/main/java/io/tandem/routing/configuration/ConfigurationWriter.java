package io.tandem.routing.configuration;

import io.tandem.routing.model.ResourceKind;

/**
 * Where an import puts what it has read and checked. Called by the importing thread: {@link #begin} once, then numbers, then
 * the other resources, then either {@link #finish} or {@link #abandon}. Nothing may show before {@link #finish}.
 */
public interface ConfigurationWriter {
    /**
     * A new revision begins.
     *
     * @param numberCount numbers to come, at most.
     * @param resourceCount resources of other kinds to come, at most.
     */
    void begin(long numberCount, long resourceCount);

    /** One number; the row is reused after the call. */
    void number(NumberRow row, byte[] json);

    /** One resource that is not a number; of each kind in ascending order of identifiers. */
    void resource(ResourceKind kind, long idHigh, long idLow, byte[] json);

    /** One entry of the index, after all resources; see {@link StoredIndex}. The array is the receiver's. */
    void index(int code, long high, long low, byte[] value);

    /** All was well: the revision may be used. */
    void finish();

    /** Something was wrong: what was written so far is dropped. */
    void abandon();
}
