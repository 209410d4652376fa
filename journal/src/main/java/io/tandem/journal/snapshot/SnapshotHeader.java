package io.tandem.journal.snapshot;

/**
 * What a snapshot says of itself before its content.
 *
 * @param schemaVersion version of the SBE schema its messages were written with
 * @param inputIndex    newest input whose effects the snapshot holds; recovery continues after it
 * @param epoch         count of process starts
 * @param nowNs         monotonic time of that input
 * @param wallMs        wall clock of that input, ms since 1970 UTC
 * @param build         version of the build that wrote it
 * @param generation    name of the configuration generation it refers to; empty when none
 */
public record SnapshotHeader(
        int schemaVersion, long inputIndex, long epoch, long nowNs, long wallMs, String build, String generation) {}
