package io.tandem.routing.stage;

import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** How often each rule concluded. Written by the core's thread, read by any. */
public final class RuleCounts {
    private final UnsafeBuffer counts = new UnsafeBuffer(ByteBuffer.allocateDirect(Rule.values().length * Long.BYTES));

    RuleCounts() {}

    /** How often since the process began. */
    public long count(final Rule rule) {
        return counts.getLongVolatile(rule.index() * Long.BYTES);
    }

    void increment(final Rule rule) {
        final int at = rule.index() * Long.BYTES;
        counts.putLongRelease(at, counts.getLong(at) + 1);
    }
}
