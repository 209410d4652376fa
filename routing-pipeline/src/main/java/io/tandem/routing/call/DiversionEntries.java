package io.tandem.routing.call;

import io.tandem.routing.number.DialString;
import io.tandem.routing.store.BlockStore;
import io.tandem.routing.target.DiversionReason;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * View of the diversions that a call keeps as a block, the first one first. Reusable; core's thread only.
 *
 * <pre>
 *   0  reason, 1 byte      1  length of the number, 1 byte      2  number or name that diverted
 * </pre>
 */
final class DiversionEntries {
    private static final int HEADER_BYTES = 2;

    /** Most bytes of one. */
    static final int ENTRY_BYTES_MAX = HEADER_BYTES + DialString.LENGTH_MAX;

    private final DialString party = new DialString();
    private DirectBuffer buffer;
    private int at;
    private int end;
    private DiversionReason reason = DiversionReason.UNKNOWN;

    /** Begins before the first one. */
    DiversionEntries wrap(final BlockStore blocks, final int block) {
        at = 0;
        end = 0;
        if (block != BlockStore.NO_BLOCK) {
            buffer = blocks.buffer(block);
            at = blocks.offset(block);
            end = at + blocks.length(block);
        }
        return this;
    }

    /** Steps to the next one; false when there is none. */
    boolean next() {
        if (at >= end) {
            return false;
        }
        final int length = buffer.getByte(at + 1);
        reason = DiversionReason.ofCode(buffer.getByte(at));
        party.set(buffer, at + HEADER_BYTES, length);
        at += HEADER_BYTES + length;
        return true;
    }

    /** How many are left. */
    int left() {
        int count = 0;
        for (int entry = at; entry < end; entry += HEADER_BYTES + buffer.getByte(entry + 1)) {
            count++;
        }
        return count;
    }

    /** Who diverted the call; overwritten by the next. */
    DialString party() {
        return party;
    }

    DiversionReason reason() {
        return reason;
    }

    /** Writes one; returns where the next one goes. */
    static int write(
            final MutableDirectBuffer into, final int offset, final DiversionReason why, final DialString party) {
        into.putByte(offset, (byte) why.code());
        into.putByte(offset + 1, (byte) party.length());
        return offset + HEADER_BYTES + party.getBytes(into, offset + HEADER_BYTES);
    }
}
