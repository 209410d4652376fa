package io.tandem.journal.generation;

import io.tandem.journal.CFunction;
import java.lang.foreign.Arena;
import net.openhft.posix.internal.PosixAPIHolder;
import net.openhft.posix.internal.noop.NoOpPosixAPI;

/**
 * The two system calls that Chronicle Map makes for its files: it allocates blocks before it maps them, so that a full disk
 * is an exception and not a fault of memory, and it writes a new file's head to the medium before others may see it. Chronicle's own
 * implementation comes with JNR, which takes a fifth of a second of each start.
 */
final class MapFileCalls extends NoOpPosixAPI {
    private static final CFunction FALLOCATE = CFunction.of("fallocate");
    private static final CFunction MSYNC = CFunction.of("msync");

    private MapFileCalls() {
        super("not needed by map files");
    }

    /** Has Chronicle Map make its calls here, from now on. */
    static void install() {
        PosixAPIHolder.POSIX_API = new MapFileCalls();
    }

    @Override
    public int fallocate(final int descriptor, final int mode, final long offset, final long length) {
        try (Arena arena = Arena.ofConfined()) {
            return (int)
                    FALLOCATE.call(arena.allocate(CFunction.stateLayout()), descriptor, mode, offset, length, 0, 0);
        }
    }

    @Override
    public int msync(final long address, final long length, final int flags) {
        try (Arena arena = Arena.ofConfined()) {
            return (int) MSYNC.call(arena.allocate(CFunction.stateLayout()), address, length, flags);
        }
    }
}
