package io.tandem.appliance.operator;

import io.tandem.admin.http.resource.NewIds;
import io.tandem.admin.view.ConfigurationDesk;
import io.tandem.admin.view.DifferenceView;
import io.tandem.admin.view.Refusal;
import io.tandem.admin.view.RevisionView;
import io.tandem.appliance.configuration.MachineNeeds;
import io.tandem.appliance.driver.Appliance;
import io.tandem.appliance.record.ConfigurationHistory;
import io.tandem.routing.change.ChangeCheck;
import io.tandem.routing.change.ChangeCommand;
import io.tandem.routing.change.ChangeCommand.Transition;
import io.tandem.routing.change.ChangeRequest;
import io.tandem.routing.change.ChangeResult;
import io.tandem.routing.change.ChangeResult.Outcome;
import io.tandem.routing.change.Edit;
import io.tandem.routing.change.PreparedPlans;
import io.tandem.routing.change.StoredResource;
import io.tandem.routing.change.Storing;
import io.tandem.routing.configuration.Configuration;
import io.tandem.routing.configuration.Creation;
import io.tandem.routing.configuration.OverlaidConfiguration;
import io.tandem.routing.configuration.ResourceEdit;
import io.tandem.routing.configuration.RoutingPlans;
import io.tandem.routing.counter.CoreCounter;
import io.tandem.routing.model.AclRule;
import io.tandem.routing.model.Fields;
import io.tandem.routing.model.Problem;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.model.ResourceReader;
import io.tandem.routing.model.UniqueName;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads and changes the configuration of the running appliance. A change is checked and compiled here, sent through the
 * ring, and answered when the core has it; one at a time. Reads are of the revision that came into force last. Work is
 * done on a few platform threads of its own, since the maps keep scratch space for each thread that asks; neither
 * changes nor exports keep reads waiting, and what too many wait for is refused.
 */
public final class LiveDesk implements ConfigurationDesk, PreparedPlans, AutoCloseable {
    private static final long APPLIED_WITHIN_MS = 10_000;
    private static final long RECORDED_WITHIN_MS = 2_000;
    private static final int READERS = 2;
    private static final int READS_WAITING_MAX = 256;
    private static final int EXPORTS_WAITING_MAX = 4;

    /** Resources that differ from the generation before an import has to fold them. */
    private static final int CHANGES_MAX = 500_000;

    private final Appliance appliance;
    private final ReentrantLock changes = new ReentrantLock(true);
    private final DeskThreads reads = new DeskThreads("reads", READERS, READS_WAITING_MAX);
    private final DeskThreads changer = new DeskThreads("changes", 1, 1);
    private final DeskThreads exports = new DeskThreads("exports", 1, EXPORTS_WAITING_MAX);
    private final NewIds ids = new NewIds(InstantSource.system());
    private final ConfigurationHistory history;
    private final AtomicReference<RoutingPlans> prepared = new AtomicReference<>();
    private volatile RoutingPlans plans;

    /** Changes that the core must have applied or refused before the next is sent; guarded by {@link #changes}. */
    private long awaited;

    /** The revision that was made last, 0 when it is recorded; guarded by {@link #changes}. */
    private long unrecorded;

    private long appliedNs;

    /** A desk of an appliance whose core nobody else changes. */
    public LiveDesk(final Appliance appliance) {
        this.appliance = appliance;
        history = new ConfigurationHistory(appliance.directory().records(), appliance.journalSettings());
    }

    /** Takes note of a configuration that came into force by a switch. Any thread but the core's. */
    public void refresh() {
        plans = standing().plans;
    }

    /** Keeps changes away while an import goes on. */
    public ReentrantLock changes() {
        return changes;
    }

    @Override
    public RoutingPlans take(final long revision, final RoutingPlans inUse) {
        final RoutingPlans next = prepared.getAndSet(null);
        return next != null && next.configuration().revision() == revision && next.follow(inUse) ? next : null;
    }

    @Override
    public RoutingPlans takeSwitch(final String generation, final RoutingPlans inUse) {
        final RoutingPlans next = prepared.getAndSet(null);
        return next != null
                        && OverlaidConfiguration.generation(next.configuration().name())
                                .equals(generation)
                        && next.replace(inUse)
                ? next
                : null;
    }

    /** Compiles a generation that the core is to switch to next; whoever imported it keeps {@link #changes()} away. */
    void prepareSwitch(final String generation) {
        final RoutingPlans inUse = standing().plans;
        final List<ResourceId> waitedIn = appliance.queries().ask(core -> {
            final List<ResourceId> flows = new ArrayList<>();
            core.stages().flowsWaitedIn().forEachWaitedIn(flows::add);
            return flows;
        });
        prepared.set(changer.run(() -> inUse.replacedBy(
                OverlaidConfiguration.after(
                        inUse.configuration().revision(),
                        appliance.generations().open(generation)),
                waitedIn)));
    }

