package io.tandem.routing.model;

/** What a policy belongs to, the most specific first. */
public enum PolicyScope {
    /** Calls of one user. */
    USER(ResourceKind.USERS),
    /** Calls to one number, and calls that its forwarding places. */
    DID(ResourceKind.NUMBERS),
    /** Every call of an account and of the accounts below it. */
    ACCOUNT(ResourceKind.ACCOUNTS);

    private final ResourceKind kind;

    PolicyScope(final ResourceKind kind) {
        this.kind = kind;
    }

    /** Of which kind the scope is. */
    public ResourceKind kind() {
        return kind;
    }

    /**
     * Reads {@code scope_id}: required, but for an account, where it is the policy's own when left out.
     *
     * @param scope null if {@code scope_kind} is wrong.
     */
    static ResourceId readId(final Fields fields, final PolicyScope scope, final ResourceId account) {
        if (scope == null) {
            fields.text("scope_id", "");
            return ResourceId.NIL;
        }
        if (scope == ACCOUNT && !fields.given("scope_id")) {
            fields.text("scope_id", "");
            return account;
        }
        return fields.requiredReference(
                "scope_id", scope.kind, scope == ACCOUNT ? ResourceId.NIL : account);
    }
}
