package io.tandem.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The typed views of single header values, except name-addr, URIs and Via. */
class ValuesTest {
    private UnsafeBuffer buffer = Texts.buffer("");

    @Test
    void shouldReadCSeq() {
        final CSeqValue cSeq = new CSeqValue();
        assertThat(cSeq.wrap(text(" 0009\r\n  INVITE "), 0, length())).isTrue();
        assertThat(cSeq.number()).isEqualTo(9);
        assertThat(cSeq.method()).isEqualTo(Method.INVITE);
        assertThat(cSeq.wrap(text("2147483647 NEWMETHOD"), 0, length())).isTrue();
        assertThat(cSeq.number()).isEqualTo(CSeqValue.NUMBER_MAX);
        assertThat(cSeq.method()).isEqualTo(Method.UNKNOWN);
        assertThat(part(cSeq.methodOffset(), cSeq.methodLength())).isEqualTo("NEWMETHOD");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "INVITE",
                "1INVITE",
                "-1 INVITE",
                "2147483648 INVITE",
                "36893488147419103232 REGISTER",
                "1 INVITE x",
                "1 IN;VITE",
                "1.5 INVITE"
            })
    void shouldRefuseBadCSeq(final String value) {
        assertThat(new CSeqValue().wrap(text(value), 0, length())).isFalse();
    }

    @Test
    void shouldReadRack() {
        final RackValue rack = new RackValue();
        assertThat(rack.wrap(text("776656 1 INVITE"), 0, length())).isTrue();
        assertThat(rack.rSeq()).isEqualTo(776_656);
        assertThat(rack.cSeq()).isEqualTo(1);
        assertThat(rack.method()).isEqualTo(Method.INVITE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1 INVITE", "1 2", "0 1 INVITE", "4294967296 1 INVITE", "1  INVITE 1", "x 1 INVITE"})
    void shouldRefuseBadRack(final String value) {
        assertThat(new RackValue().wrap(text(value), 0, length())).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "3600|3600",
                "0|0",
                "99999999999999999999999|4294967295",
                "18000;duration=3600|18000",
                "120 (I'm in a (long) meeting)|120",
                "5 (a\\)b);x=y|5",
                " 7 |7"
            })
    void shouldReadSeconds(final String value, final long seconds) {
        final DeltaSeconds view = new DeltaSeconds();
        assertThat(view.wrap(text(value), 0, length())).isTrue();
        assertThat(view.seconds()).isEqualTo(seconds);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-1", "5 (open", "5 x", "5;", "5;=1"})
    void shouldRefuseBadSeconds(final String value) {
        assertThat(new DeltaSeconds().wrap(text(value), 0, length())).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"1800;refresher=uac,1800,UAC", "90 ; Refresher = UAS,90,UAS", "1800,1800,ABSENT", "1800;x=y,1800,ABSENT"
    })
    void shouldReadSessionExpires(final String value, final long seconds, final SessionExpires.Refresher refresher) {
        final SessionExpires view = new SessionExpires();
        assertThat(view.wrap(text(value), 0, length())).isTrue();
        assertThat(view.seconds()).isEqualTo(seconds);
        assertThat(view.refresher()).isEqualTo(refresher);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "1800;refresher=them", "1800;refresher", "1800;;"})
    void shouldRefuseBadSessionExpires(final String value) {
        assertThat(new SessionExpires().wrap(text(value), 0, length())).isFalse();
    }

    @Test
    void shouldReadReason() {
        final ReasonValue reason = new ReasonValue();
        assertThat(reason.wrap(text("Q.850 ;cause=16 ;text=\"Normal; really\""), 0, length()))
                .isTrue();
        assertThat(reason.isQ850()).isTrue();
        assertThat(reason.isSip()).isFalse();
        assertThat(reason.cause()).isEqualTo(16);
        assertThat(part(reason.textOffset(), reason.textLength())).isEqualTo("Normal; really");
        assertThat(reason.wrap(text("SIP;cause=200"), 0, length())).isTrue();
        assertThat(reason.isSip()).isTrue();
        assertThat(reason.textOffset()).isEqualTo(Octets.NONE);
        assertThat(reason.wrap(text("X"), 0, length())).isTrue();
        assertThat(reason.cause()).isEqualTo(Octets.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ";cause=1", "SIP;cause=x", "SIP;cause=70000", "SIP;text=\"open"})
    void shouldRefuseBadReason(final String value) {
        assertThat(new ReasonValue().wrap(text(value), 0, length())).isFalse();
    }

    @Test
    void shouldReadPrivacyOfAllFields() {
        final SipMessage message = new SipMessage(SipLimits.DEFAULT);
        final UnsafeBuffer octets = Texts.message("OPTIONS sip:a SIP/2.0\nPrivacy: id; USER\nPrivacy: critical,x\n\n");
        message.wrap(octets, 0, octets.capacity());
        final PrivacyValue privacy = new PrivacyValue();
        assertThat(privacy.wrap(message)).isTrue();
        assertThat(privacy.id()).isTrue();
        assertThat(privacy.user()).isTrue();
        assertThat(privacy.critical()).isTrue();
        assertThat(privacy.unknown()).isTrue();
        assertThat(privacy.none()).isFalse();
        assertThat(privacy.header()).isFalse();
        assertThat(privacy.session()).isFalse();
        assertThat(privacy.history()).isFalse();

        assertThat(privacy.wrap(text("none"), 0, length())).isTrue();
        assertThat(privacy.none()).isTrue();
        assertThat(privacy.id()).isFalse();
        assertThat(privacy.wrap(text("header;session;history"), 0, length())).isTrue();
        assertThat(privacy.header() && privacy.session() && privacy.history()).isTrue();
        assertThat(privacy.wrap(text("id user"), 0, length())).isFalse();
        assertThat(privacy.wrap(text(";id"), 0, length())).isFalse();
    }

    @Test
    void shouldReadReplaces() {
        final ReplacesValue replaces = new ReplacesValue();
        assertThat(replaces.wrap(
                        text("98732@sip.example.com ;from-tag=r33th4x0r ;to-tag=ff87ff;early-only"), 0, length()))
                .isTrue();
        assertThat(part(replaces.callIdOffset(), replaces.callIdLength())).isEqualTo("98732@sip.example.com");
        assertThat(part(replaces.toTagOffset(), replaces.toTagLength())).isEqualTo("ff87ff");
        assertThat(part(replaces.fromTagOffset(), replaces.fromTagLength())).isEqualTo("r33th4x0r");
        assertThat(replaces.earlyOnly()).isTrue();
        assertThat(replaces.wrap(text("a;to-tag=1;from-tag=2"), 0, length())).isTrue();
        assertThat(replaces.earlyOnly()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "a;to-tag=1",
                "a;from-tag=1",
                "a;to-tag=1;to-tag=2;from-tag=3",
                ";to-tag=1;from-tag=2",
                "a;to-tag=1;from-tag=1;from-tag=1"
            })
    void shouldRefuseBadReplaces(final String value) {
        assertThat(new ReplacesValue().wrap(text(value), 0, length())).isFalse();
    }

    @Test
    void shouldReadDiversion() {
        final DiversionValue diversion = new DiversionValue();
        assertThat(diversion.wrap(
                        text("\"Bob\" <sip:bob@example.com>;reason=user-busy;counter=3;limit=5;privacy=full"),
                        0,
                        length()))
                .isTrue();
        assertThat(part(diversion.diverter().uriOffset(), diversion.diverter().uriLength()))
                .isEqualTo("sip:bob@example.com");
        assertThat(part(diversion.reasonOffset(), diversion.reasonLength())).isEqualTo("user-busy");
        assertThat(diversion.counter()).isEqualTo(3);
        assertThat(diversion.limit()).isEqualTo(5);
        assertThat(diversion.concealed()).isTrue();
        assertThat(diversion.wrap(text("<tel:+1>;privacy=off;counter=1000000000000"), 0, length()))
                .isTrue();
        assertThat(diversion.counter()).isEqualTo(99);
        assertThat(diversion.limit()).isEqualTo(Octets.NONE);
        assertThat(diversion.concealed()).isFalse();
        assertThat(diversion.wrap(text("<tel:+1>"), 0, length())).isTrue();
        assertThat(diversion.counter()).isEqualTo(1);
        assertThat(diversion.wrap(text("<tel:+1>;counter=x"), 0, length())).isFalse();
        assertThat(diversion.wrap(text("*"), 0, length())).isFalse();
    }

    @Test
    void shouldReadSubscriptionState() {
        final SubscriptionState state = new SubscriptionState();
        assertThat(state.wrap(text("Terminated;reason=timeout;retry-after=5"), 0, length()))
                .isTrue();
        assertThat(state.state()).isEqualTo(SubscriptionState.State.TERMINATED);
        assertThat(part(state.reasonOffset(), state.reasonLength())).isEqualTo("timeout");
        assertThat(state.retryAfterSeconds()).isEqualTo(5);
        assertThat(state.expiresSeconds()).isEqualTo(Octets.NONE);
        assertThat(state.wrap(text("active;expires=60"), 0, length())).isTrue();
        assertThat(state.state()).isEqualTo(SubscriptionState.State.ACTIVE);
        assertThat(state.expiresSeconds()).isEqualTo(60);
        assertThat(state.wrap(text("pending"), 0, length())).isTrue();
        assertThat(state.state()).isEqualTo(SubscriptionState.State.PENDING);
        assertThat(state.wrap(text("resting"), 0, length())).isTrue();
        assertThat(state.state()).isEqualTo(SubscriptionState.State.OTHER);
        assertThat(state.wrap(text(";expires=60"), 0, length())).isFalse();
    }

    @Test
    void shouldReadCredentials() {
        final AuthValue auth = new AuthValue();
        assertThat(auth.wrap(
                        text("Digest username=\"bob, \\\"b\\\"\", realm = \"x\" ,\r\n nc=00000001,uri=\"sip:a,b\""),
                        0,
                        length()))
                .isTrue();
        assertThat(auth.isDigest()).isTrue();
        assertThat(auth.find(Octets.ascii("username"))).isTrue();
        assertThat(part(auth.valueOffset(), auth.valueLength())).isEqualTo("bob, \\\"b\\\"");
        assertThat(auth.isQuoted()).isTrue();
        assertThat(auth.find(Octets.ascii("nc"))).isTrue();
        assertThat(part(auth.valueOffset(), auth.valueLength())).isEqualTo("00000001");
        assertThat(auth.isQuoted()).isFalse();
        assertThat(auth.find(Octets.ascii("uri"))).isTrue();
        assertThat(part(auth.valueOffset(), auth.valueLength())).isEqualTo("sip:a,b");
        assertThat(auth.find(Octets.ascii("opaque"))).isFalse();
        auth.rewind();
        final List<String> names = new ArrayList<>();
        while (auth.next()) {
            names.add(part(auth.nameOffset(), auth.nameLength()));
        }
        assertThat(names).containsExactly("username", "realm", "nc", "uri");
        assertThat(auth.wrap(text("NoOneKnowsThisScheme opaque-data=here"), 0, length()))
                .isTrue();
        assertThat(auth.isDigest()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Digest realm", "Digest realm=\"open", "Digest a=b c=d", "Digest =b", "Digest a="})
    void shouldRefuseBadCredentials(final String value) {
        assertThat(new AuthValue().wrap(text(value), 0, length())).isFalse();
    }

    @Test
    void shouldWalkListsOverSeveralFields() {
        final SipMessage message = new SipMessage(SipLimits.DEFAULT);
        final UnsafeBuffer octets = Texts.message("""
                OPTIONS sip:a SIP/2.0
                Contact: "a, b" <sip:c,d@e>;q=1 , <sip:f>
                To: <sip:t>
                m:
                m: ,, <sip:g> ,
                  <sip:h>

                """);
        message.wrap(octets, 0, octets.capacity());
        final ValueIterator values = new ValueIterator().reset(message, HeaderName.CONTACT);
        final List<String> found = new ArrayList<>();
        while (values.next()) {
            found.add(values.header() + ":" + Texts.text(octets, values.valueOffset(), values.valueLength()));
        }
        assertThat(found).containsExactly("0:\"a, b\" <sip:c,d@e>;q=1", "0:<sip:f>", "3:<sip:g>", "3:<sip:h>");
        assertThat(values.next()).isFalse();
        assertThat(values.reset(message, HeaderName.ROUTE).next()).isFalse();
    }

    @Test
    void shouldTakeRestOfListAfterOpenQuoteOrBracket() {
        final ValueIterator values = new ValueIterator().reset(text("a, \"b, c"), 0, length());
        assertThat(values.next()).isTrue();
        assertThat(values.next()).isTrue();
        assertThat(part(values.valueOffset(), values.valueLength())).isEqualTo("\"b, c");
        assertThat(values.next()).isFalse();
        values.reset(text("<a, b"), 0, length());
        assertThat(values.next()).isTrue();
        assertThat(part(values.valueOffset(), values.valueLength())).isEqualTo("<a, b");
    }

    @Test
    void shouldWriteNumbers() {
        final UnsafeBuffer destination = new UnsafeBuffer(new byte[128]);
        final MessageWriter writer = new MessageWriter().wrap(destination, 3, 125);
        writer.number(0).octet((byte) ' ').number(-7).octet((byte) ' ').number(Long.MAX_VALUE);
        writer.octet((byte) ' ').number(Long.MIN_VALUE).octet((byte) ' ').hex(0x0123_4567_89ab_cdefL);
        assertThat(Texts.text(destination, 3, writer.length()))
                .isEqualTo("0 -7 9223372036854775807 -9223372036854775808 0123456789abcdef");
        assertThat(writer.position()).isEqualTo(3 + writer.length());
    }

    @Test
    void shouldWriteWholeMessage() {
        final UnsafeBuffer destination = new UnsafeBuffer(new byte[512]);
        final MessageWriter writer = new MessageWriter().wrap(destination, 0, 512);
        final SipMessage source = new SipMessage(SipLimits.DEFAULT);
        final UnsafeBuffer octets = Texts.message("OPTIONS sip:a SIP/2.0\nv: one\nTo: <sip:a>\nVia: two\n\n");
        source.wrap(octets, 0, octets.capacity());
        writer.statusLine(200, Octets.ascii("OK"))
                .fields(source, HeaderName.VIA)
                .header(HeaderName.CSEQ)
                .number(1)
                .ascii(Octets.ascii(" OPTIONS"))
                .crlf()
                .body(octets, 0, 7);
        assertThat(Texts.text(destination, 0, writer.length()))
                .isEqualTo(
                        "SIP/2.0 200 OK\r\nv: one\r\nVia: two\r\nCSeq: 1 OPTIONS\r\nContent-Length: 7\r\n\r\nOPTIONS");
        writer.wrap(destination, 0, 512).requestLine(Method.BYE, octets, 8, 5).contentLength(0);
        assertThat(Texts.text(destination, 0, writer.length()))
                .isEqualTo("BYE sip:a SIP/2.0\r\nContent-Length: 0\r\n\r\n");
    }

    @Test
    void shouldStopWritingWhenFull() {
        final UnsafeBuffer destination = new UnsafeBuffer(new byte[16]);
        final MessageWriter writer = new MessageWriter().wrap(destination, 0, 8);
        writer.ascii(Octets.ascii("12345678"));
        assertThat(writer.overflowed()).isFalse();
        writer.octet((byte) '9').octet((byte) 'x').number(1).hex(1).raw(destination, 0, 1);
        assertThat(writer.overflowed()).isTrue();
        assertThat(writer.length()).isEqualTo(8);
        assertThat(destination.getByte(8)).isZero();
        writer.wrap(destination, 0, 8);
        assertThat(writer.overflowed()).isFalse();
    }

    private DirectBuffer text(final String value) {
        buffer = Texts.buffer(value);
        return buffer;
    }

    private int length() {
        return buffer.capacity();
    }

    private String part(final int offset, final int length) {
        return Texts.text(buffer, offset, length);
    }
}
