package io.tandem.journal.generation;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.tandem.journal.ChildProcess;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class KilledReaderTest {
    private static final int READERS = 2;

    @TempDir
    Path directory;

    private final NumberRow row = new NumberRow();

    @BeforeEach
    void buildGeneration() {
        try (GenerationBuilder builder = GenerationBuilder.create(directory, "g1", EndlessReader.COUNT, 1)) {
            for (int i = 0; i < EndlessReader.COUNT; i++) {
                builder.putNumber(row.clear().e164(i).id(i, i));
            }
            builder.finish(1, 1);
        }
    }

    @Test
    void shouldBeUnchangedByReadersThatAreKilled() throws Exception {
        final Path file = directory.resolve("g1").resolve(MapFiles.NUMBERS);
        final byte[] before = Files.readAllBytes(file);
        final List<ChildProcess> readers = new ArrayList<>();
        try {
            for (int i = 0; i < READERS; i++) {
                readers.add(ChildProcess.start(EndlessReader.class, directory.toString(), "g1"));
            }
            for (final ChildProcess reader : readers) {
                assertThat(reader.nextNumber()).isEqualTo(EndlessReader.COUNT);
            }
            for (final ChildProcess reader : readers) {
                reader.kill(0);
            }
        } finally {
            for (final ChildProcess reader : readers) {
                reader.close();
            }
        }
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
        try (Generation generation = Generation.open(directory, "g1")) {
            generation.verify();
        }
    }

    @Test
    void shouldNotShowWhatAKilledBuilderLeftAndRemoveIt() throws Exception {
        try (ChildProcess builder = ChildProcess.start(EndlessReader.class, directory.toString(), "build")) {
            assertThat(builder.nextNumber()).isEqualTo(EndlessReader.COUNT);
            builder.kill(0);
        }
        assertThat(directory.resolve("unfinished" + GenerationBuilder.UNFINISHED_SUFFIX))
                .exists();
        assertThat(Generations.names(directory)).containsExactly("g1");
        assertThat(Generations.deleteUnfinished(directory)).isEqualTo(1);
        assertThat(directory.resolve("unfinished" + GenerationBuilder.UNFINISHED_SUFFIX))
                .doesNotExist();
    }

    @Test
    void shouldAllocateNothingToLookUp() {
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (Generation generation = Generation.open(directory, "g1")) {
            generation.populate();
            final int count = 50_000;
            assertThat(lookUp(generation, count)).isEqualTo(count);
            final long before = threads.getCurrentThreadAllocatedBytes();
            final int found = lookUp(generation, count);
            final long allocated = threads.getCurrentThreadAllocatedBytes() - before;
            assertThat(found).isEqualTo(count);
            assertThat(allocated / count)
                    .as("%d bytes in %d look-ups", allocated, count)
                    .isZero();
        }
    }

    private int lookUp(final Generation generation, final int count) {
        int found = 0;
        for (int i = 0; i < count; i++) {
            if (generation.number(i % EndlessReader.COUNT, row) && row.idLow() == i % EndlessReader.COUNT) {
                found++;
            }
        }
        return found;
    }
}
