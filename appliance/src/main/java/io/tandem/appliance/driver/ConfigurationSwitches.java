package io.tandem.appliance.driver;

import io.tandem.journal.IoReason;
import io.tandem.journal.JournalException;
import io.tandem.journal.queue.InputsReader;
import io.tandem.journal.record.InputBatchDecoder;
import io.tandem.journal.record.InputKind;
import io.tandem.journal.record.MessageHeaderDecoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Which inputs named which configuration generation: executing them again takes those generations. Kept in a file, so that a
 * start need not read the whole journal for it: one line each, the index in hexadecimal and the name; before them, up to
 * which index the file knows. Any thread.
 */
final class ConfigurationSwitches {
    /** Nothing is known. */
    static final long NOTHING = -1;

    private static final int HEX = 16;

    private final Set<Switch> switches = new LinkedHashSet<>();

    private record Switch(long inputIndex, String generation) {}

    /** An input of that index names a generation. */
    synchronized void note(final long inputIndex, final String generation) {
        switches.add(new Switch(inputIndex, generation));
    }

    /**
     * Notes what a journal holds from the reader's next document to one of an index, that one included.
     *
     * @param givenUp asked before each document
     * @return false when it was given up
     */
    boolean read(final InputsReader reader, final long lastIndex, final BooleanSupplier givenUp) {
        final MessageHeaderDecoder header = new MessageHeaderDecoder();
        final InputBatchDecoder batch = new InputBatchDecoder();
        final UnsafeBuffer payload = new UnsafeBuffer(0, 0);
        while (reader.next() && reader.index() <= lastIndex) {
            if (givenUp.getAsBoolean()) {
                return false;
            }
            batch.wrapAndApplyHeader(reader.buffer(), reader.offset(), header);
            for (final InputBatchDecoder.InputsDecoder input : batch.inputs()) {
                final boolean names = input.kind() == InputKind.CONFIGURATION;
                input.wrapPayload(payload);
                if (names) {
                    note(reader.index(), payload.getStringWithoutLengthUtf8(0, payload.capacity()));
                }
            }
        }
        return true;
    }

    /** Forgets what lies before an index and names what is left. */
    synchronized List<String> since(final long inputIndex) {
        switches.removeIf(noted -> noted.inputIndex < inputIndex);
        return switches.stream().map(Switch::generation).toList();
    }

    /** Reads a file; answers up to which index it knows, or {@link #NOTHING} when there is none. */
    synchronized long load(final Path file) {
        if (!Files.exists(file)) {
            return NOTHING;
        }
        try {
            final List<String> lines = Files.readAllLines(file);
            for (final String line : lines.subList(1, lines.size())) {
                final int space = line.indexOf(' ');
                note(Long.parseLong(line, 0, space, HEX), line.substring(space + 1));
            }
            return Long.parseLong(lines.getFirst(), HEX);
        } catch (final IOException | RuntimeException e) {
            throw new JournalException(
                    "switches of configuration cannot be read: path=" + file + " reason=" + IoReason.of(e), e);
        }
    }

    /** Writes a file that knows everything up to an index. */
    synchronized void store(final Path file, final long knownTo) {
        final List<String> lines = new ArrayList<>();
        lines.add(Long.toHexString(knownTo));
        for (final Switch noted : switches) {
            lines.add(Long.toHexString(noted.inputIndex) + " " + noted.generation);
        }
        final Path unfinished = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.write(unfinished, lines);
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (final IOException e) {
            throw new JournalException(
                    "switches of configuration cannot be written: path=" + file + " reason=" + IoReason.of(e), e);
        }
    }
}
