package io.tandem.routing.transaction;

import static io.tandem.routing.transaction.LayerRig.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.journal.record.TransportKind;
import io.tandem.sip.Method;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where responses go, and what their topmost Via says (RFC 3261 section 18.2.1, 18.2.2; RFC 3581 section 4). */
class ResponseRoutingTest {
    private final LayerRig rig = new LayerRig(TransportKind.UDP);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "127.0.0.9:5070;branch=z9hG4bKx | 5070 | 127.0.0.9:5070;branch=z9hG4bKx",
                "127.0.0.9:5099;branch=z9hG4bKx | 5099 | 127.0.0.9:5099;branch=z9hG4bKx",
                "127.0.0.9;branch=z9hG4bKx | 5060 | 127.0.0.9;branch=z9hG4bKx",
                "10.1.1.1:5099;branch=z9hG4bKx | 5099 | 10.1.1.1:5099;branch=z9hG4bKx;received=127.0.0.9",
                "phone.example;branch=z9hG4bKx | 5060 | phone.example;branch=z9hG4bKx;received=127.0.0.9",
                "127.0.0.9:5099;rport;branch=z9hG4bKx | 5070 | 127.0.0.9:5099;rport=5070;branch=z9hG4bKx;received=127.0.0.9",
                "10.1.1.1:5099;branch=z9hG4bKx;rport | 5070 | 10.1.1.1:5099;branch=z9hG4bKx;rport=5070;received=127.0.0.9",
            })
    void shouldFillInReceivedAndRport(final String via, final int port, final String expected) {
        final var transaction = rig.newNonInviteServer(
                request(Method.INFO, "SIP/2.0/UDP " + via + "\nVia: SIP/2.0/UDP second;branch=2"));
        rig.respond(transaction, 200);
        final String response = rig.next("SIP/2.0 200 ");
        assertThat(response).contains("\r\nVia: SIP/2.0/UDP " + expected + "\r\nVia: SIP/2.0/UDP second;branch=2\r\n");
        assertThat(rig.ports).containsExactly(port);
        assertThat(rig.addresses).containsExactly(LayerRig.FAR);
    }

    @Test
    void shouldChangeOnlyTheFirstOfSeveralInOneField() {
        final var transaction = rig.newNonInviteServer(
                request(Method.INFO, "SIP/2.0/UDP 10.1.1.1;branch=z9hG4bKx;rport , SIP/2.0/TCP b;branch=2;rport"));
        rig.respond(transaction, 200);
        assertThat(rig.next("SIP/2.0 200 "))
                .contains(
                        "Via: SIP/2.0/UDP 10.1.1.1;branch=z9hG4bKx;rport=5070;received=127.0.0.9 , SIP/2.0/TCP b;branch=2;rport\r\n");
    }

    @Test
    void shouldGoToMaddrWhereGiven() {
        final var transaction = rig.newNonInviteServer(
                request(Method.INFO, "SIP/2.0/UDP 127.0.0.9:5099;branch=z9hG4bKx;rport;maddr=127.0.0.77"));
        rig.respond(transaction, 200);
        assertThat(rig.addresses).containsExactly(0xFFFF_7F00_004DL);
        assertThat(rig.ports).containsExactly(5099);
    }

    @Test
    void shouldIgnoreAMaddrThatIsAName() {
        final var transaction = rig.newNonInviteServer(
                request(Method.INFO, "SIP/2.0/UDP 127.0.0.9:5099;branch=z9hG4bKx;maddr=mcast.example"));
        rig.respond(transaction, 200);
        assertThat(rig.addresses).containsExactly(LayerRig.FAR);
    }

    @Test
    void shouldCopyRecordRouteFromCallIdAndCSeq() {
        final var transaction = rig.newNonInviteServer(request(
                Method.INFO,
                "SIP/2.0/UDP 127.0.0.9:5070;branch=z9hG4bKx",
                "2147483647 INFO",
                "sip:x",
                "Record-Route: <sip:a;lr>, <sip:b;lr>\nX-Other: no\nRecord-Route: <sip:c;lr>\n"));
        rig.respond(transaction, 200);
        assertThat(rig.next("SIP/2.0 200 "))
                .contains("\r\nRecord-Route: <sip:a;lr>, <sip:b;lr>\r\nRecord-Route: <sip:c;lr>\r\n")
                .contains("\r\nFrom: <sip:a@x>;tag=f\r\n")
                .contains("\r\nCall-ID: call\r\n")
                .contains("\r\nCSeq: 2147483647 INFO\r\n")
                .doesNotContain("X-Other");
    }

    @Test
    void shouldKeepTheToTagOfARequestInADialog() {
        final var transaction =
                rig.newNonInviteServer(request(Method.INFO, "SIP/2.0/UDP 127.0.0.9:5070;branch=z9hG4bKx")
                        .replace("<sip:b@y>", "<sip:b@y>;tag=mine"));
        rig.respond(transaction, 200);
        assertThat(rig.next("SIP/2.0 200 ")).contains("\r\nTo: <sip:b@y>;tag=mine\r\n");
    }

    @Test
    void shouldUseTheConnectionOnStreamsAndTheViasPortIfItIsGone() {
        rig.far((byte) TransportKind.TCP.value(), 40_000);
        final var transaction = rig.newNonInviteServer(request(Method.INFO, "SIP/2.0/TCP 127.0.0.9;branch=z9hG4bKx"));
        assertThat(transaction.peer().flow).isEqualTo(5);
        rig.respond(transaction, 200);
        assertThat(rig.ports).containsExactly(5060);
    }
}
