package io.tandem.appliance.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.appliance.operator.LiveDesk;
import io.tandem.appliance.playback.Replay;
import io.tandem.routing.change.ChangeRequest;
import io.tandem.routing.change.ChangeResult;
import io.tandem.routing.change.Edit;
import io.tandem.routing.change.StoredResource;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.model.ResourceReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** A flow is published anew while a call waits in it for a server that never answers, and the appliance restarts. */
@Timeout(60)
class FlowVersionsTest {
    private static final String CALLED = "12025550123";

    @TempDir
    private Path data;

    /** A flow whose call goes on to the callee when the server does not answer, or gets a code. */
    static String configuration(
            final SipPeer callee, final SilentServer server, final int timeoutMs, final String target) {
        return """
                {"resource":"accounts","name":"acme"}
                {"resource":"trunks","account_id":"name:acme","name":"carrier","direction":"inbound","acl":["127.0.0.2/32"]}
                {"resource":"trunks","account_id":"name:acme","name":"pbx","direction":"outbound","proxy":"%s"}
                {"resource":"flows","account_id":"name:acme","name":"crm","is_published":1,"graph":%s}
                {"resource":"numbers","account_id":"name:acme","e164":"%s","dest_kind":"flow","dest_id":"name:crm"}
                """.formatted(callee.place(), graph(server, timeoutMs, target), CALLED);
    }

    private static String graph(final SilentServer server, final int timeoutMs, final String target) {
        return """
                {"nodes":[{"id":"in","data":{"kind":"entry"}},\
                {"id":"ask","data":{"kind":"http","url":"http://127.0.0.1:%d/%s","timeoutMs":%d}},\
                {"id":"pbx","data":{"kind":"route","dest_kind":"trunk","dest_id":"name:pbx"}},\
                {"id":"bye","data":{"kind":"hangup","sipCode":404}},\
                {"id":"which","data":{"kind":"condition","variable":"did","operator":"equals","value":"%s"}}],\
                "edges":[{"source":"in","target":"ask"},{"source":"ask","target":"which"},\
                {"source":"which","sourceHandle":"true","target":"pbx"},\
                {"source":"which","sourceHandle":"false","target":"bye"}]}""".formatted(
                        server.port(), target, timeoutMs, target.equals("pbx") ? CALLED : "");
    }

    private static void publish(final RunningAppliance running, final SilentServer server) {
        try (LiveDesk desk = new LiveDesk(running.appliance())) {
            final StoredResource flow =
                    desk.list(ResourceKind.FLOWS, null, null, 10).getFirst();
            final byte[] json =
                    ("{\"account_id\":\"name:acme\",\"name\":\"crm\",\"version\":2,\"is_published\":1,\"graph\":"
                                    + graph(server, 1000, "bye") + "}")
                            .getBytes(StandardCharsets.UTF_8);
            final ObjectNode fields = ResourceReader.object(json, 0, json.length);
            final ResourceId id = flow.resource().id();
            final ChangeResult made = desk.change(
                    new ChangeRequest("test", "publish", List.of(Edit.put(ResourceKind.FLOWS, id, fields, ""))));
            assertThat(made.outcome()).as(made.toString()).isEqualTo(ChangeResult.Outcome.APPLIED);
        }
    }

    private static int kept(final RunningAppliance running) {
        return running.appliance()
                .queries()
                .ask(core -> core.stages().flowsWaitedIn().keptCount());
    }

    @ParameterizedTest(name = "from the journal alone: {0}")
    @ValueSource(booleans = {false, true})
    @DisplayName("a call goes on in the version it began with over a restart, in a replay and in its trace")
    void shouldKeepTheVersionOverARestart(final boolean journalAlone) throws Exception {
        try (SilentServer server = new SilentServer();
                SipPeer callee = new SipPeer("127.0.0.3", null);
                SipPeer caller = new SipPeer("127.0.0.2", null)) {
            final String bind;
            try (RunningAppliance running = new RunningAppliance(
                    data, configuration(callee, server, 1000, "pbx"), "flows.private.servers=true")) {
                caller.towards(running.udp());
                callee.towards(running.udp());
                bind = "sip.bind=127.0.0.1:" + running.udp().getPort();
                caller.send(caller.invite("old", CALLED, caller.branch()));
                assertThat(server.asked()).isEqualTo("/pbx");
                publish(running, server);
                assertThat(kept(running)).isOne();
            }
            if (journalAlone) {
                deleteSnapshots();
            }
            try (RunningAppliance running = new RunningAppliance(data, "", bind, "flows.private.servers=true")) {
                final String invite = callee.receive("INVITE");
                callee.send(callee.response(486, "Busy Here", invite, "callee"));
                caller.receive("SIP/2.0 486");
                assertThat(kept(running)).isZero();
                assertThat(server.wasAsked()).isFalse();

                caller.send(caller.invite("new", CALLED, caller.branch()));
                assertThat(server.asked()).isEqualTo("/bye");
                assertThat(caller.receive("SIP/2.0 404")).contains("Call-ID: new");
            }
            final Replay.Result again = ReplayTest.replay(new Replay(), data);
            assertThat(again.agrees()).as(again.toString()).isTrue();
            assertThat(again.recordsMatched()).isEqualTo(2);
            assertThat(flowsIn(ReplayTest.trace("old", data))).containsExactly("version 1", "version 1");
            assertThat(flowsIn(ReplayTest.trace("new", data))).containsExactly("version 2", "version 2");
        }
    }

    private static List<String> flowsIn(final List<String> ladder) {
        return ladder.stream()
                .filter(line -> line.contains("flow: flow_"))
                .map(line -> line.replaceAll(".*(version \\d+).*", "$1"))
                .toList();
    }

    private void deleteSnapshots() throws IOException {
        try (Stream<Path> snapshots = Files.list(data.resolve("snapshots"))) {
            for (final Path snapshot : snapshots.toList()) {
                Files.delete(snapshot);
            }
        }
    }
}
