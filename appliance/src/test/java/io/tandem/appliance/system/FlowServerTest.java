package io.tandem.appliance.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.tandem.admin.view.ExplainQuestion;
import io.tandem.admin.view.ExplanationView;
import io.tandem.appliance.operator.LiveView;
import io.tandem.appliance.playback.Replay;
import io.tandem.routing.counter.CoreCounter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A flow asks a real server over HTTP while its call waits. */
@Timeout(60)
class FlowServerTest {
    private final BlockingQueue<String> asked = new LinkedBlockingQueue<>();
    private HttpServer server;
    private volatile String answer = "{\"customer\":{\"vip\":true}}";

    @TempDir
    private Path data;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            final byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private String configuration(final SipPeer callee) {
        return """
                {"resource":"accounts","name":"acme"}
                {"resource":"trunks","account_id":"name:acme","name":"carrier","direction":"inbound","acl":["127.0.0.2/32"]}
                {"resource":"trunks","account_id":"name:acme","name":"pbx","direction":"outbound","proxy":"%s"}
                {"resource":"flows","account_id":"name:acme","name":"crm","is_published":1,"graph":{"nodes":[\
                {"id":"in","data":{"kind":"entry"}},\
                {"id":"ask","data":{"kind":"http","method":"POST","url":"http://127.0.0.1:%d/callers?n={{caller_cid}}",\
                "send":["did"],"variables":{"vip":"/customer/vip"}}},\
                {"id":"vip","data":{"kind":"condition","variable":"vip","operator":"equals","value":"true"}},\
                {"id":"pbx","data":{"kind":"route","dest_kind":"trunk","dest_id":"name:pbx"}},\
                {"id":"bye","data":{"kind":"hangup","sipCode":404}}],"edges":[\
                {"source":"in","target":"ask"},{"source":"ask","sourceHandle":"default","target":"vip"},\
                {"source":"ask","sourceHandle":"error","target":"bye"},{"source":"ask","sourceHandle":"timeout","target":"bye"},\
                {"source":"vip","sourceHandle":"true","target":"pbx"},{"source":"vip","sourceHandle":"false","target":"bye"}]}}
                {"resource":"numbers","account_id":"name:acme","e164":"12025550123","dest_kind":"flow","dest_id":"name:crm"}
                """.formatted(callee.place(), server.getAddress().getPort());
    }

    @Test
    @DisplayName("N-078 a flow looks caller_cid up over HTTP; the journal holds the answer, and a replay asks nobody")
    void shouldAskAServerAndGoOnByItsAnswer() throws InterruptedException {
        try (SipPeer callee = new SipPeer("127.0.0.3", null);
                RunningAppliance running =
                        new RunningAppliance(data, configuration(callee), "flows.private.servers=true");
                SipPeer caller = new SipPeer("127.0.0.2", running.udp());
                SipPeer answering = callee.towards(running.udp())) {
            caller.send(caller.invite("vip", "12025550123", caller.branch()));
            final String invite = answering.receive("INVITE");
            assertThat(asked.take()).isEqualTo("POST /callers?n=13035550100 {\"did\":\"12025550123\"}");
            answering.send(answering.response(486, "Busy Here", invite, "callee"));
            caller.receive("SIP/2.0 486");

            answer = "{\"customer\":{\"vip\":false}}";
            caller.send(caller.invite("other", "12025550123", caller.branch()));
            assertThat(caller.receive("SIP/2.0 404")).contains("Call-ID: other");

            answer = "<html>";
            caller.send(caller.invite("broken", "12025550123", caller.branch()));
            assertThat(caller.receive("SIP/2.0 404")).contains("Call-ID: broken");
            final long questions =
                    running.appliance().queries().ask(core -> core.counters().value(CoreCounter.SERVERS_ASKED));
            assertThat(questions).isEqualTo(3);
            assertThat(asked).hasSize(2);
        }
        final Replay.Result again = ReplayTest.replay(new Replay(), data);
        assertThat(again.agrees()).as(again.toString()).isTrue();
        assertThat(again.recordsMatched()).isEqualTo(3);
        assertThat(asked).hasSize(2);

        final List<String> ladder = ReplayTest.trace("vip", data);
        assertThat(ladder).anyMatch(line -> line.contains("target: flow asks a server before it goes on"));
        assertThat(ladder).anyMatch(line -> line.contains("server: default {\"customer\":{\"vip\":\"true\"}}"));
        assertThat(ladder).anyMatch(line -> line.contains("admit-call: call goes on with what it holds"));
        assertThat(ladder).as("the callee's leg").anyMatch(line -> line.contains("INVITE sip:12025550123@127.0.0.3"));
        assertThat(ladder).as("of other calls").noneMatch(line -> line.contains("server: error"));
    }

    @Test
    @DisplayName("explain says which server a flow would ask, and asks nobody")
    void shouldExplainWithoutAsking() {
        try (SipPeer callee = new SipPeer("127.0.0.3", null);
                RunningAppliance running =
                        new RunningAppliance(data, configuration(callee), "flows.private.servers=true")) {
            final ExplanationView explanation = new LiveView(
                            running.appliance(),
                            RunningAppliance.settings(data).journalSettings(),
                            new byte[32])
                    .explain(new ExplainQuestion("13035550100", "12025550123", Optional.empty(), Optional.empty()));
            assertThat(explanation.accepted()).isTrue();
            assertThat(explanation.target())
                    .hasValue("server http://127.0.0.1:" + server.getAddress().getPort() + "/callers?n=13035550100");
            assertThat(asked).isEmpty();
        }
    }

    @Test
    @DisplayName("a flow reaches no private address unless the setting says so")
    void shouldNotAskPrivateServers() {
        try (SipPeer callee = new SipPeer("127.0.0.3", null);
                RunningAppliance running = new RunningAppliance(data, configuration(callee));
                SipPeer caller = new SipPeer("127.0.0.2", running.udp())) {
            caller.send(caller.invite("vip", "12025550123", caller.branch()));
            caller.receive("SIP/2.0 404");
            assertThat(asked).isEmpty();
        }
    }
}
