package io.tandem.admin.view;

import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/**
 * The appliance as a whole.
 *
 * @param profile      threading profile in use
 * @param callsLive    calls that hold a call slot
 * @param callsRinging those of them not yet answered
 * @param tables       every bounded table
 */
public record StatusView(
        String version,
        ServiceState state,
        String profile,
        Instant started,
        long uptimeMs,
        long callsLive,
        long callsRinging,
        ConfigurationView configuration,
        List<ListenerView> listeners,
        List<Table> tables,
        Journal journal,
        Memory memory) {

    /**
     * Fill of one bounded table.
     *
     * @param refused how often it was full when something was to be added
     */
    public record Table(String name, long used, long limit, long peak, long refused) {}

    /**
     * The inputs queue and the last snapshot.
     *
     * @param inputs        inputs appended since the journal began
     * @param lastIndex     index of the last batch
     * @param bytes         size on disk
     * @param writable      false when the policy for a full or failing disk is in force
     * @param snapshotAgeMs age of the last snapshot; empty when there is none
     */
    public record Journal(
            String directory, long inputs, long lastIndex, long bytes, boolean writable, OptionalLong snapshotAgeMs) {}

    /** Memory of the process, in bytes; files mapped by the journal and the configuration are beside it. */
    public record Memory(long heapUsed, long heapLimit, long direct) {}
}
