package io.tandem.appliance.playback;

import io.tandem.appliance.JavaRuntime;
import io.tandem.journal.JournalSettings;
import io.tandem.journal.queue.InputsReader;
import io.tandem.journal.queue.RecordsReader;
import io.tandem.journal.record.CallRecordDecoder;
import io.tandem.journal.record.ConfigurationChangedDecoder;
import io.tandem.journal.record.GapDecoder;
import io.tandem.journal.record.InputKind;
import io.tandem.journal.record.MessageHeaderDecoder;
import io.tandem.journal.record.OutputDigestDecoder;
import io.tandem.routing.configuration.ConfigurationSource;
import io.tandem.routing.core.Core;
import io.tandem.routing.core.CoreErrorHandler;
import io.tandem.routing.core.CoreKeys;
import io.tandem.routing.core.Restart;
import io.tandem.routing.effect.Effects;
import io.tandem.routing.policy.AddressCountries;
import io.tandem.routing.policy.AddressCountriesSource;
import io.tandem.routing.policy.CountriesVersion;
import io.tandem.routing.stage.StageClock;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import org.agrona.DirectBuffer;

/**
 * Re-executes a journal in a fresh core, from its beginning or from the oldest snapshot when that has gone, and holds what the core says against what was recorded: every
 * output digest, and every call record byte for byte.
 */
public final class Replay {
    /** Most differences that are named one by one. */
    public static final int DIFFERENCES_MAX = 20;

    private static final int EFFECTS_BYTES = 4 << 20;
    private static final byte RESTARTED = (byte) InputKind.RESTARTED.value();
    private static final long PROGRESS_TURNS = 50_000;

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final OutputDigestDecoder digest = new OutputDigestDecoder();
    private final Map<Long, Long> digestByIndex = new HashMap<>();
    private final Map<RecordKey, byte[]> recordsByKey = new HashMap<>();
    private final List<String> differences = new ArrayList<>();
    private final GapDecoder gap = new GapDecoder();
    private final TreeMap<Long, Long> gaps = new TreeMap<>();
    private long turns;
    private long inputCount;
    private long outputs;
    private long digestsMatched;
    private long digestsDifferent;
    private long recordsMatched;
    private long recordsDifferent;
    private long defects;
    private final JavaRuntime here;
    private final List<String> notes = new ArrayList<>();
    private final Set<CountriesVersion> countriesMissing = new HashSet<>();

    /** A replay in this process's Java runtime. */
    public Replay() {
        this(JavaRuntime.HERE);
    }

    /** A replay that takes {@code here} for the runtime it runs in. */
    public Replay(final JavaRuntime here) {
        this.here = here;
    }

    private record RecordKey(long inputIndex, int ordinal) {}

    /**
     * What a replay found.
     *
     * @param turns            documents played.
     * @param inputs           inputs in them.
     * @param outputs          messages and records that the core put out.
     * @param digestsMatched   digests that agree.
     * @param digestsDifferent digests that do not.
     * @param recordsMatched   call records that agree.
     * @param recordsDifferent call records that differ, are missing or are too many.
     * @param defects          inputs that the core had to give up.
     * @param differences      the first differences in words.
     * @param notes            where the journal was written with something else than it is replayed with.
     */
    public record Result(
            long turns,
            long inputs,
            long outputs,
            long digestsMatched,
            long digestsDifferent,
            long recordsMatched,
            long recordsDifferent,
            long defects,
            List<String> differences,
            List<String> notes) {
        /** Whether everything agrees. */
        public boolean agrees() {
            return digestsDifferent == 0 && recordsDifferent == 0 && defects == 0;
        }
    }

