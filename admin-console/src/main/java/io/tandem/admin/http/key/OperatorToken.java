package io.tandem.admin.http.key;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import java.util.Set;

/** A token in a file of the appliance's own, which opens everything: with it the first accounts and keys are made. */
public final class OperatorToken implements KeyRing {
    /** Fewest characters: 26 of a ULID have 130 bits. */
    public static final int LENGTH_MIN = 26;

    private static final int LENGTH_MAX = 1024;

    private final String token;

    private OperatorToken(final String token) {
        this.token = token;
    }

    /**
     * Reads the file.
     *
     * @throws IOException if it cannot be read, can be read by others than its owner, or holds no token.
     */
    public static OperatorToken read(final Path file) throws IOException {
        final Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
        permissions.remove(PosixFilePermission.OWNER_READ);
        permissions.remove(PosixFilePermission.OWNER_WRITE);
        if (!permissions.isEmpty()) {
            throw new IOException("operator token may be read by others: file=" + file + " (chmod 600 it)");
        }
        if (Files.size(file) > LENGTH_MAX) {
            throw new IOException("operator token is too long: file=" + file + " limit_bytes=" + LENGTH_MAX);
        }
        final String token = Files.readString(file, StandardCharsets.UTF_8).strip();
        if (token.length() < LENGTH_MIN) {
            throw new IOException("operator token is too short: file=" + file + " characters=" + token.length()
                    + " least=" + LENGTH_MIN);
        }
        return new OperatorToken(token);
    }

    @Override
    public Optional<Credential> holder(final String presented) {
        return Secret.same(presented, token) ? Optional.of(Credential.OPERATOR) : Optional.empty();
    }
}
