package io.tandem.routing.model;

/** A collection of resources, named as in the HTTP API. The codes go to disk: never renumber. */
public enum ResourceKind {
    /** Tenants and their resellers. */
    ACCOUNTS(1, "accounts", "acc_"),
    /** External numbers. */
    NUMBERS(2, "numbers", "did_"),
    /** Peers that calls come from and go to. */
    TRUNKS(3, "trunks", "tr_"),
    /** Business hours. */
    SCHEDULES(4, "schedules", "sch_"),
    /** Rewriting rules for numbers. */
    NUMBER_TRANSFORMS(5, "number-transforms", "xf_");

    private static final ResourceKind[] BY_CODE = new ResourceKind[6];

    static {
        for (final ResourceKind kind : values()) {
            BY_CODE[kind.code] = kind;
        }
    }

    private final int code;
    private final String collection;
    private final String prefix;

    ResourceKind(final int code, final String collection, final String prefix) {
        this.code = code;
        this.collection = collection;
        this.prefix = prefix;
    }

    /** Number on disk. */
    public int code() {
        return code;
    }

    /** Name of the collection in paths and import files, such as {@code number-transforms}. */
    public String collection() {
        return collection;
    }

    /** What the identifiers begin with, such as {@code did_}. */
    public String prefix() {
        return prefix;
    }

    /** The kind with a {@link #code()}, or null. */
    public static ResourceKind ofCode(final int code) {
        return code > 0 && code < BY_CODE.length ? BY_CODE[code] : null;
    }

    /** The kind of a {@link #collection()}, or null. */
    public static ResourceKind ofCollection(final String collection) {
        for (final ResourceKind kind : values()) {
            if (kind.collection.equals(collection)) {
                return kind;
            }
        }
        return null;
    }
}
