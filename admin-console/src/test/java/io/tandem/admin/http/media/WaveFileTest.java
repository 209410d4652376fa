package io.tandem.admin.http.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WaveFileTest {
    @TempDir
    private Path directory;

    @Test
    void shouldTellHowLongAFilePlays() throws IOException {
        assertThat(duration(Wave.ofMs(1_250))).hasValue(1_250);
        assertThat(duration(Wave.begin().format().chunk("data", new byte[1]).bytes()))
                .hasValue(1);
        assertThat(duration(Wave.ofMs(0))).hasValue(0);
    }

    @Test
    void shouldPassOverOtherChunks() throws IOException {
        assertThat(duration(Wave.begin()
                        .chunk("LIST", new byte[7])
                        .format()
                        .chunk("fact", new byte[4])
                        .chunk("data", new byte[8_000])
                        .bytes()))
                .hasValue(1_000);
    }

    @Test
    void shouldCountWhatIsThereWhenTheLengthIsNotKnown() throws IOException {
        final byte[] endless =
                Wave.begin().format().word("data").number(-1).word("abcdabcd").bytes();
        assertThat(duration(endless)).hasValue(1);
    }

    @Test
    void shouldSayNothingOfAFileThatLacksItsChunks() throws IOException {
        assertThat(duration(Wave.begin().bytes())).isEmpty();
        assertThat(duration(Wave.begin().format().bytes())).isEmpty();
        assertThat(duration(Wave.begin().chunk("data", new byte[8]).bytes())).isEmpty();
        assertThat(duration(Wave.begin().word("fmt ").number(1 << 30).bytes())).isEmpty();
        assertThat(duration(new byte[0])).isEmpty();
        assertThat(duration(new byte[4_000_000]))
                .as("a thousand empty chunks and no end")
                .isEmpty();
    }

    private OptionalInt duration(final byte[] bytes) throws IOException {
        try (FileChannel file = FileChannel.open(Files.write(directory.resolve("a.wav"), bytes))) {
            return WaveFile.durationMs(file);
        }
    }
}
