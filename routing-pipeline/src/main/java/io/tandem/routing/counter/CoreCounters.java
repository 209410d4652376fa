package io.tandem.routing.counter;

import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Values of the {@link CoreCounter}s: written by the core's thread, read by anybody. */
public final class CoreCounters {
    private static final int COUNT = CoreCounter.values().length;

    private final UnsafeBuffer values = new UnsafeBuffer(ByteBuffer.allocateDirect(COUNT * Long.BYTES));

    /** Adds one. Core's thread only. */
    public void increment(final CoreCounter counter) {
        final int offset = counter.ordinal() * Long.BYTES;
        values.putLongRelease(offset, values.getLong(offset) + 1);
    }

    /** Adds a number. Core's thread only. */
    public void add(final CoreCounter counter, final long number) {
        final int offset = counter.ordinal() * Long.BYTES;
        values.putLongRelease(offset, values.getLong(offset) + number);
    }

    /** Present value. */
    public long value(final CoreCounter counter) {
        return values.getLongVolatile(counter.ordinal() * Long.BYTES);
    }

    /** Sets a value (restoring a snapshot). */
    public void restore(final CoreCounter counter, final long value) {
        values.putLongRelease(counter.ordinal() * Long.BYTES, value);
    }
}
