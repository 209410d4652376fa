package io.tandem.appliance.operator;

import io.tandem.admin.view.Refusal;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/** Why a file that somebody named cannot be read by this process, told apart before anything is read. */
public enum FileFault {
    MISSING("no such file or directory"),
    DIRECTORY("it is a directory"),
    SPECIAL("it is no regular file"),
    FORBIDDEN("permission denied");

    private final String reason;

    FileFault(final String reason) {
        this.reason = reason;
    }

    /** The fault of a file, or nothing when it can be read. */
    public static Optional<FileFault> of(final Path file) {
        final BasicFileAttributes attributes;
        try {
            attributes = Files.readAttributes(file, BasicFileAttributes.class);
        } catch (final AccessDeniedException e) {
            return Optional.of(FORBIDDEN);
        } catch (final IOException e) {
            return Optional.of(MISSING);
        }
        if (attributes.isDirectory()) {
            return Optional.of(DIRECTORY);
        }
        if (!attributes.isRegularFile()) {
            return Optional.of(SPECIAL);
        }
        return Files.isReadable(file) ? Optional.empty() : Optional.of(FORBIDDEN);
    }

    /** One sentence for who runs a command in this process. */
    public String sentence(final Path file) {
        return "file cannot be read: file=" + file.toAbsolutePath() + " user=" + user() + " reason=" + reason;
    }

    /** What the appliance says to who asked it by its console: it sees other files than they do. */
    Refusal refusal(final Path file) {
        return new Refusal(
                "the appliance cannot read the file: file=" + file.toAbsolutePath() + " user=" + user() + " reason="
                        + reason,
                "put it where that user may read it; the service has a /tmp of its own and sees no home directories");
    }

    private static String user() {
        return System.getProperty("user.name");
    }
}
