package io.tandem.routing.policy;

import io.tandem.routing.model.RecordingMode;
import io.tandem.routing.model.ResourceId;

/**
 * Whether and how a call is recorded.
 *
 * @param stereo whether each side has a channel of its own.
 * @param rule what decided: a recording rule, or the phone list that forbids it; {@link ResourceId#NIL} if no rule applies.
 */
public record Recording(RecordingMode mode, boolean stereo, ResourceId rule) {
    /** No rule applies: it is not recorded. */
    public static final Recording NO_RULE = new Recording(RecordingMode.OFF, false, ResourceId.NIL);
}
