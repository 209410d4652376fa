package io.tandem.admin.view;

import java.time.Instant;

/**
 * A change that was made.
 *
 * @param actor who made it.
 * @param action what it was, in a few words.
 * @param edits resources that it touched; 0 when it switched to another generation.
 */
public record RevisionView(long revision, Instant at, String actor, String action, int edits) {}
