package io.tandem.routing.configuration;

import io.tandem.routing.model.Account;
import io.tandem.routing.model.NumberTransform;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.model.ResourceReader;
import io.tandem.routing.model.Schedule;
import io.tandem.routing.model.TransformDirection;
import io.tandem.routing.model.Trunk;
import io.tandem.routing.schedule.SchedulePlan;
import io.tandem.routing.transform.TransformPlan;
import java.util.ArrayList;
import java.util.List;

/**
 * One revision of the configuration, compiled. Trunks are compiled at once, since any source address may ask for any of
 * them; accounts and schedules when first asked for, and kept in bounded tables. A plan is a function of the configuration alone, so
 * that when it was compiled shows nowhere. One thread at a time.
 */
public final class RoutingPlans {
    private static final int ACCOUNTS_KEPT = 16_384;
    private static final int SCHEDULES_KEPT = 4_096;

    private final Configuration configuration;
    private final TrunkTable trunks;
    private final ScreeningTable screening;
    private final TransformTable transforms;
    private final PlanCache<AccountPlan> accounts = new PlanCache<>(ACCOUNTS_KEPT);
    private final PlanCache<SchedulePlan> schedules = new PlanCache<>(SCHEDULES_KEPT);

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
        final List<NumberTransform> rules = new ArrayList<>();
        configuration.forEach(ResourceKind.NUMBER_TRANSFORMS, (idHigh, idLow, json) -> {
            final NumberTransform rule = ResourceReader.numberTransform(json);
            if (rule != null) {
                rules.add(rule);
            }
        });
        transforms = new TransformTable(rules);
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

    /** The schedule of an identifier: null if there is none, {@link SchedulePlan#BROKEN} if it cannot be used. */
    public SchedulePlan schedule(final long idHigh, final long idLow) {
        SchedulePlan plan = schedules.get(idHigh, idLow);
        if (plan == null) {
            plan = compileSchedule(idHigh, idLow);
            if (plan != null) {
                schedules.put(idHigh, idLow, plan);
            }
        }
        return plan;
    }

    /** The rules for a direction that belong to an account, trunk or number, or null. */
    public TransformPlan transforms(final long scopeHigh, final long scopeLow, final TransformDirection direction) {
        return transforms.find(scopeHigh, scopeLow, direction);
    }

    private SchedulePlan compileSchedule(final long idHigh, final long idLow) {
        final byte[] json = configuration.resource(ResourceKind.SCHEDULES, idHigh, idLow);
        if (json == null) {
            return null;
        }
        final Schedule schedule = ResourceReader.schedule(json);
        if (schedule == null) {
            return SchedulePlan.BROKEN;
        }
        final AccountPlan account =
                account(schedule.accountId().high(), schedule.accountId().low());
        return SchedulePlan.compile(schedule, account == null ? "UTC" : account.timezone());
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
