package io.tandem.routing.configuration;

import io.tandem.routing.model.Account;
import io.tandem.routing.model.OutboundRoute;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.model.ResourceReader;
import io.tandem.routing.model.Schedule;
import io.tandem.routing.model.TransformDirection;
import io.tandem.routing.number.NumberingPlan;
import io.tandem.routing.outbound.OutboundRoutes;
import io.tandem.routing.schedule.SchedulePlan;
import io.tandem.routing.transform.TransformPlan;
import java.util.ArrayList;
import java.util.List;

/**
 * One revision of the configuration, compiled. Trunks, the scopes of transforms, outbound routes and policies are compiled
 * at once, since any call may ask for any of them; accounts and schedules when first asked for, and kept in bounded tables, which the next
 * revision takes over. A plan is a function of the configuration alone, so that when it was compiled shows nowhere. Made by
 * any thread, then used by one.
 */
public final class RoutingPlans {
    private static final int ACCOUNTS_KEPT = 16_384;
    private static final int SCHEDULES_KEPT = 4_096;

    private final Configuration configuration;
    private final TrunkTable trunks;
    private final ScreeningTable screening;
    private final TransformTable transforms;
    private final OutboundRoutes routes;
    private final PolicyPlans policies;
    private final ConfiguredNumbers numbers;
    private RoutingPlans previous;
    private List<ResourceEdit> edits;
    private PlanCache<AccountPlan> accounts;
    private PlanCache<SchedulePlan> schedules;

    private RoutingPlans(
            final Configuration configuration,
            final TrunkTable trunks,
            final ScreeningTable screening,
            final TransformTable transforms,
            final OutboundRoutes routes,
            final PolicyPlans policies,
            final RoutingPlans previous,
            final List<ResourceEdit> edits) {
        this.configuration = configuration;
        this.trunks = trunks;
        this.screening = screening;
        this.transforms = transforms;
        this.routes = routes;
        this.policies = policies;
        numbers = new ConfiguredNumbers(configuration);
        this.previous = previous;
        this.edits = edits;
    }

    /** Compiles what cannot wait. Takes time in proportion to the trunks, transforms, routes and policies; may run on any thread. */
    public static RoutingPlans of(final Configuration configuration) {
        final TrunkTable trunks = TrunkTable.of(configuration);
        final RoutingPlans plans = new RoutingPlans(
                configuration,
                trunks,
                ScreeningTable.of(trunks.plans()),
                TransformTable.of(configuration),
                routes(configuration, trunks),
                PolicyPlans.of(configuration),
                null,
                List.of());
        plans.accounts = new PlanCache<>(ACCOUNTS_KEPT);
        plans.schedules = new PlanCache<>(SCHEDULES_KEPT);
        return plans;
    }

    /**
     * The plans of the next revision: only what the edits touch is compiled anew. May run on any thread, while these plans
     * are in use.
     */
    public RoutingPlans next(final Configuration nextConfiguration, final List<ResourceEdit> nextEdits) {
        boolean trunksDiffer = false;
        boolean transformsDiffer = false;
        boolean routesDiffer = false;
        for (final ResourceEdit edit : nextEdits) {
            trunksDiffer |= edit.kind() == ResourceKind.TRUNKS;
            transformsDiffer |= edit.kind() == ResourceKind.NUMBER_TRANSFORMS;
            routesDiffer |= edit.kind() == ResourceKind.OUTBOUND_ROUTES || edit.kind() == ResourceKind.TRUNKS;
        }
        final TrunkTable nextTrunks = trunksDiffer ? trunks.with(nextEdits) : trunks;
        return new RoutingPlans(
                nextConfiguration,
                nextTrunks,
                trunksDiffer ? ScreeningTable.of(nextTrunks.plans()) : screening,
                transformsDiffer ? TransformTable.of(nextConfiguration) : transforms,
                routesDiffer ? routes(nextConfiguration, nextTrunks) : routes,
                policies.next(nextConfiguration, nextEdits),
                this,
                nextEdits);
    }

    /** Whether they were made from other plans by {@link #next}. */
    @SuppressWarnings("ReferenceEquality")
    public boolean follow(final RoutingPlans others) {
        return previous == others;
    }

    /** Lets go of the plans before them, once everybody has gone over to these; on the thread that uses them. */
    public void settle() {
        previous = null;
        edits = List.of();
    }

    /** What made these plans of those before them. */
    public List<ResourceEdit> edits() {
        return edits;
    }

    /** Takes over what plans that were in use have compiled, as far as it still holds; on the thread that uses them. */
    @SuppressWarnings("ReferenceEquality")
    public void succeed(final RoutingPlans inUse) {
        if (accounts != null) {
            return;
        }
        if (inUse != previous || inUse.accounts == null) {
            accounts = new PlanCache<>(ACCOUNTS_KEPT);
            schedules = new PlanCache<>(SCHEDULES_KEPT);
            return;
        }
        accounts = inUse.accounts;
        schedules = inUse.schedules;
        inUse.accounts = null;
        inUse.schedules = null;
        boolean accountsDiffer = false;
        for (final ResourceEdit edit : edits) {
            switch (edit.kind()) {
                case ACCOUNTS -> accountsDiffer = true;
                case SCHEDULES -> schedules.remove(edit.id().high(), edit.id().low());
                default -> {}
            }
        }
        if (accountsDiffer) {
            accounts.clear();
            schedules.clear();
        }
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

    /** Which way calls leave. */
    public OutboundRoutes outboundRoutes() {
        return routes;
    }

    /** What operators allow, forbid and prefer. */
    public PolicyPlans policies() {
        return policies;
    }

    /** Which numbers an account may show. For the one thread that uses the plans. */
    public ConfiguredNumbers callerNumbers() {
        return numbers;
    }

    /** The country of a number, or {@link io.tandem.routing.number.Country#NONE}. */
    public int countryOf(final long e164) {
        return NumberingPlan.shared().countryOf(e164);
    }

    private static OutboundRoutes routes(final Configuration configuration, final TrunkTable trunks) {
        final List<OutboundRoute> all = new ArrayList<>();
        configuration.forEach(ResourceKind.OUTBOUND_ROUTES, (idHigh, idLow, json) -> {
            final ResourceReader.Read read = ResourceReader.read(ResourceKind.OUTBOUND_ROUTES, json);
            if (read != null && read.resource() instanceof OutboundRoute route) {
                all.add(route);
            }
        });
        return OutboundRoutes.of(
                all, trunks.plans().stream().map(TrunkPlan::trunk).toList());
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
