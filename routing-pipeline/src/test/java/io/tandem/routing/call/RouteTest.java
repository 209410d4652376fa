package io.tandem.routing.call;

import static io.tandem.routing.call.Texts.fromCalleeInDialog;
import static io.tandem.routing.call.Texts.header;
import static io.tandem.routing.call.Texts.headers;
import static io.tandem.routing.call.Texts.inDialog;
import static io.tandem.routing.call.Texts.invite;
import static io.tandem.routing.call.Texts.okOfCaller;
import static io.tandem.routing.call.Texts.response;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Route sets and remote targets on both sides (RFC 3261 section 12.1, 12.2.1.1, 13.2.2.4; RFC 3581). */
@AlsoThroughSnapshots
class RouteTest {
    private static final String CALLER_ROUTES =
            "Record-Route: <sip:127.0.0.2:6001;lr>, <sip:p2.example;lr>\nRecord-Route: <sip:p3.example;lr>\n";
    private static final String CALLEE_ROUTES =
            "Contact: <sip:bob@10.0.0.9:5099>\nRecord-Route: <sip:q1.example;lr>\nRecord-Route: <sip:q2.example;lr>, <sip:127.0.0.3:6002;lr>\n";

    private final CoreRig rig;

    RouteTest(final boolean throughSnapshots) {
        rig = new CoreRig(throughSnapshots);
    }

    @Test
    void shouldFollowTheRouteSetOfEitherSide() {
        rig.fromCaller(invite("r", CALLER_ROUTES, ""));
        rig.caller("SIP/2.0 100 ");
        final String sent = rig.callee("INVITE ");
        assertThat(headers(sent, "Record-Route")).isEmpty();
        rig.fromCallee(response(sent, "200 OK", "bob", CALLEE_ROUTES, ""));
        final String answer = rig.caller("SIP/2.0 200 ");
        assertThat(headers(answer, "Record-Route"))
                .containsExactly("<sip:127.0.0.2:6001;lr>, <sip:p2.example;lr>", "<sip:p3.example;lr>");
        assertThat(answer).doesNotContain("q1.example");

        rig.fromCaller(inDialog("ACK", 1, answer, "ack", "Route: <sip:127.0.0.1:5060;lr>\n"));
        final String ack = rig.callee("ACK sip:bob@10.0.0.9:5099 SIP/2.0");
        assertThat(headers(ack, "Route"))
                .containsExactly("<sip:127.0.0.3:6002;lr>", "<sip:q2.example;lr>", "<sip:q1.example;lr>");
        assertThat(rig.last().port()).as("the first route is where it goes").isEqualTo(6002);

        rig.fromCallee(fromCalleeInDialog("INFO", 1, sent, "bob", "i", "Record-Route: <sip:x.example>\n", ""));
        final String info = rig.caller("INFO sip:alice@127.0.0.2:5070 SIP/2.0");
        assertThat(headers(info, "Route"))
                .containsExactly("<sip:127.0.0.2:6001;lr>", "<sip:p2.example;lr>", "<sip:p3.example;lr>");
        assertThat(headers(info, "Record-Route")).isEmpty();
        assertThat(rig.last().port()).isEqualTo(6001);
        rig.fromCaller(response(info, "200 OK", ""));
        final String passed = rig.callee("SIP/2.0 200 ");
        assertThat(headers(passed, "Record-Route")).containsExactly("<sip:x.example>");
        rig.hangUp(new CoreRig.Up(sent, answer), 2);
        rig.over();
    }

    @Test
    void shouldPutAStrictRouterIntoTheRequestLineAndTheTargetBehindTheRoutes() {
        final String strict = "<sip:127.0.0.2:6001;method=INVITE;x=1?Subject=y>";
        rig.fromCaller(invite("r", "Record-Route: " + strict + ", <sip:p2.example;lr>\n", ""));
        rig.caller("SIP/2.0 100 ");
        final String sent = rig.callee("INVITE ");
        final String contact = "Contact: <sip:bob@10.0.0.9:5099>\n";
        rig.fromCallee(response(sent, "200 OK", "bob", contact + "Record-Route: <sip:127.0.0.3:6002>\n", ""));
        final String answer = rig.caller("SIP/2.0 200 ");

        rig.fromCaller(inDialog("ACK", 1, answer, "ack", ""));
        final String ack = rig.callee("ACK sip:127.0.0.3:6002 SIP/2.0");
        assertThat(headers(ack, "Route")).containsExactly("<sip:bob@10.0.0.9:5099>");
        assertThat(rig.last().port()).isEqualTo(6002);

        rig.fromCallee(fromCalleeInDialog("INFO", 1, sent, "bob", "i", "", ""));
        final String info = rig.caller("INFO sip:127.0.0.2:6001;x=1 SIP/2.0");
        assertThat(headers(info, "Route")).containsExactly("<sip:p2.example;lr>", "<sip:alice@127.0.0.2:5070>");
        assertThat(rig.last().port()).isEqualTo(6001);
        rig.fromCaller(response(info, "200 OK", ""));
        rig.callee("SIP/2.0 200 ");

        final String again = inDialog("INVITE", 2, answer, "re", "", "v=0");
        rig.fromCaller(again);
        rig.fromCallee(response(rig.callee("INVITE sip:127.0.0.3:6002 SIP/2.0"), "488 Not Acceptable Here", ""));
        final String failureAck = rig.callee("ACK sip:127.0.0.3:6002 SIP/2.0");
        assertThat(headers(failureAck, "Route")).containsExactly("<sip:bob@10.0.0.9:5099>");
        rig.fromCaller(Texts.failureAck(again, rig.caller("SIP/2.0 488 ")));
        rig.hangUp(new CoreRig.Up(sent, answer), 3);
        rig.over();
    }

