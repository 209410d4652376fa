package io.tandem.journal.queue;

import java.nio.ByteOrder;
import org.agrona.MutableDirectBuffer;
import org.agrona.checksum.Crc32c;
import org.agrona.concurrent.UnsafeBuffer;

/** The CRC-32C at the front of each document, over the rest of it. */
final class Checksum {
    /** In place of the checksum of a document that was found torn. */
    private static final int VOID = 0x64696f76;

    private Checksum() {}

    /** Computes over a whole document in native memory. */
    static int compute(final UnsafeBuffer document) {
        return Crc32c.INSTANCE.compute(
                document.addressOffset(), DocumentQueue.CRC_LENGTH, document.capacity() - DocumentQueue.CRC_LENGTH);
    }

    static int stored(final UnsafeBuffer document) {
        return document.getInt(0, ByteOrder.LITTLE_ENDIAN);
    }

    static void store(final MutableDirectBuffer document, final int checksum) {
        document.putInt(0, checksum, ByteOrder.LITTLE_ENDIAN);
    }

    static boolean isRight(final UnsafeBuffer document) {
        return stored(document) == compute(document);
    }

    /** Whether the document was voided; one whose right checksum happens to be the mark was not. */
    static boolean isVoid(final UnsafeBuffer document) {
        return stored(document) == VOID && compute(document) != VOID;
    }

    static void makeVoid(final UnsafeBuffer document) {
        store(document, VOID);
    }
}
