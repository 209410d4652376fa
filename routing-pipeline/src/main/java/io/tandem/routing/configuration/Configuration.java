package io.tandem.routing.configuration;

import io.tandem.routing.model.NumberPattern;
import io.tandem.routing.model.NumberPattern.Form;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.model.ResourceReader;
import io.tandem.routing.model.UniqueName;

/**
 * One immutable revision of the configuration. Read by the core's thread while calls are decided, and by management
 * threads; several threads may read at the same time, each with a row of its own.
 */
public interface Configuration {
    /** Grows with every change. */
    long revision();

    /** Name under which a {@link ConfigurationSource} finds it again. */
    String name();

    /**
     * Looks up a number, or what else is stored under {@link NumberPattern#key()}, without allocating.
     *
     * @param into filled if it is there, otherwise left as it was.
     */
    boolean number(long key, NumberRow into);

    /** Which prefixes and ranges of numbers there are. */
    NumberBlocks blocks();

    /**
     * Finds what takes the calls to a number, without allocating: the number itself, else the range or the longest prefix that it
     * belongs to.
     *
     * @param into filled if there is anything, with the number that was asked for; otherwise left as it was.
     */
    default boolean longestMatch(final long e164, final NumberRow into) {
        return number(e164, into) || (!blocks().isEmpty() && blocks().find(e164, this, into));
    }

    /** One resource as JSON, or null; for compiling plans, never once per call. */
    byte[] resource(ResourceKind kind, long idHigh, long idLow);

    /** Who bears a name, or null. Allocates. */
    default ResourceId find(final UniqueName name) {
        if (name.kind() != ResourceKind.NUMBERS) {
            return findNamed(name);
        }
        final NumberPattern pattern = NumberPattern.parse(name.name());
        final NumberRow row = new NumberRow();
        final boolean there = number(pattern.key(), row)
                && (pattern.form() != Form.RANGE || blocks().lastOf(pattern.first()) == pattern.last());
        return there ? new ResourceId(row.idHigh, row.idLow) : null;
    }

    /** Who bears a name, or null; numbers aside. */
    ResourceId findNamed(UniqueName name);

    /** How many resources of a kind refer to the target of another kind, or of the same. */
    long referrerCount(ResourceKind kind, ResourceKind targetKind, ResourceId target);

    /**
     * Shows the resources of a kind that refer to a target, ascending; of numbers that refer to something else than
     * their account, perhaps only some. What refers to {@link ResourceId#NIL} of its own kind are all resources of the
     * kind, except for numbers.
     *
     * @param after only those behind this one; {@link ResourceId#NIL} for all.
     * @return false when the visitor wanted no more.
     */
    boolean forEachReferrer(
            ResourceKind kind, ResourceKind targetKind, ResourceId target, ResourceId after, IdVisitor visitor);

    /**
     * Shows an account's numbers or flows, newest first; a change leaves a resource where it is. Those of which nobody knows
     * when they were made come last.
     *
     * @param kind {@link ResourceKind#NUMBERS} or {@link ResourceKind#FLOWS}.
     * @param before only those behind this place; {@link Creation#FIRST} for all.
     * @return false when the visitor wanted no more.
     */
    boolean forEachNewest(ResourceKind kind, ResourceId account, Creation before, CreationVisitor visitor);

    /** Visits all resources of a kind but numbers, in ascending order of their identifiers. */
    default void forEach(final ResourceKind kind, final ResourceVisitor visitor) {
        forEachReferrer(kind, kind, ResourceId.NIL, ResourceId.NIL, (high, low) -> {
            visitor.onResource(high, low, resource(kind, high, low));
            return true;
        });
    }

    /**
     * Shows the numbers: by account, and of an account in ascending order of their identifiers.
     *
     * @param after only those behind this one, which is there; {@link ResourceId#NIL} for all.
     */
    default void forEachNumber(final ResourceId after, final IdVisitor visitor) {
        final ResourceId account = ResourceReader.accountOf(
                after.isNil() ? null : resource(ResourceKind.NUMBERS, after.high(), after.low()));
        if (!account.isNil()
                && !forEachReferrer(ResourceKind.NUMBERS, ResourceKind.ACCOUNTS, account, after, visitor)) {
            return;
        }
        forEachReferrer(
                ResourceKind.ACCOUNTS,
                ResourceKind.ACCOUNTS,
                ResourceId.NIL,
                account,
                (high, low) -> forEachReferrer(
                        ResourceKind.NUMBERS,
                        ResourceKind.ACCOUNTS,
                        new ResourceId(high, low),
                        ResourceId.NIL,
                        visitor));
    }
}
