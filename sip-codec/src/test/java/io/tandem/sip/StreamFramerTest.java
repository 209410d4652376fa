package io.tandem.sip;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.sip.StreamFramer.Event;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class StreamFramerTest {
    private static final int STREAM_MESSAGES = 227;
    private static final String OPTIONS =
            "OPTIONS sip:a@example.com SIP/2.0\r\nVia: SIP/2.0/TCP b;branch=z9hG4bK1\r\n%s\r\n";

    private final StreamFramer framer = new StreamFramer(SipLimits.DEFAULT);
    private final SipMessage message = new SipMessage(SipLimits.DEFAULT);

    @Test
    void shouldCutTheStreamCorpusAtEveryChunkSize() {
        final byte[] stream = Corpus.octets("stream/generic.dat");
        final List<byte[]> whole = messages(stream, stream.length);
        assertThat(whole).hasSize(STREAM_MESSAGES);
        for (final byte[] octets : whole) {
            assertThat(message.wrap(new UnsafeBuffer(octets), 0, octets.length)).isEqualTo(Problem.NONE);
            assertThat(message.length()).isEqualTo(octets.length);
        }
        for (int chunk = 1; chunk < stream.length; chunk += chunk < 2_048 ? 1 : chunk < 16_384 ? 127 : 4_099) {
            final List<byte[]> found = messages(stream, chunk);
            assertThat(found).as("chunk size %d", chunk).hasSize(STREAM_MESSAGES);
            for (int i = 0; i < STREAM_MESSAGES; i++) {
                assertThat(Arrays.equals(found.get(i), whole.get(i)))
                        .as("chunk size %d, message %d", chunk, i)
                        .isTrue();
            }
        }
    }

    @Test
    void shouldFrameSeveralMessagesOfOneSegment() {
        final String first = OPTIONS.formatted("l: 4\r\n") + "body";
        final String second = OPTIONS.formatted("Content-Length : 0\r\n");

        feed(first + second);

        assertThat(framer.poll()).isEqualTo(Event.MESSAGE);
        assertThat(framed()).isEqualTo(first);
        assertThat(framer.poll()).isEqualTo(Event.MESSAGE);
        assertThat(framed()).isEqualTo(second);
        assertThat(framer.poll()).isEqualTo(Event.MORE);
        assertThat(framer.isInsideMessage()).isFalse();
    }

    @Test
    void shouldSeePingInDoubleLineEnd() {
        feed("\r\n");
        assertThat(framer.poll()).isEqualTo(Event.MORE);
        feed("\r");
        assertThat(framer.poll()).isEqualTo(Event.MORE);
        feed("\n");
        assertThat(framer.poll()).isEqualTo(Event.PING);
        assertThat(framer.poll()).isEqualTo(Event.MORE);
    }

    @Test
    void shouldSkipSingleLineEndBeforeMessage() {
        final String text = OPTIONS.formatted("Content-Length: 0\r\n");

        feed("\r\n" + text + "\r\n" + text);

        assertThat(framer.poll()).isEqualTo(Event.MESSAGE);
        assertThat(framed()).isEqualTo(text);
        assertThat(framer.poll()).isEqualTo(Event.MESSAGE);
        assertThat(framed()).isEqualTo(text);
    }

    @Test
    void shouldReadFoldedContentLength() {
        final String text = OPTIONS.formatted("CONTENT-LENGTH:\r\n  3\r\n") + "abc";
        feed(text);
        assertThat(framer.poll()).isEqualTo(Event.MESSAGE);
        assertThat(framed()).isEqualTo(text);
    }

    @Test
    void shouldNotTakeFoldedTextForContentLength() {
        final String text = OPTIONS.formatted("Subject: x\r\n Content-Length: 9\r\nContent-Length: 0\r\n");
        feed(text);
        assertThat(framer.poll()).isEqualTo(Event.MESSAGE);
        assertThat(framed()).isEqualTo(text);
    }

    @Test
    void shouldFailWithoutContentLength() {
        shouldFail(OPTIONS.formatted(""), Problem.MISSING_CONTENT_LENGTH, 400);
    }

    @Test
    void shouldFailOnContentLengthThatIsNoNumber() {
        shouldFail(OPTIONS.formatted("Content-Length: -1\r\n"), Problem.BAD_CONTENT_LENGTH, 400);
        shouldFail(OPTIONS.formatted("Content-Length:\r\n"), Problem.BAD_CONTENT_LENGTH, 400);
        shouldFail(OPTIONS.formatted("Content-Length: 1, 1\r\n"), Problem.BAD_CONTENT_LENGTH, 400);
    }

    @Test
    void shouldFailOnSecondContentLengthEvenIfEqual() {
        shouldFail(OPTIONS.formatted("Content-Length: 1\r\nl: 1\r\n"), Problem.DUPLICATE_CONTENT_LENGTH, 400);
    }

    @Test
    void shouldFailOnMessageOverTheLimit() {
        shouldFail(OPTIONS.formatted("Content-Length: 65535\r\n"), Problem.MESSAGE_TOO_LARGE, 513);
        shouldFail(OPTIONS.formatted("Content-Length: 99999999999999999999\r\n"), Problem.MESSAGE_TOO_LARGE, 513);
    }

    @Test
    void shouldFailOnHeadOverTheLimit() {
        shouldFail(
                OPTIONS.formatted(("Subject: " + "x".repeat(4_000) + "\r\n").repeat(10)), Problem.HEAD_TOO_LARGE, 513);
    }

    @Test
    void shouldFailOnHeadWithoutEndAfterTheLimit() {
        feed("OPTIONS sip:a@example.com SIP/2.0\r\nSubject: ");
        Event event = framer.poll();
        int fed = 0;
        while (event == Event.MORE && fed < 100_000) {
            feed("x".repeat(1_000));
            fed += 1_000;
            event = framer.poll();
        }
        assertThat(event).isEqualTo(Event.FAILED);
        assertThat(framer.problem()).isEqualTo(Problem.HEAD_TOO_LARGE);
        assertThat(fed).isLessThan(SipLimits.DEFAULT.headBytesMax() + 2_000);
    }

    @Test
    void shouldFailOnBareLineEnds() {
        shouldFail(OPTIONS.formatted("A: b\nContent-Length: 0\r\n"), Problem.BAD_LINE_END, 400);
        shouldFail(OPTIONS.formatted("A: b\rContent-Length: 0\r\n"), Problem.BAD_LINE_END, 400);
    }

    @Test
    void shouldFailAtOnceOnWhatIsNotSip() {
        shouldFail("GET / HTTP/1.1\r\nHost: x\r\n", Problem.NOT_SIP, 0);
        shouldFail("\u0016\u0003\u0001", Problem.NOT_SIP, 0);
        shouldFail("GET /\r\n folded SIP/2.0\r\nContent-Length: 0\r\n\r\n", Problem.NOT_SIP, 0);
    }

    @Test
    void shouldStayFailedUntilReset() {
        shouldFail("GET / HTTP/1.1\r\nHost: x\r\n", Problem.NOT_SIP, 0);
        feed(OPTIONS.formatted("Content-Length: 0\r\n"));
        assertThat(framer.poll()).isEqualTo(Event.FAILED);
        framer.reset();
        feed(OPTIONS.formatted("Content-Length: 0\r\n"));
        assertThat(framer.poll()).isEqualTo(Event.MESSAGE);
    }

    @Test
    void shouldSayWhetherAMessageIsUnfinished() {
        assertThat(framer.isInsideMessage()).isFalse();
        feed("OPT");
        assertThat(framer.poll()).isEqualTo(Event.MORE);
        assertThat(framer.isInsideMessage()).isTrue();
        feed("IONS sip:a SIP/2.0\r\nContent-Length: 2\r\n\r\na");
        assertThat(framer.poll()).isEqualTo(Event.MORE);
        assertThat(framer.isInsideMessage()).isTrue();
        feed("b");
        assertThat(framer.poll()).isEqualTo(Event.MESSAGE);
        assertThat(framer.isInsideMessage()).isFalse();
    }

    @Test
    void shouldTakeAMessageOfTheLargestSize() {
        final String head = OPTIONS.formatted("Content-Length: 65000\r\n");
        final String text = head + "y".repeat(65_000);
        feed(text);
        assertThat(framer.poll()).isEqualTo(Event.MESSAGE);
        assertThat(framed()).isEqualTo(text);
    }

    private void shouldFail(final String text, final Problem problem, final int status) {
        framer.reset();
        feed(text);
        assertThat(framer.poll()).isEqualTo(Event.FAILED);
        assertThat(framer.problem()).isEqualTo(problem);
        assertThat(framer.problem().status()).isEqualTo(status);
        if (status != 0) {
            assertThat(message.wrap(framer.buffer(), framer.messageOffset(), framer.messageLength(), true))
                    .as("the index over what was read finds the same")
                    .isEqualTo(problem);
            assertThat(message.answerable()).isTrue();
        }
    }

    private void feed(final String text) {
        final UnsafeBuffer buffer = Texts.buffer(text);
        int offset = 0;
        while (offset < buffer.capacity()) {
            offset += framer.feed(buffer, offset, buffer.capacity() - offset);
        }
    }

    private String framed() {
        return Texts.text(framer.buffer(), framer.messageOffset(), framer.messageLength());
    }

    /** A message without Content-Length ends its connection; the rest arrives on a new one. */
    private List<byte[]> messages(final byte[] stream, final int chunk) {
        final List<byte[]> found = new ArrayList<>();
        final UnsafeBuffer source = new UnsafeBuffer(stream);
        framer.reset();
        int consumed = 0;
        int fed = 0;
        while (fed < stream.length) {
            final int taken = framer.feed(source, fed, Math.min(chunk, stream.length - fed));
            fed += taken;
            Event event = framer.poll();
            while (event == Event.MESSAGE || event == Event.PING) {
                if (event == Event.MESSAGE) {
                    consumed = take(stream, consumed, found);
                }
                event = framer.poll();
            }
            if (event == Event.FAILED) {
                assertThat(framer.problem()).isEqualTo(Problem.MISSING_CONTENT_LENGTH);
                consumed = take(stream, consumed, found);
                fed = consumed;
                framer.reset();
            }
        }
        return found;
    }

    private int take(final byte[] stream, final int from, final List<byte[]> found) {
        int at = from;
        while (stream[at] == '\r' || stream[at] == '\n') {
            at++;
        }
        final byte[] octets = new byte[framer.messageLength()];
        framer.buffer().getBytes(framer.messageOffset(), octets);
        found.add(octets);
        assertThat(Arrays.equals(stream, at, at + octets.length, octets, 0, octets.length))
                .isTrue();
        return at + octets.length;
    }
}
