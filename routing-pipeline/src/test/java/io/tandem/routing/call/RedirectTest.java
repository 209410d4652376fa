package io.tandem.routing.call;

import static io.tandem.routing.call.Texts.branch;
import static io.tandem.routing.call.Texts.failureAck;
import static io.tandem.routing.call.Texts.header;
import static io.tandem.routing.call.Texts.headers;
import static io.tandem.routing.call.Texts.inDialog;
import static io.tandem.routing.call.Texts.invite;
import static io.tandem.routing.call.Texts.ok;
import static io.tandem.routing.call.Texts.response;
import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.routing.counter.CoreCounter;
import org.junit.jupiter.api.Test;

/** 3xx of a callee: its contacts enter routing again as calls of the party that redirects (D5). */
@AlsoThroughSnapshots
class RedirectTest {
    private final RigConfiguration configuration = new RigConfiguration();
    private final CoreRig rig;

    RedirectTest(final boolean throughSnapshots) {
        rig = new CoreRig(throughSnapshots, configuration);
    }

    private void redirect(final String sent, final String contact) {
        rig.fromCallee(response(sent, "302 Moved Temporarily", "bob", "Contact: " + contact + "\n", ""));
        final String ack = rig.callee("ACK ");
        assertThat(headers(ack, "Via")).isEqualTo(headers(sent, "Via"));
    }

    private void refused(final String answer) {
        rig.fromCaller(failureAck(invite("d", "", ""), answer));
        rig.over();
    }

    @Test
    void shouldRouteTheContactAsANewAttempt() {
        final String sent = rig.offered("d");
        redirect(sent, "<sip:12025550124@198.51.100.9>");
        final String next = rig.callee("INVITE sip:12025550124@127.0.0.3:5080 SIP/2.0");
        assertThat(header(next, "Call-ID")).isNotEqualTo(header(sent, "Call-ID"));
        assertThat(header(next, "From")).isNotEqualTo(header(sent, "From"));
        assertThat(branch(next)).isNotEqualTo(branch(sent));
        assertThat(next).doesNotContain("198.51.100.9");
        rig.quietCaller();
        rig.fromCallee(response(sent, "302 Moved Temporarily", "bob", "Contact: <sip:1@x>\n", ""));
        rig.callee("ACK ");
        rig.quiet();

        rig.fromCallee(ok(next, "carol", "v=0 answer"));
        final String answer = rig.caller("SIP/2.0 200 ");
        rig.fromCaller(inDialog("ACK", 1, answer, "ack", ""));
        rig.callee("ACK ");
        rig.hangUp(new CoreRig.Up(next, answer), 2);
        assertThat(rig.records).containsExactly("200 1 hung up");
        assertThat(rig.count(CoreCounter.REDIRECTS_FOLLOWED)).isEqualTo(1);
        rig.over();
    }

    @Test
    void shouldPassOverWhatCannotBeCalledAndTheParametersOfANumber() {
        final String sent = rig.offered("d");
        redirect(sent, "<sips:12025550123@198.51.100.9>, <sip:+12025550124;npdi=yes@198.51.100.9>");
        final String next = rig.callee("INVITE sip:12025550124@127.0.0.3:5080 SIP/2.0");
        rig.fromCallee(response(next, "486 Busy Here", "carol"));
        rig.callee("ACK ");
        refused(rig.caller("SIP/2.0 486 "));
    }

    @Test
    void shouldGiveTheNextCalleeAnEarlyDialogOfItsOwn() {
        final CoreRig.Ringing ringing = rig.ringing("d", "bob");
        redirect(ringing.invite(), "<sip:12025550124@198.51.100.9>");
        final String next = rig.callee("INVITE ");
        rig.fromCallee(response(next, "180 Ringing", "bob"));
        final String progress = rig.caller("SIP/2.0 180 ");
        assertThat(header(progress, "To")).isNotEqualTo(header(ringing.progress(), "To"));
        rig.fromCaller(inDialog("INFO", 2, ringing.progress(), "gone", ""));
        rig.caller("SIP/2.0 481 ");
        rig.fromCallee(response(next, "486 Busy Here", "bob"));
        rig.callee("ACK ");
        refused(rig.caller("SIP/2.0 486 "));
    }

    @Test
    void shouldTryTheContactsOneAfterTheOtherUntilOneIsRouted() {
        final String sent = rig.offered("d");
        redirect(sent, "<sip:alice@a>, \"x\" <sip:19995550000@b>, <sip:12025550124@c>;q=0.1");
        final String next = rig.callee("INVITE sip:12025550124@");
        rig.fromCallee(response(next, "486 Busy Here", "bob"));
        rig.callee("ACK ");
        refused(rig.caller("SIP/2.0 486 "));
    }

    @Test
    void shouldFollowFiveRedirectsAndNoMore() {
        String sent = rig.offered("d");
        for (int i = 0; i < 5; i++) {
            redirect(sent, "<sip:1202555012" + (4 - i % 2) + "@127.0.0.3>");
            sent = rig.callee("INVITE ");
        }
        redirect(sent, "<sip:12025550124@127.0.0.3>");
        final String answer = rig.caller("SIP/2.0 482 ");
        assertThat(header(answer, "Reason")).contains("redirected more than 5 times");
        assertThat(rig.records).containsExactly("482 3 refused");
        refused(answer);
    }

    @Test
    void shouldGiveTheAnswerOfATargetThatIsNotRouted() {
        final String sent = rig.offered("d");
        redirect(sent, "<sip:19995550000@127.0.0.3>");
        final String answer = rig.caller("SIP/2.0 404 ");
        assertThat(header(answer, "Reason")).contains("neither an outbound route nor a wholesale carrier");
        refused(answer);
    }

    @Test
    void shouldSayUnavailableWhenNoContactCanBeCalled() {
        final String sent = rig.offered("d");
        redirect(sent, "<mailto:x@example.com>");
        final String answer = rig.caller("SIP/2.0 480 ");
        assertThat(header(answer, "Reason"))
                .isEqualTo("Q.850;cause=3;text=\"redirected to nothing that can be called\"");
        refused(answer);
    }

    @Test
    void shouldHoldTheCeilingsOfTheRedirectingParty() {
        configuration.number.maxChannels = 1;
        rig.configure();
        final String sent = rig.offered("d");
        redirect(sent, "<sip:12025550123@127.0.0.3>");
        final String answer = rig.caller("SIP/2.0 486 ");
        assertThat(header(answer, "Reason")).contains("number ceiling 1 reached");
        refused(answer);
    }

    @Test
    void shouldGiveBackWhatTheRedirectHeldWhenTheCallerGivesUp() {
        final String sent = rig.offered("d");
        redirect(sent, "<sip:12025550124@127.0.0.3>");
        final String next = rig.callee("INVITE ");
        rig.fromCaller(Texts.cancel(invite("d", "", ""), ""));
        rig.caller("SIP/2.0 200 ");
        final String answer = rig.caller("SIP/2.0 487 ");
        rig.fromCallee(response(next, "100 Trying", ""));
        rig.fromCallee(response(rig.callee("CANCEL "), "200 OK", ""));
        rig.fromCallee(response(next, "487 Request Terminated", "bob"));
        rig.callee("ACK ");
        assertThat(rig.core.stats().admissionCounters()).isZero();
        refused(answer);
    }
}
