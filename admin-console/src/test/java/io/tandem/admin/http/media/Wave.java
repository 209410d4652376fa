package io.tandem.admin.http.media;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Small RIFF WAVE files: 8,000 bytes a second, silence. */
public final class Wave {
    private static final int BYTES_PER_SECOND = 8_000;

    private final ByteBuffer bytes = ByteBuffer.allocate(1 << 20).order(ByteOrder.LITTLE_ENDIAN);

    private Wave() {
        word("RIFF").number(0).word("WAVE");
    }

    /** One that plays so long. */
    public static byte[] ofMs(final int ms) {
        return new Wave()
                .format()
                .chunk("data", new byte[BYTES_PER_SECOND / 1_000 * ms])
                .bytes();
    }

    static Wave begin() {
        return new Wave();
    }

    Wave format() {
        word("fmt ").number(16);
        bytes.putShort((short) 7).putShort((short) 1);
        number(BYTES_PER_SECOND).number(BYTES_PER_SECOND);
        bytes.putShort((short) 1).putShort((short) 8);
        return this;
    }

    Wave chunk(final String word, final byte[] content) {
        word(word).number(content.length);
        bytes.put(content);
        if (content.length % 2 == 1) {
            bytes.put((byte) 0);
        }
        return this;
    }

    Wave word(final String word) {
        bytes.put(word.getBytes(StandardCharsets.US_ASCII));
        return this;
    }

    Wave number(final int number) {
        bytes.putInt(number);
        return this;
    }

    byte[] bytes() {
        final byte[] file = new byte[bytes.position()];
        bytes.flip().get(file);
        return file;
    }
}
