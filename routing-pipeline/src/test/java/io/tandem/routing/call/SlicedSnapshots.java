package io.tandem.routing.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.journal.record.CoreStateDecoder;
import io.tandem.journal.record.MessageHeaderDecoder;
import io.tandem.routing.core.Core;
import io.tandem.routing.snapshot.StateKind;
import io.tandem.routing.snapshot.StateSink;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Takes one snapshot after the other beside whatever a core does. Each is taken twice: at once, and in slices over the turns
 * that follow; both must have the same records, whatever happened meanwhile.
 */
final class SlicedSnapshots {
    private static final int TURNS = 4;
    private static final int PLACES_PER_TURN = 64;

    private final List<byte[]> atOnce = new ArrayList<>();
    private final List<byte[]> inSlices = new ArrayList<>();
    private final StateSink toAtOnce = copyTo(atOnce);
    private final StateSink toSlices = copyTo(inSlices);
    private final boolean compares;
    private boolean open;
    private int turns;

    /**
     * Creates it.
     *
     * @param compares false to let the records go by unseen, where the time or the memory matters
     */
    SlicedSnapshots(final boolean compares) {
        this.compares = compares;
    }

    private static StateSink copyTo(final List<byte[]> records) {
        return (buffer, offset, length) -> records.add(bytes(buffer, offset, length));
    }

    static byte[] bytes(final DirectBuffer buffer, final int offset, final int length) {
        final byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        return bytes;
    }

    /** Between two turns. */
    void afterTurn(final Core core) {
        if (!open) {
            begin(core);
        } else if (core.writeSnapshot(compares && ++turns == TURNS ? Integer.MAX_VALUE : PLACES_PER_TURN)) {
            open = false;
            compare();
        }
    }

    /** Ends the one that is open. */
    void finish(final Core core) {
        if (open) {
            turns = TURNS - 1;
            afterTurn(core);
        }
    }

    private void begin(final Core core) {
        turns = 0;
        open = true;
        if (!compares) {
            core.beginSnapshot((buffer, offset, length) -> {});
            return;
        }
        atOnce.clear();
        inSlices.clear();
        core.beginSnapshot(toAtOnce);
        assertThat(core.writeSnapshot(Integer.MAX_VALUE)).isTrue();
        core.beginSnapshot(toSlices);
    }

    /** The end record, which counts them, is last in both; what lies between has no order. */
    private void compare() {
        if (compares) {
            final List<String> expected =
                    atOnce.stream().map(SlicedSnapshots::text).toList();
            final List<String> actual =
                    inSlices.stream().map(SlicedSnapshots::text).toList();
            assertThat(minus(expected, actual))
                    .as("records missing or changed, now %s", minus(actual, expected))
                    .isEmpty();
            assertThat(actual).hasSameSizeAs(expected).endsWith(expected.getLast());
        }
    }

    private static List<String> minus(final List<String> records, final List<String> others) {
        return records.stream().filter(record -> !others.contains(record)).toList();
    }

    private static String text(final byte[] record) {
        final CoreStateDecoder state = new CoreStateDecoder();
        state.wrapAndApplyHeader(new UnsafeBuffer(record), 0, new MessageHeaderDecoder());
        final StringBuilder text = new StringBuilder()
                .append(StateKind.ofCode(state.kind()))
                .append(" slot=")
                .append(state.slot())
                .append(" serial=")
                .append(state.serial())
                .append(" proof=")
                .append(state.proof());
        for (final CoreStateDecoder.NumbersDecoder number : state.numbers()) {
            text.append(' ').append(number.value());
        }
        for (final CoreStateDecoder.StringsDecoder string : state.strings()) {
            final byte[] bytes = new byte[string.bytesLength()];
            string.getBytes(bytes, 0, bytes.length);
            text.append(" [")
                    .append(new String(bytes, StandardCharsets.ISO_8859_1))
                    .append(']');
        }
        return text.toString();
    }
}
