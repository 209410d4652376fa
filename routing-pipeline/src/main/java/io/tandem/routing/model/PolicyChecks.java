package io.tandem.routing.model;

/** What policies and routes have to be checked for beside the others. */
final class PolicyChecks {
    private PolicyChecks() {}

    /** Refuses what an account has too many of. */
    static void count(
            final Fields fields,
            final Resources others,
            final ResourceKind kind,
            final ResourceId account,
            final int most) {
        if (others.referrers(kind, account) > most) {
            fields.refuse(
                    "account_id",
                    "must have at most " + most + " of the " + kind.collection(),
                    "merge or drop some of its others");
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
