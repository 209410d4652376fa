package io.tandem.journal.snapshot;

import io.tandem.journal.DurableFiles;
import io.tandem.journal.IoReason;
import io.tandem.journal.JournalException;
import io.tandem.journal.SystemCalls;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.CRC32C;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;

/**
 * Writes one snapshot. The core's thread offers messages in slices that fit its turn; a thread of the store writes them,
 * brings them to the medium and gives the file its name. No call of the core's thread blocks, allocates or touches the
 * disk. Where the file system can, the bytes go past the page cache: a snapshot is read at most once, after a restart, and
 * filling the cache with it costs more processor time than all the rest of writing it.
 */
public final class SnapshotWriter {
    /** How far a snapshot is. */
    public enum State {
        /** Messages are being offered or written. */
        WRITING,
        /** The file has its name; it is what a restart would load. */
        FINISHED,
        /** The disk refused, or it was abandoned; nothing is left of it. */
        FAILED
    }

    private static final int MESSAGE = 1;
    private static final int FINISH = 2;
    private static final int OUTPUT_BYTES = 1 << 20;

    /** Writes past the page cache begin, end and lie in memory at multiples of it. */
    private static final int BLOCK_BYTES = 4096;

    private static final int POLL_LIMIT = 1024;

    private final SnapshotHeader header;
    private final Path unfinished;
    private final Path finished;
    private final OneToOneRingBuffer ring;
    private final MessageHandler handler = this::onMessage;
    private final ByteBuffer output;
    private final ByteBuffer lengthBytes =
            ByteBuffer.allocate(SnapshotFormat.LENGTH_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private final CRC32C crc = new CRC32C();
    private final Thread storeThread;

    private FileChannel file;
    private long writtenCount;
    private boolean lastSeen;
    private boolean pastCache = true;
    private volatile boolean abandoned;
    private volatile State state = State.WRITING;
    private volatile String failure = "";

    SnapshotWriter(
            final Path directory,
            final SnapshotHeader header,
            final OneToOneRingBuffer ring,
            final ByteBuffer output,
            final Thread storeThread) {
        this.header = header;
        final String name = SnapshotFormat.fileName(header.inputIndex());
        finished = directory.resolve(name);
        unfinished = directory.resolve(name.replace(SnapshotFormat.SUFFIX, SnapshotFormat.UNFINISHED_SUFFIX));
        this.ring = ring;
        this.output = output;
        this.storeThread = storeThread;
    }

    static ByteBuffer allocateOutput() {
        return BufferUtil.allocateDirectAligned(OUTPUT_BYTES, BLOCK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Longest message in bytes. */
    public int messageLengthMax() {
        return ring.maxMsgLength();
    }

    /**
     * Offers one SBE message with its header, on the core's thread. After a failure everything is taken and dropped, so
     * that the caller ends as usual.
     *
     * @return false when the writer lags: nothing was taken, offer it again in a later turn
     */
    public boolean append(final DirectBuffer message, final int offset, final int length) {
        return state == State.FAILED || ring.write(MESSAGE, message, offset, length);
    }

    /**
     * Says, on the core's thread, that all messages were offered.
     *
     * @return false when the writer lags: say it again in a later turn
     */
    public boolean finish() {
        if (state == State.FAILED) {
            return true;
        }
        final int claim = ring.tryClaim(FINISH, 1);
        if (claim < 0) {
            return false;
        }
        ring.commit(claim);
        LockSupport.unpark(storeThread);
        return true;
    }

    /** Gives the snapshot up, on the core's thread; nothing may be offered afterwards. */
    public void abandon() {
        abandoned = true;
    }

    /** How far it is; any thread may ask. */
    public State state() {
        return state;
    }

    /** Why it failed; empty otherwise. */
    public String failure() {
        return failure;
    }

    public SnapshotHeader header() {
        return header;
    }

    /** One turn of the store's thread; returns the number of messages written. */
    int doWork() {
        try {
            if (abandoned) {
                throw new JournalException(
                        "snapshot was abandoned: inputIndex=0x" + Long.toHexString(header.inputIndex()));
            }
            if (file == null) {
                open();
            }
            final int count = ring.read(handler, POLL_LIMIT);
            if (lastSeen) {
                complete();
            }
            return count;
        } catch (final IOException | RuntimeException e) {
            fail(e);
            return 0;
        }
    }

    private void open() throws IOException {
        DurableFiles.delete(unfinished);
        file = FileChannel.open(
                unfinished,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        output.clear();
        put(SnapshotFormat.encode(header));
    }

    private void onMessage(final int type, final MutableDirectBuffer buffer, final int index, final int length) {
        if (type == FINISH) {
            lastSeen = true;
            return;
        }
        try {
            put(lengthBytes.clear().putInt(length).flip());
            int offset = index;
            int remaining = length;
            while (remaining > 0) {
                final int part = Math.min(remaining, output.remaining());
                buffer.getBytes(offset, output, part);
                offset += part;
                remaining -= part;
                flushWhenFull();
            }
            writtenCount++;
        } catch (final IOException e) {
            throw new JournalException(
                    "snapshot cannot be written: path=" + unfinished + " reason=" + IoReason.of(e), e);
        }
    }

    private void put(final ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            output.put(bytes.get());
            flushWhenFull();
        }
    }

    private void flushWhenFull() throws IOException {
        if (!output.hasRemaining()) {
            output.flip();
            crc.update(output.duplicate());
            writeWholeOutput();
        }
    }

    /** Past the page cache while that works; what it does not do the channel does again, and says what is wrong. */
    private void writeWholeOutput() throws IOException {
        final long position = file.position();
        pastCache = pastCache
                && SystemCalls.writePastCache(unfinished, BufferUtil.address(output), OUTPUT_BYTES, position) == 0;
        if (pastCache) {
            file.position(position + OUTPUT_BYTES);
            output.clear();
        } else {
            writeOutput();
        }
    }

    private void writeOutput() throws IOException {
        while (output.hasRemaining()) {
            file.write(output);
        }
        output.clear();
    }

    private void complete() throws IOException {
        output.flip();
        crc.update(output.duplicate());
        writeOutput();
        output.put(SnapshotFormat.trailer(writtenCount, crc)).flip();
        writeOutput();
        file.force(true);
        file.close();
        DurableFiles.publish(unfinished, finished);
        state = State.FINISHED;
    }

    private void fail(final Exception cause) {
        String reason = String.valueOf(cause.getMessage());
        try {
            if (file != null) {
                file.close();
            }
            DurableFiles.delete(unfinished);
        } catch (final IOException e) {
            reason += " cleanup=" + e;
        }
        failure = reason;
        state = State.FAILED;
    }
}
