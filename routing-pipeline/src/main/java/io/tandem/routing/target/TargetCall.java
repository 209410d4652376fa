package io.tandem.routing.target;

import io.tandem.routing.configuration.AccountPlan;
import io.tandem.routing.model.ResourceId;

/**
 * The call that a target is resolved for.
 *
 * @param account whose target it is; what belongs to others counts as missing.
 * @param caller the user who calls, or null for a caller from outside.
 * @param wallMs when, milliseconds since 1970 UTC.
 * @param budgetMs how long everything may ring together, or {@link #UNLIMITED}: what is left to whoever sent the call here.
 */
public record TargetCall(AccountPlan account, UserPlan caller, long wallMs, int budgetMs) {
    /** No limit but those of the targets. */
    public static final int UNLIMITED = Integer.MAX_VALUE;

    boolean owns(final ResourceId accountId) {
        return accountId.high() == account.idHigh(0) && accountId.low() == account.idLow(0);
    }
}
