package io.tandem.journal.queue;

import java.io.IOException;

/** Tells how much free space the disk has; tests put their own in place. */
@FunctionalInterface
interface SpaceProbe {
    /** Bytes that may still be allocated. */
    long usableBytes() throws IOException;
}
