package io.tandem.appliance.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.appliance.operator.LiveView;
import io.tandem.routing.core.CoreStats;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A number with a ceiling of ten under 200 calls at once, and what gives the ten places back. */
@Timeout(60)
class NumberCeilingTest {
    private static final String NUMBER = "12025550123";
    private static final int CEILING = 10;
    private static final int CALLS = 200;

    @TempDir
    private Path data;

    /** The ten calls that ring at the callee. */
    private record Held(List<String> invites, List<String> invitesToCallee) {}

    @Test
    @DisplayName("N-073 of many INVITEs at once exactly as many are admitted as the number allows")
    void shouldGivePlacesBackWithByes() {
        try (SipPeer callee = new SipPeer("127.0.0.3", null);
                RunningAppliance running = start(callee, "");
                SipPeer caller = new SipPeer("127.0.0.2", running.udp())) {
            callee.towards(running.udp());
            hangUp(caller, callee, answer(caller, callee, hold(running, caller, callee, "first", CALLS)));
            hangUp(caller, callee, answer(caller, callee, hold(running, caller, callee, "more", CEILING)));
            assertEmpty(running);
        }
    }

    @Test
    void shouldGivePlacesBackWithCancels() {
        try (SipPeer callee = new SipPeer("127.0.0.3", null);
                RunningAppliance running = start(callee, "");
                SipPeer caller = new SipPeer("127.0.0.2", running.udp())) {
            callee.towards(running.udp());
            final Held held = hold(running, caller, callee, "first", CALLS);
            held.invitesToCallee().forEach(invite -> callee.send(callee.response(180, "Ringing", invite, "callee")));
            for (int i = 0; i < CEILING; i++) {
                caller.receive("SIP/2.0 180");
            }
            for (final String invite : held.invites()) {
                caller.send(cancel(invite));
                caller.receive("SIP/2.0 200");
                caller.send(refusalAck(invite, caller.receive("SIP/2.0 487")));
            }
            for (final String invite : held.invitesToCallee()) {
                callee.send(callee.response(200, "OK", callee.receive("CANCEL"), "callee"));
                callee.send(callee.response(487, "Request Terminated", invite, "callee"));
            }
            for (int i = 0; i < CEILING; i++) {
                callee.receive("ACK");
            }
            hangUp(caller, callee, answer(caller, callee, hold(running, caller, callee, "more", CEILING)));
            assertEmpty(running);
        }
    }

    @Test
    void shouldGivePlacesBackWhenNoByeEverArrives() {
        try (SipPeer callee = new SipPeer("127.0.0.3", null);
                RunningAppliance running = start(callee, ",\"max_call_sec\":2");
                SipPeer caller = new SipPeer("127.0.0.2", running.udp())) {
            callee.towards(running.udp());
            answer(caller, callee, hold(running, caller, callee, "first", CALLS));
            for (int i = 0; i < CEILING; i++) {
                caller.send(caller.response(481, "Call/Transaction Does Not Exist", caller.receive("BYE"), ""));
                callee.send(callee.response(200, "OK", callee.receive("BYE"), ""));
            }
            hangUp(caller, callee, answer(caller, callee, hold(running, caller, callee, "more", CEILING)));
            assertEmpty(running);
        }
    }

    @Test
    void shouldGivePlacesBackWhenTheCalleeHasCrashed() {
        try (SipPeer crashing = new SipPeer("127.0.0.3", null);
                RunningAppliance running = start(crashing, "");
                SipPeer caller = new SipPeer("127.0.0.2", running.udp())) {
            crashing.towards(running.udp());
            final List<String> answers = answer(caller, crashing, hold(running, caller, crashing, "first", CALLS));
            final int port = crashing.port();
            crashing.crash();
            for (final String answer : answers) {
                caller.send(caller.inDialog("BYE", 2, answer));
                assertThat(caller.receive("SIP/2.0 200")).contains("CSeq: 2 BYE");
            }
            assertEmpty(running);
            try (SipPeer callee = new SipPeer("127.0.0.3", port, running.udp())) {
                hangUp(caller, callee, answer(caller, callee, hold(running, caller, callee, "more", CEILING)));
            }
            assertEmpty(running);
        }
    }

    @Test
    void shouldShowTheConfiguredCeilingOfWhatIsInUseAlsoAfterARestart() {
        try (SipPeer callee = new SipPeer("127.0.0.3", null)) {
            try (RunningAppliance running = start(callee, ",\"max_in\":77");
                    SipPeer caller = new SipPeer("127.0.0.2", running.udp())) {
                callee.towards(running.udp());
                answer(caller, callee, hold(running, caller, callee, "first", CEILING));
                assertThat(ceilings(running)).contains("number 10 of 10", "account-in 10 of 77");
            }
            try (RunningAppliance again = start(callee, "")) {
                assertThat(ceilings(again)).contains("number 10 of 10", "account-in 10 of 77", "trunk 10 of none");
            }
        }
    }

