package io.tandem.routing.model;

/** What policies and routes have to be checked for beside the others. */
final class PolicyChecks {
    private PolicyChecks() {}

    /** Refuses a resource that as many of its kind and account stand before as the account may have. */
    static void count(
            final Fields fields,
            final Resources others,
            final ResourceKind kind,
            final Resource resource,
            final int most) {
        int before = 0;
        for (final Resource other : others.referring(kind, ResourceKind.ACCOUNTS, resource.accountId())) {
            if (other.id().equals(resource.id())) {
                return;
            }
            if (other.accountId().equals(resource.accountId()) && ++before == most) {
                fields.refuse(
                        "account_id",
                        "must have at most " + most + " of the " + kind.collection(),
                        "merge or drop some of the account's");
                return;
            }
        }
    }

    /** Refuses a scope that is neither the account's own nor of an account below it. */
    static void scope(
            final Fields fields,
            final Resources others,
            final ResourceId account,
            final ResourceKind kind,
            final ResourceId id) {
        final Resource scope = id.isNil() ? null : others.find(kind, id);
        if (scope != null && !isAbove(others, account, scope.accountId())) {
            fields.refuse(
                    "scope_id",
                    "must belong to the account of the policy or to one below it",
                    "give the policy to the account that owns the scope");
        }
    }

    /** Whether an account is another one or stands above it. */
    static boolean isAbove(final Resources others, final ResourceId upper, final ResourceId lower) {
        ResourceId account = lower;
        for (int i = 0; i < Account.DEPTH_MAX && !account.isNil(); i++) {
            if (account.equals(upper)) {
                return true;
            }
            account = others.find(ResourceKind.ACCOUNTS, account) instanceof Account found
                    ? found.parentId()
                    : ResourceId.NIL;
        }
        return false;
    }
}
