package io.tandem.routing.number;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DialStringTest {
    @ParameterizedTest
    @DisplayName("N-003 N-004 plus, spaces, dashes, dots and brackets vanish")
    @CsvSource({
        "+1 (202) 555-0123,12025550123",
        "12025550123,12025550123",
        "1.202.555.0123,12025550123",
        "+899100000001,899100000001",
        "112,112",
        "123456789012345,123456789012345"
    })
    void shouldReadNumbers(final String text, final long number) {
        assertThat(E164.parse(text)).isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "+", "0123", "+0123", "1+2", "++1202", "12", "1234567890123456", "12a", "*97", "12 #", "٣٤٥٦"
            })
    void shouldRefuseWhatIsNoInternationalNumber(final String text) {
        assertThat(E164.parse(text)).isEqualTo(E164.NONE);
    }

    @Property
    void shouldReadBackWhatItWrites(@ForAll @LongRange(min = 100, max = 999_999_999_999_999L) final long number) {
        final DialString text = new DialString();
        text.setE164(number);
        assertThat(text).hasToString(Long.toString(number));
        assertThat(text.e164()).isEqualTo(number);
    }

    @Test
    void shouldBecomeEmptyAndSaySoWhenTooLong() {
        final DialString text = new DialString();
        text.setAscii("1".repeat(DialString.LENGTH_MAX));
        assertThat(text.tooLong()).isFalse();
        text.append((byte) '1');
        assertThat(text.tooLong()).isTrue();
        assertThat(text.length()).isZero();
        text.append((byte) '1');
        assertThat(text.length()).isZero();

        text.set(new UnsafeBuffer(new byte[100]), 0, DialString.LENGTH_MAX + 1);
        assertThat(text.tooLong()).isTrue();
        text.setAscii("1");
        assertThat(text.tooLong()).isFalse();
    }

    @Test
    void shouldCopyCompareAndGiveItsBytes() {
        final UnsafeBuffer buffer = new UnsafeBuffer("xx+49301xx".getBytes(StandardCharsets.US_ASCII));
        final DialString text = new DialString();
        text.set(buffer, 2, 6);
        final DialString copy = new DialString();
        copy.set(text);
        assertThat(copy).isEqualTo(text).hasSameHashCodeAs(text).hasToString("+49301");

        final UnsafeBuffer out = new UnsafeBuffer(new byte[8]);
        assertThat(copy.getBytes(out, 1)).isEqualTo(6);
        assertThat(out.getByte(1)).isEqualTo((byte) '+');
        copy.append((byte) '2');
        assertThat(copy.sameAs(text)).isFalse();
    }

    @Test
    @DisplayName("N-074 a number is normalised, a name stays")
    void shouldNormalise() {
        final DialString text = new DialString();
        text.setAscii("+1-202-555-0100");
        text.normalise();
        assertThat(text).hasToString("12025550100");
        text.setAscii("alice");
        text.normalise();
        assertThat(text).hasToString("alice");
        text.setAscii("030-123");
        text.normalise();
        assertThat(text).hasToString("030-123");
        assertThat(text.isNumber()).isTrue();
    }
}
