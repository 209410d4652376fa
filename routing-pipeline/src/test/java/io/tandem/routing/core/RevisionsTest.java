package io.tandem.routing.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tandem.journal.record.ConfigurationChangedDecoder;
import io.tandem.journal.record.InputKind;
import io.tandem.journal.record.MessageHeaderDecoder;
import io.tandem.routing.change.ChangeCheck;
import io.tandem.routing.change.ChangeCommand;
import io.tandem.routing.change.ChangeRequest;
import io.tandem.routing.change.Edit;
import io.tandem.routing.change.PreparedPlans;
import io.tandem.routing.configuration.InMemoryConfiguration;
import io.tandem.routing.configuration.NumberRow;
import io.tandem.routing.configuration.OverlaidConfiguration;
import io.tandem.routing.configuration.ResourceEdit;
import io.tandem.routing.configuration.RoutingPlans;
import io.tandem.routing.counter.CoreCounter;
import io.tandem.routing.effect.EffectHandler;
import io.tandem.routing.effect.Effects;
import io.tandem.routing.effect.ServerQuestion;
import io.tandem.routing.flow.FlowWait;
import io.tandem.routing.flow.FlowsWaitedIn;
import io.tandem.routing.flow.KeptFlow;
import io.tandem.routing.model.FlowGraph;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.model.ResourceReader;
import io.tandem.routing.stage.StageClock;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the core goes from one revision to the next. */
class RevisionsTest {
    private static final long CORE_NS_MAX = 1_000_000;
    private static final int PUBLICATIONS = 100;

    private final Effects effects = new Effects(8 << 20);
    private final List<Throwable> defects = new ArrayList<>();
    private final List<String> actions = new ArrayList<>();
    private final List<Long> recorded = new ArrayList<>();
    private InMemoryConfiguration generation = InMemoryConfiguration.of("g00000001", 1, """
            {"resource":"accounts","name":"acme","did_default_dest_kind":"hangup"}
            {"resource":"trunks","account_id":"name:acme","name":"pbx","proxy":"127.0.0.3:5080"}
            {"resource":"numbers","account_id":"name:acme","e164":"12025550123"}
            """);
    private final Core core = new Core(
            new CoreKeys(new byte[32]),
            name -> generation,
            effects,
            StageClock.NONE,
            (at, error) -> defects.add(error));
    private long index;
    private long ids = 100;

    RevisionsTest() {
        input(
                InputKind.RESTARTED,
                Restart.unjournaled(1, 1_000, 1_800_000_000_000L, CoreSettings.of(List.of()))
                        .encode());
        input(InputKind.CONFIGURATION, "g00000001".getBytes(StandardCharsets.US_ASCII));
    }

    private void input(final InputKind kind, final byte[] bytes) {
        final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        core.beginTurn(++index, index * 1_000, 1_800_000_000_000L);
        core.onInput((byte) kind.value(), (byte) 0, 0, 0, 0, 0, 0, buffer, 0, bytes.length, null);
        core.endTurn();
        effects.forEach(new Recorder());
        effects.reset();
    }

    private final class Recorder implements EffectHandler {
        @Override
        public void onSend(
                final byte transport,
                final int listener,
                final long flow,
                final long addressHigh,
                final long addressLow,
                final int port,
                final DirectBuffer buffer,
                final int offset,
                final int length) {
            throw new AssertionError("nothing to send");
        }

        @Override
        public void onRecord(final DirectBuffer buffer, final int offset, final int length) {
            final ConfigurationChangedDecoder changed = new ConfigurationChangedDecoder();
            changed.wrapAndApplyHeader(buffer, offset, new MessageHeaderDecoder());
            recorded.add(changed.revision());
            changed.skipName();
            changed.skipActor();
            final byte[] action = new byte[changed.actionLength()];
            changed.getAction(action, 0, action.length);
            actions.add(new String(action, StandardCharsets.UTF_8));
        }

        @Override
        public void onAsk(final ServerQuestion question) {
            throw new AssertionError("nothing to ask");
        }

        @Override
        public void onCloseFlow(final byte transport, final int listener, final long flow) {
            throw new AssertionError("nothing to close");
        }
    }

    private OverlaidConfiguration current() {
        return OverlaidConfiguration.over(core.stages().configuration());
    }

