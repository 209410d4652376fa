package io.tandem.routing.model;

/** What a call limit counts the calls of. */
public enum CallLimitScope {
    /** An account and the accounts below it. */
    ACCOUNT(ResourceKind.ACCOUNTS),
    /** A user. */
    USER(ResourceKind.USERS),
    /** One of our numbers. */
    DID(ResourceKind.NUMBERS),
    /** Numbers of the other side: the caller of an inbound call, the called of an outbound one. */
    NUMBER(null);

    private final ResourceKind kind;

    CallLimitScope(final ResourceKind kind) {
        this.kind = kind;
    }

    /** Of which kind the scope is; null for {@link #NUMBER}. */
    public ResourceKind kind() {
        return kind;
    }
}
