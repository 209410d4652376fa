package io.tandem.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.agrona.BufferUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WritePastCacheTest {
    private static final int EINVAL = 22;
    private static final int ENOENT = 2;

    @TempDir
    Path directory;

    private final ByteBuffer block = BufferUtil.allocateDirectAligned(8192, 4096);

    @Test
    void shouldWriteWholeBlocksAtTheirPlaceOrSayThatTheFileSystemDoesNot() throws IOException {
        final Path file = Files.createFile(directory.resolve("file"));
        for (int i = 0; i < block.capacity(); i++) {
            block.put(i, (byte) (i * 31));
        }
        final int error = SystemCalls.writePastCache(file, BufferUtil.address(block), 8192, 4096);
        if (error == EINVAL) {
            assertThat(Files.readAllBytes(file)).isEmpty();
            return;
        }
        assertThat(error).isZero();
        final byte[] written = Files.readAllBytes(file);
        assertThat(written).hasSize(4096 + 8192);
        final byte[] expected = new byte[8192];
        block.duplicate().get(expected);
        assertThat(Arrays.copyOfRange(written, 0, 4096)).containsOnly(0);
        assertThat(Arrays.copyOfRange(written, 4096, written.length)).isEqualTo(expected);
    }

    @Test
    void shouldReturnTheErrorNumberOfAFileThatIsNotThere() {
        assertThat(SystemCalls.writePastCache(directory.resolve("none"), BufferUtil.address(block), 4096, 0))
                .isEqualTo(ENOENT);
    }
}
