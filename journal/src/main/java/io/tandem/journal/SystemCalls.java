package io.tandem.journal;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;

/**
 * The few system calls that Java does not offer: allocating file blocks, filling page tables, mapping privately over an
 * existing mapping, writing past the page cache, a thread's priority and CPU. Linux only. Each returns 0 or the error number.
 */
public final class SystemCalls {
    /** Error number: no space left on the device. */
    public static final int ENOSPC = 28;

    private static final int EINTR = 4;
    private static final int O_RDONLY = 0;
    private static final int O_WRONLY = 1;
    private static final int O_RDWR = 2;

    /** On x86-64; elsewhere the number means something that fails on a file, and writes go through the cache. */
    private static final int O_DIRECT = 0x4000;

    private static final int O_CLOEXEC = 0x80000;
    private static final int PROT_READ_WRITE = 3;
    private static final int MAP_PRIVATE_FIXED = 0x02 | 0x10;
    private static final int FALLOC_FL_KEEP_SIZE = 1;
    private static final int FALLOC_FL_PUNCH_HOLE = 2;
    private static final int PRIO_PROCESS = 0;
    private static final int MADV_RANDOM = 1;
    private static final int MADV_POPULATE_READ = 22;
    private static final int MADV_POPULATE_WRITE = 23;

    private static final int CPU_BITS = 64;

    private static final CFunction OPEN = CFunction.of("open");
    private static final CFunction CLOSE = CFunction.of("close");
    private static final CFunction FALLOCATE = CFunction.of("fallocate");
    private static final CFunction READAHEAD = CFunction.of("readahead");
    private static final CFunction PWRITE = CFunction.of("pwrite");
    private static final CFunction SETPRIORITY = CFunction.of("setpriority");
    private static final CFunction SCHED_SETAFFINITY = CFunction.of("sched_setaffinity");
    private static final CFunction MADVISE = CFunction.of("madvise");
    private static final CFunction MMAP = CFunction.of("mmap");

    private SystemCalls() {}

    /**
     * Allocates the blocks of a file's range, zeroed; the length of the file stays.
     *
     * @return 0, {@link #ENOSPC} when the disk is full, or another error number
     */
    public static int allocate(final Path file, final long offset, final long length) {
        return fallocate(file, FALLOC_FL_KEEP_SIZE, offset, length);
    }

    /** Gives the blocks of a file's range back; it reads as zeros and the length of the file stays. */
    public static int punchHole(final Path file, final long offset, final long length) {
        return fallocate(file, FALLOC_FL_KEEP_SIZE | FALLOC_FL_PUNCH_HOLE, offset, length);
    }

    private static int fallocate(final Path file, final int mode, final long offset, final long length) {
        return withFile(
                file, O_RDWR, (state, descriptor) -> FALLOCATE.call(state, descriptor, mode, offset, length, 0, 0));
    }

    /**
     * Brings a file's range into the page cache, page by page and without reading further ahead; blocks that were never
     * written become zeros without a look at the disk.
     */
    public static int readAhead(final Path file, final long offset, final long length) {
        return withFile(file, O_RDONLY, (state, descriptor) -> READAHEAD.call(state, descriptor, offset, length));
    }

    /**
     * Writes memory into a file past the page cache. Address, length and position are multiples of the file system's block.
     *
     * @return 0, or an error number, among others when the file system writes only through the cache; nothing, part or all of
     *     the range is then written
     */
    public static int writePastCache(final Path file, final long address, final long length, final long position) {
        return withFile(file, O_WRONLY | O_DIRECT, (state, descriptor) -> {
            long written = 0;
            while (written < length) {
                final long count =
                        PWRITE.call(state, descriptor, address + written, length - written, position + written, 0, 0);
                if (count == 0) {
                    throw new IllegalStateException("nothing was written: path=" + file);
                }
                if (count < 0) {
                    return -1;
                }
                written += count;
            }
            return 0;
        });
    }

    /** Sets the nice value of the calling thread; needs a privilege when it raises the priority. */
    public static int nice(final int value) {
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment state = arena.allocate(CFunction.stateLayout());
            return result(SETPRIORITY.call(state, PRIO_PROCESS, 0, value), state);
        }
    }

    /** Keeps the calling thread on one CPU, whose number counts from 0. */
    public static int pin(final int cpu) {
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment state = arena.allocate(CFunction.stateLayout());
            final MemorySegment set = arena.allocate(ValueLayout.JAVA_LONG, cpu / CPU_BITS + 1L);
            set.setAtIndex(ValueLayout.JAVA_LONG, cpu / CPU_BITS, 1L << (cpu % CPU_BITS));
            return result(SCHED_SETAFFINITY.call(state, 0, set.byteSize(), set.address()), state);
        }
    }

    /** A call on an open file; answers 0, or -1 with the error number in {@code state}. */
    @FunctionalInterface
    private interface FileCall {
        long call(MemorySegment state, int descriptor);
    }

    private static int withFile(final Path file, final int flags, final FileCall call) {
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment state = arena.allocate(CFunction.stateLayout());
            final int descriptor = open(arena, state, file, flags);
            if (descriptor < 0) {
                return CFunction.errno(state);
            }
            try {
                int error;
                do {
                    error = result(call.call(state, descriptor), state);
                } while (error == EINTR);
                return error;
            } finally {
                close(state, file, descriptor);
            }
        }
    }

    /** Fills the page tables of a mapped range for writing: pages are allocated, dirty and mapped when this returns. */
    public static int populateForWrite(final long address, final long length) {
        return advise(address, length, MADV_POPULATE_WRITE);
    }

    /** Fills the page tables of a mapped range for reading: pages are read and mapped when this returns. */
    public static int populateForRead(final long address, final long length) {
        return advise(address, length, MADV_POPULATE_READ);
    }

    /** Says that a fault in a mapped range asks for its page alone: no reading ahead. */
    public static int expectNoSequence(final long address, final long length) {
        return advise(address, length, MADV_RANDOM);
    }

    private static int advise(final long address, final long length, final int advice) {
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment state = arena.allocate(CFunction.stateLayout());
            int error;
            do {
                error = result(MADVISE.call(state, address, length, advice), state);
            } while (error == EINTR);
            return error;
        }
    }

    /** Replaces the mapping at {@code address} by a private one of the same file: writes no longer reach the file. */
    public static int mapPrivately(final Path file, final long address, final long length) {
        return withFile(file, O_RDONLY, (state, descriptor) -> {
            final long mapped = MMAP.call(state, address, length, PROT_READ_WRITE, MAP_PRIVATE_FIXED, descriptor, 0);
            return mapped == address ? 0 : -1;
        });
    }

    private static int open(final Arena arena, final MemorySegment state, final Path file, final int flags) {
        return (int) OPEN.call(state, arena.allocateFrom(file.toString()).address(), flags | O_CLOEXEC, 0);
    }

    private static void close(final MemorySegment state, final Path file, final int descriptor) {
        if ((int) CLOSE.call(state, descriptor, 0, 0) != 0) {
            throw new IllegalStateException("close failed: path=" + file + " errno=" + CFunction.errno(state));
        }
    }

    /** 0 where a function that returns an int or a long said 0, or else the error number. */
    private static int result(final long returned, final MemorySegment state) {
        return (int) returned == 0 ? 0 : CFunction.errno(state);
    }
}
