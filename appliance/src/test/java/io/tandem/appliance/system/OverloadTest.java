package io.tandem.appliance.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.appliance.driver.Appliance;
import io.tandem.routing.counter.CoreCounter;
import io.tandem.routing.overload.Worth;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A core that stands still for a moment, a tiny ring, and more calls than it holds. */
@Timeout(60)
class OverloadTest {
    private static final int CALLS = 60;
    private static final int BYES = 4;
    private static final int SLOTS = 64;

    @TempDir
    private Path data;

    @Test
    void shouldAnswerEveryCallAndPreferRequestsInDialogs() throws InterruptedException {
        try (RunningAppliance running = new RunningAppliance(
                        data,
                        "{\"resource\":\"accounts\",\"name\":\"acme\"}\n",
                        "ring.slots=" + SLOTS,
                        "profile=shared");
                SipPeer caller = new SipPeer("127.0.0.2", running.udp())) {
            final Appliance appliance = running.appliance();
            final CountDownLatch stopped = new CountDownLatch(1);
            final CountDownLatch goOn = new CountDownLatch(1);
            final Thread question = Thread.ofVirtual()
                    .start(() -> appliance.queries().ask(core -> {
                        stopped.countDown();
                        try {
                            goOn.await();
                        } catch (final InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                        return null;
                    }));
            stopped.await();
            for (int i = 0; i < CALLS; i++) {
                caller.send(caller.invite("call-" + i, "19995550000", caller.branch()));
            }
            final String dialog =
                    "Contact: <sip:127.0.0.1>\nFrom: <sip:c@127.0.0.2>;tag=c\nTo: <sip:t@127.0.0.1>;tag=t\n";
            for (int i = 0; i < BYES; i++) {
                caller.send(caller.inDialog("BYE", 2, dialog + "Call-ID: bye-" + i + "\n"));
            }
            goOn.countDown();
            question.join();

            int refused = 0;
            final Set<String> answered = new HashSet<>();
            while (answered.size() < CALLS + BYES) {
                final String answer = caller.receive("SIP/2.0");
                if (answer.startsWith("SIP/2.0 1")) {
                    continue;
                }
                assertThat(answer).containsPattern("^SIP/2.0 (503 Service Unavailable|404|403|481) ?");
                if (answered.add(SipPeer.header(answer, "Call-ID")) && answer.startsWith("SIP/2.0 503")) {
                    assertThat(answer).contains("\nRetry-After: 5\n").contains("CSeq: 1 INVITE");
                    refused++;
                }
            }
            assertThat(refused)
                    .as("the ring takes new calls up to three quarters")
                    .isEqualTo(CALLS - SLOTS * 3 / 4);
            assertThat(appliance.doorCounts().of(Worth.NEW_CALL)).isEqualTo(refused);
            assertThat(appliance.doorCounts().answeredCount()).isEqualTo(refused);
            assertThat(appliance.doorCounts().of(Worth.IN_DIALOG)).isZero();
            final long byes =
                    appliance.queries().ask(core -> core.counters().value(CoreCounter.REQUESTS_UNKNOWN_DIALOG));
            assertThat(byes).isEqualTo(BYES);
        }
    }
}
