package io.tandem.admin.http.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
            upload.publish(OTHER);
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

    private static void put(final MediaFiles files, final ResourceId id, final int length) throws IOException {
        try (MediaFiles.Upload upload = files.receive(new ByteArrayInputStream(new byte[length]), 100, there -> true)) {
            upload.publish(id);
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
