package io.tandem.routing.change;

import java.util.List;

/**
 * Edits that are made together or not at all.
 *
 * @param actor who wants it, for the audit: {@code key key_01j...}, {@code console 127.0.0.1}.
 * @param action in a few words, for the audit: {@code put numbers did_01j...}.
 * @param restores whether the resources become what they were before, published flows as well, which ordinary edits leave
 *     alone.
 */
public record ChangeRequest(String actor, String action, List<Edit> edits, boolean restores) {
    /** Copies the list. */
    public ChangeRequest {
        edits = List.copyOf(edits);
    }

    /** An ordinary one. */
    public ChangeRequest(final String actor, final String action, final List<Edit> edits) {
        this(actor, action, edits, false);
    }
}
