package io.tandem.admin.http;

import io.tandem.admin.view.ConfigurationDesk;
import io.tandem.admin.view.DifferenceView;
import io.tandem.admin.view.RevisionView;
import io.tandem.routing.change.ChangeRequest;
import io.tandem.routing.change.ChangeResult;
import io.tandem.routing.change.ChangeResult.Outcome;
import io.tandem.routing.change.ChangeResult.Referrer;
import io.tandem.routing.change.Edit;
import io.tandem.routing.change.StoredResource;
import io.tandem.routing.model.Fields;
import io.tandem.routing.model.Problem;
import io.tandem.routing.model.Problems;
import io.tandem.routing.model.Reference;
import io.tandem.routing.model.References;
import io.tandem.routing.model.Resource;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.model.Resources;
import io.tandem.routing.model.UniqueName;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * A desk whose configuration is a map: it keeps the contract of {@link ConfigurationDesk} with the model's own readers,
 * and does nothing fast.
 */
public final class InMemoryDesk implements ConfigurationDesk {
    private static final int REFERRERS_MAX = 100;

    private final LongSupplier clockUs;
    private final List<RevisionView> made = new ArrayList<>();
    private final TreeMap<Long, State> states = new TreeMap<>();
    private State state = new State(new TreeMap<>());
    private long revision = 1;
    private volatile Outcome refusal;
    private volatile Runnable before = () -> {};

    private record Key(ResourceKind kind, ResourceId id) implements Comparable<Key> {
        @Override
        public int compareTo(final Key other) {
            return kind == other.kind ? id.compareTo(other.id) : kind.compareTo(other.kind);
        }
    }

    private record Entry(StoredResource stored, List<Reference> references) {}

    private record State(TreeMap<Key, Entry> entries) implements Resources {
        State {
            entries = new TreeMap<>(entries);
        }

        @Override
        public Resource find(final ResourceKind kind, final ResourceId id) {
            final Entry entry = entries.get(new Key(kind, id));
            return entry == null ? null : entry.stored.resource();
        }

        @Override
        public List<Resource> referring(
                final ResourceKind kind, final ResourceKind targetKind, final ResourceId target) {
            return entries.entrySet().stream()
                    .filter(entry -> entry.getKey().kind() == kind)
                    .map(Map.Entry::getValue)
                    .filter(entry -> entry.references.stream()
                            .anyMatch(reference -> reference.leadsTo(targetKind, target)))
                    .map(entry -> entry.stored.resource())
                    .toList();
        }

        ResourceId bearer(final UniqueName name) {
            return entries.values().stream()
                    .map(entry -> entry.stored.resource())
                    .filter(resource -> resource.names().contains(name))
                    .map(Resource::id)
                    .findFirst()
                    .orElse(null);
        }

        ResourceId byName(final ResourceKind kind, final String name, final ResourceId account) {
            final List<Resource> bearers = entries.values().stream()
                    .filter(entry -> entry.stored.kind() == kind)
                    .map(entry -> entry.stored.resource())
                    .filter(resource -> !resource.names().isEmpty()
                            && resource.names().getFirst().name().equals(name))
                    .toList();
            return bearers.stream()
                    .filter(resource -> resource.accountId().equals(account))
                    .findFirst()
                    .or(() -> bearers.size() == 1 ? Optional.of(bearers.getFirst()) : Optional.empty())
                    .map(Resource::id)
                    .orElse(null);
        }

        ResourceId resolve(final ResourceKind kind, final String text, final ResourceId account) {
            if (text.startsWith(References.BY_NAME)) {
                return byName(kind, text.substring(References.BY_NAME.length()), account);
            }
            final ResourceId id = ResourceId.parse(text, kind.prefix());
            return id != null && find(kind, id) != null ? id : null;
        }
    }

    private ResourceKind unreadable;

    /** Empty; {@code clockUs} gives microseconds since 1970. */
    public InMemoryDesk(final LongSupplier clockUs) {
        this.clockUs = clockUs;
        states.put(revision, state);
    }

