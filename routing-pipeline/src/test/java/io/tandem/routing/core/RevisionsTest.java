package io.tandem.routing.core;

import static org.assertj.core.api.Assertions.assertThat;

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
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.model.ResourceReader;
import io.tandem.routing.stage.StageClock;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the core goes from one revision to the next. */
class RevisionsTest {
    private final Effects effects = new Effects(8 << 20);
    private final List<Throwable> defects = new ArrayList<>();
    private final List<String> actions = new ArrayList<>();
    private final List<Long> recorded = new ArrayList<>();
    private final InMemoryConfiguration generation = InMemoryConfiguration.of("g00000001", 1, """
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
}