    /**
     * Runs a replay.
     *
     * @param inputs         directory of the inputs queue.
     * @param records        directory of the records queue.
     * @param snapshots      directory of the snapshots.
     * @param masterKey      master key of the journal.
     * @param configurations opens the generations that the journal names.
     * @param countries      opens the country files that the journal names.
     * @param progress       told now and then how many turns have been played.
     */
    public Result run(
            final Path inputs,
            final Path records,
            final Path snapshots,
            final byte[] masterKey,
            final JournalSettings settings,
            final ConfigurationSource configurations,
            final AddressCountriesSource countries,
            final LongConsumer progress) {
        readRecords(records, settings);
        final CoreKeys keys = new CoreKeys(masterKey);
        try (InputsReader reader = InputsReader.open(inputs, settings)) {
            Part part = new Part(keys, configurations, countries);
            final long from = PlaybackStart.take(part.core, reader, snapshots);
            if (from != PlaybackStart.BEGINNING) {
                forgetUntil(from);
            }
            while (reader.next()) {
                final Map.Entry<Long, Long> gap = gaps.lowerEntry(reader.index());
                if (gap == null) {
                    part.play(reader, progress);
                } else {
                    gaps.headMap(gap.getKey(), true).clear();
                    part.end();
                    part = new Part(keys, configurations, countries);
                    if (!resume(part, reader, snapshots, gap)) {
                        break;
                    }
                }
            }
            part.end();
        }
        recordsByKey.forEach((key, bytes) -> {
            recordsDifferent++;
            differ("call record was not produced again: index=" + Long.toHexString(key.inputIndex) + " ordinal="
                    + key.ordinal);
        });
        return new Result(
                turns,
                inputCount,
                outputs,
                digestsMatched,
                digestsDifferent,
                recordsMatched,
                recordsDifferent,
                defects,
                List.copyOf(differences),
                List.copyOf(notes));
    }

    /** Goes on behind a gap, from the next snapshot; false when there is none. */
    private boolean resume(
            final Part part, final InputsReader reader, final Path snapshots, final Map.Entry<Long, Long> gap) {
        final long resumed = PlaybackStart.takeFrom(part.core, reader, snapshots, reader.index());
        notes.add("journal has a gap, what follows cannot be proven until the next snapshot: index="
                + Long.toHexString(gap.getKey()) + " lostInputs=" + gap.getValue() + " snapshot="
                + (resumed == PlaybackStart.BEGINNING ? "none" : Long.toHexString(resumed)));
        final long until = resumed == PlaybackStart.BEGINNING ? Long.MAX_VALUE : resumed;
        digestByIndex.keySet().removeIf(index -> index > gap.getKey() && index <= until);
        recordsByKey.keySet().removeIf(key -> key.inputIndex >= gap.getKey() && key.inputIndex <= until);
        gaps.headMap(until, false).clear();
        return resumed != PlaybackStart.BEGINNING;
    }

    /** What one core plays: the whole journal, or what lies between two gaps of it. */
    private final class Part {
        private final Effects effects = new Effects(EFFECTS_BYTES);
        private final Core core;
        private final JournalPlayer player;

        private Part(
                final CoreKeys keys, final ConfigurationSource configurations, final AddressCountriesSource countries) {
            final CoreErrorHandler onDefect = (index, error) -> {
                defects++;
                differ("core gave an input up: index=" + Long.toHexString(index) + " error=" + error);
            };
            core = new Core(
                    keys, configurations, version -> open(countries, version), effects, StageClock.NONE, onDefect);
            player = new JournalPlayer(core, effects, new Comparison(), Replay.this::noteRestart);
        }

        private void play(final InputsReader reader, final LongConsumer progress) {
            player.play(reader.index(), reader.buffer(), reader.offset());
            compareDigest(reader.index(), effects);
            if (player.turns() % PROGRESS_TURNS == 0) {
                progress.accept(turns + player.turns());
            }
        }

        private void end() {
            turns += player.turns();
            inputCount += player.inputs();
            outputs += effects.digest().count();
        }
    }

    private void noteRestart(
            final long index,
            final long nowNs,
            final long wallMs,
            final byte kind,
            final byte transport,
            final int listener,
            final long flow,
            final long addressHigh,
            final long addressLow,
            final int port,
            final DirectBuffer buffer,
            final int offset,
            final int length) {
        if (kind != RESTARTED) {
            return;
        }
        final Restart restart = Restart.decode(buffer, offset);
        note(
                "time-zone data",
                "schedules may open and close at other times",
                restart.epoch(),
                restart.timeZones(),
                here.timeZones());
        note("Java runtime", "outputs should be the same", restart.epoch(), restart.java(), here.version());
    }

    private AddressCountries open(final AddressCountriesSource source, final CountriesVersion version) {
        final AddressCountries opened = source.open(version);
        if (!opened.version().equals(version) && countriesMissing.add(version)) {
            notes.add(
                    "country file of the journal is missing or damaged, played as if no country were known, rules about"
                            + " countries of sources may decide otherwise: sha256=" + version.sha256() + " built="
                            + Instant.ofEpochSecond(version.builtSec()));
        }
        return opened;
    }

