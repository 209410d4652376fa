package io.tandem.appliance.command;

import io.tandem.appliance.configuration.RecordedGenerations;
import io.tandem.appliance.country.RecordedCountries;
import io.tandem.appliance.settings.Setting;
import io.tandem.appliance.settings.Settings;
import io.tandem.journal.IoReason;
import io.tandem.journal.JournalException;
import io.tandem.journal.JournalSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Where a journal is, for commands that only read it and may do so beside a running appliance.
 *
 * @param root            data directory.
 * @param journalSettings settings that the journal is written with.
 */
record JournalPaths(Path root, JournalSettings journalSettings) {
    static JournalPaths of(final Settings settings) {
        final Path root = Path.of(settings.text(Setting.DATA));
        if (Files.notExists(root) || Files.isRegularFile(root)) {
            throw new JournalException("data directory does not exist: path=" + root.toAbsolutePath());
        }
        final JournalPaths paths = new JournalPaths(root, settings.journalSettings());
        requireReadable(root);
        for (final Path queue : List.of(paths.inputs(), paths.records())) {
            if (Files.exists(queue)) {
                requireReadable(queue);
            }
        }
        return paths;
    }

    private static void requireReadable(final Path directory) {
        if (!Files.isReadable(directory) || !Files.isExecutable(directory)) {
            throw new JournalException("data directory cannot be read: path=" + directory.toAbsolutePath() + " user="
                    + System.getProperty("user.name")
                    + " reason=permission denied (ask as the user that the appliance runs as)");
        }
    }

    Path inputs() {
        return root.resolve("inputs");
    }

    Path records() {
        return root.resolve("records");
    }

    Path snapshots() {
        return root.resolve("snapshots");
    }

    byte[] masterKey() {
        final Path file = root.resolve("master.key");
        try {
            return Files.readAllBytes(file);
        } catch (final IOException e) {
            throw new JournalException("master key cannot be read: path=" + file + " reason=" + IoReason.of(e), e);
        }
    }

    RecordedGenerations configurations() {
        return new RecordedGenerations(root.resolve("config"));
    }

    RecordedCountries countries() {
        return new RecordedCountries(root.resolve("countries"));
    }
}
