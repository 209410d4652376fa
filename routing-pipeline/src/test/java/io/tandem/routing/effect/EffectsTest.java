package io.tandem.routing.effect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;

/** The frames of a turn: in order, aligned, digested. */
class EffectsTest {
    private final Effects effects = new Effects(1 << 20);

    private void send(final String text, final int port) {
        effects.send((byte) 2, 65_535, Long.MIN_VALUE, -1, -2, port, write(text));
    }

    private int write(final String text) {
        final byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        effects.buffer().putBytes(effects.claimOffset(), bytes);
        return bytes.length;
    }

    private static List<String> frames(final Effects effects) {
        final List<String> frames = new ArrayList<>();
        effects.forEach(new EffectHandler() {
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
                frames.add("send " + transport + " " + listener + " " + flow + " " + addressHigh + " " + addressLow
                        + " " + port + " " + buffer.getStringWithoutLengthAscii(offset, length));
            }

            @Override
            public void onRecord(final DirectBuffer buffer, final int offset, final int length) {
                frames.add("record " + buffer.getStringWithoutLengthAscii(offset, length));
            }

            @Override
            public void onAsk(final ServerQuestion question) {
                frames.add("ask " + question.ordinal() + " " + question.url());
            }

            @Override
            public void onCloseFlow(final byte transport, final int listener, final long flow) {
                frames.add("close " + transport + " " + listener + " " + flow);
            }
        });
        return frames;
    }

    @Test
    void shouldHandOutTheFramesAsTheyWereMade() {
        send("a", 65_535);
        effects.record(write("record"));
        effects.closeFlow((byte) 1, 3, 99);
        send("", 0);
        assertThat(effects.frameCount()).isEqualTo(4);
        assertThat(effects.sendCount()).isEqualTo(2);
        assertThat(frames(effects))
                .containsExactly(
                        "send 2 65535 -9223372036854775808 -1 -2 65535 a",
                        "record record",
                        "close 1 3 99",
                        "send 2 65535 -9223372036854775808 -1 -2 0 ");
        effects.reset();
        assertThat(frames(effects)).isEmpty();
        assertThat(effects.sendCount()).isEqualTo(2);
    }

    @Test
    void shouldDigestWhatGoesWhereAndNotWhenItWasDrained() {
        final Effects other = new Effects(1 << 20);
        send("a", 1);
        effects.reset();
        send("b", 2);
        other.buffer().putBytes(other.claimOffset(), new byte[] {'a'});
        other.send((byte) 2, 65_535, Long.MIN_VALUE, -1, -2, 1, 1);
        other.buffer().putBytes(other.claimOffset(), new byte[] {'b'});
        final long before = other.digest().value();
        other.send((byte) 2, 65_535, Long.MIN_VALUE, -1, -2, 2, 1);
        assertThat(other.digest().value()).isEqualTo(effects.digest().value()).isNotEqualTo(before);
        assertThat(other.digest().count()).isEqualTo(2);

        send("c", 3);
        other.buffer().putBytes(other.claimOffset(), new byte[] {'c'});
        other.send((byte) 2, 65_535, Long.MIN_VALUE, -1, -2, 4, 1);
        assertThat(other.digest().value())
                .as("another port")
                .isNotEqualTo(effects.digest().value());
    }

    @Test
    void shouldAskToBeDrainedWhileAWholeStepStillFits() {
        final byte[] largest = new byte[Effects.FRAME_BYTES_MAX];
        int steps = 0;
        while (!effects.needsDrain()) {
            steps++;
            for (int frame = 0; frame < 6; frame++) {
                effects.buffer().putBytes(effects.claimOffset(), largest);
                effects.send((byte) 0, 0, 0, 0, 0, 0, largest.length);
            }
        }
        assertThat(steps).isEqualTo(2);
        assertThat(frames(effects)).hasSize(effects.frameCount());
        effects.reset();
        assertThat(effects.needsDrain()).isFalse();
    }

    @Test
    void shouldRefuseABufferThatIsTooSmall() {
        assertThatThrownBy(() -> new Effects(1 << 18))
                .hasMessageStartingWith("effects buffer too small: capacityBytes=262144 minimum=");
    }
}
