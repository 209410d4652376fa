package io.tandem.journal.generation;

/** Key of a resource: its kind and its 128-bit id. */
final class ResourceKey {
    static final int LENGTH = 20;

    int kind;
    long idHigh;
    long idLow;

    ResourceKey set(final int kind, final long idHigh, final long idLow) {
        this.kind = kind;
        this.idHigh = idHigh;
        this.idLow = idLow;
        return this;
    }
}
