package io.tandem.appliance.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tandem.admin.view.CallDetailView;
import io.tandem.admin.view.CounterView;
import io.tandem.admin.view.ExplainQuestion;
import io.tandem.admin.view.ExplanationView;
import io.tandem.admin.view.StatusView;
import io.tandem.admin.view.VerdictView;
import io.tandem.appliance.operator.LiveControl;
import io.tandem.appliance.operator.LiveDesk;
import io.tandem.appliance.operator.LiveView;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the console says of the tables of a running appliance. */
@Timeout(60)
class StatusTest {
    private static final int CALLS_MAX = 16;
    private static final String NUMBER = "12025550123";

    @TempDir
    private Path data;

    @Test
    void shouldShowUseLimitPeakAndRefusalsOfEveryTable() {
        try (SipPeer callee = new SipPeer("127.0.0.3", null);
                RunningAppliance running = new RunningAppliance(
                        data, WholeCallTest.configuration(callee), "calls.max=" + CALLS_MAX, "tcp.connections.max=5");
                SipPeer caller = new SipPeer("127.0.0.2", running.udp());
                StreamPeer connection =
                        new StreamPeer(running.appliance().listeners().get(1).bind())) {
            final LiveView view = new LiveView(
                    running.appliance(), RunningAppliance.settings(data).journalSettings(), new byte[32]);
            for (int i = 0; i <= CALLS_MAX; i++) {
                caller.send(caller.invite("call-" + i, NUMBER, caller.branch()));
                caller.receive(i < CALLS_MAX ? "SIP/2.0 100" : "SIP/2.0 503");
            }
            connection.send(caller.invite("tcp", "19995550000", caller.branch()).replace("/UDP", "/TCP"));
            assertThat(connection.receive()).startsWith("SIP/2.0 503");

            final ExplanationView full = view.explain(question(Optional.empty()));
            assertThat(full.accepted()).isFalse();
            assertThat(full.status()).isEqualTo(503);
            assertThat(full.reason()).isEqualTo("call table full");

            assertThat(view.counters())
                    .filteredOn(counter -> counter.name().equals("rule.number-found"))
                    .extracting(CounterView::value)
                    .containsExactly((long) CALLS_MAX);

            final Map<String, StatusView.Table> tables = tables(view);
            assertThat(tables.keySet())
                    .containsExactlyInAnyOrder(
                            "calls",
                            "legs",
                            "dialogs",
                            "INVITE client transactions",
                            "other client transactions",
                            "INVITE server transactions",
                            "other server transactions",
                            "admission counters",
                            "messages kept, bytes",
                            "ring slots",
                            "ring large messages",
                            "TCP connections",
                            "rate windows",
                            "rate windows, calls remembered",
                            "flow versions kept for calls");
            assertThat(tables.get("calls")).isEqualTo(new StatusView.Table("calls", 16, 16, 16, 2));
            assertThat(tables.get("legs")).isEqualTo(new StatusView.Table("legs", 32, 48, 32, 0));
            assertThat(tables.get("INVITE client transactions").used()).isEqualTo(16);
            assertThat(tables.get("INVITE server transactions").peak()).isEqualTo(18);
            assertThat(tables.get("admission counters").used()).isEqualTo(4);
            assertThat(tables.get("messages kept, bytes").used()).isPositive();
            assertThat(tables.get("ring slots").limit()).isEqualTo(256);
            assertThat(tables.get("ring slots").peak()).isBetween(1L, 18L);
            assertThat(tables.get("TCP connections")).isEqualTo(new StatusView.Table("TCP connections", 1, 5, 1, 0));
        }
    }

    @Test
    void shouldExplainThatADrainingBoxTakesNoCalls() {
        try (SipPeer callee = new SipPeer("127.0.0.3", null);
                RunningAppliance running = new RunningAppliance(data, WholeCallTest.configuration(callee))) {
            final LiveView view = new LiveView(
                    running.appliance(), RunningAppliance.settings(data).journalSettings(), new byte[32]);
            final LiveControl control = new LiveControl(running.appliance(), view, new LiveDesk(running.appliance()));
            assertThat(view.explain(question(Optional.empty())).accepted()).isTrue();

            control.drain(true);
            final ExplanationView draining = view.explain(question(Optional.empty()));
            assertThat(draining.accepted()).isFalse();
            assertThat(draining.status()).isEqualTo(503);
            assertThat(draining.reason()).isEqualTo("box draining");
            assertThat(draining.verdicts())
                    .extracting(VerdictView::stage, VerdictView::rule, VerdictView::passed)
                    .containsExactly(tuple("call", "draining", false));
            assertThat(view.explain(question(Optional.of(Instant.now()))).accepted())
                    .isTrue();

            control.drain(false);
            assertThat(view.explain(question(Optional.empty())).accepted()).isTrue();
        }
    }

