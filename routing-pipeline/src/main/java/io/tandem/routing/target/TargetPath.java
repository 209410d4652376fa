package io.tandem.routing.target;

import io.tandem.routing.model.TargetKind;

/**
 * The targets that a call has passed, the last one first; null is a call that has passed none. Immutable.
 *
 * @param before the ones before it, or null.
 */
public record TargetPath(TargetPath before, TargetKind kind, long idHigh, long idLow, int length) {
    /** Most targets one behind another (decision D2): the next one is answered 483. */
    public static final int LENGTH_MAX = 10;

    static TargetPath add(final TargetPath before, final TargetRef target) {
        return new TargetPath(
                before, target.kind(), target.idHigh(), target.idLow(), before == null ? 1 : before.length + 1);
    }

    static boolean contains(final TargetPath path, final TargetRef target) {
        for (TargetPath at = path; at != null; at = at.before) {
            if (at.kind == target.kind() && at.idHigh == target.idHigh() && at.idLow == target.idLow()) {
                return true;
            }
        }
        return false;
    }

    static boolean full(final TargetPath path) {
        return path != null && path.length >= LENGTH_MAX;
    }
}
