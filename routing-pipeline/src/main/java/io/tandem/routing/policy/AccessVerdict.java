package io.tandem.routing.policy;

import io.tandem.routing.model.ResourceId;

/**
 * Whether a call may come from where it comes.
 *
 * @param rule the rule that decided; {@link ResourceId#NIL} if there was none, or if it is denied because no rule allows it.
 */
public record AccessVerdict(boolean allowed, ResourceId rule) {
    /** Some rule allows something, and none allows this. */
    public static final AccessVerdict DENIED_BY_DEFAULT = new AccessVerdict(false, ResourceId.NIL);
}
