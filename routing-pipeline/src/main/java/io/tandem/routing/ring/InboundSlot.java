package io.tandem.routing.ring;

import io.tandem.routing.address.Transports;
import io.tandem.sip.Problem;
import io.tandem.sip.SipLimits;
import io.tandem.sip.SipMessage;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One input on its way from an I/O thread to the core. The I/O thread fills it, the sequencer adds the turn it belongs
 * to, the core reads it, the last stage empties it; the ring's sequences order them, so nothing here is volatile.
 */
public final class InboundSlot {
    /** Bytes that a slot holds itself; longer messages borrow from the {@link LargeMessagePool}. */
    public static final int INLINE_BYTES = 2048;

    /** Kind of a slot that carries no input: a turn's time alone, or bytes that were not SIP. */
    public static final byte NOTHING = 0;

    private final UnsafeBuffer inline;
    private final SipMessage message;
    private UnsafeBuffer large;

    private byte kind;
    private byte transport;
    private int listener;
    private int port;
    private int length;
    private boolean indexed;
    private long flow;
    private long addressHigh;
    private long addressLow;

    private boolean endsTurn;
    private long turnIndex;
    private long turnNowNs;
    private long turnWallMs;

    private long arrivedNs;
    private long offeredNs;
    private long sequencedNs;
    private long coreStartNs;
    private long coreEndNs;

    InboundSlot(final SipLimits limits) {
        inline = new UnsafeBuffer(BufferUtil.allocateDirectAligned(INLINE_BYTES, 64));
        message = new SipMessage(limits);
    }

    void fill(
            final byte inputKind,
            final byte inputTransport,
            final int inputListener,
            final long inputFlow,
            final long high,
            final long low,
            final int inputPort,
            final long inputArrivedNs) {
        kind = inputKind;
        transport = inputTransport;
        listener = inputListener;
        flow = inputFlow;
        addressHigh = high;
        addressLow = low;
        port = inputPort;
        arrivedNs = inputArrivedNs;
        offeredNs = inputArrivedNs;
        length = 0;
        indexed = false;
        endsTurn = false;
    }

    void copy(final UnsafeBuffer borrowed, final DirectBuffer source, final int offset, final int bytes) {
        large = borrowed;
        length = bytes;
        buffer().putBytes(0, source, offset, bytes);
    }

    Problem index() {
        final Problem problem = message.wrap(buffer(), 0, length, Transports.isStream(transport));
        indexed = problem == Problem.NONE;
        return problem;
    }

    void becomeNothing() {
        kind = NOTHING;
    }

    /** Gives a borrowed buffer back; the last stage calls it. */
    void empty(final LargeMessagePool pool) {
        if (large != null) {
            pool.giveBack(large);
            large = null;
        }
    }

    /** An {@link io.tandem.journal.record.InputKind} value or {@link #NOTHING}. */
    public byte kind() {
        return kind;
    }

    public byte transport() {
        return transport;
    }

    public int listener() {
        return listener;
    }

    public long flow() {
        return flow;
    }

    public long addressHigh() {
        return addressHigh;
    }

    public long addressLow() {
        return addressLow;
    }

    public int port() {
        return port;
    }

    /** Holds the input's bytes from 0 to {@link #length()}. */
    public UnsafeBuffer buffer() {
        return large == null ? inline : large;
    }

    public int length() {
        return length;
    }

    /** The index over the bytes, or null when they are no message or one with a problem. */
    public SipMessage indexedOrNull() {
        return indexed ? message : null;
    }

    /** Written by the sequencer before the core sees the slot. */
    public void turn(final long index, final long nowNs, final long wallMs, final boolean last) {
        turnIndex = index;
        turnNowNs = nowNs;
        turnWallMs = wallMs;
        endsTurn = last;
    }

    /** Whether this is the last slot of its turn. */
    public boolean endsTurn() {
        return endsTurn;
    }

    /** Index of the turn's document in the inputs queue. */
    public long turnIndex() {
        return turnIndex;
    }

    public long turnNowNs() {
        return turnNowNs;
    }

    public long turnWallMs() {
        return turnWallMs;
    }

    /** When the I/O thread read it: a measurement, like the four stamps below; nothing is decided by them. */
    public long arrivedNs() {
        return arrivedNs;
    }

    /** Set by the sequencer when the turn is journaled. */
    public void sequencedAt(final long timeNs) {
        sequencedNs = timeNs;
    }

    public long sequencedNs() {
        return sequencedNs;
    }

    /** Set by the core's driver. */
    public void coreFrom(final long timeNs) {
        coreStartNs = timeNs;
    }

    public long coreStartNs() {
        return coreStartNs;
    }

    /** Set by the core's driver when the input is dealt with. */
    public void coreUntil(final long timeNs) {
        coreEndNs = timeNs;
    }

    public long coreEndNs() {
        return coreEndNs;
    }

    void offeredAt(final long timeNs) {
        offeredNs = timeNs;
    }

    /** When the I/O thread had copied and indexed it. */
    public long offeredNs() {
        return offeredNs;
    }
}
