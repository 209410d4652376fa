package io.tandem.routing.snapshot;

import io.tandem.journal.record.CoreStateDecoder;
import io.tandem.journal.record.MessageHeaderDecoder;
import io.tandem.routing.number.DialString;
import io.tandem.routing.store.BlockStore;
import io.tandem.routing.timer.Timer;
import io.tandem.routing.timer.TimerWheel;
import io.tandem.routing.transaction.Peer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Reads one snapshot record after the other, field by field in the order of {@link StateWriter}. Fields that an older
 * build did not write read 0, none or empty; fields of a newer build are left unread. Timers are collected and put back
 * in the order in which they were scheduled, which rebuilds the wheel exactly.
 */
public final class StateReader {
    private final BlockStore blocks;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final CoreStateDecoder state = new CoreStateDecoder();
    private final List<PendingTimer> timers = new ArrayList<>();
    private final List<byte[]> strings = new ArrayList<>();
    private long[] numbers = new long[64];
    private int numberCount;
    private int nextNumber;
    private int nextString;

    /** Creates a reader that puts byte strings into a store. */
    public StateReader(final BlockStore blocks) {
        this.blocks = blocks;
    }

    private record PendingTimer(Timer timer, long deadlineNs, long order) {}

    /** Reads a record; returns its kind, or null when a newer build wrote one that we do not know. */
    public StateKind read(final DirectBuffer buffer, final int offset) {
        state.wrapAndApplyHeader(buffer, offset, header);
        numberCount = 0;
        nextNumber = 0;
        nextString = 0;
        strings.clear();
        for (final CoreStateDecoder.NumbersDecoder number : state.numbers()) {
            if (numberCount == numbers.length) {
                numbers = Arrays.copyOf(numbers, 2 * numberCount);
            }
            numbers[numberCount++] = number.value();
        }
        for (final CoreStateDecoder.StringsDecoder string : state.strings()) {
            final byte[] bytes = new byte[string.bytesLength()];
            string.getBytes(bytes, 0, bytes.length);
            strings.add(bytes);
        }
        return StateKind.ofCode(state.kind());
    }

    /** Slot of the entry. */
    public int slot() {
        return state.slot();
    }

    /** Serial number of the entry. */
    public long serial() {
        return state.serial();
    }

    /** Proof of the entry's token. */
    public long proof() {
        return state.proof();
    }

    /** Next number. */
    public long number() {
        return nextNumber < numberCount ? numbers[nextNumber++] : 0;
    }

    /** Next number as an int. */
    public int integer() {
        return (int) number();
    }

    /** Next truth value. */
    public boolean flag() {
        return number() != 0;
    }

    /** Numbers that have not been read. */
    public int numbersLeft() {
        return numberCount - nextNumber;
    }

    /** Next timer; it is scheduled by {@link #restoreTimers}. */
    public void timer(final Timer timer) {
        final boolean scheduled = flag();
        final long deadlineNs = number();
        final long order = number();
        if (scheduled) {
            timers.add(new PendingTimer(timer, deadlineNs, order));
        }
    }

    /** Next peer. */
    public void peer(final Peer peer) {
        final byte transport = (byte) number();
        final int listener = integer();
        final long flow = number();
        final long high = number();
        final long low = number();
        peer.set(transport, listener, flow, high, low, integer());
    }

    /** Next block, stored anew. */
    public int block() {
        if (!flag()) {
            return BlockStore.NO_BLOCK;
        }
        final byte[] bytes = bytes();
        final int handle = blocks.store(new UnsafeBuffer(bytes), 0, bytes.length);
        if (handle == BlockStore.NO_BLOCK) {
            throw new IllegalStateException("snapshot does not fit: storeBytes=" + blocks.limitBytes());
        }
        return handle;
    }

    /** Next dialled string. */
    public void text(final DialString into) {
        final byte[] bytes = bytes();
        into.set(new UnsafeBuffer(bytes), 0, bytes.length);
    }

    /** Next bytes. */
    public byte[] bytes() {
        return nextString < strings.size() ? strings.get(nextString++) : new byte[0];
    }

    /** Schedules every timer that was read. */
    public void restoreTimers(final TimerWheel wheel) {
        timers.sort(Comparator.comparingLong(PendingTimer::order));
        for (final PendingTimer pending : timers) {
            wheel.restore(pending.timer, pending.deadlineNs, pending.order);
        }
        timers.clear();
    }
}