    /** Lets every change end so until it is told otherwise by null. */
    void refuseWith(final Outcome outcome) {
        refusal = outcome;
    }

    /** Lists of a kind fail from now on. */
    void failLists(final ResourceKind kind) {
        unreadable = kind;
    }

    /** Runs once before the next change, as if another client had been faster. */
    void beforeNextChange(final Runnable action) {
        before = action;
    }

    @Override
    public synchronized long revision() {
        return revision;
    }

    @Override
    public synchronized StoredResource find(final ResourceKind kind, final ResourceId id) {
        final Entry entry = state.entries.get(new Key(kind, id));
        return entry == null ? null : entry.stored;
    }

    @Override
    public synchronized ResourceId find(final UniqueName name) {
        return state.bearer(name);
    }

    @Override
    public synchronized List<StoredResource> list(
            final ResourceKind kind, final ResourceId account, final ResourceId after, final int limit) {
        if (kind == unreadable) {
            throw new IllegalStateException("cannot be read: kind=" + kind);
        }
        return state.entries.values().stream()
                .map(Entry::stored)
                .filter(stored -> stored.kind() == kind)
                .filter(stored ->
                        account == null || stored.resource().accountId().equals(account))
                .filter(stored -> after == null || stored.resource().id().compareTo(after) > 0)
                .limit(limit)
                .toList();
    }

    @Override
    public ChangeResult change(final ChangeRequest request) {
        final Runnable first = before;
        before = () -> {};
        first.run();
        return changeNow(request);
    }

    private synchronized ChangeResult changeNow(final ChangeRequest request) {
        if (refusal != null) {
            return refused(refusal, List.of(), List.of());
        }
        final State next = new State(state.entries);
        final List<Key> keys = new ArrayList<>();
        final List<Key> deleted = new ArrayList<>();
        for (final Edit edit : request.edits()) {
            final ResourceId id = edit.id() != null
                    ? edit.id()
                    : read(edit, 0, next, new Problems(0)).resource.id();
            final Key key = new Key(edit.kind(), id);
            final Entry there = next.entries.get(key);
            if (edit.fields() == null && there == null) {
                return refused(Outcome.NOT_FOUND, List.of(), List.of());
            }
            if (there != null && edit.mustBeNew()) {
                return refused(Outcome.TAKEN, List.of(taken("id", id.prefixed(edit.kind()))), List.of());
            }
            if (there != null
                    && !edit.expectedTag().isEmpty()
                    && !edit.expectedTag().equals(there.stored.tag())) {
                return refused(Outcome.STALE, List.of(), List.of());
            }
            keys.add(key);
            if (edit.fields() == null) {
                next.entries.remove(key);
                deleted.add(key);
            } else {
                put(next, key, read(edit, 0, next, new Problems(0)), there, keys.size());
            }
        }
        final Problems problems = new Problems(1_000);
        for (int i = 0; i < keys.size(); i++) {
            final Edit edit = request.edits().get(i);
            if (edit.fields() != null) {
                final Read read = read(edit, i + 1, next, problems);
                put(next, keys.get(i), read, state.entries.get(keys.get(i)), i + 1);
            }
        }
        for (int i = 0; i < keys.size(); i++) {
            final Edit edit = request.edits().get(i);
            if (edit.fields() != null) {
                final Read read = read(edit, i + 1, next, new Problems(0));
                final Fields judged = fields(edit, i + 1, next, problems);
                read.resource.check(judged, next);
            }
        }
        if (!problems.isEmpty()) {
            return refused(Outcome.INVALID, problems.kept(), List.of());
        }
        final Map<UniqueName, ResourceId> names = new LinkedHashMap<>();
        for (final Entry entry : next.entries.values()) {
            for (final UniqueName name : entry.stored.resource().names()) {
                if (names.put(name, entry.stored.resource().id()) != null) {
                    return refused(Outcome.TAKEN, List.of(taken(name.field(), name.name())), List.of());
                }
            }
        }
        final List<Referrer> referrers = next.entries.entrySet().stream()
                .filter(entry -> entry.getValue().references.stream()
                        .anyMatch(reference -> deleted.contains(new Key(reference.kind(), reference.id()))
                                && !next.entries.containsKey(new Key(reference.kind(), reference.id()))))
                .map(entry -> new Referrer(entry.getKey().kind(), entry.getKey().id()))
                .toList();
        if (!referrers.isEmpty()) {
            return refused(Outcome.REFERRED_TO, List.of(), referrers);
        }
        apply(next, request.actor(), request.action(), keys.size());
        return new ChangeResult(
                Outcome.APPLIED,
                revision,
                keys.stream()
                        .map(next.entries::get)
                        .map(entry -> entry == null ? null : entry.stored)
                        .toList(),
                List.of(),
                List.of(),
                0);
    }

