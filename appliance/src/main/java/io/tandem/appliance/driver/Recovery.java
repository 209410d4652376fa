package io.tandem.appliance.driver;

import io.tandem.appliance.playback.DiscardedOutputs;
import io.tandem.appliance.playback.InputObserver;
import io.tandem.appliance.playback.JournalPlayer;
import io.tandem.journal.JournalCorruptException;
import io.tandem.journal.queue.InputsQueue;
import io.tandem.journal.queue.InputsReader;
import io.tandem.journal.snapshot.SnapshotReader;
import io.tandem.journal.snapshot.SnapshotStore;
import io.tandem.routing.core.Core;
import io.tandem.routing.core.CoreStats;
import io.tandem.routing.effect.Effects;
import java.util.Optional;
import org.agrona.DirectBuffer;

/**
 * Brings a new core to where the last life ended: the newest whole snapshot, then the journal's tail with messages
 * discarded and missing records appended. On the core's thread.
 */
final class Recovery extends DiscardedOutputs {
    private final Core core;
    private final JournalPlayer player;
    private final RecordAppender records;
    private long snapshotRecords;
    private long lastIndex = InputsQueue.NONE;
    private long lastNowNs;
    private long lastWallMs;

    private Recovery(final Core core, final Effects effects, final RecordAppender records) {
        this.core = core;
        this.records = records;
        player = new JournalPlayer(core, effects, this, InputObserver.NONE);
    }

    /**
     * Where the core stands, and what it took.
     *
     * @param lastIndex       index of the last turn, or {@link InputsQueue#NONE}
     * @param nowNs           monotonic time of the last turn
     * @param wallMs          wall clock of the last turn, 0 for none
     * @param epoch           process life of the last turn
     * @param snapshotRecords records of the snapshot that was read, 0 for none
     * @param turns           turns of the tail
     * @param inputs          inputs of the tail
     * @param state           what the core holds now
     * @param durationMs      what it took
     */
    record Outcome(
            long lastIndex,
            long nowNs,
            long wallMs,
            long epoch,
            long snapshotRecords,
            long turns,
            long inputs,
            CoreStats state,
            long durationMs) {
        /** For the ready line. */
        String text() {
            return "recovered calls=" + state.liveCalls() + " transactions="
                    + (state.clientTransactions() + state.serverTransactions()) + " snapshotRecords=" + snapshotRecords
                    + " tailTurns=" + turns + " tailInputs=" + inputs + " ms=" + durationMs;
        }
    }

    static Outcome run(
            final Core core,
            final Effects effects,
            final InputsQueue inputs,
            final RecordAppender records,
            final SnapshotStore snapshots) {
        final long startNs = System.nanoTime();
        final Recovery recovery = new Recovery(core, effects, records);
        recovery.readSnapshot(snapshots);
        recovery.playTail(inputs);
        return new Outcome(
                recovery.lastIndex,
                recovery.lastNowNs,
                recovery.lastWallMs,
                core.epoch(),
                recovery.snapshotRecords,
                recovery.player.turns(),
                recovery.player.inputs(),
                core.stats(),
                (System.nanoTime() - startNs) / 1_000_000);
    }

    private void readSnapshot(final SnapshotStore snapshots) {
        final Optional<SnapshotReader> latest = snapshots.latest();
        if (latest.isEmpty()) {
            return;
        }
        try (SnapshotReader reader = latest.get()) {
            core.beginReadingSnapshot();
            while (reader.next()) {
                core.readSnapshot(reader.buffer(), reader.offset());
            }
            core.endReadingSnapshot();
            lastIndex = reader.header().inputIndex();
            lastNowNs = reader.header().nowNs();
            lastWallMs = reader.header().wallMs();
            snapshotRecords = reader.count();
        }
    }

    private void playTail(final InputsQueue inputs) {
        try (InputsReader reader = inputs.reader()) {
            if (lastIndex == InputsQueue.NONE) {
                reader.toStart();
            } else if (!reader.moveTo(lastIndex) || !reader.next()) {
                throw new JournalCorruptException("journal does not hold the turn of the last snapshot: inputIndex=0x"
                        + Long.toHexString(lastIndex) + " lastIndex=0x" + Long.toHexString(inputs.lastIndex()));
            }
            while (reader.next()) {
                lastIndex = reader.index();
                records.beginTurn(lastIndex);
                player.play(lastIndex, reader.buffer(), reader.offset());
                lastNowNs = player.nowNs();
                lastWallMs = player.wallMs();
            }
        }
    }

    @Override
    public void onRecord(final DirectBuffer buffer, final int offset, final int length) {
        records.append(buffer, offset, length);
    }
}