    private List<String> ceilings(final RunningAppliance running) {
        final LiveView view = new LiveView(
                running.appliance(), RunningAppliance.settings(data).journalSettings(), new byte[32]);
        return view.ceilings("").stream()
                .map(ceiling -> ceiling.dimension() + " " + ceiling.count() + " of "
                        + (ceiling.limit().isPresent() ? ceiling.limit().getAsLong() : "none"))
                .toList();
    }

    private RunningAppliance start(final SipPeer callee, final String account) {
        final String configuration = """
                {"resource":"accounts","name":"acme"%s}
                {"resource":"trunks","account_id":"name:acme","name":"carrier","role":"carrier","direction":"inbound",\
                "acl":["127.0.0.2/32"]}
                {"resource":"trunks","account_id":"name:acme","name":"pbx","role":"pbx","direction":"outbound",\
                "proxy":"%s","transport":"udp"}
                {"resource":"numbers","account_id":"name:acme","e164":"%s","max_channels":%d,"dest_kind":"trunk",\
                "dest_id":"name:pbx"}
                """.formatted(account, callee.place(), NUMBER, CEILING);
        return new RunningAppliance(data, configuration, "ring.slots=4096");
    }

    /** Sends INVITEs all at once; ten reach the callee and every other one is refused by the number's ceiling. */
    private static Held hold(
            final RunningAppliance running,
            final SipPeer caller,
            final SipPeer callee,
            final String name,
            final int calls) {
        final List<String> invites = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            final String invite = caller.invite(name + "-" + i, NUMBER, caller.branch());
            invites.add(invite);
            caller.send(invite);
        }
        final List<String> toCallee = new ArrayList<>();
        for (int i = 0; i < CEILING; i++) {
            toCallee.add(callee.receive("INVITE"));
        }
        for (int i = 0; i < calls - CEILING; i++) {
            final String refusal = caller.receive("SIP/2.0 486");
            assertThat(SipPeer.header(refusal, "Reason")).contains("number ceiling " + CEILING + " reached");
            final String invite = invites.stream()
                    .filter(sent -> SipPeer.line(sent, "Call-ID").equals(SipPeer.line(refusal, "Call-ID")))
                    .findFirst()
                    .orElseThrow();
            assertThat(invites.remove(invite)).isTrue();
            caller.send(refusalAck(invite, refusal));
        }
        assertThat(invites).hasSize(CEILING);
        assertThat(stats(running).liveCalls()).isEqualTo(CEILING);
        return new Held(invites, toCallee);
    }

    /** Answers the ten; the answers as the caller received them. */
    private static List<String> answer(final SipPeer caller, final SipPeer callee, final Held held) {
        held.invitesToCallee().forEach(invite -> callee.send(callee.response(200, "OK", invite, "callee")));
        final List<String> answers = new ArrayList<>();
        for (int i = 0; i < CEILING; i++) {
            final String answer = caller.receive("SIP/2.0 200");
            answers.add(answer);
            caller.send(caller.inDialog("ACK", 1, answer));
            callee.receive("ACK");
        }
        return answers;
    }

    private static void hangUp(final SipPeer caller, final SipPeer callee, final List<String> answers) {
        for (final String answer : answers) {
            caller.send(caller.inDialog("BYE", 2, answer));
            callee.send(callee.response(200, "OK", callee.receive("BYE"), ""));
            assertThat(caller.receive("SIP/2.0 200")).contains("CSeq: 2 BYE");
        }
    }

    private static String cancel(final String invite) {
        return """
                CANCEL sip:%s@127.0.0.1 SIP/2.0
                %s
                Max-Forwards: 70
                %s
                %s
                %s
                CSeq: 1 CANCEL
                Content-Length: 0

                """.formatted(
                        NUMBER,
                        SipPeer.line(invite, "Via"),
                        SipPeer.line(invite, "From"),
                        SipPeer.line(invite, "To"),
                        SipPeer.line(invite, "Call-ID"));
    }

    private static String refusalAck(final String invite, final String refusal) {
        return cancel(invite).replace("CANCEL", "ACK").replace(SipPeer.line(invite, "To"), SipPeer.line(refusal, "To"));
    }

    /** Nothing is up, nothing is counted; what the core still does about messages under way it does at once. */
    private static void assertEmpty(final RunningAppliance running) {
        final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        CoreStats stats = stats(running);
        while (stats.tableCalls() + stats.admissionCounters() > 0 && System.nanoTime() < deadlineNs) {
            Thread.onSpinWait();
            stats = stats(running);
        }
        assertThat(stats.liveCalls()).isZero();
        assertThat(stats.tableCalls()).isZero();
        assertThat(stats.admissionCounters()).isZero();
    }

    private static CoreStats stats(final RunningAppliance running) {
        return running.appliance().queries().ask(core -> core.stats());
    }
}