    private List<ChangeCommand.Transition> checked(final String label) {
        final byte[] json = ("{\"account_id\":\"name:acme\",\"e164\":\"12025550123\",\"label\":\"" + label + "\"}")
                .getBytes(StandardCharsets.UTF_8);
        final ChangeCheck.Checked checked = ChangeCheck.check(
                current(),
                new ChangeRequest(
                        "test",
                        label,
                        List.of(new Edit(
                                ResourceKind.NUMBERS, null, ResourceReader.object(json, 0, json.length), "", false))),
                1,
                () -> new ResourceId(ids++, 1));
        assertThat(checked.refusal()).isNull();
        return checked.transitions();
    }

    private static List<ResourceEdit> edits(final List<ChangeCommand.Transition> transitions) {
        return transitions.stream()
                .map(edit -> new ResourceEdit(edit.kind(), edit.id(), edit.after()))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldTakeTheNextRevisionPreparedOrNot(final boolean isPrepared) {
        final List<ChangeCommand.Transition> transitions = checked("one");
        final RoutingPlans next = core.stages().plans().next(current().with(edits(transitions), 2), edits(transitions));
        core.prepareBy(isPrepared ? (revision, inUse) -> next : PreparedPlans.NONE);
        input(InputKind.CONFIGURATION_CHANGE, new ChangeCommand(1, 2, "test", "one", transitions).encode());

        assertThat(core.stages().plans() == next).isEqualTo(isPrepared);
        assertThat(core.configurationName()).isEqualTo("g00000001+00000002");
        assertThat(recorded).containsExactly(1L, 2L);
        assertThat(actions).containsExactly("switch to a generation", "one");
        assertThat(current().number(12025550123L, new NumberRow())).isTrue();
        assertThat(defects).isEmpty();
    }

    @Test
    void shouldRefuseAChangeThatWasCheckedAgainstAnotherRevision() {
        final List<ChangeCommand.Transition> transitions = checked("one");
        input(InputKind.CONFIGURATION_CHANGE, new ChangeCommand(7, 8, "test", "one", transitions).encode());
        input(InputKind.CONFIGURATION_CHANGE, new ChangeCommand(1, 1, "test", "one", transitions).encode());

        assertThat(core.configurationName()).isEqualTo("g00000001");
        assertThat(core.counters().value(CoreCounter.CHANGES_REFUSED_STALE)).isEqualTo(2);
        assertThat(recorded).containsExactly(1L);
        input(InputKind.CONFIGURATION_CHANGE, new ChangeCommand(1, 2, "test", "one", transitions).encode());
        assertThat(core.stages().configuration().revision()).isEqualTo(2);
    }

    @Test
    void shouldGiveAnImportARevisionBehindTheChanges() {
        input(InputKind.CONFIGURATION_CHANGE, new ChangeCommand(1, 2, "test", "one", checked("one")).encode());
        input(InputKind.CONFIGURATION, "g00000001".getBytes(StandardCharsets.US_ASCII));

        assertThat(core.stages().configuration().revision()).isEqualTo(3);
        assertThat(core.configurationName()).isEqualTo("g00000001+00000003");
        assertThat(recorded).containsExactly(1L, 2L, 3L);
    }

    @Test
    void shouldLeaveNoTraceOfADamagedCommand() {
        final byte[] command = new ChangeCommand(1, 2, "test", "one", checked("one")).encode();
        command[command.length - 5] ^= 0x55;
        input(InputKind.CONFIGURATION_CHANGE, command);

        assertThat(defects).hasSize(1);
        assertThat(core.configurationName()).isEqualTo("g00000001");
        assertThat(recorded).containsExactly(1L);
    }

    /** Three flows that calls wait in: one stays, one is published anew, one goes; the last nobody compared beforehand. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldSwitchToAGenerationPreparedOrNot(final boolean isPrepared) {
        final List<ResourceId> ids = List.of(new ResourceId(9, 1), new ResourceId(9, 2), new ResourceId(9, 3));
        generation = flows(2, Map.of(ids.get(0), 1, ids.get(1), 1, ids.get(2), 1));
        input(InputKind.CONFIGURATION, "g00000002".getBytes(StandardCharsets.US_ASCII));
        final FlowsWaitedIn waited = core.stages().flowsWaitedIn();
        ids.forEach(id -> waited.enter(new FlowWait(id, 2)));

        generation = flows(1, Map.of(ids.get(0), 1, ids.get(1), 2));
        final RoutingPlans next = core.stages()
                .plans()
                .replacedBy(OverlaidConfiguration.after(2, generation), ids.subList(0, 2));
        core.prepareBy(new PreparedPlans() {
            @Override
            public RoutingPlans take(final long revision, final RoutingPlans inUse) {
                throw new AssertionError("no change");
            }

            @Override
            public RoutingPlans takeSwitch(final String name, final RoutingPlans inUse) {
                return isPrepared && next.replace(inUse) ? next : null;
            }
        });
        input(InputKind.CONFIGURATION, "g00000001".getBytes(StandardCharsets.US_ASCII));

        assertThat(core.stages().plans() == next).isEqualTo(isPrepared);
        assertThat(core.configurationName()).isEqualTo("g00000001+00000003");
        assertThat(waited.kept())
                .extracting(KeptFlow::flow, KeptFlow::until)
                .containsExactly(tuple(ids.get(1), 3L), tuple(ids.get(2), 3L));
        assertThat(defects).isEmpty();
    }

    private static InMemoryConfiguration flows(final int revision, final Map<ResourceId, Integer> versions) {
        final InMemoryConfiguration.Builder builder =
                InMemoryConfiguration.builder("g0000000" + revision, revision);
        versions.forEach((id, version) ->
                builder.resource(ResourceKind.FLOWS, id.high(), id.low(), largest(id, version)));
        return builder.build();
    }

    /** The largest graph there may be, published anew a hundred times while calls wait in each of its versions. */
    @Test
    void shouldKeepTheVersionThatCallsWaitInInLessThanAMillisecond() {
        final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        final ResourceId id = new ResourceId(9, 9);
        final FlowsWaitedIn waited = core.stages().flowsWaitedIn();
        final RoutingPlans[] next = new RoutingPlans[1];
        core.prepareBy((revision, inUse) -> next[0]);
        final List<Long> used = new ArrayList<>();
        for (int version = 1; version <= PUBLICATIONS; version++) {
            final long revision = current().revision();
            final List<ChangeCommand.Transition> transitions = List.of(new ChangeCommand.Transition(
                    ResourceKind.FLOWS,
                    id,
                    current().resource(ResourceKind.FLOWS, id.high(), id.low()),
                    largest(id, version)));
            next[0] = core.stages()
                    .plans()
                    .next(current().with(edits(transitions), revision + 1), edits(transitions));
            final byte[] command = new ChangeCommand(revision, revision + 1, "test", "", transitions).encode();
            final UnsafeBuffer buffer = new UnsafeBuffer(command);
            core.beginTurn(++index, index * 1_000, 1_800_000_000_000L);
            final long startNs = threads.getCurrentThreadCpuTime();
            core.onInput(
                    (byte) InputKind.CONFIGURATION_CHANGE.value(), (byte) 0, 0, 0, 0, 0, 0, buffer, 0, command.length, null);
            used.add(threads.getCurrentThreadCpuTime() - startNs);
            core.endTurn();
            effects.reset();
            waited.enter(new FlowWait(id, revision + 1));
        }
        final int fit = FlowsWaitedIn.KEPT_BYTES_MAX / waited.kept().getFirst().json().length;
        assertThat(waited.keptCount()).isEqualTo(Math.min(fit, PUBLICATIONS - 1));
        assertThat(core.counters().value(CoreCounter.FLOW_VERSIONS_MOVED_ON)).isPositive();
        assertThat(defects).isEmpty();
        used.sort(null);
        assertThat(used.get(PUBLICATIONS * 9 / 10)).as("ns of CPU, 9 of 10: %s", used).isLessThan(CORE_NS_MAX);
    }

    private static byte[] largest(final ResourceId id, final int version) {
        final StringBuilder nodes = new StringBuilder("{'id':'in','data':{'kind':'entry'}}");
        final StringBuilder edges = new StringBuilder("{'source':'in','target':'n0'}");
        for (int i = 0; i < FlowGraph.NODES_MAX - 2; i++) {
            nodes.append(",{'id':'n").append(i).append("','data':{'kind':'say','text':'")
                    .append("words ".repeat(20)).append(version).append("'}}");
            edges.append(",{'source':'n").append(i).append("','target':'n").append(i + 1).append("'}");
        }
        nodes.append(",{'id':'n").append(FlowGraph.NODES_MAX - 2).append("','data':{'kind':'hangup'}}");
        final String graph = "{'nodes':[" + nodes + "],'edges':[" + edges + "]}";
        assertThat(graph.length()).isBetween(FlowGraph.BYTES_MAX * 8 / 10, FlowGraph.BYTES_MAX);
        final String account = new ResourceId(1, 1).prefixed(ResourceKind.ACCOUNTS);
        return ("{'id':'" + id.prefixed(ResourceKind.FLOWS) + "','account_id':'" + account + "','name':'f','version':"
                        + version + ",'is_published':1,'graph':" + graph + ",'published_graph':" + graph + "}")
                .replace('\'', '"')
                .getBytes(StandardCharsets.UTF_8);
    }
}
