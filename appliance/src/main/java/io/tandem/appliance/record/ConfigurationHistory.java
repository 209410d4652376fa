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
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the records queue knows of changes of the configuration, read beside its writer. One thread. */
public final class ConfigurationHistory {
    private ConfigurationHistory() {}

    /**
     * One revision that came into force.
     *
     * @param wallMs when, ms since 1970 UTC
     * @param before revision before it
     * @param name of the configuration
     * @param edits what it did; empty for a switch to another generation
     */
    public record Revision(
            long wallMs,
            long before,
            long revision,
            String name,
            String actor,
            String action,
            List<ChangeCommand.Transition> edits) {
        /** Whether it switched to another generation, so that nobody knows its edits. */
        public boolean isSwitch() {
            return edits.isEmpty();
        }
    }

    /** All revisions that are still recorded, oldest first. */
    public static List<Revision> read(final Path records, final JournalSettings settings) {
        final Map<Long, Revision> revisions = new TreeMap<>();
        final MessageHeaderDecoder header = new MessageHeaderDecoder();
        final ConfigurationChangedDecoder decoder = new ConfigurationChangedDecoder();
        try (RecordsReader reader = RecordsReader.open(records, settings)) {
            reader.toStart();
            while (reader.next()) {
                header.wrap(reader.buffer(), reader.offset());
                if (header.templateId() == ConfigurationChangedDecoder.TEMPLATE_ID) {
                    decoder.wrapAndApplyHeader(reader.buffer(), reader.offset(), header);
                    final Revision revision = decode(decoder);
                    revisions.put(revision.revision(), revision);
                }
            }
        }
        return List.copyOf(revisions.values());
    }

    private static Revision decode(final ConfigurationChangedDecoder decoder) {
        final byte[] name = new byte[decoder.nameLength()];
        decoder.getName(name, 0, name.length);
        final byte[] actor = new byte[decoder.actorLength()];
        decoder.getActor(actor, 0, actor.length);
        final byte[] action = new byte[decoder.actionLength()];
        decoder.getAction(action, 0, action.length);
        final byte[] edits = new byte[decoder.editsLength()];
        decoder.getEdits(edits, 0, edits.length);
        return new Revision(
                decoder.wallMs(),
                decoder.baseRevision(),
                decoder.revision(),
                new String(name, StandardCharsets.UTF_8),
                new String(actor, StandardCharsets.UTF_8),
                new String(action, StandardCharsets.UTF_8),
                edits.length == 0 ? List.of() : ChangeCommand.decodeEdits(edits, decoder.editsBytes()));
    }

    /**
     * The revisions that lead from one to a later one, oldest first; nothing when one of them is not recorded any more, or when
     * a switch to another generation lies between.
     */
    public static Optional<List<Revision>> between(
            final List<Revision> revisions, final long from, final long to) {
        final List<Revision> way = new ArrayList<>();
        long at = to;
        for (int i = revisions.size() - 1; i >= 0 && at > from; i--) {
            final Revision revision = revisions.get(i);
            if (revision.revision() == at) {
                if (revision.isSwitch()) {
                    return Optional.empty();
                }
                way.addFirst(revision);
                at = revision.before();
            }
        }
        return at == from ? Optional.of(way) : Optional.empty();
    }
}
