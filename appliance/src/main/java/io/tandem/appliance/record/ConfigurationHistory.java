package io.tandem.appliance.record;

import io.tandem.journal.JournalSettings;
import io.tandem.journal.queue.RecordsReader;
import io.tandem.journal.record.ConfigurationChangedDecoder;
import io.tandem.journal.record.MessageHeaderDecoder;
import io.tandem.routing.change.ChangeCommand;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What the records queue knows of changes of the configuration, read beside its writer. Where each change stands in the
 * queue is remembered, so that only the first question reads all of it; edits are read when they are asked for. The
 * newest {@link #REVISIONS_MAX} are known, as far as the journal still has them. Any thread.
 */
public final class ConfigurationHistory {
    /** Revisions that are known; about 200 bytes each. */
    public static final int REVISIONS_MAX = 100_000;

    private static final long NOWHERE = -1;

    private final Path records;
    private final JournalSettings settings;
    private final ReentrantLock lock = new ReentrantLock();
    private final TreeMap<Long, Revision> revisions = new TreeMap<>();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final ConfigurationChangedDecoder decoder = new ConfigurationChangedDecoder();
    private long lastIndex = NOWHERE;

    /** Of a directory of records; opens nothing yet. */
    public ConfigurationHistory(final Path records, final JournalSettings settings) {
        this.records = records;
        this.settings = settings;
    }

    /**
     * One revision that came into force.
     *
     * @param wallMs when, ms since 1970 UTC
     * @param before revision before it
     * @param name of the configuration
     * @param edits how many resources it edited; 0 for a switch to another generation
     * @param index of its record in the queue
     */
    public record Revision(
            long wallMs, long before, long revision, String name, String actor, String action, int edits, long index) {
        /** Whether it switched to another generation, so that nobody knows its edits. */
        public boolean isSwitch() {
            return edits == 0;
        }
    }

    /** Revisions older than one, newest first. */
    public List<Revision> newest(final long before, final int limit) {
        lock.lock();
        try (RecordsReader reader = RecordsReader.open(records, settings)) {
            follow(reader);
            return revisions.headMap(before, false).descendingMap().values().stream()
                    .limit(limit)
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    /** Whether a revision is recorded. */
    public boolean knows(final long revision) {
        lock.lock();
        try (RecordsReader reader = RecordsReader.open(records, settings)) {
            follow(reader);
            return revisions.containsKey(revision);
        } finally {
            lock.unlock();
        }
    }

    /**
     * The edits that lead from one revision to a later one, oldest first; nothing when one of them is not recorded any
     * more, or when a switch to another generation lies between.
     */
    public Optional<List<ChangeCommand.Transition>> between(final long from, final long to) {
        lock.lock();
        try (RecordsReader reader = RecordsReader.open(records, settings)) {
            follow(reader);
            final List<Revision> way = new ArrayList<>();
            long at = to;
            while (at > from) {
                final Revision revision = revisions.get(at);
                if (revision == null || revision.isSwitch()) {
                    return Optional.empty();
                }
                way.addFirst(revision);
                at = revision.before();
            }
            return at == from ? edits(reader, way) : Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    private Optional<List<ChangeCommand.Transition>> edits(final RecordsReader reader, final List<Revision> way) {
        final List<ChangeCommand.Transition> edits = new ArrayList<>();
        for (final Revision revision : way) {
            if (!reader.moveTo(revision.index()) || !reader.next() || !isChange(reader)) {
                return Optional.empty();
            }
            edits.addAll(edits());
        }
        return Optional.of(edits);
    }

    /** Takes note of what was recorded since, and forgets what has gone. */
    private void follow(final RecordsReader reader) {
        reader.toStart();
        if (!reader.next()) {
            return;
        }
        final long oldest = reader.index();
        revisions.values().removeIf(revision -> revision.index() < oldest);
        if (lastIndex == NOWHERE || !reader.moveTo(lastIndex)) {
            reader.toStart();
        }
        while (reader.next()) {
            lastIndex = reader.index();
            if (isChange(reader)) {
                final Revision revision = decode(lastIndex);
                revisions.put(revision.revision(), revision);
                if (revisions.size() > REVISIONS_MAX) {
                    revisions.pollFirstEntry();
                }
            }
        }
    }

    private boolean isChange(final RecordsReader reader) {
        header.wrap(reader.buffer(), reader.offset());
        if (header.templateId() != ConfigurationChangedDecoder.TEMPLATE_ID) {
            return false;
        }
        decoder.wrapAndApplyHeader(reader.buffer(), reader.offset(), header);
        return true;
    }

    private Revision decode(final long index) {
        final byte[] name = new byte[decoder.nameLength()];
        decoder.getName(name, 0, name.length);
        final byte[] actor = new byte[decoder.actorLength()];
        decoder.getActor(actor, 0, actor.length);
        final byte[] action = new byte[decoder.actionLength()];
        decoder.getAction(action, 0, action.length);
        return new Revision(
                decoder.wallMs(),
                decoder.baseRevision(),
                decoder.revision(),
                new String(name, StandardCharsets.UTF_8),
                new String(actor, StandardCharsets.UTF_8),
                new String(action, StandardCharsets.UTF_8),
                rest().size(),
                index);
    }

    private List<ChangeCommand.Transition> edits() {
        decoder.skipName();
        decoder.skipActor();
        decoder.skipAction();
        return rest();
    }

    private List<ChangeCommand.Transition> rest() {
        final byte[] edits = new byte[decoder.editsLength()];
        decoder.getEdits(edits, 0, edits.length);
        return edits.length == 0 ? List.of() : ChangeCommand.decodeEdits(edits, decoder.editsBytes());
    }
}
