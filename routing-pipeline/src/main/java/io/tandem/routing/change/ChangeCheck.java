package io.tandem.routing.change;

import io.tandem.routing.change.ChangeCommand.Transition;
import io.tandem.routing.change.ChangeResult.Outcome;
import io.tandem.routing.configuration.OverlaidConfiguration;
import io.tandem.routing.configuration.ResourceChecks;
import io.tandem.routing.model.Fields;
import io.tandem.routing.model.NumberPattern;
import io.tandem.routing.model.NumberPattern.Form;
import io.tandem.routing.model.PhoneNumber;
import io.tandem.routing.model.Problem;
import io.tandem.routing.model.Problems;
import io.tandem.routing.model.Resource;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.model.UniqueName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Checks a change against one revision: fields, names, references, what belongs together, and that nothing that goes is
 * referred to. All that is wrong is named at once. One thread, one change.
 */
public final class ChangeCheck {
    /** Problems that are kept in full. */
    private static final int PROBLEMS_KEPT = 100;

    /** Referrers that are named when a resource cannot go. */
    private static final int REFERRERS_SHOWN = 10;

    private static final List<ResourceKind> ORDER = ResourceKind.inOrderOfNaming();

    private final OverlaidConfiguration current;
    private final long nowUs;
    private final Supplier<ResourceId> newIds;
    private final ConfigurationDraft draft;
    private final Problems problems = new Problems(PROBLEMS_KEPT);
    private final Problems warnings = new Problems(PROBLEMS_KEPT);
    private final List<Wanted> wanted = new ArrayList<>();
    private final List<Transition> transitions = new ArrayList<>();
    private StoredResource[] results;
    private long takenCount;

    /** An edit with its place and what it is about. */
    private record Wanted(int place, Edit edit, ResourceId id, ObjectNode fields) {}

    private ChangeCheck(final OverlaidConfiguration current, final long nowUs, final Supplier<ResourceId> newIds) {
        this.current = current;
        this.nowUs = nowUs;
        this.newIds = newIds;
        draft = new ConfigurationDraft(current);
    }

    /**
     * What a change comes to.
     *
     * @param refusal why it cannot be made, or null.
     * @param transitions what it does; empty when everything is so already.
     * @param resources as they will be, one for each edit; null for those that go.
     * @param warnings of what is right and may yet not be meant.
     */
    public record Checked(
            ChangeResult refusal,
            List<Transition> transitions,
            List<StoredResource> resources,
            List<Problem> warnings) {
        Checked(final ChangeResult refusal) {
            this(refusal, List.of(), List.of(), List.of());
        }
    }

    /**
     * Checks a change.
     *
     * @param nowUs when it is made, microseconds since 1970 UTC.
     * @param newIds identifiers for new resources.
     */
    public static Checked check(
            final OverlaidConfiguration current,
            final ChangeRequest request,
            final long nowUs,
            final Supplier<ResourceId> newIds) {
        return new ChangeCheck(current, nowUs, newIds).check(request);
    }

    private Checked check(final ChangeRequest request) {
        for (final int place : byKind(request.edits())) {
            final ChangeResult refusal = enter(place, request.edits().get(place - 1));
            if (refusal != null) {
                return new Checked(refusal);
            }
        }
        final List<Wanted> sound = new ArrayList<>();
        for (final Wanted one : wanted) {
            final long before = problems.count();
            if (one.fields != null) {
                read(one, request.restores());
                if (problems.count() == before) {
                    sound.add(one);
                }
            }
        }
        for (final Wanted one : sound) {
            ResourceChecks.run(
                    draft.find(one.edit.kind(), one.id),
                    new Fields(one.fields, one.edit.kind().collection(), one.place, draft, problems, warnings),
                    draft);
        }
        if (problems.isEmpty()) {
            checkDependents();
        }
        if (!problems.isEmpty()) {
            return refused(takenCount > 0 && problems.count() == takenCount ? Outcome.TAKEN : Outcome.INVALID);
        }
        for (final Wanted one : wanted) {
            if (one.fields == null) {
                final List<ChangeResult.Referrer> shown = new ArrayList<>();
                final long count = draft.referrers(one.edit.kind(), one.id, REFERRERS_SHOWN, shown);
                if (count > 0) {
                    return new Checked(new ChangeResult(
                            Outcome.REFERRED_TO, current.revision(), List.of(), List.of(), shown, count));
                }
            }
        }
        wanted.forEach(one -> settle(one, request.restores()));
        return new Checked(null, List.copyOf(transitions), Arrays.asList(results), warnings.kept());
    }

