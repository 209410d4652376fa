package io.tandem.journal.generation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tandem.journal.JournalCorruptException;
import io.tandem.journal.JournalException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenerationTest {
    private static final int TRUNK = 3;
    private static final int DOMAIN = 4;
    private static final long BASE = 49_30_000_000L;

    @TempDir
    Path directory;

    private final NumberRow row = new NumberRow();

    @Test
    void shouldFindNumbersWithAllFields() {
        build("g1", 1_000);
        try (Generation generation = Generation.open(directory, "g1")) {
            assertThat(generation.numberCount()).isEqualTo(1_000);
            assertThat(generation.number(BASE + 17, row)).isTrue();
            assertThat(row.e164()).isEqualTo(BASE + 17);
            assertThat(row.idHigh()).isEqualTo(17);
            assertThat(row.idLow()).isEqualTo(-17);
            assertThat(row.accountHigh()).isEqualTo(117);
            assertThat(row.accountLow()).isEqualTo(217);
            assertThat(row.status()).isEqualTo(NumberRow.STATUS_VIRTUAL);
            assertThat(row.faxMode()).isEqualTo((byte) 7);
            assertThat(row.allowAnonymous()).isTrue();
            assertThat(row.emergency()).isFalse();
            assertThat(row.maxChannels()).isEqualTo(17);
            assertThat(row.destKind()).isEqualTo((byte) 9);
            assertThat(row.destHigh()).isEqualTo(317);
            assertThat(row.destLow()).isEqualTo(417);
            assertThat(row.scheduleHigh()).isEqualTo(517);
            assertThat(row.scheduleLow()).isEqualTo(617);
            assertThat(row.closedKind()).isEqualTo((byte) 11);
            assertThat(row.closedHigh()).isEqualTo(717);
            assertThat(row.closedLow()).isEqualTo(817);
            assertThat(row.holidayKind()).isEqualTo((byte) -1);
            assertThat(row.holidayHigh()).isEqualTo(917);
            assertThat(row.holidayLow()).isEqualTo(1017);
            assertThat(row.flags()).isEqualTo(255);
            assertThat(generation.number(BASE + 1_000, row)).isFalse();
            assertThat(generation.number(0, row)).isFalse();
        }
    }

    @Test
    void shouldShowEveryNumberOnce() {
        build("g1", 500);
        final TreeSet<Long> seen = new TreeSet<>();
        try (Generation generation = Generation.open(directory, "g1")) {
            generation.forEachNumber(number -> {
                assertThat(number.idHigh()).isEqualTo(number.e164() - BASE);
                assertThat(seen.add(number.e164())).isTrue();
            });
        }
        assertThat(seen).hasSize(500);
        assertThat(seen.first()).isEqualTo(BASE);
        assertThat(seen.last()).isEqualTo(BASE + 499);
    }

    @Test
    void shouldAllocateTheBlocksOfItsFilesBeforeTheyAreWritten() throws Exception {
        try (GenerationBuilder builder = GenerationBuilder.create(directory, "g1", 100_000, 10_000)) {
            assertThat(builder.numberCount()).isZero();
            for (final String file : List.of(MapFiles.NUMBERS, MapFiles.RESOURCES)) {
                final Path path = directory
                        .resolve("g1" + GenerationBuilder.UNFINISHED_SUFFIX)
                        .resolve(file);
                assertThat(allocatedBytes(path)).as(file).isGreaterThanOrEqualTo(Files.size(path));
            }
        }
    }

    private static long allocatedBytes(final Path file) throws Exception {
        final Process stat = new ProcessBuilder("stat", "--format=%b", file.toString()).start();
        final long blocks = Long.parseLong(new String(stat.getInputStream().readAllBytes(), UTF_8).strip());
        assertThat(stat.waitFor()).isZero();
        return blocks * 512;
    }

    @Test
    void shouldKeepResourcesByKindAndId() {
        try (GenerationBuilder builder = GenerationBuilder.create(directory, "g1", 0, 10)) {
            builder.putResource(TRUNK, 1, 2, "{\"a\":1}".getBytes(UTF_8));
            builder.putResource(DOMAIN, 1, 2, "{\"b\":1}".getBytes(UTF_8));
            builder.putResource(TRUNK, 2, 2, new byte[GenerationBuilder.RESOURCE_BYTES_MAX]);
            builder.putResource(TRUNK, 3, 3, "{}".getBytes(UTF_8));
            builder.removeResource(TRUNK, 3, 3);
            assertThatThrownBy(
                            () -> builder.putResource(TRUNK, 4, 4, new byte[GenerationBuilder.RESOURCE_BYTES_MAX + 1]))
                    .isInstanceOf(JournalException.class)
                    .hasMessage("resource too long: kind=3 bytes=262145 max=262144");
            builder.finish(42, 1_000);
        }
        final List<Long> trunks = new ArrayList<>();
        try (Generation generation = Generation.open(directory, "g1")) {
            assertThat(generation.resource(TRUNK, 1, 2)).isEqualTo("{\"a\":1}".getBytes(UTF_8));
            assertThat(generation.resource(DOMAIN, 1, 2)).isEqualTo("{\"b\":1}".getBytes(UTF_8));
            assertThat(generation.resource(DOMAIN, 2, 2)).isNull();
            assertThat(generation.resource(TRUNK, 3, 3)).isNull();
            generation.forEachResource(TRUNK, (kind, idHigh, idLow, json) -> trunks.add(idHigh));
            assertThat(generation.manifest().revision()).isEqualTo(42);
            assertThat(generation.manifest().createdMs()).isEqualTo(1_000);
            assertThat(generation.resourceCount()).isEqualTo(3);
            generation.verify();
        }
        assertThat(trunks).containsExactlyInAnyOrder(1L, 2L);
    }

    @Test
    void shouldNotChangeTheFilesByReading() throws IOException {
        build("g1", 200);
        final byte[] before = Files.readAllBytes(directory.resolve("g1").resolve(MapFiles.NUMBERS));
        try (Generation generation = Generation.open(directory, "g1")) {
            for (int i = 0; i < 200; i++) {
                assertThat(generation.number(BASE + i, row)).isTrue();
            }
            generation.verify();
        }
        assertThat(Files.readAllBytes(directory.resolve("g1").resolve(MapFiles.NUMBERS)))
                .isEqualTo(before);
    }

    @Test
    void shouldAcceptMoreNumbersThanExpectedAndRefuseFarMore() {
        try (GenerationBuilder builder = GenerationBuilder.create(directory, "g1", 1_000, 0)) {
            for (int i = 0; i < 2_500; i++) {
                builder.putNumber(fill(i));
            }
            assertThatThrownBy(() -> {
                        for (int i = 2_500; i < 100_000; i++) {
                            builder.putNumber(fill(i));
                        }
                    })
                    .isInstanceOf(JournalException.class)
                    .hasMessageStartingWith("generation is full: path=");
            builder.finish(1, 1);
        }
        try (Generation generation = Generation.open(directory, "g1")) {
            for (int i = 0; i < 2_500; i++) {
                assertThat(generation.number(BASE + i, row)).isTrue();
                assertThat(row.idHigh()).isEqualTo(i);
            }
            generation.verify();
        }
    }

    @Test
    void shouldLeaveNothingWhenNotFinished() throws IOException {
        try (GenerationBuilder builder = GenerationBuilder.create(directory, "g1", 10, 10)) {
            builder.putNumber(fill(1));
            assertThat(Generations.names(directory)).isEmpty();
        }
        try (var children = Files.list(directory)) {
            assertThat(children).isEmpty();
        }
    }

    @Test
    void shouldRefuseExistingNameAndForeignNames() {
        build("g1", 1);
        assertThatThrownBy(() -> GenerationBuilder.create(directory, "g1", 1, 1))
                .isInstanceOf(JournalException.class)
                .hasMessageStartingWith("generation exists: path=");
        for (final String name : List.of("", "..", "a/b", "x.building", "a b", "y".repeat(65))) {
            assertThatThrownBy(() -> GenerationBuilder.create(directory, name, 1, 1))
                    .as(name)
                    .isInstanceOf(JournalException.class)
                    .hasMessageStartingWith("generation name must be");
        }
    }

    @Test
    void shouldListAndDeleteGenerations() {
        build("g2", 1);
        build("g1", 1);
        assertThat(Generations.names(directory)).containsExactly("g1", "g2");
        Generations.delete(directory, "g1");
        assertThat(Generations.names(directory)).containsExactly("g2");
        assertThat(Generations.deleteUnfinished(directory)).isZero();
    }

    @Test
    void shouldRefuseTruncatedFileAndFindFlippedByte() throws IOException {
        build("g1", 10);
        final Path file = directory.resolve("g1").resolve(MapFiles.NUMBERS);
        try (RandomAccessFile raf = new RandomAccessFile(file.toFile(), "rw")) {
            raf.seek(raf.length() - 100);
            final int old = raf.read();
            raf.seek(raf.length() - 100);
            raf.write(old ^ 1);
        }
        try (Generation generation = Generation.open(directory, "g1")) {
            assertThatThrownBy(generation::verify)
                    .isInstanceOf(JournalCorruptException.class)
                    .hasMessageStartingWith("generation file does not match its checksum: path=");
        }
        try (RandomAccessFile raf = new RandomAccessFile(file.toFile(), "rw")) {
            raf.setLength(raf.length() - 1);
        }
        assertThatThrownBy(() -> Generation.open(directory, "g1"))
                .isInstanceOf(JournalCorruptException.class)
                .hasMessageStartingWith("generation file has a wrong length: path=");
    }

    private void build(final String name, final int count) {
        try (GenerationBuilder builder = GenerationBuilder.create(directory, name, count, 1)) {
            for (int i = 0; i < count; i++) {
                builder.putNumber(fill(i));
            }
            final GenerationManifest manifest = builder.finish(1, 2);
            assertThat(manifest.numberCount()).isEqualTo(count);
        }
    }

    private NumberRow fill(final int i) {
        return row.clear()
                .e164(BASE + i)
                .id(i, -i)
                .account(100 + i, 200 + i)
                .status(NumberRow.STATUS_VIRTUAL)
                .faxMode((byte) 7)
                .allowAnonymous(true)
                .emergency(false)
                .maxChannels(i)
                .dest((byte) 9, 300 + i, 400 + i)
                .schedule(500 + i, 600 + i)
                .closed((byte) 11, 700 + i, 800 + i)
                .holiday((byte) -1, 900 + i, 1000 + i)
                .flags(255);
    }
}
