package io.tandem.routing.identifier;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Identifiers that we mint: read back exactly, forged by nobody, gone with their occupant. */
class TokenTest {
    private static final class Occupant extends Slot {}

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[64]);
    private final Token token = new Token();
    private final SerialNumbers serialNumbers = new SerialNumbers(new SipHash(1, 2));
    private final SlotTable<Occupant> table = new SlotTable<>(Token.LEG, 2_000, serialNumbers, Occupant::new);

    private boolean read(final byte letter, final String text) {
        final byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        buffer.putBytes(0, bytes);
        return token.read(letter, buffer, 0, bytes.length);
    }

    private String write(final Slot slot) {
        Token.write(buffer, 0, Token.LEG, slot.slot(), slot.serial(), slot.proof());
        return buffer.getStringWithoutLengthAscii(0, Token.BYTES);
    }

    @Test
    void shouldReadWhatItWrote() {
        final SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 10_000; i++) {
            final int slot = random.nextInt(1 << 24);
            final long serial = random.nextLong(1L << 40);
            final long proof = random.nextLong(1L << 48);
            assertThat(Token.write(buffer, 3, Token.DIALOG, slot, serial, proof))
                    .isEqualTo(Token.BYTES);
            assertThat(token.read(Token.DIALOG, buffer, 3, Token.BYTES)).isTrue();
            assertThat(token.slot()).isEqualTo(slot);
            assertThat(token.serial()).isEqualTo(serial);
            assertThat(token.proof()).isEqualTo(proof);
        }
    }

    @Test
    void shouldReadNothingElse() {
        final String text = write(table.take());
        assertThat(read(Token.LEG, text)).isTrue();
        assertThat(read(Token.DIALOG, text)).isFalse();
        assertThat(read(Token.LEG, text.substring(1))).isFalse();
        assertThat(read(Token.LEG, text + "0")).isFalse();
        assertThat(read(Token.LEG, text.replaceFirst("^l0", "l1")))
                .as("another partition")
                .isFalse();
        assertThat(read(Token.LEG, text.substring(0, 29) + "G")).isFalse();
        assertThat(read(Token.LEG, text.substring(0, 29) + "A"))
                .as("upper case")
                .isFalse();
        assertThat(read(Token.LEG, "")).isFalse();
    }

    @Test
    void shouldFindTheOccupantAndNobodyElse() {
        final Occupant first = table.take();
        final Occupant second = table.take();
        final String text = write(first);
        assertThat(read(Token.LEG, text)).isTrue();
        assertThat(table.find(token)).isSameAs(first);
        for (int at = 2; at < Token.BYTES; at++) {
            final char other = text.charAt(at) == '0' ? '1' : '0';
            assertThat(read(Token.LEG, text.substring(0, at) + other + text.substring(at + 1)))
                    .isTrue();
            assertThat(table.find(token)).as("changed at " + at).isNull();
        }
        table.free(first);
        assertThat(read(Token.LEG, text)).isTrue();
        assertThat(table.find(token)).as("gone").isNull();
        assertThat(table.take()).as("the same slot").isSameAs(first);
        assertThat(table.find(token)).as("another occupant").isNull();
        assertThat(second.isLive()).isTrue();
    }

    @Test
    void shouldFindAnOccupantAfterTheKeyHasChanged() {
        final Occupant occupant = table.take();
        final String text = write(occupant);
        serialNumbers.key(new SipHash(8, 9));
        assertThat(read(Token.LEG, text)).isTrue();
        assertThat(table.find(token)).isSameAs(occupant);
        assertThat(table.take().proof()).isNotEqualTo(serialNumbersOf(1, 2).proof(Token.LEG, 1, 2));
    }

    private static SerialNumbers serialNumbersOf(final long key0, final long key1) {
        return new SerialNumbers(new SipHash(key0, key1));
    }

    @Test
    void shouldGrowByChunksAndRefuseBeyondItsLimit() {
        for (int i = 0; i < 2_000; i++) {
            assertThat(table.take().slot()).isEqualTo(i);
        }
        assertThat(table.take()).isNull();
        assertThat(table.refused()).isEqualTo(1);
        assertThat(table.size()).isEqualTo(2_000);
        assertThat(table.bound()).isEqualTo(2_048);
        table.free(table.get(77));
        assertThat(table.get(77)).isNull();
        assertThat(table.take().slot()).isEqualTo(77);
        assertThat(table.highWater()).isEqualTo(2_000);
    }

    @Test
    void shouldHashLikeTheReferenceOfItsAuthors() {
        final SipHash hash = new SipHash(0x0706_0504_0302_0100L, 0x0f0e_0d0c_0b0a_0908L);
        hash.begin().end();
        assertThat(Long.reverseBytes(hash.low())).isEqualTo(0xa381_7f04_ba25_a8e6L);
        assertThat(Long.reverseBytes(hash.high())).isEqualTo(0x6df6_7214_c755_0293L);
        hash.begin().add((byte) 0);
        hash.end();
        assertThat(Long.reverseBytes(hash.low())).isEqualTo(0xda87_c1d8_6b99_af44L);
        assertThat(Long.reverseBytes(hash.high())).isEqualTo(0x3476_5911_9b22_fc45L);
    }

    @Test
    void shouldTellPiecesApartThatJoinToTheSameBytes() {
        final SipHash hash = new SipHash(1, 2);
        buffer.putStringWithoutLengthAscii(0, "abcdefghijklmnop");
        final long one =
                hash.begin().piece(buffer, 0, 9).piece(buffer, 9, 7).end().low();
        final long two =
                hash.begin().piece(buffer, 0, 7).piece(buffer, 7, 9).end().low();
        assertThat(one).isNotEqualTo(two);
        assertThat(hash.begin().piece(buffer, 0, 9).piece(buffer, 9, 7).end().low())
                .isEqualTo(one);
    }
}