    /** Lets go of what was compiled for a switch that will not be. */
    void forgetPrepared() {
        prepared.set(null);
    }

    private OverlaidConfiguration current() {
        if (plans == null) {
            refresh();
        }
        return OverlaidConfiguration.over(plans.configuration());
    }

    /** Works on the revision in force, which stays as it is, on the thread for long work. */
    <T> T reading(final Function<Configuration, T> work) {
        return exports.run(() -> work.apply(current()));
    }

    @Override
    public long revision() {
        return current().revision();
    }

    @Override
    public StoredResource find(final ResourceKind kind, final ResourceId id) {
        return reads.run(() -> Storing.read(kind, current().resource(kind, id.high(), id.low())));
    }

    @Override
    public ResourceId find(final UniqueName name) {
        return reads.run(() -> current().find(name));
    }

    @Override
    public StoredResource numberOf(final long e164) {
        return reads.run(() -> Storing.numberOf(current(), e164));
    }

    @Override
    public StoredResource blockOf(final long e164) {
        return reads.run(() -> Storing.blockOf(current(), e164));
    }

    @Override
    public List<StoredResource> list(
            final ResourceKind kind, final ResourceId account, final ResourceId after, final int limit) {
        return reads.run(() -> list(current(), kind, account, after == null ? ResourceId.NIL : after, limit));
    }

    @Override
    public long referrerCount(final ResourceKind kind, final ResourceKind targetKind, final ResourceId target) {
        return reads.run(() -> current().referrerCount(kind, targetKind, target));
    }

    private static List<StoredResource> list(
            final Configuration from,
            final ResourceKind kind,
            final ResourceId account,
            final ResourceId after,
            final int limit) {
        final List<StoredResource> found = new ArrayList<>();
        if (limit > 0 && kind == ResourceKind.ACCOUNTS && account != null) {
            if (account.compareTo(after) > 0) {
                add(found, from, kind, account.high(), account.low(), account, limit);
            }
        } else if (limit > 0) {
            if (account == null && kind == ResourceKind.NUMBERS) {
                from.forEachNumber(after, (high, low) -> add(found, from, kind, high, low, null, limit));
            } else {
                from.forEachReferrer(
                        kind,
                        account == null ? kind : ResourceKind.ACCOUNTS,
                        account == null ? ResourceId.NIL : account,
                        after,
                        (high, low) -> add(found, from, kind, high, low, account, limit));
            }
        }
        return found;
    }

    private static boolean add(
            final List<StoredResource> found,
            final Configuration from,
            final ResourceKind kind,
            final long high,
            final long low,
            final ResourceId account,
            final int limit) {
        final StoredResource stored = Storing.read(kind, from.resource(kind, high, low));
        if (stored != null && (account == null || stored.resource().accountId().equals(account))) {
            found.add(stored);
        }
        return found.size() < limit;
    }

    @Override
    public List<Placed> listNewest(
            final ResourceKind kind, final ResourceId account, final Creation before, final int limit) {
        return reads.run(() -> {
            final Configuration from = current();
            final List<Placed> found = new ArrayList<>();
            from.forEachNewest(kind, account, before, place -> {
                final ResourceId id = place.id();
                final StoredResource stored = Storing.read(kind, from.resource(kind, id.high(), id.low()));
                if (stored != null && stored.resource().accountId().equals(account)) {
                    found.add(new Placed(place, stored));
                }
                return found.size() < limit;
            });
            return found;
        });
    }

    @Override
    public ChangeResult change(final ChangeRequest request) {
        return exclusively(() -> changeLocked(request));
    }

    private ChangeResult exclusively(final Callable<ChangeResult> change) {
        if (!changes.tryLock()) {
            try {
                if (!changes.tryLock(APPLIED_WITHIN_MS, TimeUnit.MILLISECONDS)) {
                    return refused(Outcome.BUSY, "the configuration is being imported", "try again when it is done");
                }
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
                return refused(Outcome.BUSY, "the change was interrupted", "try again");
            }
        }
        try {
            return changer.run(change);
        } finally {
            changes.unlock();
        }
    }

    @Override
    public ChangeResult check(final ChangeRequest request) {
        return exports.run(() -> prepare(current(), request).result());
    }