    /** Places of edits, accounts first, since what is theirs is named within them. */
    private List<Integer> byKind(final List<Edit> edits) {
        results = new StoredResource[edits.size()];
        return IntStream.rangeClosed(1, edits.size())
                .boxed()
                .sorted(Comparator.comparingInt(
                        place -> ORDER.indexOf(edits.get(place - 1).kind())))
                .toList();
    }

    /** Finds out what an edit is about, and puts it into the draft as far as it can be read. */
    private ChangeResult enter(final int place, final Edit edit) {
        if (edit.fields() == null) {
            final ChangeResult refusal = existing(place, edit, edit.id());
            refuseSecond(place, edit, edit.id());
            draft.set(edit.kind(), edit.id(), null, List.of());
            wanted.add(new Wanted(place, edit, edit.id(), null));
            return refusal;
        }
        final ObjectNode fields = edit.fields().deepCopy();
        final ResourceId id = identity(edit, fields);
        if (id != null) {
            fields.put("id", id.prefixed(edit.kind()));
        } else if (fields.hasNonNull("id")) {
            final JsonNode given = fields.get("id");
            problems.add(new Problem(
                    place,
                    edit.kind().collection(),
                    "id",
                    given.isString() ? given.stringValue() : given.toString(),
                    "must be " + edit.kind().prefix() + " and a ULID, or a UUID",
                    "leave it out to go by the name"));
        }
        final Resource first = edit.kind().read(quiet(edit.kind(), fields));
        final ResourceId settled = id != null ? id : byName(first);
        fields.put("id", settled.prefixed(edit.kind()));
        final StoredResource was = stored(edit.kind(), settled);
        if (was != null) {
            HiddenFields.keep(edit.kind(), fields, was.resource());
        }
        final Fields again = quiet(edit.kind(), fields);
        final Resource resource = edit.kind().read(again);
        if (edit.mustBeNew() && was != null) {
            problems.add(new Problem(
                    place, edit.kind().collection(), "id", settled.prefixed(edit.kind()), "is taken", "leave it out"));
            takenCount++;
        }
        if (!edit.expectedTag().isEmpty()) {
            final ChangeResult refusal = existing(place, edit, settled);
            if (refusal != null) {
                return refusal;
            }
        }
        refuseSecond(place, edit, settled);
        draft.set(edit.kind(), settled, resource, again.found());
        draft.enter(resource, settled);
        wanted.add(new Wanted(place, edit, settled, fields));
        return null;
    }

    private void refuseSecond(final int place, final Edit edit, final ResourceId id) {
        if (draft.touches(edit.kind(), id)) {
            problems.add(new Problem(
                    place,
                    edit.kind().collection(),
                    "id",
                    id.prefixed(edit.kind()),
                    "is edited twice in one change",
                    "leave one of them out"));
        }
    }

    /** The identifier that the edit or its fields give; a new one for a new resource; null to go by its names. */
    private ResourceId identity(final Edit edit, final ObjectNode fields) {
        if (edit.id() != null) {
            return edit.id();
        }
        if (fields.get("id") != null && fields.get("id").isString()) {
            final ResourceId given =
                    ResourceId.parse(fields.get("id").stringValue(), edit.kind().prefix());
            if (given != null && !given.isNil()) {
                return given;
            }
        }
        return edit.mustBeNew() && !fields.has("id") ? newIds.get() : null;
    }

    /** The resource that bears the first name, or the identifier that its reader derived. */
    private ResourceId byName(final Resource resource) {
        if (resource.names().isEmpty() || resource.names().getFirst().name().isBlank()) {
            return resource.id();
        }
        final ResourceId known = draft.bearer(resource.names().getFirst());
        return known == null ? resource.id() : known;
    }

