package io.tandem.routing.model;

import java.util.Arrays;
import java.util.List;

/** Where a route target stands, for not every kind may stand everywhere. */
public enum TargetPlace {
    /** The target of a number, or a default or override of one. */
    NUMBER,
    /** The target of an extension. */
    EXTENSION,
    /** Overrides, exits, forwards and overflows of everything else. */
    ELSEWHERE;

    /** Whether a kind may stand here: a feature needs a caller whom we know, and only extensions are reserved to such. */
    public boolean takes(final TargetKind kind) {
        return kind != TargetKind.NONE && (kind != TargetKind.FEATURE || this == EXTENSION);
    }

    /** The words of the kinds that may. */
    public List<String> words() {
        return Arrays.stream(TargetKind.values())
                .filter(this::takes)
                .map(TargetKind::word)
                .toList();
    }
}
