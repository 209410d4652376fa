package io.tandem.appliance.driver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** How much disk the files of a directory take. */
final class DirectorySize {
    private DirectorySize() {}

    /** Sum of the files' lengths in bytes; what vanishes meanwhile counts nothing. */
    static long bytes(final Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        } catch (final IOException e) {
            return 0;
        }
    }
}
