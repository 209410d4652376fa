package io.tandem.journal.generation;

import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.core.util.ReadResolvable;
import net.openhft.chronicle.hash.serialization.SizedReader;
import net.openhft.chronicle.hash.serialization.SizedWriter;

/** A number's key on disk: eight bytes, little endian. Named in the header of each map file. */
final class NumberKeyMarshaller
        implements SizedReader<NumberKey>, SizedWriter<NumberKey>, ReadResolvable<NumberKeyMarshaller> {
    static final NumberKeyMarshaller INSTANCE = new NumberKeyMarshaller();

    @Override
    public NumberKey read(final Bytes<?> in, final long size, final NumberKey using) {
        final NumberKey key = using == null ? new NumberKey() : using;
        key.e164 = in.readLong();
        return key;
    }

    @Override
    public long size(final NumberKey key) {
        return NumberKey.LENGTH;
    }

    @Override
    public void write(final Bytes<?> out, final long size, final NumberKey key) {
        out.writeLong(key.e164);
    }

    @Override
    public NumberKeyMarshaller readResolve() {
        return INSTANCE;
    }
}
