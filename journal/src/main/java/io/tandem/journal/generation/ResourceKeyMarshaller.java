package io.tandem.journal.generation;

import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.core.util.ReadResolvable;
import net.openhft.chronicle.hash.serialization.SizedReader;
import net.openhft.chronicle.hash.serialization.SizedWriter;

/** A resource's key on disk: kind, upper and lower half of the id, little endian. Named in the header of map files. */
final class ResourceKeyMarshaller
        implements SizedReader<ResourceKey>, SizedWriter<ResourceKey>, ReadResolvable<ResourceKeyMarshaller> {
    static final ResourceKeyMarshaller INSTANCE = new ResourceKeyMarshaller();

    @Override
    public ResourceKey read(final Bytes<?> in, final long size, final ResourceKey using) {
        final ResourceKey key = using == null ? new ResourceKey() : using;
        final int kind = in.readInt();
        final long idHigh = in.readLong();
        return key.set(kind, idHigh, in.readLong());
    }

    @Override
    public long size(final ResourceKey key) {
        return ResourceKey.LENGTH;
    }

    @Override
    public void write(final Bytes<?> out, final long size, final ResourceKey key) {
        out.writeInt(key.kind);
        out.writeLong(key.idHigh);
        out.writeLong(key.idLow);
    }

    @Override
    public ResourceKeyMarshaller readResolve() {
        return INSTANCE;
    }
}