    private ChangeResult existing(final int place, final Edit edit, final ResourceId id) {
        final StoredResource stored = stored(edit.kind(), id);
        if (stored == null) {
            return refusal(Outcome.NOT_FOUND, place, edit, id, "is not there", "list what there is");
        }
        if (!edit.expectedTag().isEmpty() && !edit.expectedTag().equals(stored.tag())) {
            return refusal(Outcome.STALE, place, edit, id, "has changed since it was read", "read it again");
        }
        return null;
    }

    private ChangeResult refusal(
            final Outcome outcome,
            final int place,
            final Edit edit,
            final ResourceId id,
            final String rule,
            final String mend) {
        final Problem problem =
                new Problem(place, edit.kind().collection(), "id", id.prefixed(edit.kind()), rule, mend);
        return new ChangeResult(outcome, current.revision(), List.of(), List.of(problem), List.of(), 0);
    }

    private StoredResource stored(final ResourceKind kind, final ResourceId id) {
        return Storing.read(kind, current.resource(kind, id.high(), id.low()));
    }

    /** Reads a resource in earnest. */
    private void read(final Wanted one, final boolean restores) {
        final ResourceKind kind = one.edit.kind();
        final Fields fields = fields(one);
        Resource resource = kind.read(fields);
        final StoredResource before = stored(kind, one.id);
        if (before != null && !restores) {
            resource = resource.succeeding(before.resource());
        }
        draft.set(kind, one.id, resource, fields.found());
        final int bytes = resource.json().length;
        if (bytes > Storing.BYTES_MAX) {
            fields.refuse("", "resource must have at most " + Storing.BYTES_MAX + " bytes: bytes=" + bytes, "split it");
        }
        final long takenBefore = takenCount;
        for (final UniqueName name : resource.names()) {
            if (!name.name().isBlank() && draft.take(name, one.id) != null) {
                fields.refuse(name.field(), "is taken by another of the " + kind.collection(), "make it unique");
                takenCount++;
            }
        }
        if (takenCount == takenBefore
                && resource instanceof PhoneNumber number
                && number.pattern().form() == Form.RANGE) {
            final NumberPattern other = draft.takeRange(number.pattern());
            if (other.isThere()) {
                fields.refuse(
                        "e164", "overlaps another range: " + other.text(), "give ranges that have no number in common");
                takenCount++;
            }
        }
    }

    private void checkDependents() {
        final DependentChecks dependents = new DependentChecks(current, draft, problems);
        for (final Wanted one : wanted) {
            final StoredResource before = one.fields == null ? null : stored(one.edit.kind(), one.id);
            if (before != null) {
                dependents.run(
                        one.place,
                        one.edit.kind(),
                        before.resource(),
                        draft.find(one.edit.kind(), one.id),
                        field -> one.fields.path(field).asString(""));
            }
        }
    }

    /** Has a resource come into being, change or go; one that is restored has been there since it was made first. */
    private void settle(final Wanted one, final boolean restores) {
        final ResourceKind kind = one.edit.kind();
        final byte[] before = current.resource(kind, one.id.high(), one.id.low());
        if (one.fields == null) {
            transitions.add(new Transition(kind, one.id, before, null));
            return;
        }
        final Resource resource = draft.find(kind, one.id);
        final StoredResource stored = Storing.read(kind, before);
        if (stored != null && Arrays.equals(stored.resource().json(), resource.json())) {
            results[one.place - 1] = stored;
            return;
        }
        final long madeUs = restores ? fields(one).times().createdUs() : 0;
        final byte[] after =
                Storing.bytes(resource, madeUs > 0 ? madeUs : stored == null ? nowUs : stored.createdUs(), nowUs);
        transitions.add(new Transition(kind, one.id, before, after));
        results[one.place - 1] = Storing.read(kind, after);
    }

    private Fields quiet(final ResourceKind kind, final ObjectNode fields) {
        return new Fields(fields, kind.collection(), 0, draft, new Problems(0), new Problems(0));
    }

    private Fields fields(final Wanted one) {
        return new Fields(one.fields, one.edit.kind().collection(), one.place, draft, problems, new Problems(0));
    }

    private Checked refused(final Outcome outcome) {
        return new Checked(new ChangeResult(outcome, current.revision(), List.of(), problems.kept(), List.of(), 0));
    }
}
