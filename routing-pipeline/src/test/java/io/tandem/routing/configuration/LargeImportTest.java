package io.tandem.routing.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.routing.model.ResourceKind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Imports that are made up while they are read, so that nothing but the import itself needs memory. */
class LargeImportTest {
    private static final String HEAD = """
            {"resource":"accounts","name":"acme"}
            {"resource":"trunks","account_id":"name:acme","name":"pbx","proxy":"127.0.0.3:5080"}
            """;

    @Test
    void shouldTakeManyNumbersAndTellHowFarItIs() throws IOException {
        final Counter counter = new Counter();
        final long[] told = new long[3];

        final ImportResult result =
                NdjsonImport.run(() -> new Numbers(250_000, -1), counter, (pass, lines) -> told[pass] = lines);

        assertThat(result.accepted()).isTrue();
        assertThat(counter.numbers).isEqualTo(250_000);
        assertThat(counter.finished).isTrue();
        assertThat(told).containsExactly(0, 200_000, 200_000);
    }

    @Test
    void shouldFindTheOneNumberThatIsGivenTwice() throws IOException {
        final Counter counter = new Counter();
        final ImportResult result =
                NdjsonImport.run(() -> new Numbers(100_000, 99_999), counter, ImportProgress.SILENT);

        assertThat(result.problems().kept()).singleElement().satisfies(problem -> {
            assertThat(problem.line()).isEqualTo(100_002);
            assertThat(problem.field()).isEqualTo("e164");
        });
        assertThat(counter.finished).isFalse();
    }

    @Test
    @DisplayName("an import that needs more memory than there is, is refused before it takes it")
    void shouldRefuseAFileThatNeedsMoreMemoryThanThereIs() throws IOException {
        final Counter counter = new Counter();
        final long room = 10_000L * NdjsonImport.NUMBER_BYTES;
        final ImportResult result =
                NdjsonImport.run(() -> new Numbers(250_000, -1), counter, ImportProgress.SILENT, (1 << 20) + room);

        assertThat(result.accepted()).isFalse();
        assertThat(result.problems().kept()).singleElement().satisfies(problem -> {
            assertThat(problem.rule()).startsWith("file needs more memory than there is: lines=");
            assertThat(problem.line()).isBetween(9_000L, 10_002L);
        });
        assertThat(counter.finished).isFalse();
    }

    /** Ten million numbers within 1 GiB: {@code mvn test -Dtests.excluded= -Dgroups=slow -Dsurefire.heap=-Xmx1g}. */
    @Test
    @Tag("slow")
    void shouldTakeTenMillionNumbersInBoundedMemory() throws IOException {
        final Counter counter = new Counter();
        final long start = System.nanoTime();
        final ImportResult result = NdjsonImport.run(() -> new Numbers(10_000_000, -1), counter, ImportProgress.SILENT);
        System.out.println("ten million numbers: seconds=" + (System.nanoTime() - start) / 1_000_000_000L
                + " heapMaxMiB=" + Runtime.getRuntime().maxMemory() / 1_048_576);

        assertThat(result.accepted()).isTrue();
        assertThat(result.count(ResourceKind.NUMBERS)).isEqualTo(10_000_000);
        assertThat(counter.numbers).isEqualTo(10_000_000);
    }

    /** An account, a trunk and consecutive numbers; one of them may be the first again. */
    private static final class Numbers extends InputStream {
        private static final long FIRST = 12_000_000_000L;

        private final long count;
        private final long again;
        private long next = -1;
        private byte[] line = new byte[0];
        private int at;

        Numbers(final long count, final long again) {
            this.count = count;
            this.again = again;
        }

        @Override
        public int read() {
            final byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(final byte[] into, final int offset, final int length) {
            if (at == line.length) {
                if (next == count) {
                    return -1;
                }
                line = (next < 0 ? HEAD : number(next == again ? 0 : next)).getBytes(StandardCharsets.US_ASCII);
                next++;
                at = 0;
            }
            final int copied = Math.min(length, line.length - at);
            System.arraycopy(line, at, into, offset, copied);
            at += copied;
            return copied;
        }

        private static String number(final long index) {
            return "{\"resource\":\"numbers\",\"account_id\":\"name:acme\",\"e164\":\"" + (FIRST + index)
                    + "\",\"dest_kind\":\"trunk\",\"dest_id\":\"name:pbx\"}\n";
        }
    }

    private static final class Counter implements ConfigurationWriter {
        private long numbers;
        private boolean finished;

        @Override
        public void begin(final long numberCount, final long resourceCount) {
            numbers = 0;
        }

        @Override
        public void number(final NumberRow row, final byte[] json) {
            numbers++;
        }

        @Override
        public void resource(final ResourceKind kind, final long idHigh, final long idLow, final byte[] json) {
            assertThat(kind).isNotEqualTo(ResourceKind.NUMBERS);
        }

        @Override
        public void index(final int code, final long high, final long low, final byte[] value) {}

        @Override
        public void finish() {
            finished = true;
        }

        @Override
        public void abandon() {
            finished = false;
        }
    }
}
