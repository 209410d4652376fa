package io.tandem.appliance.playback;

import io.tandem.journal.JournalException;
import io.tandem.journal.queue.InputsReader;
import io.tandem.journal.record.InputBatchDecoder;
import io.tandem.journal.record.InputKind;
import io.tandem.journal.record.MessageHeaderDecoder;
import io.tandem.journal.snapshot.SnapshotReader;
import io.tandem.journal.snapshot.SnapshotStore;
import io.tandem.routing.core.Core;
import io.tandem.routing.core.Restart;
import java.nio.file.Path;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** Where a journal can be played from: its beginning or, when that has gone, the oldest snapshot that reaches into it. */
final class PlaybackStart {
    /** Played from the beginning. */
    static final long BEGINNING = -1;

    private PlaybackStart() {}

    /**
     * Brings a new core and a reader there: the reader's next document is the first to play.
     *
     * @param snapshots directory of the snapshots
     * @return input index of the snapshot that the core has read, or {@link #BEGINNING}
     * @throws JournalException when what is left of the journal cannot be played
     */
    static long take(final Core core, final InputsReader reader, final Path snapshots) {
        reader.toStart();
        final boolean empty = !reader.next();
        if (empty || isFirstLife(reader)) {
            reader.toStart();
            return BEGINNING;
        }
        final long firstIndex = reader.index();
        final long taken = takeFrom(core, reader, snapshots, firstIndex);
        if (taken == BEGINNING) {
            throw new JournalException(
                    "journal cannot be played: its beginning has gone and no snapshot reaches into what is"
                            + " left: firstIndex=0x" + Long.toHexString(firstIndex) + " snapshots=" + snapshots);
        }
        return taken;
    }

    /**
     * Brings a new core to the oldest snapshot of an index not before {@code firstIndex}, and the reader behind it.
     *
     * @return input index of that snapshot, or {@link #BEGINNING} when there is none
     */
    static long takeFrom(final Core core, final InputsReader reader, final Path snapshots, final long firstIndex) {
        final List<Path> newestFirst = SnapshotStore.files(snapshots);
        for (final Path file : newestFirst.reversed()) {
            try (SnapshotReader snapshot = SnapshotReader.open(file)) {
                final long index = snapshot.header().inputIndex();
                if (index >= firstIndex && reader.moveTo(index) && reader.next()) {
                    core.beginReadingSnapshot();
                    while (snapshot.next()) {
                        core.readSnapshot(snapshot.buffer(), snapshot.offset());
                    }
                    core.endReadingSnapshot();
                    return index;
                }
            }
        }
        return BEGINNING;
    }

    private static boolean isFirstLife(final InputsReader reader) {
        final InputBatchDecoder batch = new InputBatchDecoder();
        batch.wrapAndApplyHeader(reader.buffer(), reader.offset(), new MessageHeaderDecoder());
        final InputBatchDecoder.InputsDecoder inputs = batch.inputs();
        if (!inputs.hasNext() || inputs.next().kind() != InputKind.RESTARTED) {
            return false;
        }
        final UnsafeBuffer payload = new UnsafeBuffer(0, 0);
        inputs.wrapPayload(payload);
        return Restart.decode(payload, 0).epoch() == 1;
    }
}