    private ChangeResult changeLocked(final ChangeRequest request) {
        final Standing standing = standing();
        if (standing.settled() < awaited) {
            return refused(Outcome.BUSY, "an earlier change is still under way", "try again in a moment");
        }
        plans = standing.plans;
        final OverlaidConfiguration now = current();
        final Prepared made = prepare(now, request);
        if (made.command() == null) {
            return made.result();
        }
        apply(standing, now, made.command(), made.encoded());
        return made.result().at(made.command().revision());
    }

    /**
     * A change that was checked.
     *
     * @param result what becomes of it, under the revision that it was checked against.
     * @param command null when there is nothing to be sent.
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Prepared(ChangeResult result, ChangeCommand command, byte[] encoded) {
        static Prepared nothing(final ChangeResult result) {
            return new Prepared(result, null, null);
        }
    }

    private Prepared prepare(final OverlaidConfiguration now, final ChangeRequest request) {
        final Instant at = Instant.now();
        final ChangeCheck.Checked checked = ChangeCheck.check(
                now, request, TimeUnit.SECONDS.toMicros(at.getEpochSecond()) + at.getNano() / 1000, ids::next);
        if (checked.refusal() != null) {
            return Prepared.nothing(checked.refusal());
        }
        if (checked.transitions().isEmpty()) {
            return Prepared.nothing(
                    new ChangeResult(Outcome.APPLIED, now.revision(), checked.resources(), List.of(), List.of(), 0));
        }
        if (now.changeCount() + checked.transitions().size() > CHANGES_MAX) {
            return Prepared.nothing(refused(
                    Outcome.BUSY,
                    "more than " + CHANGES_MAX + " resources differ from the last import",
                    "export the configuration and import it"));
        }
        final ChangeCommand command = new ChangeCommand(
                now.revision(), now.revision() + 1, request.actor(), request.action(), checked.transitions());
        if (command.editsBytes() > ChangeCommand.EDITS_BYTES_MAX) {
            return Prepared.nothing(tooLarge(command, command.editsBytes(), ChangeCommand.EDITS_BYTES_MAX, ""));
        }
        final byte[] encoded = command.encode();
        if (encoded.length > ChangeCommand.BYTES_MAX) {
            return Prepared.nothing(tooLarge(command, encoded.length, ChangeCommand.BYTES_MAX, " compressed"));
        }
        return new Prepared(
                new ChangeResult(
                        Outcome.APPLIED,
                        now.revision(),
                        checked.resources(),
                        List.of(),
                        List.of(),
                        0,
                        Stream.concat(checked.warnings().stream(), unknownCountries(checked.resources()).stream())
                                .toList()),
                command,
                encoded);
    }

    /** A warning when rules of the change ask for countries and there is no file that tells them. */
    private List<Problem> unknownCountries(final List<StoredResource> resources) {
        if (appliance.knowsCountries()) {
            return List.of();
        }
        final List<AclRule> rules = resources.stream()
                .filter(stored -> stored != null && stored.resource() instanceof AclRule)
                .map(stored -> (AclRule) stored.resource())
                .filter(rule -> rule.ruleType().isGeo())
                .toList();
        return rules.isEmpty()
                ? List.of()
                : List.of(MachineNeeds.unknownCountries(
                        Fields.word(rules.getFirst().ruleType()), rules.size()));
    }

    private ChangeResult tooLarge(final ChangeCommand command, final long bytes, final int most, final String how) {
        final int edits = command.edits().size();
        return refused(
                Outcome.TOO_LARGE,
                "change has " + bytes + " bytes" + how + ", at most " + most + " fit: about "
                        + Math.max(1, (long) edits * most / bytes) + " of its " + edits + " resources",
                "split it into several, each all or nothing, or import a file, which replaces the whole configuration");
    }

    /**
     * Where the core stands.
     *
     * @param applied changes that it has applied.
     * @param refused changes that it has refused because they were checked against another revision.
     */
    private record Standing(RoutingPlans plans, long applied, long refused) {
        long settled() {
            return applied + refused;
        }
    }

    private Standing standing() {
        return appliance.queries().ask(core -> {
            core.prepareBy(this);
            return new Standing(
                    core.stages().plans(),
                    core.counters().value(CoreCounter.CHANGES_APPLIED),
                    core.counters().value(CoreCounter.CHANGES_REFUSED_STALE));
        });
    }

