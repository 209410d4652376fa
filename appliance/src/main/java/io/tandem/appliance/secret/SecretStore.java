package io.tandem.appliance.secret;

import io.tandem.appliance.secret.Resolution.Found;
import io.tandem.appliance.secret.Resolution.Missing;
import io.tandem.appliance.secret.Resolution.Refused;
import io.tandem.appliance.secret.Resolution.Source;
import io.tandem.appliance.settings.Setting;
import io.tandem.appliance.settings.Settings;
import io.tandem.journal.IoReason;
import io.tandem.routing.model.SecretName;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Secrets by name, as {@code *_secret_ref} fields name them (D8). An entry is a file of that name in one directory,
 * or else a variable of the environment. Only the owner may be able to read file and directory; what others can read
 * is refused. Resolved on use and kept nowhere, so that an entry can be changed while the appliance runs. Any thread.
 */
public final class SecretStore {
    /** Most bytes of a secret. */
    public static final int BYTES_MAX = 4096;

    private static final String VARIABLE_PREFIX = "TANDEM_SECRET_";
    private static final Set<PosixFilePermission> OWNER =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private final Path directory;
    private final UnaryOperator<String> environment;

    /**
     * Uses a directory, which need not exist, and an environment.
     *
     * @param environment gives the value of a variable, or null.
     */
    public SecretStore(final Path directory, final UnaryOperator<String> environment) {
        this.directory = directory.toAbsolutePath().normalize();
        this.environment = environment;
    }

    /** The store that the settings mean, with the environment of this process. */
    public static SecretStore of(final Settings settings) {
        final String given = settings.text(Setting.SECRETS);
        return new SecretStore(
                given.isEmpty() ? Path.of(settings.text(Setting.DATA)).resolve("secrets") : Path.of(given),
                System::getenv);
    }

    /**
     * The variable of a name: letters and digits stand for themselves, anything else for {@code _} and the two
     * hexadecimal digits of its code. No two names have the same one.
     */
    public static String variable(final String name) {
        final StringBuilder variable = new StringBuilder(VARIABLE_PREFIX);
        for (int i = 0; i < name.length(); i++) {
            final char c = name.charAt(i);
            if (c < 128 && Character.isLetterOrDigit(c)) {
                variable.append(c);
            } else {
                variable.append('_').append(String.format(Locale.ROOT, "%02X", (int) c));
            }
        }
        return variable.toString();
    }

    /** Resolves a name; an entry in a file goes before one in the environment. */
    public Resolution resolve(final String name) {
        if (!SecretName.isName(name)) {
            return new Refused("a secret's name must be " + SecretName.RULE);
        }
        final Path file = directory.resolve(name);
        try {
            final PosixFileAttributes attributes = attributes(file);
            final String fault = fault(file, attributes);
            return fault == null ? checked(Source.FILE, "file=" + file, Files.readAllBytes(file)) : new Refused(fault);
        } catch (final NoSuchFileException e) {
            return fromEnvironment(file, variable(name));
        } catch (final IOException e) {
            return new Refused("secret cannot be read: file=" + file + " reason=" + IoReason.of(e));
        }
    }

    private Resolution fromEnvironment(final Path file, final String variable) {
        final String value = environment.apply(variable);
        return value == null
                ? new Missing("put it into the file " + file + ", for its owner only, or into the variable " + variable)
                : checked(Source.ENVIRONMENT, "variable=" + variable, value.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * What is wrong with the store as a whole or with its files, a sentence each: what could be read by others, or
     * bears no name that a reference could have.
     *
     * @param most sentences to give.
     */
    public List<String> faults(final int most) {
        final List<String> faults = new ArrayList<>();
        if (Files.notExists(directory)) {
            return faults;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            final String open = directoryFault();
            if (open != null) {
                return List.of(open);
            }
            for (final Path file : files) {
                final String fault = SecretName.isName(file.getFileName().toString())
                        ? fault(file, attributes(file))
                        : "file of the secret store bears no name of a secret: file=" + file;
                if (fault != null && faults.size() < most) {
                    faults.add(fault);
                }
            }
        } catch (final IOException e) {
            faults.add("secret store cannot be read: directory=" + directory + " reason=" + IoReason.of(e));
        }
        return faults;
    }

    private String fault(final Path file, final PosixFileAttributes attributes) throws IOException {
        final String open = directoryFault();
        if (open != null) {
            return open;
        }
        if (!attributes.isRegularFile()) {
            return "secret must be a file, not a link or a directory: file=" + file;
        }
        if (isOpen(attributes)) {
            return "secret may be read by others than its owner: file=" + file + " permissions=" + text(attributes)
                    + " (chmod 600 it)";
        }
        return attributes.size() > BYTES_MAX + 2 ? tooLong("file=" + file) : null;
    }

    private String directoryFault() throws IOException {
        final PosixFileAttributes attributes = Files.readAttributes(directory, PosixFileAttributes.class);
        return isOpen(attributes)
                ? "secret store may be entered by others than its owner: directory=" + directory + " permissions="
                        + text(attributes) + " (chmod 700 it)"
                : null;
    }

    private static PosixFileAttributes attributes(final Path file) throws IOException {
        return Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    private static boolean isOpen(final PosixFileAttributes attributes) {
        return !OWNER.containsAll(attributes.permissions());
    }

    private static String text(final PosixFileAttributes attributes) {
        return PosixFilePermissions.toString(attributes.permissions());
    }

    private static Resolution checked(final Source source, final String where, final byte[] bytes) {
        final String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (final CharacterCodingException e) {
            return new Refused("secret is not UTF-8 text: " + where);
        }
        final String line = text.endsWith("\r\n")
                ? text.substring(0, text.length() - 2)
                : text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        if (line.isEmpty()) {
            return new Refused("secret is empty: " + where);
        }
        if (line.getBytes(StandardCharsets.UTF_8).length > BYTES_MAX) {
            return new Refused(tooLong(where));
        }
        if (line.chars().anyMatch(Character::isISOControl)) {
            return new Refused("secret must be one line without control characters: " + where);
        }
        return new Found(source, new Secret(line));
    }

    private static String tooLong(final String where) {
        return "secret is too long: " + where + " most_bytes=" + BYTES_MAX;
    }
}
