package io.tandem.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CorpusTest {
    private static final int OFFSET = 17;

    private final SipMessage message = new SipMessage(SipLimits.DEFAULT);
    private final MessageCheck check = new MessageCheck();
    private final Splice splice = new Splice();

    static List<Corpus.Specimen> specimens() {
        return Corpus.all();
    }

    @ParameterizedTest
    @MethodSource("specimens")
    void shouldReachVerdict(final Corpus.Specimen specimen) {
        assertThat(verdict(specimen.octets())).as(specimen.note()).isEqualTo(specimen.problem());
        assertThat(specimen.decider()).isEqualTo(specimen.problem() == Problem.NONE ? "core" : "codec");
        if (specimen.problem() != Problem.NONE) {
            final String answer =
                    message.answerable() ? Integer.toString(specimen.problem().status()) : "drop";
            assertThat(specimen.answer()).isEqualTo(answer);
        }
    }

    @ParameterizedTest
    @MethodSource("specimens")
    void shouldEncodeTheBytesItParsed(final Corpus.Specimen specimen) {
        final byte[] octets = specimen.octets();
        final UnsafeBuffer source = new UnsafeBuffer(new byte[octets.length + OFFSET]);
        source.putBytes(OFFSET, octets);
        final UnsafeBuffer encoded = new UnsafeBuffer(new byte[octets.length]);
        message.wrap(source, OFFSET, octets.length);

        final int length = splice.begin(message, encoded, 0, octets.length).end();

        final byte[] result = Arrays.copyOf(encoded.byteArray(), length);
        final int stated = message.length();
        assertThat(result).isEqualTo(Arrays.copyOf(octets, stated));
        assertThat(message.hasContentLength() || stated == octets.length).isTrue();
    }

    @ParameterizedTest
    @MethodSource("specimens")
    void shouldSurviveEveryPrefix(final Corpus.Specimen specimen) {
        final byte[] octets = specimen.octets();
        final int headEnd = verdict(octets) == Problem.NONE ? message.bodyOffset() : 0;
        for (int length = 0; length <= octets.length; length++) {
            // A buffer of exactly this size: with bounds checks on, a look outside throws.
            final UnsafeBuffer prefix = new UnsafeBuffer(Arrays.copyOf(octets, length));
            final Problem problem = message.wrap(prefix, 0, length);
            IndexInvariants.verify(message, 0, length);
            // Shorter prefixes have shown the fields before the last two.
            IndexInvariants.lookAtFields(message, Math.max(0, message.headerCount() - 2));
            if (length < headEnd) {
                assertThat(problem).as("prefix of %d octets", length).isNotEqualTo(Problem.NONE);
            }
        }
    }

    @Test
    void shouldListEveryFileInTheTables() throws IOException, URISyntaxException {
        final Path root =
                Path.of(Corpus.class.getResource("corpora/NOTICE.md").toURI()).getParent();
        final var files = new TreeSet<String>();
        for (final String folder : Corpus.FOLDERS) {
            try (Stream<Path> paths = Files.walk(root.resolve(folder))) {
                paths.filter(Files::isRegularFile)
                        .filter(path -> !path.endsWith("verdicts.tsv"))
                        .forEach(path -> files.add(root.relativize(path).toString()));
            }
        }

        final var listed = Corpus.all().stream().map(Corpus.Specimen::path).collect(Collectors.toList());

        assertThat(listed).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(files);
        assertThat(Corpus.of("rfc4475")).hasSize(49 + 2);
        assertThat(Corpus.of("rfc5118")).hasSize(12 * 3);
        assertThat(Corpus.of("rfc3665")).hasSize(181);
        assertThat(Corpus.of("rfc7118")).hasSize(13);
        assertThat(Corpus.of("jsip-torture")).hasSize(374);
        assertThat(Corpus.of("fuzz-sipgo")).hasSize(8);
    }

    @Test
    void shouldRunWithBoundsChecks() {
        assertThat(UnsafeBuffer.SHOULD_BOUNDS_CHECK).isTrue();
    }

    private Problem verdict(final byte[] octets) {
        final Problem indexed = message.wrap(new UnsafeBuffer(octets), 0, octets.length);
        return indexed == Problem.NONE ? check.check(message) : indexed;
    }
}
