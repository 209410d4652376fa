package io.tandem.routing.model;

/** What a number transform belongs to. */
public enum TransformScope {
    /** Every call of an account. */
    ACCOUNT(ResourceKind.ACCOUNTS),
    /** Every call of a trunk. */
    TRUNK(ResourceKind.TRUNKS),
    /** Every call of a number. */
    DID(ResourceKind.NUMBERS),
    /** Every call over an outbound route. */
    ROUTE(ResourceKind.OUTBOUND_ROUTES);

    private final ResourceKind kind;

    TransformScope(final ResourceKind kind) {
        this.kind = kind;
    }

    /** Of which kind it is. */
    public ResourceKind kind() {
        return kind;
    }
}
