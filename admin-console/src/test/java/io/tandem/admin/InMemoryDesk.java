package io.tandem.admin;

import io.tandem.admin.view.ConfigurationDesk;
import io.tandem.admin.view.DifferenceView;
import io.tandem.admin.view.RevisionView;
import io.tandem.routing.change.ChangeCheck;
import io.tandem.routing.change.ChangeRequest;
import io.tandem.routing.change.ChangeResult;
import io.tandem.routing.change.StoredResource;
import io.tandem.routing.change.Storing;
import io.tandem.routing.configuration.Creation;
import io.tandem.routing.configuration.InMemoryConfiguration;
import io.tandem.routing.configuration.OverlaidConfiguration;
import io.tandem.routing.configuration.ResourceEdit;
import io.tandem.routing.model.Problem;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.model.UniqueName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/** A desk over a configuration on the heap, with the checks of the real one and the history of its life. */
public final class InMemoryDesk implements ConfigurationDesk {
    private final List<OverlaidConfiguration> revisions = new ArrayList<>();
    private final List<RevisionView> made = new ArrayList<>();
    private final List<List<ResourceEdit>> edits = new ArrayList<>();
    private final LongSupplier clockUs;
    private volatile ChangeResult.Outcome refusal;
    private volatile List<Problem> warnings = List.of();
    private volatile ResourceKind unreadable;
    private volatile Runnable before = () -> {};
    private long ids = 1000;

    /** Empty; {@code clockUs} gives microseconds since 1970. */
    public InMemoryDesk(final LongSupplier clockUs) {
        this(InMemoryConfiguration.builder("desk", 1).build(), clockUs);
    }

    /** Begins with a configuration, at a fixed time. */
    public InMemoryDesk(final InMemoryConfiguration configuration) {
        this(configuration, () -> 1_790_000_000_000_000L);
    }

    /** Begins with a configuration. */
    public InMemoryDesk(final InMemoryConfiguration configuration, final LongSupplier clockUs) {
        this.clockUs = clockUs;
        revisions.add(OverlaidConfiguration.over(configuration));
    }

    /** Warns of something with every change from now on. */
    public void warn(final Problem warning) {
        warnings = List.of(warning);
    }

    /** Lets every change end so until it is told otherwise by null. */
    public void refuseWith(final ChangeResult.Outcome outcome) {
        refusal = outcome;
    }

    /** Lists of a kind fail from now on. */
    public void failLists(final ResourceKind kind) {
        unreadable = kind;
    }

    /** Runs once before the next change, as if another client had been faster. */
    public void beforeNextChange(final Runnable action) {
        before = action;
    }

    private OverlaidConfiguration current() {
        return revisions.getLast();
    }

    @Override
    public synchronized long revision() {
        return current().revision();
    }

    @Override
    public synchronized StoredResource find(final ResourceKind kind, final ResourceId id) {
        return Storing.read(kind, current().resource(kind, id.high(), id.low()));
    }

    @Override
    public synchronized ResourceId find(final UniqueName name) {
        return current().find(name);
    }

    @Override
    public synchronized StoredResource numberOf(final long e164) {
        return Storing.numberOf(current(), e164);
    }

    @Override
    public synchronized StoredResource blockOf(final long e164) {
        return Storing.blockOf(current(), e164);
    }

    @Override
    public synchronized List<StoredResource> list(
            final ResourceKind kind, final ResourceId account, final ResourceId after, final int limit) {
        if (kind == unreadable) {
            throw new IllegalStateException("cannot be read: kind=" + kind);
        }
        final List<StoredResource> found = new ArrayList<>();
        if (kind == ResourceKind.ACCOUNTS && account != null) {
            return after == null || account.compareTo(after) > 0 ? List.of(find(kind, account)) : found;
        }
        final ResourceId behind = after == null ? ResourceId.NIL : after;
        if (kind == ResourceKind.NUMBERS && account == null) {
            current().forEachNumber(behind, (high, low) -> {
                found.add(find(kind, new ResourceId(high, low)));
                return found.size() < limit;
            });
        } else {
            current()
                    .forEachReferrer(
                            kind,
                            account == null ? kind : ResourceKind.ACCOUNTS,
                            account == null ? ResourceId.NIL : account,
                            behind,
                            (high, low) -> {
                                final StoredResource stored = find(kind, new ResourceId(high, low));
                                if (account == null
                                        || stored.resource().accountId().equals(account)) {
                                    found.add(stored);
                                }
                                return found.size() < limit;
                            });
        }
        return found;
    }

