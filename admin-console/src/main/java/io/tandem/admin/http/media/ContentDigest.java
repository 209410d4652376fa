package io.tandem.admin.http.media;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of a content, which is its tag. */
final class ContentDigest {
    private static final int CHUNK_BYTES = 1 << 16;

    private ContentDigest() {}

    /** In hexadecimal digits; leaves the channel's position alone. */
    static String of(final FileChannel content) throws IOException {
        final MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("digest missing from this JDK: name=SHA-256", e);
        }
        final ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES);
        for (long at = 0, read; (read = content.read(chunk, at)) >= 0; at += read) {
            chunk.flip();
            digest.update(chunk);
            chunk.clear();
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
