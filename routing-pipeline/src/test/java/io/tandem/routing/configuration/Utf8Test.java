package io.tandem.routing.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Utf8Test {
    private static final long SEED = 3629;
    private static final byte[] BYTES = HexFormat.of().parseHex("41c2a980bfe0a0ed9ff0908ff4c0f5ff");

    @ParameterizedTest
    @CsvSource({
        "6100, 1",
        "c0af, 0",
        "61eda080, 1",
        "f4908080, 0",
        "61c3, 1",
        "e282, 0",
        "fffe7b00, 0",
        "80, 0",
        "e08080, 0"
    })
    void shouldFindTheFirstByteThatIsNoText(final String hex, final int at) {
        final byte[] bytes = HexFormat.of().parseHex(hex);

        assertThat(Utf8.faultAt(bytes, bytes.length)).isEqualTo(at);
    }

    @Test
    void shouldTakeTextOfEveryLength() {
        final byte[] bytes = "a\u00fc\u20ac\ud83d\ude00\u0001 \uffff".getBytes(StandardCharsets.UTF_8);

        assertThat(Utf8.faultAt(bytes, bytes.length)).isEqualTo(Utf8.SOUND);
    }

    @Test
    void shouldAgreeWithJava() {
        final Random random = new Random(SEED);
        for (int round = 0; round < 100_000; round++) {
            final byte[] bytes = new byte[1 + random.nextInt(5)];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = BYTES[random.nextInt(BYTES.length)];
            }
            assertThat(Utf8.faultAt(bytes, bytes.length) == Utf8.SOUND)
                    .as("seed=%d round=%d bytes=%s", SEED, round, HexFormat.of().formatHex(bytes))
                    .isEqualTo(isText(bytes));
        }
    }

    private static boolean isText(final byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (final CharacterCodingException e) {
            return false;
        }
    }
}
