package io.tandem.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
    @TempDir
    Path parent;

    @Test
    void shouldCreateDirectoriesForTheOwnerOnly() throws IOException {
        final Path root = parent.resolve("a").resolve("data");
        try (DataDirectory data = DataDirectory.open(root)) {
            for (final Path directory : List.of(
                    data.root(),
                    data.inputs(),
                    data.records(),
                    data.snapshots(),
                    data.config(),
                    data.countries(),
                    data.secrets(),
                    data.media())) {
                assertThat(permissions(directory)).as("%s", directory).isEqualTo("rwx------");
            }
        }
    }

    @Test
    void shouldCloseADirectoryThatOthersCouldRead() throws IOException {
        final Path root = Files.createDirectory(parent.resolve("data"));
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
        DataDirectory.open(root).close();
        assertThat(permissions(root)).isEqualTo("rwx------");
    }

    @Test
    void shouldBeHeldOnceAndFreeAfterClose() {
        final Path root = parent.resolve("data");
        try (DataDirectory first = DataDirectory.open(root)) {
            assertThatThrownBy(() -> DataDirectory.open(root))
                    .isInstanceOf(JournalException.class)
                    .hasMessage("data directory is in use by another process: path=" + first.root());
        }
        DataDirectory.open(root).close();
    }

    @Test
    void shouldSayInOneSentenceThatItCannotBeWritten() throws IOException {
        final Path file = Files.createFile(parent.resolve("file"));
        assertThatThrownBy(() -> DataDirectory.open(file.resolve("data")))
                .isInstanceOf(JournalException.class)
                .hasMessageStartingWith("data directory cannot be written: path=" + file.resolve("data") + " user=");
    }

    @Test
    void shouldCreateTheMasterKeyOnceForTheOwnerOnly() throws IOException {
        try (DataDirectory data = DataDirectory.open(parent.resolve("data"))) {
            final byte[] created = MasterKey.open(data).bytes();
            assertThat(created).hasSize(MasterKey.LENGTH);
            assertThat(created).isNotEqualTo(new byte[MasterKey.LENGTH]);
            assertThat(permissions(data.masterKeyFile())).isEqualTo("rw-------");
            assertThat(MasterKey.open(data).bytes()).isEqualTo(created);
            created[0] ^= 1;
            assertThat(MasterKey.open(data).bytes()).isNotEqualTo(created);
            assertThat(MasterKey.open(data)).hasToString("MasterKey");
        }
    }

    @Test
    void shouldRefuseAMasterKeyThatOthersCanReadOrThatIsCut() throws IOException {
        try (DataDirectory data = DataDirectory.open(parent.resolve("data"))) {
            MasterKey.open(data);
            Files.setPosixFilePermissions(data.masterKeyFile(), PosixFilePermissions.fromString("rw-r-----"));
            assertThatThrownBy(() -> MasterKey.open(data))
                    .isInstanceOf(JournalException.class)
                    .hasMessageContaining("permissions=rw-r----- wanted=rw-------");
            Files.setPosixFilePermissions(data.masterKeyFile(), PosixFilePermissions.fromString("rw-------"));
            Files.write(data.masterKeyFile(), new byte[31]);
            assertThatThrownBy(() -> MasterKey.open(data))
                    .isInstanceOf(JournalCorruptException.class)
                    .hasMessageContaining("bytes=31 wanted=32");
        }
    }

    private static String permissions(final Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
