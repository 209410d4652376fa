package io.tandem.routing.configuration;

import io.tandem.routing.model.Account;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.model.ResourceReader;
import io.tandem.routing.model.Trunk;
import java.util.ArrayList;
import java.util.List;

/**
 * One revision of the configuration, compiled. Trunks are compiled at once, since any source address may ask for any of
 * them; accounts when first asked for, and kept in a bounded table. A plan is a function of the configuration alone, so
 * that when it was compiled shows nowhere. One thread at a time.
 */
public final class RoutingPlans {
    private static final int ACCOUNTS_KEPT = 16_384;

    private final Configuration configuration;
    private final TrunkTable trunks;
    private final ScreeningTable screening;
    private final PlanCache<AccountPlan> accounts = new PlanCache<>(ACCOUNTS_KEPT);

    private RoutingPlans(final Configuration configuration) {
        this.configuration = configuration;
        final List<TrunkPlan> all = new ArrayList<>();
        configuration.forEach(ResourceKind.TRUNKS, (idHigh, idLow, json) -> {
            final Trunk trunk = ResourceReader.trunk(json);
            if (trunk != null) {
                all.add(new TrunkPlan(trunk));
            }
        });
        trunks = new TrunkTable(all);
        screening = ScreeningTable.of(all);
    }

    /** Compiles what cannot wait. Takes time in proportion to the trunks; may run on any thread. */
    public static RoutingPlans of(final Configuration configuration) {
        return new RoutingPlans(configuration);
    }

    /** What the plans were compiled from. */
    public Configuration configuration() {
        return configuration;
    }

    /** The trunk that calls from an address belong to, or null. */
    public TrunkPlan trunkOfSource(final long addressHigh, final long addressLow) {
        return screening.find(addressHigh, addressLow);
    }

    /** The trunk of an identifier, or null. */
    public TrunkPlan trunk(final long idHigh, final long idLow) {
        return trunks.find(idHigh, idLow);
    }

    /** The account of an identifier, or null. */
    public AccountPlan account(final long idHigh, final long idLow) {
        AccountPlan plan = accounts.get(idHigh, idLow);
        if (plan == null) {
            plan = compileAccount(idHigh, idLow);
            if (plan != null) {
                accounts.put(idHigh, idLow, plan);
            }
        }
        return plan;
    }

    private AccountPlan compileAccount(final long idHigh, final long idLow) {
        final List<Account> chain = new ArrayList<>();
        long high = idHigh;
        long low = idLow;
        while ((high | low) != 0 && chain.size() < Account.DEPTH_MAX) {
            final byte[] json = configuration.resource(ResourceKind.ACCOUNTS, high, low);
            final Account account = json == null ? null : ResourceReader.account(json);
            if (account == null) {
                break;
            }
            chain.add(account);
            high = account.parentId().high();
            low = account.parentId().low();
        }
        return chain.isEmpty() ? null : new AccountPlan(chain);
    }
}
