package io.tandem.routing.model;

import java.util.List;

/** One configured thing, as it is stored: a value that spells itself as canonical JSON. */
public interface Resource {
    /** Its identifier. */
    ResourceId id();

    /** Whose it is; an account is its own. */
    ResourceId accountId();

    /**
     * Names that nothing else of its kind may bear; the first, if any, is the one that {@code name:} references find.
     */
    List<UniqueName> names();

    /** The same as canonical JSON. */
    byte[] json();

    /** Fields that requests may repeat and not change (D17): something else than writing the resource changes them. */
    default List<String> readOnlyFields() {
        return List.of();
    }

    /**
     * The resource that takes the place of another one: what nobody can give again, such as a secret that is never
     * shown, is taken over from {@code before}.
     */
    default Resource succeeding(final Resource before) {
        return this;
    }

    /**
     * The field whose change may make wrong what refers to it and was right beside {@code before}; empty when nothing
     * of that kind has changed.
     */
    default String reliedOn(final Resource before) {
        return accountId().equals(before.accountId()) ? "" : "account_id";
    }

    /**
     * Reports what is wrong with it beside the others: circles, targets that take no calls, tables that are full. What
     * it refers to exists.
     *
     * @param fields what it was read from.
     * @param others everything as it will be with this change.
     */
    default void check(final Fields fields, final Resources others) {
        // most resources stand for themselves
    }
}
