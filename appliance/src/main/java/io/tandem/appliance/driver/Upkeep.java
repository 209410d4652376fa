package io.tandem.appliance.driver;

import io.tandem.appliance.configuration.GenerationStore;
import io.tandem.journal.JournalException;
import io.tandem.journal.queue.InputsQueue;
import io.tandem.journal.queue.InputsReader;
import io.tandem.journal.snapshot.SnapshotStore;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a new snapshot makes superfluous goes: files of the inputs queue before the oldest snapshot that is kept, as far as
 * their retention allows, and configuration generations that neither a snapshot nor an input still in the queue names. On
 * the snapshot store's thread.
 */
final class Upkeep implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);

    private final SnapshotStore snapshots;
    private final InputsQueue inputs;
    private final GenerationStore generations;
    private final ConfigurationSwitches switches;
    private final Path switchesFile;
    private final long recoveredIndex;
    private boolean recoveredRead;
    private volatile boolean closed;

    /**
     * Creates it at start.
     *
     * @param switches       told of every switch of this life
     * @param switchesFile   where they are kept
     * @param recoveredIndex last input of the lives before, whose switches are read from file and queue
     */
    Upkeep(
            final SnapshotStore snapshots,
            final InputsQueue inputs,
            final GenerationStore generations,
            final ConfigurationSwitches switches,
            final Path switchesFile,
            final long recoveredIndex) {
        this.snapshots = snapshots;
        this.inputs = inputs;
        this.generations = generations;
        this.switches = switches;
        this.switchesFile = switchesFile;
        this.recoveredIndex = recoveredIndex;
    }

    /** Does what can be done now; problems are logged and tried again after the next snapshot. */
    void run() {
        final long newest = snapshots.newestInputIndex();
        if (closed || newest == SnapshotStore.NONE) {
            return;
        }
        try (InputsReader reader = inputs.reader()) {
            inputs.needFrom(snapshots.oldestInputIndex());
            readRecovered(reader);
            reader.toStart();
            if (closed || !reader.next()) {
                return;
            }
            final Set<String> needed = new HashSet<>(switches.since(reader.index()));
            switches.store(switchesFile, newest);
            needed.addAll(snapshots.generationsNeeded());
            generations.prune(needed);
        } catch (final JournalException e) {
            LOG.warn("upkeep of the journal failed: reason={}", e.getMessage());
        }
    }

    private void readRecovered(final InputsReader reader) {
        if (recoveredRead) {
            return;
        }
        final long knownTo = switches.load(switchesFile);
        if (knownTo == ConfigurationSwitches.NOTHING || !reader.moveTo(knownTo)) {
            reader.toStart();
        }
        recoveredRead = switches.read(reader, recoveredIndex, () -> closed);
    }

    /** Makes a run that goes on end soon; the process that ends waits for it before it lets go of the queue. Any thread. */
    @Override
    public void close() {
        closed = true;
    }
}
