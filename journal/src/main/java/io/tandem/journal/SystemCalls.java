package io.tandem.journal;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.file.Path;

/**
 * The few system calls that Java does not offer: allocating file blocks, filling page tables, mapping privately over an
 * existing mapping, writing past the page cache, thread priority. Linux only, by the foreign function interface. Each returns 0 or the error number.
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

    private static final StructLayout CALL_STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = CALL_STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    private static final MethodHandle OPEN = handle(
            "open",
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT),
            Linker.Option.firstVariadicArg(2));
    private static final MethodHandle CLOSE =
            handle("close", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
    private static final MethodHandle FALLOCATE = handle(
            "fallocate",
            FunctionDescriptor.of(
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG));
    private static final MethodHandle READAHEAD = handle(
            "readahead",
            FunctionDescriptor.of(
                    ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG));
    private static final MethodHandle PWRITE = handle(
            "pwrite",
            FunctionDescriptor.of(
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG));
    private static final MethodHandle SETPRIORITY = handle(
            "setpriority",
            FunctionDescriptor.of(
                    ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
    private static final MethodHandle MADVISE = handle(
            "madvise",
            FunctionDescriptor.of(
                    ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT));
    private static final MethodHandle MMAP = handle(
            "mmap",
            FunctionDescriptor.of(
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_LONG));

    private SystemCalls() {}

    @SuppressWarnings("restricted")
    private static MethodHandle handle(
            final String name, final FunctionDescriptor descriptor, final Linker.Option... options) {
        final Linker.Option[] all = new Linker.Option[options.length + 1];
        System.arraycopy(options, 0, all, 0, options.length);
        all[options.length] = Linker.Option.captureCallState("errno");
        final Linker linker = Linker.nativeLinker();
        final SymbolLookup symbols = linker.defaultLookup();
        return linker.downcallHandle(symbols.findOrThrow(name), descriptor, all);
    }

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
        return withFile(file, O_RDWR, (state, descriptor) ->
                (int) FALLOCATE.invokeExact(state, descriptor, mode, offset, length));
    }

    /**
     * Brings a file's range into the page cache, page by page and without reading further ahead; blocks that were never
     * written become zeros without a look at the disk.
     */
    public static int readAhead(final Path file, final long offset, final long length) {
        return withFile(file, O_RDONLY, (state, descriptor) ->
                (int) (long) READAHEAD.invokeExact(state, descriptor, offset, length));
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
                final long count = (long)
                        PWRITE.invokeExact(state, descriptor, address + written, length - written, position + written);
                if (count == 0) {
                    throw new IllegalStateException("nothing was written");
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
            final MemorySegment state = arena.allocate(CALL_STATE);
            return (int) SETPRIORITY.invokeExact(state, PRIO_PROCESS, 0, value) == 0 ? 0 : errno(state);
        } catch (final Throwable e) {
            throw new IllegalStateException("setpriority cannot be called", e);
        }
    }

    /** A call on an open file; answers 0, or -1 with the error number in {@code state}. */
    @FunctionalInterface
    private interface FileCall {
        int call(MemorySegment state, int descriptor) throws Throwable;
    }

    private static int withFile(final Path file, final int flags, final FileCall call) {
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment state = arena.allocate(CALL_STATE);
            final int descriptor = open(arena, state, file, flags);
            if (descriptor < 0) {
                return errno(state);
            }
            try {
                int error;
                do {
                    error = call.call(state, descriptor) == 0 ? 0 : errno(state);
                } while (error == EINTR);
                return error;
            } finally {
                close(state, descriptor);
            }
        } catch (final Throwable e) {
            throw new IllegalStateException("system call failed: path=" + file, e);
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
            final MemorySegment state = arena.allocate(CALL_STATE);
            int error;
            do {
                final int result = (int) MADVISE.invokeExact(state, address, length, advice);
                error = result == 0 ? 0 : errno(state);
            } while (error == EINTR);
            return error;
        } catch (final Throwable e) {
            throw new IllegalStateException("madvise cannot be called", e);
        }
    }

    /** Replaces the mapping at {@code address} by a private one of the same file: writes no longer reach the file. */
    public static int mapPrivately(final Path file, final long address, final long length) {
        return withFile(file, O_RDONLY, (state, descriptor) -> {
            final long mapped =
                    (long) MMAP.invokeExact(state, address, length, PROT_READ_WRITE, MAP_PRIVATE_FIXED, descriptor, 0L);
            return mapped == address ? 0 : -1;
        });
    }

    private static int open(final Arena arena, final MemorySegment state, final Path file, final int flags)
            throws Throwable {
        return (int) OPEN.invokeExact(state, arena.allocateFrom(file.toString()), flags | O_CLOEXEC);
    }

    private static void close(final MemorySegment state, final int descriptor) throws Throwable {
        final int closed = (int) CLOSE.invokeExact(state, descriptor);
        if (closed != 0) {
            throw new IllegalStateException("close failed: errno=" + errno(state));
        }
    }

    private static int errno(final MemorySegment state) {
        return (int) ERRNO.get(state, 0L);
    }
}
