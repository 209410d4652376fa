package io.tandem.journal;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * A function of the C library, by java.lang.foreign. Each is declared as taking six longs and returning one: the virtual
 * machine generates some twenty classes for each other declaration, at every start. The calling conventions of Linux on
 * x86-64 (System V ABI 3.2.3) and AArch64 (AAPCS64 6.8.2) permit it for up to six integers and pointers, variadic or not: each has a register
 * of its own, and a function looks at no more of it, and of no more of them, than it declares. A result that is an int is in the
 * lower half; the upper half means nothing. Keep one in a static final field, so that calls are compiled into the caller; they
 * allocate nothing.
 *
 * @param handle takes the segment for the call state and six longs
 */
public record CFunction(MethodHandle handle) {
    private static final Linker LINKER = Linker.nativeLinker();
    private static final VarHandle ERRNO =
            Linker.Option.captureStateLayout().varHandle(MemoryLayout.PathElement.groupElement("errno"));
    private static final FunctionDescriptor SIX_LONGS =
            FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);

    /** Finds a function by its name in C. */
    @SuppressWarnings("restricted")
    public static CFunction of(final String name) {
        return new CFunction(LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow(name), SIX_LONGS, Linker.Option.captureCallState("errno")));
    }

    /** Layout of the segment that a caller hands in to receive errno. */
    public static MemoryLayout stateLayout() {
        return Linker.Option.captureStateLayout();
    }

    /** The error number of the last call that {@code state} was handed to and that failed. */
    public static int errno(final MemorySegment state) {
        return (int) ERRNO.get(state, 0L);
    }

    /** Calls a function of up to three arguments. */
    public long call(final MemorySegment state, final long first, final long second, final long third) {
        return call(state, first, second, third, 0, 0, 0);
    }

    /** Calls a function of up to six arguments; what it does not declare is zero. */
    public long call(
            final MemorySegment state,
            final long first,
            final long second,
            final long third,
            final long fourth,
            final long fifth,
            final long sixth) {
        try {
            return (long) handle.invokeExact(state, first, second, third, fourth, fifth, sixth);
        } catch (final Throwable e) {
            throw new IllegalStateException("function of the C library cannot be called", e);
        }
    }
}
