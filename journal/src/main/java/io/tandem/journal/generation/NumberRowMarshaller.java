package io.tandem.journal.generation;

import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.core.util.ReadResolvable;
import net.openhft.chronicle.hash.serialization.SizedReader;
import net.openhft.chronicle.hash.serialization.SizedWriter;

/** A number's row on disk, one copy of its bytes. Named in the header of each map file. */
final class NumberRowMarshaller
        implements SizedReader<NumberRow>, SizedWriter<NumberRow>, ReadResolvable<NumberRowMarshaller> {
    static final NumberRowMarshaller INSTANCE = new NumberRowMarshaller();

    @Override
    public NumberRow read(final Bytes<?> in, final long size, final NumberRow using) {
        final NumberRow row = using == null ? new NumberRow() : using;
        in.read(row.bytes);
        return row;
    }

    @Override
    public long size(final NumberRow row) {
        return NumberRow.LENGTH;
    }

    @Override
    public void write(final Bytes<?> out, final long size, final NumberRow row) {
        out.write(row.bytes);
    }

    @Override
    public NumberRowMarshaller readResolve() {
        return INSTANCE;
    }
}