    private void note(
            final String what, final String meaning, final long epoch, final String written, final String replayed) {
        if (written.isEmpty()) {
            notes.add(what + " of the journal is unknown: epoch=" + epoch + " here=" + replayed);
        } else if (!written.equals(replayed)) {
            notes.add(what + " is not that of the journal, " + meaning + ": epoch=" + epoch + " journal=" + written
                    + " here=" + replayed);
        }
    }

    private void forgetUntil(final long index) {
        notes.add("beginning of the journal has gone, played from a snapshot: index=" + Long.toHexString(index));
        digestByIndex.keySet().removeIf(recorded -> recorded <= index);
        recordsByKey.keySet().removeIf(key -> key.inputIndex <= index);
        gaps.headMap(index, false).clear();
    }

    private void readRecords(final Path records, final JournalSettings settings) {
        try (RecordsReader reader = RecordsReader.open(records, settings)) {
            reader.toStart();
            while (reader.next()) {
                header.wrap(reader.buffer(), reader.offset());
                if (header.templateId() == OutputDigestDecoder.TEMPLATE_ID) {
                    digest.wrapAndApplyHeader(reader.buffer(), reader.offset(), header);
                    digestByIndex.put(digest.inputIndex(), digest.digest());
                } else if (header.templateId() == GapDecoder.TEMPLATE_ID) {
                    gap.wrapAndApplyHeader(reader.buffer(), reader.offset(), header);
                    gaps.merge(gap.inputIndex(), gap.lostInputs(), Long::sum);
                } else if (header.templateId() == CallRecordDecoder.TEMPLATE_ID
                        || header.templateId() == ConfigurationChangedDecoder.TEMPLATE_ID) {
                    final byte[] bytes = new byte[reader.length()];
                    reader.buffer().getBytes(reader.offset(), bytes);
                    recordsByKey.put(new RecordKey(reader.inputIndex(), reader.ordinal()), bytes);
                }
            }
        }
    }

    private void compareDigest(final long index, final Effects effects) {
        final Long recorded = digestByIndex.remove(index);
        if (recorded == null) {
            return;
        }
        if (recorded == effects.digest().value()) {
            digestsMatched++;
        } else {
            digestsDifferent++;
            differ("output digest differs: index=" + Long.toHexString(index) + " recorded="
                    + Long.toHexString(recorded) + " replayed="
                    + Long.toHexString(effects.digest().value()));
        }
    }

    private void differ(final String difference) {
        if (differences.size() < DIFFERENCES_MAX) {
            differences.add(difference);
        }
    }

    private final class Comparison extends DiscardedOutputs {
        private final CallRecordDecoder record = new CallRecordDecoder();
        private final ConfigurationChangedDecoder changed = new ConfigurationChangedDecoder();

        @Override
        public void onRecord(final DirectBuffer buffer, final int offset, final int length) {
            header.wrap(buffer, offset);
            if (header.templateId() == ConfigurationChangedDecoder.TEMPLATE_ID) {
                changed.wrapAndApplyHeader(buffer, offset, header);
                compare("configuration record", changed.inputIndex(), changed.ordinal(), buffer, offset, length);
            } else {
                record.wrapAndApplyHeader(buffer, offset, header);
                if (compare("call record", record.inputIndex(), record.ordinal(), buffer, offset, length)) {
                    recordsMatched++;
                }
            }
        }

        private boolean compare(
                final String what,
                final long index,
                final long ordinal,
                final DirectBuffer buffer,
                final int offset,
                final int length) {
            final byte[] recorded = recordsByKey.remove(new RecordKey(index, (int) ordinal));
            if (recorded != null && same(recorded, buffer, offset, length)) {
                return true;
            }
            recordsDifferent++;
            differ(what + (recorded == null ? " was never written" : " differs") + ": index=" + Long.toHexString(index)
                    + " ordinal=" + ordinal);
            return false;
        }

        private static boolean same(
                final byte[] recorded, final DirectBuffer buffer, final int offset, final int length) {
            if (recorded.length != length) {
                return false;
            }
            for (int i = 0; i < length; i++) {
                if (recorded[i] != buffer.getByte(offset + i)) {
                    return false;
                }
            }
            return true;
        }
    }
}
