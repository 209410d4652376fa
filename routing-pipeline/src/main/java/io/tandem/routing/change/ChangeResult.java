package io.tandem.routing.change;

import io.tandem.routing.model.Problem;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import java.util.List;

/**
 * What became of a change.
 *
 * @param outcome {@link Outcome#APPLIED}, or why not; nothing is changed then.
 * @param revision that it made, or that it was checked against.
 * @param resources as they are now, one for each edit; null for a deleted one. Empty unless applied.
 * @param problems all that is wrong; {@link Problem#line()} is the place of the edit, from 1.
 * @param referrers what still refers to a resource that was to be deleted; the first ones.
 * @param referrerCount how many there are.
 * @param warnings what an applied change asks for that this machine does not have.
 */
public record ChangeResult(
        Outcome outcome,
        long revision,
        List<StoredResource> resources,
        List<Problem> problems,
        List<Referrer> referrers,
        long referrerCount,
        List<Problem> warnings) {
    /** Without warnings. */
    public ChangeResult(
            final Outcome outcome,
            final long revision,
            final List<StoredResource> resources,
            final List<Problem> problems,
            final List<Referrer> referrers,
            final long referrerCount) {
        this(outcome, revision, resources, problems, referrers, referrerCount, List.of());
    }

    /** How a change ended. */
    public enum Outcome {
        /** It counts from {@link ChangeResult#revision()} on. */
        APPLIED,
        /** Fields are wrong. */
        INVALID,
        /** A resource to be changed or deleted is not there. */
        NOT_FOUND,
        /** A name, number or identifier is taken. */
        TAKEN,
        /** What was to be deleted is still referred to. */
        REFERRED_TO,
        /** The resource has changed since: its tag differs. */
        STALE,
        /** The appliance cannot take changes now: an import goes on, it is draining its ring, or it stops. */
        BUSY,
        /** The change has more than one command can carry. */
        TOO_LARGE
    }

    /** The same with problems and warnings that name no place: a change of one edit has only one. */
    public ChangeResult withoutPlaces() {
        return new ChangeResult(
                outcome,
                revision,
                resources,
                problems.stream().map(Problem::withoutLine).toList(),
                referrers,
                referrerCount,
                warnings.stream().map(Problem::withoutLine).toList());
    }

    /** The same under another revision. */
    public ChangeResult at(final long otherRevision) {
        return new ChangeResult(outcome, otherRevision, resources, problems, referrers, referrerCount, warnings);
    }

    /** The same with other problems. */
    public ChangeResult with(final Outcome otherOutcome, final List<Problem> otherProblems) {
        return new ChangeResult(otherOutcome, revision, resources, otherProblems, referrers, referrerCount, warnings);
    }

    /** Something that refers to something. */
    public record Referrer(ResourceKind kind, ResourceId id) {}
}