    @Test
    @DisplayName("explain knows the calls of a period, and that they are forgotten when it is over")
    void shouldExplainByTheCallsOfAPeriod() {
        try (SipPeer callee = new SipPeer("127.0.0.3", null);
                RunningAppliance running = new RunningAppliance(data, WholeCallTest.configuration(callee) + """
                        {"resource":"policies/call-limits","account_id":"name:acme","direction":"in","period_sec":60,"max_count":1}
                        """);
                SipPeer caller = new SipPeer("127.0.0.2", running.udp())) {
            final LiveView view = new LiveView(
                    running.appliance(), RunningAppliance.settings(data).journalSettings(), new byte[32]);
            assertThat(view.explain(question(Optional.empty())).accepted()).isTrue();

            caller.send(caller.invite("only", NUMBER, caller.branch()));
            callee.receive("INVITE");
            final ExplanationView refused = view.explain(question(Optional.empty()));
            assertThat(refused.status()).isEqualTo(480);
            assertThat(refused.reason()).isEqualTo("call limit 1 in its period reached");
            final Instant later = Instant.now().plusSeconds(61);
            assertThat(view.explain(question(Optional.of(later))).accepted())
                    .as("no turn comes before then")
                    .isTrue();
        }
    }

    private static ExplainQuestion question(final Optional<Instant> at) {
        return new ExplainQuestion("442071838750", NUMBER, at, Optional.empty());
    }

    @Test
    void shouldShowALiveCallWithTagsHoldsAndTimers() {
        final String configuration;
        try (SipPeer callee = new SipPeer("127.0.0.3", null)) {
            configuration = WholeCallTest.configuration(callee)
                    .replace("\"transport\":\"udp\"", "\"transport\":\"udp\",\"max_call_sec\":600");
            try (RunningAppliance running = new RunningAppliance(data, configuration);
                    SipPeer caller = new SipPeer("127.0.0.2", running.udp())) {
                final LiveView view = new LiveView(
                        running.appliance(), RunningAppliance.settings(data).journalSettings(), new byte[32]);
                callee.towards(running.udp());
                caller.send(caller.invite("shown", NUMBER, caller.branch()));
                final String invite = callee.receive("INVITE");
                callee.send(callee.response(180, "Ringing", invite, "callee-tag"));
                caller.receive("SIP/2.0 180");
                assertThat(view.call("shown").orElseThrow().timers())
                        .extracting(CallDetailView.Timer::name)
                        .containsExactly("longest ringing");
                callee.send(callee.response(200, "OK", invite, "callee-tag"));
                final String answer = caller.receive("SIP/2.0 200");
                caller.send(caller.inDialog("ACK", 1, answer));
                callee.receive("ACK");

                final CallDetailView call = view.call("shown").orElseThrow();
                assertThat(call.timers()).singleElement().satisfies(timer -> {
                    assertThat(timer.name()).isEqualTo("longest duration");
                    assertThat(timer.dueMs()).isBetween(500_000L, 600_000L);
                });
                assertThat(call.legs()).hasSize(2);
                assertThat(SipPeer.header(answer, "To"))
                        .endsWith(";tag=" + call.legs().get(0).localTag());
                assertThat(call.legs().get(0).remoteTag()).isEqualTo("from-shown");
                assertThat(call.legs().get(1).remoteTag()).isEqualTo("callee-tag");
                assertThat(call.holds()).hasSize(4);
                assertThat(view.calls(1, "").calls()).singleElement().satisfies(shown -> {
                    assertThat(shown.account()).isEqualTo("acme");
                    assertThat(shown.egressTrunk()).contains("pbx");
                });
                assertThat(view.calls(0, "").matched()).isOne();
                assertThat(view.calls(5, "no such").matched()).isZero();
            }
        }
    }

    @Test
    void shouldShowTheAgeOfTheLastSnapshot() {
        try (SipPeer callee = new SipPeer("127.0.0.3", null)) {
            try (RunningAppliance first = new RunningAppliance(data, WholeCallTest.configuration(callee))) {
                assertThat(first.appliance().journalStatus().snapshotAgeMs()).isEmpty();
            }
            try (RunningAppliance second = new RunningAppliance(data, "")) {
                assertThat(second.appliance().journalStatus().snapshotAgeMs()).isPresent();
            }
        }
    }

    private static Map<String, StatusView.Table> tables(final LiveView view) {
        final List<StatusView.Table> tables = view.status().tables();
        return tables.stream().collect(Collectors.toMap(StatusView.Table::name, Function.identity()));
    }
}