    @Test
    void shouldTakeTheRouteSetOfTheAnswerOverThatOfTheRinging() {
        final String sent = rig.offered("r");
        rig.fromCallee(response(sent, "180 Ringing", "bob", "Contact: <sip:bob@127.0.0.3:5081>\n", ""));
        final String ringing = rig.caller("SIP/2.0 180 ");
        rig.fromCaller(inDialog("INFO", 2, ringing, "i", ""));
        final String info = rig.callee("INFO sip:bob@127.0.0.3:5081 SIP/2.0");
        assertThat(headers(info, "Route")).isEmpty();
        rig.fromCallee(response(info, "200 OK", ""));
        rig.caller("SIP/2.0 200 ");

        rig.fromCallee(response(sent, "200 OK", "bob", CALLEE_ROUTES, ""));
        final String answer = rig.caller("SIP/2.0 200 ");
        rig.fromCaller(inDialog("ACK", 1, answer, "ack", ""));
        assertThat(headers(rig.callee("ACK sip:bob@10.0.0.9:5099 SIP/2.0"), "Route"))
                .hasSize(3);
        rig.hangUp(new CoreRig.Up(sent, answer), 3);
        rig.over();
    }

    /** A caller of RFC 2543, to which Contact was optional. */
    @Test
    void shouldReachAPeerWithoutContactWhereItSentFrom() {
        final String invite = invite("r", "", "")
                .replace("Contact: <sip:alice@127.0.0.2:5070>\n", "")
                .replace("z9hG4bK-inv-r", "1");
        rig.fromCaller(invite);
        rig.caller("SIP/2.0 100 ");
        final String sent = rig.callee("INVITE ");
        rig.fromCallee(response(sent, "200 OK", "bob"));
        final String answer = rig.caller("SIP/2.0 200 ");
        rig.fromCaller(inDialog("ACK", 1, answer, "ack", ""));
        rig.callee("ACK sip:127.0.0.3:5080 SIP/2.0");
        rig.fromCallee(fromCalleeInDialog("BYE", 1, sent, "bob", "bye"));
        rig.callee("SIP/2.0 200 ");
        rig.fromCaller(okOfCaller(rig.caller("BYE sip:127.0.0.2:5070 SIP/2.0"), ""));
        rig.over();
    }

    @Test
    void shouldReachATargetWithANameWhereItSentFrom() {
        rig.fromCaller(
                invite("r", "", "").replace("<sip:alice@127.0.0.2:5070>\nMax", "<sip:alice@phone.example:9>\nMax"));
        rig.caller("SIP/2.0 100 ");
        final String sent = rig.callee("INVITE ");
        rig.fromCallee(Texts.ok(sent, "bob", ""));
        final String answer = rig.caller("SIP/2.0 200 ");
        rig.fromCaller(inDialog("ACK", 1, answer, "ack", "Contact: <sip:alice@phone.example:9>\n"));
        rig.callee("ACK ");
        rig.fromCallee(fromCalleeInDialog("BYE", 1, sent, "bob", "bye"));
        rig.callee("SIP/2.0 200 ");
        final String bye = rig.caller("BYE sip:alice@phone.example:9 SIP/2.0");
        assertThat(rig.last().port()).isEqualTo(CoreRig.CALLER_PORT);
        rig.fromCaller(okOfCaller(bye, ""));
        rig.over();
    }

    @Test
    void shouldSwitchToTheTransportThatTheTargetNames() {
        rig.fromCaller(invite("r", "", ""));
        rig.caller("SIP/2.0 100 ");
        final String sent = rig.callee("INVITE ");
        rig.fromCallee(response(sent, "200 OK", "bob", "Contact: <sip:bob@127.0.0.3:5090;transport=TCP>\n", ""));
        final String answer = rig.caller("SIP/2.0 200 ");
        rig.fromCaller(inDialog("ACK", 1, answer, "ack", ""));
        final String ack = rig.callee("ACK sip:bob@127.0.0.3:5090;transport=TCP SIP/2.0");
        assertThat(header(ack, "Via")).startsWith("SIP/2.0/TCP ");
        assertThat(rig.last().listener()).isEqualTo(1);
        assertThat(rig.last().port()).isEqualTo(5090);
    }
}
