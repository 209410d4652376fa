package io.tandem.sip;

import static org.assertj.core.api.Assertions.assertThat;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SpliceTest {
    private static final String SOURCE = """
            INVITE sip:bob@example.com SIP/2.0
            Via: SIP/2.0/UDP a;branch=z9hG4bK1
            v: SIP/2.0/UDP b;branch=z9hG4bK2
            X-Odd :   kept   as
              it came
            To: <sip:bob@example.com>
            Content-Length: 4

            body""";

    private final SipMessage message = new SipMessage(SipLimits.DEFAULT);
    private final UnsafeBuffer destination = new UnsafeBuffer(new byte[4_096]);
    private final Splice splice = new Splice();

    @BeforeEach
    void setUp() {
        wrap(SOURCE);
    }

    @Test
    void shouldCopyWithoutEdits() {
        assertThat(end()).isEqualTo(SOURCE);
    }

    @Test
    void shouldReplaceStartLineAndRequestUri() {
        splice.startLine().statusLine(180, Octets.ascii("Ringing"));
        assertThat(end()).isEqualTo(SOURCE.replaceFirst("INVITE .*", "SIP/2.0 180 Ringing"));

        splice.requestUri().ascii(Octets.ascii("sip:carol@example.net"));
        assertThat(end()).isEqualTo(SOURCE.replaceFirst("sip:bob@example.com", "sip:carol@example.net"));
    }

    @Test
    void shouldDropReplaceAndInsertInAnyOrder() {
        splice.append().header(HeaderName.USER_AGENT, Octets.ascii("Tandem"));
        splice.dropAll(HeaderName.VIA);
        splice.replaceValue(message.first(HeaderName.TO)).ascii(Octets.ascii("<sip:carol@example.com>"));
        splice.insertFirst().header(HeaderName.VIA, Octets.ascii("SIP/2.0/UDP c"));
        assertThat(end()).isEqualTo("""
                INVITE sip:bob@example.com SIP/2.0
                Via: SIP/2.0/UDP c
                X-Odd :   kept   as
                  it came
                To: <sip:carol@example.com>
                Content-Length: 4
                User-Agent: Tandem

                body""");
    }

    @Test
    void shouldKeepTheOrderOfInsertionsAtOnePlace() {
        final int to = message.first(HeaderName.TO);
        splice.drop(to);
        splice.insertBefore(to).ascii(Octets.ascii("A: 1\r\n"));
        splice.insertBefore(to).ascii(Octets.ascii("B: 2\r\n"));
        splice.insertAfter(to).ascii(Octets.ascii("C: 3\r\n"));
        assertThat(end()).isEqualTo(SOURCE.replace("To: <sip:bob@example.com>\n", "A: 1\nB: 2\nC: 3\n"));
    }

    @Test
    void shouldReplaceAnyRange() {
        final int via = message.valueOffset(message.first(HeaderName.VIA));
        splice.replaceRange(via + "SIP/2.0/UDP a".length(), 0).ascii(Octets.ascii(";received=192.0.2.1"));
        assertThat(end()).isEqualTo(SOURCE.replace("UDP a;", "UDP a;received=192.0.2.1;"));
    }

    @Test
    void shouldReplaceWholeField() {
        splice.replaceField(message.first(HeaderName.TO)).header(HeaderName.TO, Octets.ascii("<tel:+1>"));
        assertThat(end()).isEqualTo(SOURCE.replace("To: <sip:bob@example.com>", "To: <tel:+1>"));
    }

    @Test
    void shouldStateLengthOfNewBody() {
        splice.body().ascii(Octets.ascii("a longer body"));
        assertThat(end()).isEqualTo(SOURCE.replace("Length: 4", "Length: 13").replace("\n\nbody", "\n\na longer body"));
    }

    @Test
    void shouldStateLengthZeroOfDroppedBody() {
        splice.dropBody();
        assertThat(end()).isEqualTo(SOURCE.replace("Length: 4", "Length: 0").replace("\n\nbody", "\n\n"));
    }

    @Test
    void shouldAddContentLengthWhereThereWasNone() {
        wrap("MESSAGE sip:a SIP/2.0\nTo: <sip:a>\n\nold");
        splice.body().ascii(Octets.ascii("new!"));
        assertThat(end()).isEqualTo("MESSAGE sip:a SIP/2.0\nTo: <sip:a>\nContent-Length: 4\n\nnew!");
    }

    @Test
    void shouldLeaveOutOctetsPastContentLength() {
        wrap(SOURCE + "INVITE sip:smuggled SIP/2.0\n\n");
        assertThat(end()).isEqualTo(SOURCE);
    }

    @Test
    void shouldEncodeMessageWithoutHeaders() {
        wrap("OPTIONS sip:a SIP/2.0\n\n");
        splice.append().ascii(Octets.ascii("To: <sip:a>\r\n"));
        assertThat(end()).isEqualTo("OPTIONS sip:a SIP/2.0\nTo: <sip:a>\n\n");
    }

    @Test
    void shouldRefuseTwoChangesOfTheSameOctets() {
        final int to = message.first(HeaderName.TO);
        splice.replaceValue(to).ascii(Octets.ascii("<sip:x>"));
        splice.drop(to);
        assertThat(splice.end()).isEqualTo(Splice.CONFLICT);

        splice.begin(message, destination, 0, destination.capacity());
        splice.replaceValue(to).ascii(Octets.ascii("<sip:x>"));
        splice.replaceValue(to).ascii(Octets.ascii("<sip:y>"));
        assertThat(splice.end()).isEqualTo(Splice.CONFLICT);

        splice.begin(message, destination, 0, destination.capacity());
        splice.replaceValue(message.first(HeaderName.CONTENT_LENGTH)).number(9);
        splice.body().ascii(Octets.ascii("x"));
        assertThat(splice.end()).isEqualTo(Splice.CONFLICT);
    }

    @Test
    void shouldDropTwiceWithoutConflict() {
        splice.drop(message.first(HeaderName.TO)).dropAll(HeaderName.TO);
        assertThat(end()).isEqualTo(SOURCE.replace("To: <sip:bob@example.com>\n", ""));
    }

    @Test
    void shouldReportOverflowOfResult() {
        splice.begin(message, destination, 0, message.length() - 1);
        assertThat(splice.end()).isEqualTo(Splice.OVERFLOW);
        splice.begin(message, destination, 0, message.length());
        assertThat(splice.end()).isEqualTo(message.length());
    }

    @Test
    void shouldReportOverflowOfText() {
        final Splice small = new Splice(8, 4);
        small.begin(message, destination, 0, destination.capacity());
        small.append().ascii(Octets.ascii("A: 1\r\n"));
        assertThat(small.end()).isEqualTo(Splice.OVERFLOW);
    }

    @Test
    void shouldReportOverflowOfEditsAndRecover() {
        final Splice small = new Splice(2, 64);
        small.begin(message, destination, 0, destination.capacity());
        small.append().ascii(Octets.ascii("A: 1\r\n"));
        small.append().ascii(Octets.ascii("B: 1\r\n"));
        small.append().ascii(Octets.ascii("C: 1\r\n"));
        assertThat(small.end()).isEqualTo(Splice.OVERFLOW);
        small.begin(message, destination, 0, destination.capacity());
        assertThat(small.end()).isEqualTo(message.length());
    }

    @Test
    void shouldReportOverflowWhenContentLengthHasNoRoom() {
        final Splice small = new Splice(1, 64);
        small.begin(message, destination, 0, destination.capacity());
        small.body().ascii(Octets.ascii("x"));
        assertThat(small.end()).isEqualTo(Splice.OVERFLOW);
    }

    @Test
    void shouldWriteAtOffsetOnly() {
        destination.setMemory(0, destination.capacity(), (byte) '#');
        final int length = splice.begin(message, destination, 100, 1_000).end();
        assertThat(Texts.text(destination, 99, 1)).isEqualTo("#");
        assertThat(Texts.text(destination, 100, length)).isEqualTo(SOURCE.replace("\n", "\r\n"));
        assertThat(Texts.text(destination, 100 + length, 1)).isEqualTo("#");
    }

    private void wrap(final String text) {
        final UnsafeBuffer buffer = Texts.message(text);
        assertThat(message.wrap(buffer, 0, buffer.capacity())).isEqualTo(Problem.NONE);
        splice.begin(message, destination, 0, destination.capacity());
    }

    private String end() {
        final int length = splice.end();
        assertThat(length).isNotNegative();
        final String result = Texts.text(destination, 0, length);
        splice.begin(message, destination, 0, destination.capacity());
        return result.replace("\r\n", "\n");
    }
}
