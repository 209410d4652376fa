package io.tandem.perf.rig;

import java.util.Arrays;

/**
 * Calls in flight, shared by caller and callee, which run on one thread. Freed slots are taken again first, so that few
 * calls in flight touch little memory. The table's size is its limit: a call that finds no slot is a failed call.
 */
final class CallTable {
    /** No slot free, or not a call of this table. */
    static final int NO_SLOT = -1;

    /** Nothing to be sent again. */
    static final long NEVER_NS = Long.MAX_VALUE;

    private static final int MESSAGE_BYTES_STEP = 256;

    /** Where the caller is with a call. */
    enum CallerState {
        FREE,
        INVITED,
        PROCEEDING,
        HELD,
        RELEASING
    }

    /** Where the callee is with a call. */
    enum CalleeState {
        UNKNOWN,
        ANSWERED,
        CONFIRMED,
        RELEASED
    }

    private final int run;
    private final long[] ids;
    private final int[] freeSlots;
    private int freeCount;
    private int slotsTouched;

    final CallerState[] callerState;
    final CalleeState[] calleeState;
    /** When the request that is being answered was due: latencies count from here. */
    final long[] dueNs;
    /** When the first octet of the transaction went out. */
    final long[] sentNs;
    /** When the caller sends its request again. */
    final long[] callerResendNs;

    final long[] callerIntervalNs;
    /** When the callee sends its 200 again. */
    final long[] calleeResendNs;

    final long[] calleeIntervalNs;
    private final byte[][] bye;
    private final int[] byeLength;
    private final byte[][] answer;
    private final int[] answerLength;

    /**
     * Creates a table.
     *
     * @param run       tells calls of this run from those of another.
     * @param slotCount most calls in flight.
     */
    CallTable(final int run, final int slotCount) {
        if (slotCount < 1 || slotCount > 1 << CallId.SLOT_BITS) {
            throw new IllegalArgumentException(
                    "calls in flight out of range: calls=" + slotCount + " max=" + (1 << CallId.SLOT_BITS));
        }
        this.run = run;
        ids = new long[slotCount];
        Arrays.fill(ids, IncomingMessage.NONE);
        freeSlots = new int[slotCount];
        for (int i = 0; i < slotCount; i++) {
            freeSlots[i] = slotCount - 1 - i;
        }
        freeCount = slotCount;
        callerState = new CallerState[slotCount];
        Arrays.fill(callerState, CallerState.FREE);
        calleeState = new CalleeState[slotCount];
        Arrays.fill(calleeState, CalleeState.UNKNOWN);
        dueNs = new long[slotCount];
        sentNs = new long[slotCount];
        callerResendNs = new long[slotCount];
        callerIntervalNs = new long[slotCount];
        calleeResendNs = new long[slotCount];
        calleeIntervalNs = new long[slotCount];
        bye = new byte[slotCount][];
        byeLength = new int[slotCount];
        answer = new byte[slotCount][];
        answerLength = new int[slotCount];
    }

    /** Takes a slot for a call, or {@link #NO_SLOT}. */
    int take(final long number) {
        if (freeCount == 0) {
            return NO_SLOT;
        }
        final int slot = freeSlots[--freeCount];
        slotsTouched = Math.max(slotsTouched, slot + 1);
        ids[slot] = CallId.of(run, number, slot);
        calleeState[slot] = CalleeState.UNKNOWN;
        callerResendNs[slot] = NEVER_NS;
        calleeResendNs[slot] = NEVER_NS;
        return slot;
    }

    void free(final int slot) {
        ids[slot] = IncomingMessage.NONE;
        callerState[slot] = CallerState.FREE;
        callerResendNs[slot] = NEVER_NS;
        calleeResendNs[slot] = NEVER_NS;
        freeSlots[freeCount++] = slot;
    }

    long id(final int slot) {
        return ids[slot];
    }

    /** Slot of a call that is still in flight, or {@link #NO_SLOT}. */
    int find(final long id) {
        final int slot = CallId.slot(id);
        return id != IncomingMessage.NONE && slot < ids.length && ids[slot] == id ? slot : NO_SLOT;
    }

    int inFlight() {
        return ids.length - freeCount;
    }

    /** Slots at and above this one were never taken. */
    int slotsTouched() {
        return slotsTouched;
    }

    void keepBye(final int slot, final OutgoingMessage message) {
        bye[slot] = kept(bye[slot], message);
        byeLength[slot] = message.length();
    }

    void sendBye(final int slot, final Wire wire) {
        wire.send(bye[slot], byeLength[slot]);
    }

    void keepAnswer(final int slot, final OutgoingMessage message) {
        answer[slot] = kept(answer[slot], message);
        answerLength[slot] = message.length();
    }

    void sendAnswer(final int slot, final Wire wire) {
        wire.send(answer[slot], answerLength[slot]);
    }

    private static byte[] kept(final byte[] before, final OutgoingMessage message) {
        final byte[] room = before != null && before.length >= message.length()
                ? before
                : new byte[(message.length() / MESSAGE_BYTES_STEP + 1) * MESSAGE_BYTES_STEP];
        System.arraycopy(message.bytes, 0, room, 0, message.length());
        return room;
    }
}