    @Override
    public synchronized List<Placed> listNewest(
            final ResourceKind kind, final ResourceId account, final Creation before, final int limit) {
        final List<Placed> found = new ArrayList<>();
        current().forEachNewest(kind, account, before, place -> {
            found.add(new Placed(place, find(kind, place.id())));
            return found.size() < limit;
        });
        return found;
    }

    @Override
    public synchronized long referrerCount(
            final ResourceKind kind, final ResourceKind targetKind, final ResourceId target) {
        return current().referrerCount(kind, targetKind, target);
    }

    @Override
    public ChangeResult change(final ChangeRequest request) {
        final Runnable first = before;
        before = () -> {};
        first.run();
        return changeNow(request);
    }

    @Override
    public synchronized ChangeResult check(final ChangeRequest request) {
        final ChangeCheck.Checked checked =
                ChangeCheck.check(current(), request, clockUs.getAsLong(), () -> new ResourceId(ids++, 7));
        return checked.refusal() != null
                ? checked.refusal()
                : new ChangeResult(
                        ChangeResult.Outcome.APPLIED,
                        revision(),
                        checked.resources(),
                        List.of(),
                        List.of(),
                        0,
                        warnings);
    }

    private synchronized ChangeResult changeNow(final ChangeRequest request) {
        if (refusal != null) {
            return new ChangeResult(refusal, revision(), List.of(), List.of(), List.of(), 0);
        }
        final long nowUs = clockUs.getAsLong();
        final ChangeCheck.Checked checked =
                ChangeCheck.check(current(), request, nowUs, () -> new ResourceId(ids++, 7));
        if (checked.refusal() != null) {
            return checked.refusal();
        }
        if (!checked.transitions().isEmpty()) {
            final List<ResourceEdit> made = checked.transitions().stream()
                    .map(edit -> new ResourceEdit(edit.kind(), edit.id(), edit.after()))
                    .toList();
            edits.add(made);
            revisions.add(current().with(made, revision() + 1));
            this.made.addFirst(new RevisionView(
                    revision(), Instant.ofEpochMilli(nowUs / 1_000), request.actor(), request.action(), made.size()));
        }
        return new ChangeResult(
                ChangeResult.Outcome.APPLIED,
                revision(),
                checked.resources(),
                List.of(),
                List.of(),
                0,
                Stream.concat(checked.warnings().stream(), warnings.stream()).toList());
    }

    @Override
    public synchronized List<RevisionView> revisions(final long before, final int limit) {
        return made.stream()
                .filter(view -> view.revision() < before)
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized Optional<List<DifferenceView>> diff(final long from, final long to) {
        final Optional<OverlaidConfiguration> one = at(from);
        final Optional<OverlaidConfiguration> other = at(to);
        if (one.isEmpty() || other.isEmpty()) {
            return Optional.empty();
        }
        final List<DifferenceView> differences = new ArrayList<>();
        final Set<List<Object>> seen = new HashSet<>();
        edits.stream()
                .flatMap(List::stream)
                .filter(edit -> seen.add(List.of(edit.kind(), edit.id())))
                .forEach(edit -> {
                    final ResourceId id = edit.id();
                    final byte[] before = one.get().resource(edit.kind(), id.high(), id.low());
                    final byte[] after = other.get().resource(edit.kind(), id.high(), id.low());
                    if (!Arrays.equals(before, after)) {
                        differences.add(DifferenceView.of(edit.kind(), id, before, after));
                    }
                });
        return Optional.of(differences);
    }

    private Optional<OverlaidConfiguration> at(final long revision) {
        return revisions.stream()
                .filter(configuration -> configuration.revision() == revision)
                .findFirst();
    }

    @Override
    public synchronized ChangeResult rollback(final long revision, final String actor) {
        final Optional<OverlaidConfiguration> back = at(revision);
        if (back.isEmpty()) {
            return new ChangeResult(ChangeResult.Outcome.NOT_FOUND, revision(), List.of(), List.of(), List.of(), 0);
        }
        final List<ResourceEdit> undo = edits.stream()
                .flatMap(List::stream)
                .map(edit -> new ResourceEdit(
                        edit.kind(),
                        edit.id(),
                        back.get()
                                .resource(
                                        edit.kind(), edit.id().high(), edit.id().low())))
                .toList();
        edits.add(undo);
        revisions.add(current().with(undo, revision() + 1));
        made.addFirst(
                new RevisionView(revision(), Instant.EPOCH, actor, "rollback to revision " + revision, undo.size()));
        return new ChangeResult(ChangeResult.Outcome.APPLIED, revision(), List.of(), List.of(), List.of(), 0);
    }
}
