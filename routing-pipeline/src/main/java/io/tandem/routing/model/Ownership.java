package io.tandem.routing.model;

/** That what a tenant's resource refers to is the same tenant's: nobody reaches into the account of somebody else. */
final class Ownership {
    private Ownership() {}

    /** Reports a reference that leads to another account. */
    static void check(
            final Fields fields,
            final String field,
            final ResourceKind kind,
            final ResourceId id,
            final ResourceId account,
            final Resources others) {
        final Resource other = id.isNil() || kind == null ? null : others.find(kind, id);
        if (other != null && !other.accountId().equals(account)) {
            fields.refuse(field, "belongs to another account", "name one of the same account");
        }
    }
}
