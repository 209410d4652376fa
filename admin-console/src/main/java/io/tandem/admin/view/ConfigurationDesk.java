package io.tandem.admin.view;

import io.tandem.routing.change.ChangeRequest;
import io.tandem.routing.change.ChangeResult;
import io.tandem.routing.change.StoredResource;
import io.tandem.routing.configuration.Creation;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.model.UniqueName;
import java.util.List;
import java.util.Optional;

/** Reads and changes the configuration of the running appliance. Any thread; calls may wait some milliseconds. */
public interface ConfigurationDesk {
    /** The revision in force. */
    long revision();

    /** One resource as it is now, or null. */
    StoredResource find(ResourceKind kind, ResourceId id);

    /** Who bears a name, or null. */
    ResourceId find(UniqueName name);

    /** The number, range or prefix that takes the calls to a number, or null. */
    StoredResource numberOf(long e164);

    /** The range or prefix that takes the calls to a number unless it is there by itself, or null. */
    StoredResource blockOf(long e164);

    /**
     * Resources in ascending order of their identifiers.
     *
     * @param account only those of this account; null for all.
     * @param after only those behind this identifier; null to begin with the first.
     * @param limit most resources to answer.
     */
    List<StoredResource> list(ResourceKind kind, ResourceId account, ResourceId after, int limit);

    /** A resource with its place among those of its account. */
    record Placed(Creation place, StoredResource stored) {}

    /**
     * Numbers or flows of an account, newest first.
     *
     * @param before only those behind this place; {@link Creation#FIRST} to begin with the newest.
     * @param limit most resources to answer, at least one.
     */
    List<Placed> listNewest(ResourceKind kind, ResourceId account, Creation before, int limit);

    /** How many resources of a kind refer to a target. */
    long referrerCount(ResourceKind kind, ResourceKind targetKind, ResourceId target);

    /** Makes a change, or says why not. Nothing is changed then. */
    ChangeResult change(ChangeRequest request);

    /** What {@link #change} would answer now, as far as the configuration decides it; nothing is changed. */
    ChangeResult check(ChangeRequest request);

    /**
     * Changes that were made, newest first.
     *
     * @param before only those older than this revision.
     */
    List<RevisionView> revisions(long before, int limit);

    /** What differs between two revisions; empty when one of them is too old to be known. */
    Optional<List<DifferenceView>> diff(long from, long to);

    /** Makes everything as it was at a revision again, as a new revision. */
    ChangeResult rollback(long revision, String actor);
}
