package io.tandem.admin.http.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MediaFilesTest {
    private static final ResourceId ONE = new ResourceId(1, 1);
    private static final ResourceId OTHER = new ResourceId(1, 2);

    @TempDir
    private Path parent;

    @Test
    @DisplayName("R-172 contents are files that only their owner may read, and are counted again at the next start")
    void shouldKeepContentsForTheOwnerOnly() throws IOException {
        put(open(100), ONE, 10);
        final Path file = directory().resolve(ONE.prefixed(ResourceKind.MEDIA));
        assertThat(Files.getPosixFilePermissions(directory())).isEqualTo(PosixFilePermissions.fromString("rwx------"));
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));

        Files.write(directory().resolve("7.new"), new byte[50]);
        final MediaFiles again = open(100);
        assertThat(again.bytes()).isEqualTo(10);
        assertThat(names()).as("what was left half done is gone").containsExactly(ONE.prefixed(ResourceKind.MEDIA));
    }

    @Test
    void shouldCountWhatIsReplacedDroppedAndDeleted() throws IOException {
        final MediaFiles files = open(100);
        put(files, ONE, 60);
        put(files, ONE, 30);
        assertThat(files.bytes()).isEqualTo(30);
        files.receive(new ByteArrayInputStream(new byte[20]), 100, id -> true).close();
        assertThat(files.bytes()).isEqualTo(30);
        files.delete(ONE);
        files.delete(ONE);
        assertThat(files.bytes()).isZero();
        assertThat(files.find(ONE)).isEmpty();
        assertThat(names()).isEmpty();
    }

    @Test
    void shouldTakeNoMoreThanOneContentMayHave() throws IOException {
        final MediaFiles files = open(1_000);
        put(files, ONE, 100);
        assertThatThrownBy(() -> put(files, OTHER, 101))
                .isInstanceOf(MediaFiles.TooMuch.class)
                .hasMessage("the content is too large: limit_bytes=100");
        assertThat(files.bytes()).isEqualTo(100);
        assertThat(names()).hasSize(1);
    }

    @Test
    void shouldRefuseWhatHasNoRoomAfterContentsWithoutResourcesHaveGone() throws IOException {
        final MediaFiles files = open(150);
        put(files, ONE, 100);

        assertThatThrownBy(() -> put(files, OTHER, 60))
                .isInstanceOfSatisfying(MediaFiles.TooMuch.class, full -> assertThat(full.isFull())
                        .isTrue())
                .hasMessage("there is no room for the content: limit_bytes=150 free_bytes_least=0");
        assertThat(files.bytes()).isEqualTo(100);
        try (MediaFiles.Upload upload =
                files.receive(new ByteArrayInputStream(new byte[60]), 100, id -> !id.equals(ONE))) {
            upload.publish(OTHER, "", before -> true);
        }
        assertThat(files.bytes()).isEqualTo(60);
        assertThat(names()).containsExactly(OTHER.prefixed(ResourceKind.MEDIA));
    }

    @Test
    void shouldLeaveRoomOnTheDisk() throws IOException {
        final MediaFiles files = MediaFiles.open(directory(), Long.MAX_VALUE, Long.MAX_VALUE);
        assertThatThrownBy(() -> put(files, ONE, 1)).isInstanceOf(MediaFiles.TooMuch.class);
        assertThat(names()).isEmpty();
    }

    @Test
    @DisplayName("R-172 a content is read through once; one that was exchanged is read again")
    void shouldRememberDigests() throws IOException {
        final MediaFiles files = open(1_000);
        put(files, ONE, 10);
        final Path file = directory().resolve(ONE.prefixed(ResourceKind.MEDIA));
        final FileTime modified = FileTime.fromMillis(1_700_000_000_000L);
        Files.setLastModifiedTime(file, modified);
        final String digest = digest(files, ONE);
        Files.write(
                file, new byte[] {1}, StandardOpenOption.WRITE); // as long as before, the same file, the same moment
        Files.setLastModifiedTime(file, modified);
        assertThat(digest(files, ONE)).as("not read again").isEqualTo(digest);

        Files.setLastModifiedTime(file, FileTime.fromMillis(modified.toMillis() + 1_000));
        final String other = digest(files, ONE);
        assertThat(other).isNotEqualTo(digest);
        assertThat(digest(open(1_000), ONE)).as("after a start").isEqualTo(other);
        files.delete(ONE);
        put(files, ONE, 10);
        assertThat(digest(files, ONE)).isEqualTo(digest);
    }

    @Test
    @DisplayName("R-172 whether a content may take its place is asked when it does, of the content that is there then")
    void shouldAskAtTheMomentOfPublishing() throws IOException {
        final MediaFiles files = open(1_000);
        put(files, ONE, 10);
        final String first = digest(files, ONE);
        try (MediaFiles.Upload late = files.receive(new ByteArrayInputStream(new byte[30]), 100, there -> true)) {
            put(files, ONE, 20);
            assertThatThrownBy(() -> late.publish(ONE, "", first::equals)).isInstanceOf(MediaFiles.Refused.class);
        }
        assertThat(files.bytes()).isEqualTo(20);
        assertThat(files.bytesOf(ONE)).isEqualTo(20);
    }

    private static String digest(final MediaFiles files, final ResourceId id) throws IOException {
        try (MediaFiles.Content content = files.find(id).orElseThrow()) {
            return content.digest();
        }
    }

    private static void put(final MediaFiles files, final ResourceId id, final int length) throws IOException {
        try (MediaFiles.Upload upload = files.receive(new ByteArrayInputStream(new byte[length]), 100, there -> true)) {
            upload.publish(id, ContentDigest.of(upload.read()), before -> true);
        }
    }

    private MediaFiles open(final long bytesMax) throws IOException {
        return MediaFiles.open(directory(), bytesMax, 0);
    }

    private Path directory() {
        return parent.resolve("media");
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(directory())) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
