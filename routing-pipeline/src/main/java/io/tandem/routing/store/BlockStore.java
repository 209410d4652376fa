package io.tandem.routing.store;

import io.tandem.routing.counter.TableFill;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Byte strings of up to 128 KiB behind int handles, in slabs of power-of-two blocks off the heap. The limit counts whole
 * blocks, so whether there is room depends on what is stored and not on the order in which it came. Memory is taken
 * from the system slab by slab and then only reused. Core's thread only.
 */
public final class BlockStore {
    /** The handle of nothing. */
    public static final int NO_BLOCK = -1;

    /** Longest byte string. */
    public static final int BLOCK_BYTES_MAX = 128 * 1024;

    private static final int SMALLEST_SHIFT = 7;
    private static final int CLASSES = 11;
    private static final int CLASS_SHIFT = 27;
    private static final int INDEX_MASK = (1 << CLASS_SHIFT) - 1;
    private static final int SLAB_BYTES = 1 << 20;

    private final SizeClass[] classes = new SizeClass[CLASSES];
    private long limitBytes;
    private long usedBytes;
    private int count;
    private long peakBytes;
    private long refused;

    /**
     * Creates an empty store.
     *
     * @param limitBytes most bytes of blocks in use at a time.
     */
    public BlockStore(final long limitBytes) {
        this.limitBytes = limitBytes;
        for (int i = 0; i < CLASSES; i++) {
            classes[i] = new SizeClass(1 << (SMALLEST_SHIFT + i));
        }
    }

    /** Changes the most bytes of blocks in use at a time. */
    public void limitBytes(final long newLimitBytes) {
        limitBytes = newLimitBytes;
    }

    /** Stores a copy and returns its handle, or {@link #NO_BLOCK} when the store is full (counted). */
    public int store(final DirectBuffer source, final int offset, final int length) {
        final int handle = allocate(length);
        if (handle != NO_BLOCK) {
            buffer(handle).putBytes(offset(handle), source, offset, length);
        }
        return handle;
    }

    /** Reserves a block of the given length, contents undefined, or returns {@link #NO_BLOCK} (counted). */
    public int allocate(final int length) {
        if (length > BLOCK_BYTES_MAX) {
            refused++;
            return NO_BLOCK;
        }
        final int sizeClass =
                Math.max(0, Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(0, length - 1)) - SMALLEST_SHIFT);
        final SizeClass blocks = classes[sizeClass];
        if (usedBytes + blocks.blockBytes > limitBytes) {
            refused++;
            return NO_BLOCK;
        }
        final int index = blocks.take();
        blocks.lengths[index] = length;
        usedBytes += blocks.blockBytes;
        peakBytes = Math.max(peakBytes, usedBytes);
        count++;
        return (sizeClass << CLASS_SHIFT) | index;
    }

    /** Frees a block; {@link #NO_BLOCK} is ignored. Returns {@link #NO_BLOCK} for the caller's field. */
    public int free(final int handle) {
        if (handle != NO_BLOCK) {
            final SizeClass blocks = classes[handle >>> CLASS_SHIFT];
            blocks.release(handle & INDEX_MASK);
            usedBytes -= blocks.blockBytes;
            count--;
        }
        return NO_BLOCK;
    }

    /** Buffer that holds a block, at {@link #offset(int)}. */
    public MutableDirectBuffer buffer(final int handle) {
        final SizeClass blocks = classes[handle >>> CLASS_SHIFT];
        return blocks.slabs[(handle & INDEX_MASK) / blocks.blocksPerSlab];
    }

    /** Where a block starts in its buffer. */
    public int offset(final int handle) {
        final SizeClass blocks = classes[handle >>> CLASS_SHIFT];
        return ((handle & INDEX_MASK) % blocks.blocksPerSlab) * blocks.blockBytes;
    }

    /** Length of what a block holds; 0 for {@link #NO_BLOCK}. */
    public int length(final int handle) {
        return handle == NO_BLOCK ? 0 : classes[handle >>> CLASS_SHIFT].lengths[handle & INDEX_MASK];
    }

    /** Blocks in use. */
    public int count() {
        return count;
    }

    /** Bytes of blocks in use. */
    public long usedBytes() {
        return usedBytes;
    }

    /** Most bytes of blocks in use at a time. */
    public long limitBytes() {
        return limitBytes;
    }

    /** How often there was no room. */
    public long refused() {
        return refused;
    }

    /** How full the store is, in bytes. */
    public TableFill fill(final String name) {
        return new TableFill(name, usedBytes, limitBytes, peakBytes, refused);
    }

    private static final class SizeClass {
        private final int blockBytes;
        private final int blocksPerSlab;
        private UnsafeBuffer[] slabs = new UnsafeBuffer[0];
        private int[] lengths = new int[0];
        private int[] free = new int[0];
        private int freeCount;

        SizeClass(final int blockBytes) {
            this.blockBytes = blockBytes;
            blocksPerSlab = SLAB_BYTES / blockBytes;
        }

        int take() {
            if (freeCount == 0) {
                grow();
            }
            return free[--freeCount];
        }

        void release(final int index) {
            free[freeCount++] = index;
        }

        private void grow() {
            final int first = slabs.length * blocksPerSlab;
            final int total = first + blocksPerSlab;
            slabs = Arrays.copyOf(slabs, slabs.length + 1);
            slabs[slabs.length - 1] = new UnsafeBuffer(ByteBuffer.allocateDirect(SLAB_BYTES));
            lengths = Arrays.copyOf(lengths, total);
            free = Arrays.copyOf(free, total);
            for (int index = total - 1; index >= first; index--) {
                free[freeCount++] = index;
            }
        }
    }
}
