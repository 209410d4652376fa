package io.tandem.admin.view;

import java.util.Optional;

/**
 * Whose the things are that an explanation names: accounts by identifier.
 *
 * @param source    of the trunk that the source address belongs to; empty if it belongs to none, or none was given
 * @param number    of the number that was dialled; empty if it is none of ours
 * @param target    of the trunk that takes the call
 * @param recording of the rule that says how the call is recorded; empty for an operator's
 */
public record ExplanationOwners(
        Optional<String> source, Optional<String> number, Optional<String> target, Optional<String> recording) {
    /** Nothing is anybody's. */
    public static final ExplanationOwners NONE =
            new ExplanationOwners(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
}
