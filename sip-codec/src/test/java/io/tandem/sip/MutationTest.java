package io.tandem.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.agrona.concurrent.UnsafeBuffer;

/** Whatever arrives: nothing throws, nothing is read outside, the index stays consistent. The seed is printed by jqwik. */
class MutationTest {
    private static final List<Corpus.Specimen> SPECIMENS = Corpus.all();
    private static final byte[] HOSTILE = {
        0,
        '\r',
        '\n',
        ' ',
        '\t',
        ':',
        ',',
        ';',
        '<',
        '>',
        '"',
        '\\',
        '@',
        '%',
        '[',
        ']',
        '=',
        '?',
        '/',
        '*',
        (byte) 0xff
    };
    private static final int CHUNK_MAX = 700;
    private static final int MUTATION_COUNT_MAX = 8;

    private final SipMessage message = new SipMessage(SipLimits.DEFAULT);
    private final SipMessage small = new SipMessage(new SipLimits(600, 300, 8, 80, 40));
    private final Splice splice = new Splice();

    @Property(tries = 20_000)
    void shouldSurviveMutations(@ForAll final long seed) {
        final Random random = new Random(seed);
        final byte[] octets = mutated(random);

        for (final SipMessage index : List.of(message, small)) {
            final UnsafeBuffer buffer = new UnsafeBuffer(octets);
            final Problem problem = index.wrap(buffer, 0, octets.length);
            IndexInvariants.verify(index, 0, octets.length);
            IndexInvariants.lookAtEverything(index);
            assertThat(index.problem() == problem || problem == Problem.KEEP_ALIVE)
                    .isTrue();
        }
    }

    @Property(tries = 20_000)
    void shouldEncodeMutationsUnchanged(@ForAll final long seed) {
        final byte[] octets = mutated(new Random(seed));
        final UnsafeBuffer encoded = new UnsafeBuffer(new byte[octets.length]);
        message.wrap(new UnsafeBuffer(octets), 0, octets.length);

        final int length = splice.begin(message, encoded, 0, octets.length).end();

        final byte[] expected = Arrays.copyOfRange(octets, message.offset(), message.offset() + message.length());
        assertThat(Arrays.copyOf(encoded.byteArray(), length)).isEqualTo(expected);
    }

    @Property(tries = 2_000)
    void shouldFrameMutationsTheSameInAnyChunks(@ForAll final long seed) {
        final Random random = new Random(seed);
        final ByteArrayOutputStream stream = new ByteArrayOutputStream();
        for (int i = 0; i < 4; i++) {
            stream.writeBytes(i == 1 ? mutated(random) : specimen(random));
        }
        final byte[] octets = stream.toByteArray();

        final String whole = framed(octets, null);

        assertThat(framed(octets, random)).isEqualTo(whole);
    }

    @Property(tries = 2_000)
    void shouldAgreeWithIndexOnWhatIsFramed(@ForAll final long seed) {
        final StreamFramer framer = new StreamFramer(SipLimits.DEFAULT);
        final byte[] octets = mutated(new Random(seed));
        framer.feed(new UnsafeBuffer(octets), 0, octets.length);
        while (framer.poll() == StreamFramer.Event.MESSAGE) {
            final Problem problem = message.wrap(framer.buffer(), framer.messageOffset(), framer.messageLength());
            assertThat(problem)
                    .isNotIn(
                            Problem.KEEP_ALIVE,
                            Problem.NOT_SIP,
                            Problem.TRUNCATED_HEADERS,
                            Problem.BAD_LINE_END,
                            Problem.BAD_CONTENT_LENGTH,
                            Problem.DUPLICATE_CONTENT_LENGTH,
                            Problem.CONTENT_LENGTH_MISMATCH);
            if (problem == Problem.NONE) {
                assertThat(message.hasContentLength()).isTrue();
                assertThat(message.length()).isEqualTo(framer.messageLength());
            }
        }
    }

