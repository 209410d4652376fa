package io.tandem.perf.simulation.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SipTextTest {
    private static byte[] wire(final String text) {
        return text.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void shouldReadWhatAMessageSays() {
        final SipText invite = SipText.parse(wire("""
                INVITE sip:2@127.0.0.1 SIP/2.0
                v: SIP/2.0/UDP 127.0.0.2:5070;branch=z9hG4bKa;rport, SIP/2.0/TCP b:1;branch=z9hG4bKb
                f: "A, <B>" <sip:1@127.0.0.2;tag=uri>;tag=from
                To: <sip:2@127.0.0.1>
                i: c
                CSeq: 7
                  INVITE
                l: 4

                body"""));
        assertThat(invite.is("INVITE")).isTrue();
        assertThat(invite.requestUri()).isEqualTo("sip:2@127.0.0.1");
        assertThat(invite.all("via")).hasSize(2);
        assertThat(invite.branch()).isEqualTo("z9hG4bKa");
        assertThat(invite.sentBy()).isEqualTo(Endpoint.of("127.0.0.2", 5070));
        assertThat(SipText.parameter(invite.via(), "rport")).isEmpty();
        assertThat(invite.fromTag()).isEqualTo("from");
        assertThat(invite.toTag()).isNull();
        assertThat(invite.cSeq()).isEqualTo(7);
        assertThat(invite.body()).isEqualTo("body");
    }

    @Test
    void shouldWriteWhatItReads() {
        final SipText request =
                SipText.request("BYE", "sip:x@127.0.0.1").add("Via", "SIP/2.0/UDP 127.0.0.2;branch=z9hG4bKc");
        request.add("From", "<sip:a@b>;tag=1")
                .add("To", "<sip:c@d>;tag=2")
                .add("Call-ID", "e")
                .add("CSeq", "1 BYE");
        final byte[] bytes = request.body("text/plain", "hello").toBytes();
        assertThat(SipText.parse(bytes).toBytes()).isEqualTo(bytes);
        final SipText response = SipText.responseTo(SipText.parse(bytes), 481, "unused");
        assertThat(response.toTag()).isEqualTo("2");
        assertThat(response.method()).isEqualTo("BYE");
    }

    @Test
    void shouldRefuseWhatIsNoMessage() {
        assertThatThrownBy(() -> SipText.parse(wire("hello"))).hasMessageContaining("empty line");
        assertThatThrownBy(() -> SipText.parse(wire("A b SIP/2.0\nContent-Length: 9\n\nshort")))
                .hasMessageContaining("states 9, the body has 5");
        assertThatThrownBy(() -> SipText.parse(wire("A b HTTP/1.1\nX: y\n\n"))).hasMessageContaining("start line");
    }
}
