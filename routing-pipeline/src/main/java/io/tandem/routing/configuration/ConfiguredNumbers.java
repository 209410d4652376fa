package io.tandem.routing.configuration;

import io.tandem.routing.model.NumberStatus;
import io.tandem.routing.policy.AccountChain;
import io.tandem.routing.policy.CallerNumbers;

/**
 * Numbers that an account may show: those of a configuration that are active and belong to the account or to one above it. A
 * virtual number is none: the telephone network does not know it. One thread; allocates nothing.
 */
public final class ConfiguredNumbers implements CallerNumbers {
    private final Configuration configuration;
    private final NumberRow row = new NumberRow();
    private final CallerNumbers emergency = this::mayShowForHelp;

    /** Looks into one revision. */
    public ConfiguredNumbers(final Configuration configuration) {
        this.configuration = configuration;
    }

    /** Those of them that emergency calls are to show. */
    public CallerNumbers emergency() {
        return emergency;
    }

    private boolean mayShowForHelp(final long e164, final AccountChain account) {
        return mayShow(e164, account) && row.emergency;
    }

    @Override
    public boolean mayShow(final long e164, final AccountChain account) {
        if (!configuration.longestMatch(e164, row) || NumberStatus.ofCode(row.status) != NumberStatus.ACTIVE) {
            return false;
        }
        for (int i = 0; i < account.depth(); i++) {
            if (account.idHigh(i) == row.accountHigh && account.idLow(i) == row.accountLow) {
                return true;
            }
        }
        return false;
    }
}
