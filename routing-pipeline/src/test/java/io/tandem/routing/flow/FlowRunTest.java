package io.tandem.routing.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tandem.routing.model.FlowVariables;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.schedule.Opening;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FlowRunTest {
    private static final ResourceId ACCOUNT = new ResourceId(0, 1);

    private final FlowRun run = new FlowRun();

    @Test
    void shouldTakeVariablesUpToTheLimitAndCountTheRest() {
        for (int i = 0; i < FlowVariables.COUNT_MAX + 3; i++) {
            run.set("v" + i, "x" + i);
        }
        run.set("v0", "changed");
        assertThat(run.variableCount()).isEqualTo(FlowVariables.COUNT_MAX);
        assertThat(run.refused()).isEqualTo(3);
        assertThat(run.get("v0")).isEqualTo("changed");
        assertThat(run.get("v63")).isEqualTo("x63");
        assertThat(run.get("v64")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "ä", "a{", "12345678901234567890123456789012345678901234567890123456789012345"})
    void shouldRefuseBadNames(final String name) {
        run.set(name, "x");
        assertThat(run.variableCount()).isZero();
        assertThat(run.refused()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"x,512,512", "x,513,512", "ä,256,512", "ä,257,512", "€,171,510", "😀,129,512"})
    void shouldCutValuesBetweenCharacters(final String character, final int count, final int bytes) {
        run.set("v", character.repeat(count));
        assertThat(run.get("v").getBytes(StandardCharsets.UTF_8)).hasSize(bytes);
        assertThat(character.repeat(count)).startsWith(run.get("v"));
    }

    @Test
    void shouldKeepNothingThatASnapshotWouldChange() {
        run.set("v", "a\ud83db");
        assertThat(run.get("v")).isEqualTo("a?b");
    }

    @Test
    void shouldFitTheBoundWhenFull() {
        fill();
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[FlowRun.ENCODED_BYTES_MAX]);
        assertThat(run.encode(buffer, 0)).isEqualTo(FlowRun.ENCODED_BYTES_MAX);
        final FlowRun copy = new FlowRun();
        copy.set("old", "gone");
        copy.decode(buffer, 0, FlowRun.ENCODED_BYTES_MAX);
        assertThat(copy.variableCount()).isEqualTo(FlowVariables.COUNT_MAX);
        assertThat(copy.get("old")).isEmpty();
        assertThat(copy.get(name(63))).isEqualTo("y".repeat(FlowVariables.VALUE_BYTES_MAX));
        assertThat(copy.nodeId()).isEqualTo(run.nodeId());
    }

    @Test
    void shouldSayWhereItIsWithoutBeingReadWhole() {
        fill();
        run.begunBy(1L << 40);
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[FlowRun.ENCODED_BYTES_MAX + 3]);
        assertThat(FlowRun.where(buffer, 3, run.encode(buffer, 3)))
                .isEqualTo(run.where())
                .isEqualTo(new FlowWait(new ResourceId(0, 0), 1L << 40));
        final FlowRun copy = new FlowRun();
        copy.decode(buffer, 3, FlowRun.ENCODED_BYTES_MAX);
        assertThat(copy.where()).isEqualTo(run.where());
    }

    /** Such a build writes 0 for the mark and nothing behind the variables, where it reads nothing either. */
    @Test
    void shouldReadWhatABuildWroteThatKeptNoRevision() {
        run.set("name", "value");
        run.waitAt("menu");
        run.begunBy(7);
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[FlowRun.ENCODED_BYTES_MAX]);
        final int length = run.encode(buffer, 0) - Long.BYTES;
        buffer.putByte(3, (byte) 0);
        final FlowRun copy = new FlowRun();
        copy.decode(buffer, 0, length);
        assertThat(copy.get("name")).isEqualTo("value");
        assertThat(copy.nodeId()).isEqualTo("menu");
        assertThat(copy.where().revision()).isZero();
        assertThat(FlowRun.where(buffer, 0, length)).isEqualTo(copy.where());
    }

    @Test
    void shouldRefuseBytesThatAreCutShort() {
        run.set("name", "value");
        run.waitAt("menu");
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[FlowRun.ENCODED_BYTES_MAX]);
        final int length = run.encode(buffer, 5);
        for (int cut = 0; cut < length; cut++) {
            final int shorter = cut;
            assertThatThrownBy(() -> new FlowRun().decode(buffer, 5, shorter))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        buffer.putByte(5, (byte) 9);
        assertThatThrownBy(() -> new FlowRun().decode(buffer, 5, length)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldGoOnAfterARestartAsIfThereHadBeenNone() {
        final FlowPlan plan = new GraphText()
                .node("in", "entry")
                .node("ask", "http", "'url':'https://crm.example.com/','variables':{'name':'/name'}")
                .node("lot", "condition", "'operator':'percent','percent':50")
                .node("hello", "say", "'text':'hello {{name}} {{mood}}'")
                .node("again", "say", "'text':'again {{name}}'")
                .edge("in", "ask")
                .edge("ask", "lot")
                .edge("lot", "true", "hello")
                .edge("lot", "false", "again")
                .edge("hello", "ask")
                .edge("again", "ask")
                .plan();
        final FlowInterpreter interpreter = new FlowInterpreter((high, low) -> Opening.OPEN);
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[FlowRun.ENCODED_BYTES_MAX]);
        for (int seed = 0; seed < 20; seed++) {
            final FlowFacts facts =
                    new FlowFacts("1", "2", ACCOUNT, "c", "inbound", Map.of("mood", "gut, ja?ä€😀"), seed);
            FlowRun restored = new FlowRun();
            FlowCommand command = interpreter.start(plan, run, facts);
            assertThat(interpreter.start(plan, restored, facts)).isEqualTo(command);
            for (int step = 0; !command.ends(); step++) {
                final FlowRun next = new FlowRun();
                next.decode(buffer, 3, restored.encode(buffer, 3));
                restored = next;
                final String answer = "{\"name\":\"n" + step + "\"}";
                command = interpreter.step(plan, run, "default", answer);
                assertThat(interpreter.step(plan, restored, "default", answer)).isEqualTo(command);
                assertThat(restored.steps()).isEqualTo(run.steps());
                assertThat(restored.nodeId()).isEqualTo(run.nodeId());
                assertThat(restored.version()).isEqualTo(run.version());
                assertThat(restored.flowLow()).isEqualTo(plan.idLow());
                assertThat(restored.flowHigh()).isEqualTo(plan.idHigh());
            }
            assertThat(command).isEqualTo(new FlowCommand.Hangup(0, FlowEnd.STEP_LIMIT));
        }
    }

    private void fill() {
        for (int i = 0; i < FlowVariables.COUNT_MAX; i++) {
            run.set(name(i), "y".repeat(FlowVariables.VALUE_BYTES_MAX));
        }
        run.waitAt("n".repeat(64));
    }

    private static String name(final int index) {
        return Integer.toString(100 + index) + "n".repeat(FlowVariables.NAME_BYTES_MAX - 3);
    }
}
