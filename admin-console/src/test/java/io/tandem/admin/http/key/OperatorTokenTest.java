package io.tandem.admin.http.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OperatorTokenTest {
    private static final String TOKEN = "0123456789abcdefghijklmnop";

    @TempDir
    private Path directory;

    @Test
    void shouldOpenEverythingWithTheTokenOfTheFile() throws IOException {
        final OperatorToken token = OperatorToken.read(file(TOKEN + "\n", "rw-------"));

        assertThat(token.holder(TOKEN)).contains(Credential.OPERATOR);
        assertThat(token.holder(TOKEN + "x")).isEmpty();
        assertThat(token.holder("")).isEmpty();
    }

    @Test
    void shouldRefuseAFileThatOthersMayRead() throws IOException {
        final Path file = file(TOKEN, "rw-r-----");

        assertThatIOException().isThrownBy(() -> OperatorToken.read(file)).withMessageContaining("chmod 600");
    }

    @Test
    void shouldRefuseATokenThatCanBeGuessedAndOneThatIsTooLong() throws IOException {
        final Path few = file("secret", "rw-------");
        assertThatIOException().isThrownBy(() -> OperatorToken.read(few)).withMessageContaining("too short");
        final Path many = file("x".repeat(2000), "rw-------");
        assertThatIOException().isThrownBy(() -> OperatorToken.read(many)).withMessageContaining("too long");
        assertThatIOException().isThrownBy(() -> OperatorToken.read(directory.resolve("missing")));
    }

    private Path file(final String text, final String permissions) throws IOException {
        final Path file = directory.resolve("token-" + text.length());
        Files.writeString(file, text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }
}
