package io.tandem.routing.model;

/** What a number transform belongs to. */
public enum TransformScope {
    /** Every call of an account. */
    ACCOUNT("acc_"),
    /** Every call of a trunk. */
    TRUNK("tr_"),
    /** Every call of a number. */
    DID("did_"),
    /** Every call over an outbound route. */
    ROUTE("route_");

    private final String prefix;

    TransformScope(final String prefix) {
        this.prefix = prefix;
    }

    /** What identifiers of its kind begin with. */
    public String prefix() {
        return prefix;
    }
}
