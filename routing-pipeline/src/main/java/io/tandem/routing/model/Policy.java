package io.tandem.routing.model;

/** A resource that belongs to a user, a number or an account: the shape that all policies but call limits share. */
public interface Policy extends Resource {
    /** Most policies of one kind that an account may have. */
    int PER_ACCOUNT_MAX = 1_000;

    /** Its own kind. */
    ResourceKind kind();

    /** What kind of thing it belongs to. */
    PolicyScope scope();

    /** What it belongs to. */
    ResourceId scopeId();

    @Override
    default void check(final Fields fields, final Resources others) {
        PolicyChecks.count(fields, others, kind(), this, PER_ACCOUNT_MAX);
        PolicyChecks.scope(fields, others, accountId(), scope().kind(), scopeId());
    }
}