    private void apply(final State next, final String actor, final String action, final int edits) {
        state = next;
        revision++;
        states.put(revision, next);
        made.addFirst(
                new RevisionView(revision, Instant.ofEpochMilli(clockUs.getAsLong() / 1000), actor, action, edits));
    }

    private record Read(Resource resource, List<Reference> references) {}

    private static Read read(final Edit edit, final int place, final State others, final Problems problems) {
        final Fields fields = fields(edit, place, others, problems);
        final Resource resource = edit.kind().read(fields);
        return new Read(resource, fields.found());
    }

    private static Fields fields(final Edit edit, final int place, final State others, final Problems problems) {
        return new Fields(
                edit.fields().deepCopy(), edit.kind().collection(), place, others::resolve, problems, new Problems(0));
    }

    private void put(final State next, final Key key, final Read read, final Entry was, final int place) {
        final long nowUs = clockUs.getAsLong();
        next.entries.put(
                key,
                new Entry(
                        new StoredResource(
                                key.kind,
                                read.resource,
                                was == null ? nowUs : was.stored.createdUs(),
                                nowUs,
                                HexFormat.of().toHexDigits((revision + 1) << 20 | place)),
                        read.references));
    }

    private static Problem taken(final String field, final String value) {
        return new Problem(1, "", field, value, "is taken", "choose another one");
    }

    private ChangeResult refused(final Outcome outcome, final List<Problem> problems, final List<Referrer> referrers) {
        return new ChangeResult(
                outcome,
                revision,
                List.of(),
                problems,
                referrers.stream().limit(REFERRERS_MAX).toList(),
                referrers.size());
    }

    @Override
    public synchronized List<RevisionView> revisions(final long olderThan, final int limit) {
        return made.stream()
                .filter(entry -> entry.revision() < olderThan)
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized Optional<List<DifferenceView>> diff(final long from, final long to) {
        final State one = states.get(from);
        final State other = states.get(to);
        if (one == null || other == null) {
            return Optional.empty();
        }
        final TreeMap<Key, Entry> keys = new TreeMap<>();
        keys.putAll(one.entries);
        keys.putAll(other.entries);
        final List<DifferenceView> differences = new ArrayList<>();
        for (final Key key : keys.keySet()) {
            final Optional<String> before = json(one, key);
            final Optional<String> after = json(other, key);
            if (!before.equals(after)) {
                differences.add(new DifferenceView(key.kind, key.id, before, after));
            }
        }
        return Optional.of(differences);
    }

    private static Optional<String> json(final State state, final Key key) {
        return Optional.ofNullable(state.entries.get(key))
                .map(entry -> new String(entry.stored.resource().json(), StandardCharsets.UTF_8));
    }

    @Override
    public synchronized ChangeResult rollback(final long to, final String actor) {
        final State earlier = states.get(to);
        if (earlier == null) {
            return refused(Outcome.NOT_FOUND, List.of(), List.of());
        }
        apply(new State(earlier.entries), actor, "rollback " + to, earlier.entries.size());
        return new ChangeResult(Outcome.APPLIED, revision, List.of(), List.of(), List.of(), 0);
    }
}
