package io.tandem.routing.snapshot;

import io.tandem.journal.record.CoreStateEncoder;
import io.tandem.journal.record.MessageHeaderEncoder;
import io.tandem.routing.identifier.Slot;
import io.tandem.routing.number.DialString;
import io.tandem.routing.store.BlockStore;
import io.tandem.routing.timer.Timer;
import io.tandem.routing.transaction.Peer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Writes the entries of a core's tables one after the other. {@link StateReader} reads the fields in the same order. */
public final class StateWriter {
    private static final int NUMBERS_MAX = 512;
    private static final int STRINGS_MAX = 32;

    private final BlockStore blocks;
    private StateSink sink;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final CoreStateEncoder state = new CoreStateEncoder();
    private final ExpandableArrayBuffer record = new ExpandableArrayBuffer(64 * 1024);
    private final long[] numbers = new long[NUMBERS_MAX];
    private final ExpandableArrayBuffer strings = new ExpandableArrayBuffer(64 * 1024);
    private final int[] stringEnds = new int[STRINGS_MAX];
    private final UnsafeBuffer text = new UnsafeBuffer(new byte[DialString.LENGTH_MAX]);
    private StateKind kind;
    private int slot;
    private long serial;
    private long proof;
    private int numberCount;
    private int stringCount;
    private int stringBytes;
    private long records;

    /** Creates a writer over the blocks that entries refer to. */
    public StateWriter(final BlockStore blocks) {
        this.blocks = blocks;
    }

    /** Begins another snapshot, whose entries go to the sink. */
    public void to(final StateSink newSink) {
        sink = newSink;
        records = 0;
    }

    /** Begins an entry of a table. */
    public StateWriter begin(final StateKind entryKind, final Slot entry) {
        begin(entryKind);
        slot = entry.slot();
        serial = entry.serial();
        proof = entry.proof();
        return this;
    }

    /** Begins an entry that is in no table. */
    public StateWriter begin(final StateKind entryKind) {
        kind = entryKind;
        slot = 0;
        serial = 0;
        proof = 0;
        numberCount = 0;
        stringCount = 0;
        stringBytes = 0;
        return this;
    }

    /** Adds a number. */
    public StateWriter number(final long value) {
        numbers[numberCount++] = value;
        return this;
    }

    /** Adds a truth value. */
    public StateWriter flag(final boolean value) {
        return number(value ? 1 : 0);
    }

    /** Adds a reference to an entry, or to none. */
    public StateWriter reference(final Slot entry) {
        return number(entry == null || !entry.isLive() ? -1 : entry.slot());
    }

    /** Adds a timer. */
    public StateWriter timer(final Timer timer) {
        return flag(timer.isScheduled()).number(timer.deadlineNs()).number(timer.order());
    }

    /** Adds a peer. */
    public StateWriter peer(final Peer peer) {
        return number(peer.transport)
                .number(peer.listener)
                .number(peer.flow)
                .number(peer.addressHigh)
                .number(peer.addressLow)
                .number(peer.port);
    }

    /** Adds what a block holds, or that there is none. */
    public StateWriter block(final int handle) {
        flag(handle != BlockStore.NO_BLOCK);
        if (handle != BlockStore.NO_BLOCK) {
            final int length = blocks.length(handle);
            strings.putBytes(stringBytes, blocks.buffer(handle), blocks.offset(handle), length);
            endString(length);
        }
        return this;
    }

    /** Adds a dialled string. */
    public StateWriter text(final DialString value) {
        final int length = value.getBytes(text, 0);
        strings.putBytes(stringBytes, text, 0, length);
        endString(length);
        return this;
    }

    /** Adds bytes. */
    public StateWriter bytes(final byte[] value) {
        strings.putBytes(stringBytes, value);
        endString(value.length);
        return this;
    }

    /** Ends the entry and hands it to the sink. */
    public void end() {
        state.wrapAndApplyHeader(record, 0, header)
                .kind((short) kind.code())
                .slot(slot)
                .serial(serial)
                .proof(proof);
        final CoreStateEncoder.NumbersEncoder numberGroup = state.numbersCount(numberCount);
        for (int i = 0; i < numberCount; i++) {
            numberGroup.next().value(numbers[i]);
        }
        final CoreStateEncoder.StringsEncoder stringGroup = state.stringsCount(stringCount);
        int start = 0;
        for (int i = 0; i < stringCount; i++) {
            stringGroup.next().putBytes(strings, start, stringEnds[i] - start);
            start = stringEnds[i];
        }
        records++;
        sink.onRecord(record, 0, MessageHeaderEncoder.ENCODED_LENGTH + state.encodedLength());
    }

    /** Entries written. */
    public long records() {
        return records;
    }

    private void endString(final int length) {
        stringBytes += length;
        stringEnds[stringCount++] = stringBytes;
    }
}