    private void apply(
            final Standing before, final OverlaidConfiguration now, final ChangeCommand command, final byte[] encoded) {
        final List<ResourceEdit> edits = command.edits().stream()
                .map(edit -> new ResourceEdit(edit.kind(), edit.id(), edit.after()))
                .toList();
        prepared.set(before.plans.next(now.with(edits, command.revision()), edits));
        if (!appliance.offerChange(encoded)) {
            prepared.set(null);
            throw new Refusal("the ring is full", "try again in a moment");
        }
        final long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(APPLIED_WITHIN_MS);
        awaited = before.settled() + 1;
        Standing standing = standing();
        while (standing.settled() < awaited) {
            if (System.nanoTime() > deadline) {
                throw new Refusal(
                        "it is not known whether the change was applied: revision=" + command.revision(),
                        "see the log and `revisions` before it is made again");
            }
            LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(100));
            standing = standing();
        }
        plans = standing.plans;
        if (standing.applied == before.applied) {
            throw new Refusal("the configuration was imported meanwhile", "make the change again");
        }
        unrecorded = command.revision();
        appliedNs = System.nanoTime();
    }

    private ChangeResult refused(final Outcome outcome, final String rule, final String mend) {
        return new ChangeResult(
                outcome,
                current().revision(),
                List.of(),
                List.of(new Problem(0, "", "", "", rule, mend)),
                List.of(),
                0);
    }

    @Override
    public List<RevisionView> revisions(final long before, final int limit) {
        return history.newest(before, limit).stream()
                .map(revision -> new RevisionView(
                        revision.revision(),
                        Instant.ofEpochMilli(revision.wallMs()),
                        revision.actor(),
                        revision.action(),
                        revision.edits()))
                .toList();
    }

    @Override
    public Optional<List<DifferenceView>> diff(final long from, final long to) {
        final boolean forth = from <= to;
        return history.between(Math.min(from, to), Math.max(from, to)).map(way -> {
            final List<DifferenceView> differences = new ArrayList<>();
            net(way).values().forEach(edit -> {
                final byte[] before = forth ? edit.before() : edit.after();
                final byte[] after = forth ? edit.after() : edit.before();
                if (!Arrays.equals(before, after)) {
                    differences.add(DifferenceView.of(edit.kind(), edit.id(), before, after));
                }
            });
            return differences;
        });
    }

    /** What some edits one after the other do together, by resource. */
    private static Map<List<Object>, Transition> net(final List<Transition> way) {
        final Map<List<Object>, Transition> net = new LinkedHashMap<>();
        for (final Transition edit : way) {
            net.merge(
                    List.of(edit.kind(), edit.id()),
                    edit,
                    (first, last) -> new Transition(edit.kind(), edit.id(), first.before(), last.after()));
        }
        return net;
    }

    @Override
    public ChangeResult rollback(final long revision, final String actor) {
        return exclusively(() -> rollbackLocked(revision, actor));
    }

    private ChangeResult rollbackLocked(final long revision, final String actor) {
        final Standing standing = standing();
        plans = standing.plans;
        if (standing.settled() < awaited || !isRecorded()) {
            return refused(Outcome.BUSY, "an earlier change is still under way", "try again in a moment");
        }
        final long now = current().revision();
        final Optional<List<Transition>> way = revision > now ? Optional.empty() : history.between(revision, now);
        if (way.isEmpty()) {
            return refused(
                    Outcome.NOT_FOUND,
                    "revision " + revision + " cannot be gone back to: it is not recorded, or an import lies between",
                    "choose one that `revisions` shows since the last import");
        }
        final List<Edit> edits = new ArrayList<>();
        net(way.get()).values().forEach(edit -> {
            if (!Arrays.equals(edit.before(), edit.after())) {
                edits.add(new Edit(edit.kind(), edit.id(), fields(edit.before()), "", false));
            }
        });
        return changeLocked(new ChangeRequest(actor, "rollback to revision " + revision, edits, true));
    }

    /** Waits until the last change is recorded, which happens a moment after the core has applied it. */
    private boolean isRecorded() {
        final long deadline = appliedNs + TimeUnit.MILLISECONDS.toNanos(RECORDED_WITHIN_MS);
        while (unrecorded > 0) {
            if (history.knows(unrecorded) || System.nanoTime() - appliedNs > TimeUnit.HOURS.toNanos(1)) {
                unrecorded = 0; // or its record has gone with its file
            } else if (System.nanoTime() > deadline) {
                return false;
            } else {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            }
        }
        return true;
    }

    private static ObjectNode fields(final byte[] json) {
        if (json == null) {
            return null;
        }
        final ObjectNode fields = ResourceReader.object(json, 0, json.length);
        fields.remove(Fields.UPDATED_US);
        return fields;
    }

    /** Ends when what is under way is done. */
    @Override
    public void close() {
        changer.close();
        exports.close();
        reads.close();
    }
}