    @Property(tries = 3_000)
    void shouldSpliceAsAnArrayListWould(@ForAll final long seed) {
        final Random random = new Random(seed);
        final byte[] octets = specimen(random);
        final UnsafeBuffer source = new UnsafeBuffer(octets);
        if (message.wrap(source, 0, octets.length) != Problem.NONE || message.headerCount() == 0) {
            return;
        }
        final UnsafeBuffer encoded = new UnsafeBuffer(new byte[octets.length + 4_096]);
        splice.begin(message, encoded, 0, encoded.capacity());
        final ByteArrayOutputStream expected = new ByteArrayOutputStream();
        expected.writeBytes(Arrays.copyOfRange(octets, message.offset(), message.headersOffset()));
        for (int header = 0; header < message.headerCount(); header++) {
            final byte[] text = Octets.ascii("X-" + header + ": " + random.nextInt() + "\r\n");
            final byte[] field = Arrays.copyOfRange(
                    octets, message.fieldOffset(header), message.fieldOffset(header) + message.fieldLength(header));
            switch (random.nextInt(5)) {
                case 0 -> splice.drop(header);
                case 1 -> {
                    splice.replaceField(header).ascii(text);
                    expected.writeBytes(text);
                }
                case 2 -> {
                    splice.insertBefore(header).ascii(text);
                    expected.writeBytes(text);
                    expected.writeBytes(field);
                }
                case 3 -> {
                    splice.insertAfter(header).ascii(text);
                    expected.writeBytes(field);
                    expected.writeBytes(text);
                }
                default -> expected.writeBytes(field);
            }
        }
        final int rest = message.offset() + message.length();
        final int last = message.headerCount() - 1;
        expected.writeBytes(Arrays.copyOfRange(octets, message.fieldOffset(last) + message.fieldLength(last), rest));

        final int length = splice.end();

        assertThat(Arrays.copyOf(encoded.byteArray(), length)).isEqualTo(expected.toByteArray());
    }

    private static byte[] specimen(final Random random) {
        return SPECIMENS.get(random.nextInt(SPECIMENS.size())).octets();
    }

    private static byte[] mutated(final Random random) {
        byte[] octets = specimen(random).clone();
        for (int count = 1 + random.nextInt(MUTATION_COUNT_MAX); count > 0 && octets.length > 1; count--) {
            octets = mutate(octets, random);
        }
        return octets;
    }

    private static byte[] mutate(final byte[] octets, final Random random) {
        final int at = random.nextInt(octets.length);
        final int length = Math.min(octets.length - at, 1 + random.nextInt(40));
        switch (random.nextInt(6)) {
            case 0 -> octets[at] = (byte) random.nextInt(256);
            case 1 -> octets[at] = HOSTILE[random.nextInt(HOSTILE.length)];
            case 2 -> octets[at] ^= (byte) (1 << random.nextInt(8));
            case 3 -> {
                return joined(octets, at, octets, at + length);
            }
            case 4 -> {
                return joined(octets, at + length, octets, at);
            }
            default -> {
                final byte[] other = specimen(random);
                return joined(octets, at, other, random.nextInt(other.length));
            }
        }
        return octets;
    }

    /** The beginning of one and the end of the other. */
    private static byte[] joined(final byte[] left, final int leftEnd, final byte[] right, final int rightStart) {
        final byte[] result = Arrays.copyOf(left, leftEnd + right.length - rightStart);
        System.arraycopy(right, rightStart, result, leftEnd, right.length - rightStart);
        return result;
    }

    /** What a framer says of a stream, fed whole or in random chunks. */
    private static String framed(final byte[] octets, final Random random) {
        final StreamFramer framer = new StreamFramer(SipLimits.DEFAULT);
        final UnsafeBuffer source = new UnsafeBuffer(octets);
        final StringBuilder events = new StringBuilder();
        int fed = 0;
        while (fed < octets.length) {
            final int chunk = random == null ? octets.length : 1 + random.nextInt(CHUNK_MAX);
            fed += framer.feed(source, fed, Math.min(chunk, octets.length - fed));
            StreamFramer.Event event = framer.poll();
            while (event != StreamFramer.Event.MORE) {
                events.append(event);
                if (event == StreamFramer.Event.FAILED) {
                    return events.append(framer.problem()).toString();
                }
                if (event == StreamFramer.Event.MESSAGE) {
                    events.append(Texts.text(framer.buffer(), framer.messageOffset(), framer.messageLength()));
                }
                event = framer.poll();
            }
        }
        return events.append(framer.isInsideMessage()).toString();
    }
}
