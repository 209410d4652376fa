package io.tandem.journal.queue;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.tandem.journal.JournalCorruptException;
import io.tandem.journal.JournalFullException;
import io.tandem.journal.JournalSettings;
import io.tandem.journal.RollEvery;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class DocumentQueueTest {
    private static final JournalSettings SETTINGS =
            JournalSettings.small().withRoll(RollEvery.MINUTE).withReserveBytes(1_000);
    private static final long MINUTE_MS = 60_000L;
    private static final long START_MS = 30_000_000L * MINUTE_MS;
    private static final String MARK = "a body that is easily found";

    @TempDir
    Path directory;

    private final AtomicLong wallMs = new AtomicLong(START_MS);
    private final AtomicLong usableBytes = new AtomicLong(Long.MAX_VALUE);
    private final UnsafeBuffer body = new UnsafeBuffer(new byte[64 << 10]);

    @Test
    void shouldReadOnAcrossRolls() {
        try (DocumentQueue queue = open(SETTINGS);
                DocumentReader reader = queue.reader(0)) {
            for (int minute = 0; minute < 5; minute++) {
                wallMs.set(START_MS + minute * MINUTE_MS);
                append(queue, 2L * minute);
                append(queue, 2L * minute + 1);
            }
            assertThat(numbers(reader)).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
            assertThat(QueueFiles.list(directory)).hasSize(5);
        }
    }

    @Test
    void shouldStayInItsFileWhenTheWallClockIsSetBack() {
        final long first;
        final long second;
        try (DocumentQueue queue = open(SETTINGS)) {
            first = append(queue, 1);
            wallMs.set(START_MS - 90 * MINUTE_MS);
            second = append(queue, 2);
        }
        try (DocumentQueue queue = open(SETTINGS);
                DocumentReader reader = queue.reader(0)) {
            assertThat(queue.lastIndex()).isEqualTo(second).isEqualTo(first + 1);
            assertThat(append(queue, 3)).isEqualTo(first + 2);
            assertThat(numbers(reader)).containsExactly(1L, 2L, 3L);
        }
    }

    @Test
    void shouldPrepareTheNextFileAndSurviveWithItEmpty() {
        wallMs.set(START_MS + MINUTE_MS - 5_000);
        final long last;
        try (DocumentQueue queue = open(SETTINGS)) {
            last = append(queue, 1);
            await(() -> QueueFiles.list(directory).size() == 2);
            assertThat(queue.lastIndex()).isEqualTo(last);
        }
        try (DocumentQueue queue = open(SETTINGS)) {
            assertThat(queue.lastIndex()).isEqualTo(last);
            assertThat(append(queue, 2)).isEqualTo(last + 1);
            wallMs.set(START_MS + MINUTE_MS);
            append(queue, 3);
            wallMs.set(START_MS + 3 * MINUTE_MS);
            append(queue, 4);
        }
        try (DocumentQueue queue = open(SETTINGS);
                DocumentReader reader = queue.reader(0)) {
            assertThat(numbers(reader)).containsExactly(1L, 2L, 3L, 4L);
        }
    }

    @Test
    void shouldRemoveFilesThatWereNeverFinished() throws IOException {
        try (DocumentQueue queue = open(SETTINGS)) {
            append(queue, 1);
        }
        final Path unborn = directory.resolve("20991231-2359.cq4");
        Files.write(unborn, new byte[1 << 16]);
        try (DocumentQueue queue = open(SETTINGS);
                DocumentReader reader = queue.reader(0)) {
            assertThat(unborn).doesNotExist();
            append(queue, 2);
            assertThat(numbers(reader)).containsExactly(1L, 2L);
        }
    }

    @Test
    void shouldRefuseWhenTheReserveIsReachedAndGoOnWhenSpaceIsBack() {
        try (DocumentQueue queue = open(SETTINGS);
                DocumentReader reader = queue.reader(0)) {
            append(queue, 0);
            assertThat(queue.writable()).isTrue();
            usableBytes.set(10);
            await(() -> !appends(queue));
            assertThat(queue.writable()).isFalse();
            final long last = queue.lastIndex();
            assertThatThrownBy(() -> queue.append(null, 0, body, 0, body.capacity()))
                    .isInstanceOf(JournalFullException.class)
                    .hasMessage("disk is full: path=" + directory);
            wallMs.addAndGet(MINUTE_MS);
            assertThatThrownBy(() -> queue.append(null, 0, body, 0, 8)).isInstanceOf(JournalFullException.class);
            assertThat(queue.lastIndex()).isEqualTo(last);
            usableBytes.set(Long.MAX_VALUE);
            await(queue::writable);
            append(queue, 1);
            int count = 0;
            while (reader.next()) {
                count++;
            }
            assertThat(reader.index()).isEqualTo(queue.lastIndex());
            assertThat(count).isGreaterThan(2);
        }
    }

    @Test
    void shouldNameTheSettingAndTheFreeBytesWhenTheReserveForbidsTheStart() {
        usableBytes.set(SETTINGS.reserveBytes() - 1);

        assertThatThrownBy(() -> open(SETTINGS).close())
                .isInstanceOf(JournalFullException.class)
                .hasMessage("disk has less free space than the journal leaves to others: path=" + directory
                        + " freeBytes=" + (SETTINGS.reserveBytes() - 1) + " journal.reserve=" + SETTINGS.reserveBytes()
                        + " (free some space, or set journal.reserve lower)");
    }

    @Test
    void shouldOutliveAFaultOfMappedMemoryInItsBackgroundThread() {
        final AtomicInteger faults = new AtomicInteger();
        final AtomicBoolean faulty = new AtomicBoolean();
        final SpaceProbe space = () -> {
            if (faulty.get()) {
                faults.incrementAndGet();
                throw new InternalError("a fault occurred in an unsafe memory access operation");
            }
            return usableBytes.get();
        };
        try (DocumentQueue queue = DocumentQueue.open(directory, SETTINGS, wallMs::get, space)) {
            append(queue, 0);
            usableBytes.set(10);
            await(() -> !appends(queue));
            faulty.set(true);
            await(() -> faults.get() > 1);
            faulty.set(false);
            usableBytes.set(Long.MAX_VALUE);
            await(queue::writable);
            append(queue, 1);
        }
    }

    private boolean appends(final DocumentQueue queue) {
        try {
            queue.append(null, 0, body, 0, body.capacity());
            return true;
        } catch (final JournalFullException e) {
            return false;
        }
    }

    @Test
    void shouldVoidTornDocumentsAtTheEnd() throws IOException {
        final long whole;
        try (DocumentQueue queue = open(SETTINGS)) {
            append(queue, 1);
            whole = append(queue, 2);
            appendMarked(queue);
            appendMarked(queue);
        }
        damageMarked(4);
        try (DocumentQueue queue = open(SETTINGS)) {
            assertThat(queue.lastIndex()).isEqualTo(whole);
            assertThat(queue.tornCount()).isEqualTo(2);
            append(queue, 3);
        }
        try (DocumentQueue queue = open(SETTINGS);
                DocumentReader reader = queue.reader(0)) {
            assertThat(queue.tornCount()).isZero();
            assertThat(queue.lastIndex()).isEqualTo(whole + 3);
            assertThat(numbers(reader)).containsExactly(1L, 2L, 3L);
        }
    }

    @Test
    void shouldOpenWhenTheNewestDocumentsNeverReachedTheMedium() throws IOException {
        final long whole;
        try (DocumentQueue queue = open(SETTINGS)) {
            append(queue, 1);
            whole = append(queue, 2);
            appendMarked(queue);
            appendMarked(queue);
        }
        wipeMarked();
        try (DocumentQueue queue = open(SETTINGS)) {
            assertThat(queue.lastIndex()).isEqualTo(whole);
            append(queue, 3);
        }
        try (DocumentQueue queue = open(SETTINGS);
                DocumentReader reader = queue.reader(0)) {
            assertThat(numbers(reader)).containsExactly(1L, 2L, 3L);
        }
    }

    @Test
    void shouldPutAFileAsideOfWhichNoDocumentReachedTheMedium() throws IOException {
        final long whole;
        try (DocumentQueue queue = open(SETTINGS)) {
            whole = append(queue, 1);
            wallMs.addAndGet(MINUTE_MS);
            appendMarked(queue);
        }
        wipeMarked();
        try (DocumentQueue queue = open(SETTINGS);
                DocumentReader reader = queue.reader(0)) {
            assertThat(queue.lastIndex()).isEqualTo(whole);
            append(queue, 2);
            assertThat(numbers(reader)).containsExactly(1L, 2L);
        }
        try (var files = Files.list(directory)) {
            assertThat(files.filter(file -> file.toString().endsWith(".cq4.lost")))
                    .hasSize(1);
        }
    }

    @Test
    void shouldNameTheIndexOfADamagedDocumentInTheMiddle() throws IOException {
        final long damaged;
        try (DocumentQueue queue = open(SETTINGS)) {
            append(queue, 1);
            damaged = appendMarked(queue);
            append(queue, 2);
        }
        damageMarked(0);
        try (DocumentQueue queue = open(SETTINGS);
                DocumentReader reader = queue.reader(0)) {
            assertThat(queue.tornCount()).isZero();
            assertThat(reader.next()).isTrue();
            assertThatThrownBy(reader::next)
                    .isInstanceOf(JournalCorruptException.class)
                    .hasMessageStartingWith("document does not match its checksum: path=" + directory + " index=0x"
                            + Long.toHexString(damaged));
            assertThat(reader.moveTo(damaged + 1)).isTrue();
            assertThat(numbers(reader)).containsExactly(2L);
        }
    }

    @Test
    void shouldRemoveOldFilesThatNobodyNeeds() {
        final JournalSettings settings = SETTINGS.withRetention(Long.MAX_VALUE, 1);
        final List<Long> indexes = new ArrayList<>();
        try (DocumentQueue queue = open(settings)) {
            for (int minute = 0; minute < 10; minute++) {
                wallMs.set(START_MS + minute * MINUTE_MS);
                indexes.add(append(queue, minute));
            }
            wallMs.set(START_MS + 66 * MINUTE_MS);
            indexes.add(append(queue, 10));
            queue.applyRetention();
            assertThat(QueueFiles.list(directory))
                    .as("everything is needed until told")
                    .hasSize(11);
            queue.needFrom(indexes.get(3));
            queue.applyRetention();
            assertThat(QueueFiles.list(directory))
                    .as("without files older than needed")
                    .hasSize(8);
            queue.needFrom(Long.MAX_VALUE);
            queue.applyRetention();
            assertThat(QueueFiles.list(directory))
                    .as("without files older than an hour")
                    .hasSize(6);
            try (DocumentReader reader = queue.reader(0)) {
                assertThat(numbers(reader)).containsExactly(5L, 6L, 7L, 8L, 9L, 10L);
            }
        }
        try (DocumentQueue queue = open(settings.withRetention(1, 1_000))) {
            queue.needFrom(Long.MAX_VALUE);
            queue.applyRetention();
            assertThat(QueueFiles.list(directory))
                    .as("within a budget of one byte")
                    .hasSize(1);
            try (DocumentReader reader = queue.reader(0)) {
                assertThat(numbers(reader)).as("the newest file stays").containsExactly(10L);
            }
            append(queue, 11);
            queue.applyRetention();
            assertThat(QueueFiles.list(directory)).hasSize(1);
        }
    }

    @Test
    void shouldGiveUnusedSpaceBackAfterARoll() throws Exception {
        try (DocumentQueue queue = open(SETTINGS)) {
            append(queue, 1);
            final Path first = QueueFiles.list(directory).getFirst();
            final long ahead = usedBytes(first);
            assertThat(ahead).isGreaterThanOrEqualTo(SETTINGS.aheadBytes());
            wallMs.addAndGet(MINUTE_MS);
            append(queue, 2);
            await(() -> usedBytes(first) < ahead / 2);
        }
    }

    @Test
    void shouldFindTheFirstDocumentOfAKind() {
        try (DocumentQueue queue = open(SETTINGS)) {
            for (int i = 0; i < 300; i++) {
                wallMs.set(START_MS + (i / 100) * MINUTE_MS);
                append(queue, 10L * i);
            }
            try (DocumentReader reader = queue.reader(0)) {
                for (int i = 0; i < 300; i++) {
                    final long wanted = 10L * i - 5;
                    assertThat(reader.moveToFirst(() -> number(reader) >= wanted))
                            .isTrue();
                    assertThat(reader.next()).isTrue();
                    assertThat(number(reader)).isEqualTo(10L * i);
                }
                assertThat(reader.moveToFirst(() -> number(reader) > 2_990)).isFalse();
            }
        }
    }

    @Test
    void shouldKeepEveryDocumentWhileMemoryIsMadeReadyBeforeTheWriter() {
        final int count = 4_000;
        try (DocumentQueue queue = open(SETTINGS)) {
            for (long number = 0; number < count; number++) {
                body.putLong(0, number);
                body.putLong(body.capacity() - Long.BYTES, number);
                queue.append(null, 0, body, 0, body.capacity());
            }
        }
        // the second life finds the first one's space ahead and goes on in it
        try (DocumentQueue queue = open(SETTINGS);
                DocumentReader reader = queue.reader(0)) {
            append(queue, count);
            assertThat(numbers(reader))
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(0, count).boxed().toList());
        }
    }

    @Test
    void shouldAllocateNothingToAppend() {
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final UnsafeBuffer batch = new UnsafeBuffer(ByteBuffer.allocateDirect(700));
        try (DocumentQueue queue = open(SETTINGS)) {
            for (int i = 0; i < 20_000; i++) {
                queue.append(null, 0, batch, 0, batch.capacity());
            }
            long least = Long.MAX_VALUE;
            for (int round = 0; round < 100 && least > 0; round++) {
                final long before = threads.getCurrentThreadAllocatedBytes();
                for (int i = 0; i < 1_000; i++) {
                    queue.append(null, 0, batch, 0, batch.capacity());
                }
                least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
            }
            assertThat(least).as("bytes in 1000 appends that change no block").isZero();
        }
    }

    @Test
    void shouldReadAQueueThatIsBeingWrittenWithoutOwningIt() {
        try (DocumentQueue queue = open(SETTINGS)) {
            append(queue, 1);
            append(queue, 2);
            try (DocumentReader reader = ReadOnlyQueue.reader(directory, SETTINGS, 0)) {
                assertThat(numbers(reader)).containsExactly(1L, 2L);
                append(queue, 3);
                assertThat(numbers(reader)).containsExactly(3L);
            }
            append(queue, 4);
        }
    }

    @Test
    void shouldSync() {
        try (DocumentQueue queue = open(SETTINGS)) {
            append(queue, 1);
            queue.sync();
            wallMs.addAndGet(MINUTE_MS);
            append(queue, 2);
            queue.sync();
            assertThat(queue.lastIndex()).isNotEqualTo(DocumentQueue.NONE);
        }
    }

    private DocumentQueue open(final JournalSettings settings) {
        return DocumentQueue.open(directory, settings, wallMs::get, usableBytes::get);
    }

    private long append(final DocumentQueue queue, final long number) {
        body.putLong(0, number);
        return queue.append(null, 0, body, 0, 100);
    }

    private long appendMarked(final DocumentQueue queue) {
        final int length = body.putStringWithoutLengthAscii(0, MARK);
        return queue.append(null, 0, body, 0, length);
    }

    private static long number(final DocumentReader reader) {
        return reader.buffer().getLong(reader.bodyOffset());
    }

    private static List<Long> numbers(final DocumentReader reader) {
        final List<Long> numbers = new ArrayList<>();
        while (reader.next()) {
            numbers.add(number(reader));
        }
        return numbers;
    }

    /** Changes one byte of each marked body. */
    private void damageMarked(final int at) throws IOException {
        for (final Path file : QueueFiles.list(directory)) {
            final byte[] bytes = Files.readAllBytes(file);
            final String text = new String(bytes, ISO_8859_1);
            int position = text.indexOf(MARK);
            try (RandomAccessFile raf = new RandomAccessFile(file.toFile(), "rw")) {
                while (position >= 0) {
                    raf.seek(position + at);
                    raf.write('#');
                    position = text.indexOf(MARK, position + 1);
                }
            }
        }
    }

    /** Zeroes each marked document with its checksum and the queue's word of length before it. */
    private void wipeMarked() throws IOException {
        for (final Path file : QueueFiles.list(directory)) {
            final String text = new String(Files.readAllBytes(file), ISO_8859_1);
            int position = text.indexOf(MARK);
            try (RandomAccessFile raf = new RandomAccessFile(file.toFile(), "rw")) {
                while (position >= 0) {
                    raf.seek(position - DocumentQueue.CRC_LENGTH - Integer.BYTES);
                    raf.write(new byte[MARK.length() + DocumentQueue.CRC_LENGTH + Integer.BYTES]);
                    position = text.indexOf(MARK, position + 1);
                }
            }
        }
    }

    private static long usedBytes(final Path file) {
        try {
            final Process du = new ProcessBuilder("du", "-B1", file.toString()).start();
            final String line = new String(du.getInputStream().readAllBytes(), UTF_8);
            return Long.parseLong(line.substring(0, line.indexOf('\t')));
        } catch (final IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void await(final BooleanSupplier condition) {
        final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited long enough").isLessThan(deadlineNs);
            Thread.onSpinWait();
        }
    }
}
