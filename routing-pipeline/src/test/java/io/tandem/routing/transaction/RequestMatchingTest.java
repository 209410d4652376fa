package io.tandem.routing.transaction;

import static io.tandem.routing.transaction.LayerRig.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.journal.record.TransportKind;
import io.tandem.sip.Method;
import io.tandem.sip.SipMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which request belongs to which server transaction (RFC 3261 section 17.2.3, 8.2.2.2, 9.2). */
class RequestMatchingTest {
    private static final String VIA = "SIP/2.0/UDP 127.0.0.9:5070;branch=z9hG4bKx";

    private final LayerRig rig = new LayerRig(TransportKind.UDP);

    @Test
    void shouldMatchByBranchSentByAndMethodAlone() {
        final InviteServerTransaction invite = rig.newInviteServer(request(Method.INVITE, VIA));
        assertThat(rig.find(request(Method.INVITE, VIA + ";rport;received=127.0.0.8")))
                .isSameAs(invite);
        assertThat(rig.find(request(Method.INVITE, VIA, "9 INVITE", "sip:other@z", "")))
                .isSameAs(invite);
        assertThat(rig.find(request(Method.ACK, VIA))).isSameAs(invite);
        assertThat(rig.find(request(Method.INVITE, VIA + "y"))).isNull();
        assertThat(rig.find(request(Method.INVITE, VIA.replace("5070", "5071"))))
                .isNull();
        assertThat(rig.find(request(Method.INVITE, VIA.replace("127.0.0.9", "127.0.0.8"))))
                .isNull();
        assertThat(rig.find(request(Method.INFO, VIA))).isNull();
    }

    @Test
    void shouldFindTheInviteThatACancelAimsAt() {
        final InviteServerTransaction invite = rig.newInviteServer(request(Method.INVITE, VIA));
        final SipMessage cancel = rig.read(request(Method.CANCEL, VIA));
        assertThat(rig.layer.find(cancel, Method.INVITE)).isSameAs(invite);
        assertThat(rig.layer.find(cancel, Method.CANCEL)).isNull();
        final NonInviteServerTransaction own = rig.newNonInviteServer(request(Method.CANCEL, VIA));
        assertThat(rig.layer.find(cancel, Method.CANCEL)).isSameAs(own);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SIP/2.0/UDP 127.0.0.9:5070",
                "SIP/2.0/UDP 127.0.0.9:5070;branch=old",
                "SIP/2.0/UDP 127.0.0.9:5070;branch=z9hG4b"
            })
    void shouldMatchByTheFieldsOfTheElderRfcWithoutAMagicCookie(final String via) {
        final String first = request(Method.INVITE, via);
        final InviteServerTransaction invite = rig.newInviteServer(first);
        assertThat(rig.find(first)).isSameAs(invite);
        assertThat(rig.find(first.replace("1 INVITE", "2 INVITE"))).isNull();
        assertThat(rig.find(first.replace("tag=f", "tag=g"))).isNull();
        assertThat(rig.find(first.replace("Call-ID: call", "Call-ID: ball"))).isNull();
        assertThat(rig.find(first.replace("sip:bob@127.0.0.1", "sip:eve@127.0.0.1")))
                .isNull();
        assertThat(rig.find(first.replace("127.0.0.9:5070", "127.0.0.8:5070"))).isNull();
        final String ack = request(Method.ACK, via).replace("To: <sip:b@y>", "To: <sip:b@y>;tag=ours");
        assertThat(rig.find(ack)).isSameAs(invite);
        rig.respond(invite, 486);
        rig.next("SIP/2.0 486 ");
        assertThat(rig.again(ack)).isTrue();
        assertThat(invite.state()).isEqualTo(TransactionState.CONFIRMED);
    }

    private boolean merged(final String request) {
        final SipMessage message = rig.read(request);
        return rig.layer.isMerged(message);
    }

    @Test
    void shouldRecogniseTheSameRequestUnderAnotherBranch() {
        final InviteServerTransaction invite = rig.newInviteServer(request(Method.INVITE, VIA));
        final String copy = request(Method.INVITE, VIA + "other");
        assertThat(merged(copy)).isTrue();
        assertThat(merged(copy.replace("1 INVITE", "2 INVITE"))).isFalse();
        assertThat(merged(copy.replace("tag=f", "tag=g"))).isFalse();
        assertThat(merged(copy.replace("Call-ID: call", "Call-ID: ball"))).isFalse();
        assertThat(merged(request(Method.INFO, VIA + "other"))).isFalse();
        assertThat(merged(copy.replace("To: <sip:b@y>", "To: <sip:b@y>;tag=t")))
                .as("inside a dialog")
                .isFalse();
        rig.respond(invite, 200);
        assertThat(merged(copy)).as("while the answered one lives").isTrue();
        rig.pass(LayerRig.TIMEOUT_MS);
        assertThat(merged(copy)).isFalse();
    }

    @Test
    void shouldTakeTheRequestAgainOnceItWasRefused() {
        final InviteServerTransaction invite = rig.newInviteServer(request(Method.INVITE, VIA));
        rig.respond(invite, 486);
        assertThat(merged(request(Method.INVITE, VIA + "other")))
                .as("a proxy that forks one after the other may come by again")
                .isFalse();
        final InviteServerTransaction second = rig.newInviteServer(request(Method.INVITE, VIA + "other"));
        rig.pass(LayerRig.TIMEOUT_MS);
        assertThat(merged(request(Method.INVITE, VIA + "third")))
                .as("the end of the first is not that of the second")
                .isTrue();
        assertThat(second.state()).isEqualTo(TransactionState.PROCEEDING);
    }
}
