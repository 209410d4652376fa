package io.tandem.admin.view;

import java.util.List;

/**
 * Counters compared with what live calls hold.
 *
 * @param drifts counters that disagree; empty when all is well
 */
public record AuditView(long calls, long holds, long counters, List<Drift> drifts) {

    /** A counter that says {@code counted} while live calls hold {@code held}. */
    public record Drift(String dimension, String id, long counted, long held) {}
}
