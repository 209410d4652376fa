package io.tandem.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SipMessageTest {
    private static final String START = "OPTIONS sip:a@example.com SIP/2.0\n";

    private final SipMessage message = new SipMessage(SipLimits.DEFAULT);
    private UnsafeBuffer buffer = Texts.buffer("");

    @Test
    void shouldIndexRequest() {
        assertThat(wrap(Texts.INVITE)).isEqualTo(Problem.NONE);

        assertThat(message.isRequest()).isTrue();
        assertThat(message.method()).isEqualTo(Method.INVITE);
        assertThat(message.methodOffset()).isZero();
        assertThat(message.methodLength()).isEqualTo(6);
        assertThat(part(message.uriOffset(), message.uriLength())).isEqualTo("sip:bob@biloxi.example.com");
        assertThat(message.statusCode()).isZero();
        assertThat(message.headerCount()).isEqualTo(9);
        assertThat(value(HeaderName.CALL_ID)).isEqualTo("3848276298220188511@atlanta.example.com");
        assertThat(value(HeaderName.FROM)).isEqualTo("Alice <sip:alice@atlanta.example.com>;tag=9fxced76sl");
        assertThat(message.first(HeaderName.ROUTE)).isEqualTo(SipMessage.NONE);
        assertThat(part(message.bodyOffset(), message.bodyLength())).isEqualTo("v=0");
        assertThat(message.hasContentLength()).isTrue();
        assertThat(message.length()).isEqualTo(buffer.capacity());
        assertThat(message.answerable()).isTrue();
    }

    @Test
    void shouldIndexResponse() {
        assertThat(wrap("sip/2.0 183 Session Progress\nCSeq: 7\n PRACK\n\n")).isEqualTo(Problem.NONE);

        assertThat(message.isRequest()).isFalse();
        assertThat(message.statusCode()).isEqualTo(183);
        assertThat(part(message.reasonOffset(), message.reasonLength())).isEqualTo("Session Progress");
        assertThat(message.method()).isEqualTo(Method.PRACK);
        assertThat(message.methodLength()).isZero();
        assertThat(message.uriLength()).isZero();
        assertThat(message.answerable()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"SIP/2.0 200", "SIP/2.0 200 "})
    void shouldAcceptResponseWithoutReason(final String startLine) {
        assertThat(wrap(startLine + "\n\n")).isEqualTo(Problem.NONE);
        assertThat(message.statusCode()).isEqualTo(200);
        assertThat(message.reasonLength()).isZero();
    }

    @Test
    void shouldIndexFieldsWithFoldsAndCompactForms() {
        assertThat(wrap(START + "v :\n  SIP/2.0/UDP a\n\t;branch=1  \nVIA: b\nX-Empty:\nVia:c\n\n"))
                .isEqualTo(Problem.NONE);

        assertThat(message.headerCount()).isEqualTo(4);
        assertThat(message.count(HeaderName.VIA)).isEqualTo(3);
        final List<String> values = new ArrayList<>();
        for (int via = message.first(HeaderName.VIA); via != SipMessage.NONE; via = message.next(HeaderName.VIA, via)) {
            values.add(part(message.valueOffset(via), message.valueLength(via)));
        }
        assertThat(values).containsExactly("SIP/2.0/UDP a\r\n\t;branch=1", "b", "c");
        assertThat(message.name(2)).isEqualTo(HeaderName.UNKNOWN);
        assertThat(part(message.nameOffset(2), message.nameLength(2))).isEqualTo("X-Empty");
        assertThat(message.valueLength(2)).isZero();
        assertThat(message.next(HeaderName.TO, 0)).isEqualTo(SipMessage.NONE);
        assertThat(part(message.fieldOffset(0), message.fieldLength(0)))
                .isEqualTo("v :\r\n  SIP/2.0/UDP a\r\n\t;branch=1  \r\n");
    }

    @Test
    void shouldForgetTheLastMessage() {
        assertThat(wrap(Texts.INVITE)).isEqualTo(Problem.NONE);
        assertThat(wrap("SIP/2.0 200 OK\n\n")).isEqualTo(Problem.NONE);
        assertThat(message.headerCount()).isZero();
        for (final HeaderName name : HeaderName.values()) {
            assertThat(message.first(name)).isEqualTo(SipMessage.NONE);
            assertThat(message.count(name)).isZero();
        }
        assertThat(message.method()).isEqualTo(Method.UNKNOWN);
        assertThat(message.hasContentLength()).isFalse();
    }

    @Test
    void shouldSkipLineEndsBeforeMessage() {
        assertThat(wrap("\n\n" + START + "\n")).isEqualTo(Problem.NONE);
        assertThat(message.offset()).isEqualTo(4);
        assertThat(message.length()).isEqualTo(START.length() + 1 + 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "\n\n", "\n\n\n"})
    void shouldSeeKeepAlive(final String text) {
        assertThat(wrap(text)).isEqualTo(Problem.KEEP_ALIVE);
        assertThat(message.headerCount()).isZero();
        assertThat(message.answerable()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\0", "\0\0\0\0", "GET / HTTP/1.1\n\n", "hello", "INVITE sip:a\nVia: x\n\n", "\u0001\u0001\n"})
    void shouldDiscardWhatIsNotSip(final String text) {
        assertThat(wrap(text)).isEqualTo(Problem.NOT_SIP);
        assertThat(Problem.NOT_SIP.status()).isZero();
        assertThat(message.answerable()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " OPTIONS sip:a SIP/2.0",
                "OPTIONS  sip:a SIP/2.0",
                "OPTIONS sip:a  SIP/2.0",
                "OPTIONS sip:a SIP/2.0 ",
                "OPTIONS sip:a;b c SIP/2.0",
                "OPTIONS SIP/2.0",
                "OPTIONS\tsip:a SIP/2.0",
                "OPT<>IONS sip:a SIP/2.0",
                "OPTIONS sip:a SIP/2",
                "OPTIONS sip:a SIP/x.y",
                "OPTIONS sip:\u0001 SIP/2.0"
            })
    void shouldRefuseBadRequestLineButIndexTheRest(final String startLine) {
        assertThat(wrap(startLine + "\nVia: x\n\n")).isEqualTo(Problem.BAD_START_LINE);
        assertThat(message.count(HeaderName.VIA)).isEqualTo(1);
        assertThat(message.answerable()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SIP/2.0",
                "SIP/2.0 20 x",
                "SIP/2.0 2000 x",
                "SIP/2.0 099 x",
                "SIP/2.0 700 x",
                "SIP/2.0  200 x",
                "SIP/3.0 200 OK",
                "SIP/2.0 2x0 OK"
            })
    void shouldDiscardBadStatusLine(final String startLine) {
        assertThat(wrap(startLine + "\nVia: x\n\n")).isEqualTo(Problem.BAD_STATUS_LINE);
        assertThat(message.answerable()).isFalse();
    }

    @Test
    void shouldRefuseOtherVersions() {
        assertThat(wrap("OPTIONS sip:a SIP/7.0\nVia: x\n\n")).isEqualTo(Problem.VERSION_NOT_SUPPORTED);
        assertThat(Problem.VERSION_NOT_SUPPORTED.status()).isEqualTo(505);
        assertThat(wrap("OPTIONS sip:a sip/2.0\nVia: x\n\n")).isEqualTo(Problem.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"garbage", ": x", "Na me: x", "Name\n : x", "N<me: x", " starts with a fold"})
    void shouldRefuseLineThatIsNoHeader(final String line) {
        assertThat(wrap(START + line + "\nVia: x\n\n")).isEqualTo(Problem.BAD_HEADER_FIELD);
        assertThat(message.count(HeaderName.VIA)).isEqualTo(1);
    }

    @Test
    void shouldRefuseBareLineEnds() {
        assertThat(wrapRaw("OPTIONS sip:a SIP/2.0\nVia: x\n\n")).isEqualTo(Problem.BAD_LINE_END);
        assertThat(message.count(HeaderName.VIA)).isEqualTo(1);
        assertThat(wrapRaw("OPTIONS sip:a SIP/2.0\r\nVia: x\r\nA: b\nRoute: c\r\n\r\n"))
                .isEqualTo(Problem.BAD_LINE_END);
        assertThat(wrapRaw("OPTIONS sip:a SIP/2.0\r\nVia: x\r\nA: b\rRoute: c\r\n\r\n"))
                .isEqualTo(Problem.BAD_LINE_END);
        assertThat(wrapRaw("OPTIONS sip:a SIP/2.0\r\nVia: x\r\n\r\nbody\nwith\rany\0line"))
                .isEqualTo(Problem.NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "OPTIONS sip:a SIP/2.0",
                "OPTIONS sip:a SIP/2.0\r\n",
                "OPTIONS sip:a SIP/2.0\r\nVia: x",
                "OPTIONS sip:a SIP/2.0\r\nVia: x\r",
                "OPTIONS sip:a SIP/2.0\r\nVia: x\r\n",
                "OPTIONS sip:a SIP/2.0\r\nVia: x\r\n\r"
            })
    void shouldRefuseHeadWithoutEnd(final String text) {
        assertThat(wrapRaw(text)).isEqualTo(Problem.TRUNCATED_HEADERS);
    }

    @Test
    void shouldLeaveOutOctetsPastContentLength() {
        assertThat(wrap(START + "l: 2\n\nabINVITE sip:x SIP/2.0\n\n")).isEqualTo(Problem.NONE);
        assertThat(part(message.bodyOffset(), message.bodyLength())).isEqualTo("ab");
        assertThat(message.offset() + message.length()).isEqualTo(message.bodyOffset() + 2);
    }

    @Test
    void shouldTakeWholeBodyWithoutContentLength() {
        assertThat(wrap(START + "\nabc")).isEqualTo(Problem.NONE);
        assertThat(message.bodyLength()).isEqualTo(3);
        assertThat(message.hasContentLength()).isFalse();
    }

    @Test
    void shouldWantContentLengthInWhatWasFramed() {
        final UnsafeBuffer without = Texts.buffer((START + "\nabc").replace("\n", "\r\n"));
        assertThat(message.wrap(without, 0, without.capacity(), true)).isEqualTo(Problem.MISSING_CONTENT_LENGTH);
        final UnsafeBuffer more = Texts.buffer((START + "l: 4\n\nabc").replace("\n", "\r\n"));
        assertThat(message.wrap(more, 0, more.capacity(), true)).isEqualTo(Problem.MESSAGE_TOO_LARGE);
        final UnsafeBuffer sound = Texts.buffer((START + "l: 3\n\nabc").replace("\n", "\r\n"));
        assertThat(message.wrap(sound, 0, sound.capacity(), true)).isEqualTo(Problem.NONE);
    }

    @Test
    void shouldRefuseContentLengthThatDoesNotFit() {
        assertThat(wrap(START + "l: 4\n\nabc")).isEqualTo(Problem.CONTENT_LENGTH_MISMATCH);
        assertThat(wrap(START + "l: 9223372036854775808\n\nabc")).isEqualTo(Problem.CONTENT_LENGTH_MISMATCH);
        assertThat(wrap(START + "l: -1\n\nabc")).isEqualTo(Problem.BAD_CONTENT_LENGTH);
        assertThat(wrap(START + "l:\n\nabc")).isEqualTo(Problem.BAD_CONTENT_LENGTH);
        assertThat(wrap(START + "l: 3\nContent-Length: 3\n\nabc")).isEqualTo(Problem.DUPLICATE_CONTENT_LENGTH);
    }

    @Test
    void shouldAnswerForEveryLimit() {
        final SipMessage small = new SipMessage(new SipLimits(400, 200, 8, 64, 32));
        assertThat(wrap(small, START + "\n")).isEqualTo(Problem.NONE);
        assertThat(wrap(small, "OPTIONS sip:" + "a".repeat(28) + " SIP/2.0\nVia: x\n\n"))
                .isEqualTo(Problem.NONE);
        assertThat(wrap(small, "OPTIONS sip:" + "a".repeat(29) + " SIP/2.0\nVia: x\n\n"))
                .isEqualTo(Problem.URI_TOO_LONG);
        assertThat(small.answerable()).isTrue();
        assertThat(Problem.URI_TOO_LONG.status()).isEqualTo(414);

        assertThat(wrap(small, START + "A: " + "x".repeat(59) + "\n\n")).isEqualTo(Problem.NONE);
        assertThat(wrap(small, START + "A: " + "x".repeat(60) + "\nVia: x\n\n")).isEqualTo(Problem.HEADER_TOO_LONG);
        assertThat(small.answerable()).isTrue();
        assertThat(Problem.HEADER_TOO_LONG.status()).isEqualTo(513);

        assertThat(wrap(small, START + "A: x\n".repeat(8) + "\n")).isEqualTo(Problem.NONE);
        assertThat(wrap(small, START + "Via: x\n".repeat(9) + "\n")).isEqualTo(Problem.TOO_MANY_HEADERS);
        assertThat(small.headerCount()).isEqualTo(8);
        assertThat(small.answerable()).isTrue();

        final String fill = "A: " + "x".repeat(55) + "\n";
        final String head = START + fill.repeat(2) + "Via: x\n";
        final int room = 200 - head.replace("\n", "\r\n").length() - 2;
        assertThat(wrap(small, head + "B: " + "y".repeat(room - 5) + "\n\n")).isEqualTo(Problem.NONE);
        assertThat(wrap(small, head + "B: " + "y".repeat(room - 4) + "\n\n")).isEqualTo(Problem.HEAD_TOO_LARGE);
        assertThat(small.answerable()).isTrue();

        assertThat(wrap(small, START + "\n" + "b".repeat(400 - START.length() - 3)))
                .isEqualTo(Problem.NONE);
        assertThat(wrap(small, START + "Via: x\n\n" + "b".repeat(400))).isEqualTo(Problem.MESSAGE_TOO_LARGE);
        assertThat(small.answerable()).isTrue();
        assertThat(Problem.MESSAGE_TOO_LARGE.status()).isEqualTo(513);
    }

    @Test
    void shouldIndexTheLargestHead() {
        final SipMessage large = new SipMessage(new SipLimits(1 << 20, 65_535, 4_096, 65_535, 65_535));
        final String line = "X-Filler: " + "x".repeat(40) + "\n";
        assertThat(wrap(large, START + line.repeat(1_200) + "Via: last\n\n" + "b".repeat(500_000)))
                .isEqualTo(Problem.NONE);
        assertThat(large.headerCount()).isEqualTo(1_201);
        final int via = large.first(HeaderName.VIA);
        assertThat(part(large.valueOffset(via), large.valueLength(via))).isEqualTo("last");
        assertThat(large.bodyLength()).isEqualTo(500_000);
    }

    @Test
    void shouldRefuseLimitsOutOfRange() {
        assertThatThrownBy(() -> new SipLimits(65_535, 65_536, 128, 8_192, 2_048))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("limit out of range: setting=headBytesMax value=65536 min=64 max=65535");
        assertThatThrownBy(() -> new SipLimits(65_535, 32_768, 7, 8_192, 2_048))
                .hasMessageContaining("setting=headerCountMax");
        assertThatThrownBy(() -> new SipLimits(63, 32_768, 8, 8_192, 2_048))
                .hasMessageContaining("setting=messageBytesMax");
        assertThatThrownBy(() -> new SipLimits(64, 32_768, 8, 31, 2_048))
                .hasMessageContaining("setting=headerBytesMax");
        assertThatThrownBy(() -> new SipLimits(64, 32_768, 8, 32, 15)).hasMessageContaining("setting=uriBytesMax");
    }

    @Test
    void shouldNeverAnswerAck() {
        assertThat(wrap("ACK sip:a SIP/7.0\nVia: x\n\n")).isEqualTo(Problem.VERSION_NOT_SUPPORTED);
        assertThat(message.answerable()).isFalse();
    }

    private Problem wrap(final String text) {
        return wrap(message, text);
    }

    private Problem wrap(final SipMessage into, final String text) {
        buffer = Texts.message(text);
        return into.wrap(buffer, 0, buffer.capacity());
    }

    private Problem wrapRaw(final String text) {
        buffer = Texts.buffer(text);
        return message.wrap(buffer, 0, buffer.capacity());
    }

    private String value(final HeaderName name) {
        final int header = message.first(name);
        return part(message.valueOffset(header), message.valueLength(header));
    }

    private String part(final int offset, final int length) {
        return Texts.text(buffer, offset, length);
    }
}
