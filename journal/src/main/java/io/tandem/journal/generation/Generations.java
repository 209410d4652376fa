package io.tandem.journal.generation;

import io.tandem.journal.DurableFiles;
import io.tandem.journal.IoReason;
import io.tandem.journal.JournalException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The directory of generations: what is there, and what goes. */
public final class Generations {
    private static final int NAME_LENGTH_MAX = 64;

    private Generations() {}

    /** Names of the finished generations, sorted. */
    public static List<String> names(final Path directory) {
        final List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> children = Files.newDirectoryStream(directory)) {
            for (final Path child : children) {
                if (Files.exists(child.resolve(GenerationManifest.FILE)) && !isUnfinished(child)) {
                    names.add(child.getFileName().toString());
                }
            }
        } catch (final IOException e) {
            throw new JournalException(
                    "generations cannot be listed: path=" + directory + " reason=" + IoReason.of(e), e);
        }
        names.sort(null);
        return names;
    }

    /** Removes a generation that nobody has open and no snapshot names. */
    public static void delete(final Path directory, final String name) {
        checkName(name);
        final Path going = directory.resolve(name + GenerationBuilder.UNFINISHED_SUFFIX);
        try {
            DurableFiles.publish(directory.resolve(name), going);
            DurableFiles.delete(going);
        } catch (final IOException e) {
            throw new JournalException(
                    "generation cannot be removed: path=" + directory + " name=" + name + " reason=" + IoReason.of(e),
                    e);
        }
    }

    /** Removes what builders that died left behind; returns how many. Called at start. */
    public static int deleteUnfinished(final Path directory) {
        int count = 0;
        try (DirectoryStream<Path> children = Files.newDirectoryStream(directory)) {
            for (final Path child : children) {
                if (isUnfinished(child)) {
                    DurableFiles.delete(child);
                    count++;
                }
            }
        } catch (final IOException e) {
            throw new JournalException(
                    "unfinished generations cannot be removed: path=" + directory + " reason=" + IoReason.of(e), e);
        }
        return count;
    }

    private static boolean isUnfinished(final Path child) {
        return child.getFileName().toString().endsWith(GenerationBuilder.UNFINISHED_SUFFIX);
    }

    static void checkName(final String name) {
        boolean good = !name.isEmpty()
                && name.length() <= NAME_LENGTH_MAX
                && name.charAt(0) != '.'
                && !name.endsWith(GenerationBuilder.UNFINISHED_SUFFIX);
        for (int i = 0; good && i < name.length(); i++) {
            final char c = name.charAt(i);
            good = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || ".-_".indexOf(c) >= 0;
        }
        if (!good) {
            throw new JournalException("generation name must be letters, digits, '.', '-', '_': name=" + name
                    + " lengthMax=" + NAME_LENGTH_MAX);
        }
    }
}
