package io.tandem.routing.identifier;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The text of an identifier of ours: which table, which slot, which occupant of the slot, and a proof that we minted it.
 *
 * <pre>
 *  k p ssssss nnnnnnnnnn mmmmmmmmmmmm
 *  | | |      |          +-- 48-bit keyed proof, hex
 *  | | |      +------------- serial number of the occupant, 40 bits, hex
 *  | | +-------------------- slot, 24 bits, hex
 *  | +---------------------- partition (one core today: '0')
 *  +------------------------ table: 'i' INVITE and 'n' other client transactions, 'd' dialog, 'l' leg
 * </pre>
 *
 * <p>The proof is kept with the occupant and compared with what comes back, so identifiers stay valid across restarts,
 * when the minting key has changed.
 */
public final class Token {
    /** Length of the text in bytes. */
    public static final int BYTES = 30;

    /** Table letter of INVITE client transactions (Via branch, after the magic cookie). */
    public static final byte INVITE_CLIENT = 'i';

    /** Table letter of other client transactions (Via branch, after the magic cookie). */
    public static final byte NON_INVITE_CLIENT = 'n';

    /** Table letter of dialogs towards callers (To tag). */
    public static final byte DIALOG = 'd';

    /** Table letter of legs towards callees (From tag and Call-ID). */
    public static final byte LEG = 'l';

    /** Table letter of what never shows on the wire. */
    public static final byte INTERNAL = 'x';

    private static final byte PARTITION = '0';
    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};
    private static final int SLOT_OFFSET = 2;
    private static final int SERIAL_OFFSET = 8;
    private static final int PROOF_OFFSET = 18;

    private int slot;
    private long serial;
    private long proof;

    /** Writes the text and returns {@link #BYTES}. */
    public static int write(
            final MutableDirectBuffer buffer,
            final int offset,
            final byte table,
            final int slot,
            final long serial,
            final long proof) {
        buffer.putByte(offset, table);
        buffer.putByte(offset + 1, PARTITION);
        hex(buffer, offset + SLOT_OFFSET, slot, 6);
        hex(buffer, offset + SERIAL_OFFSET, serial, 10);
        hex(buffer, offset + PROOF_OFFSET, proof, 12);
        return BYTES;
    }

    /** Reads a text; false when it is not one of ours of that table. */
    public boolean read(final byte table, final DirectBuffer buffer, final int offset, final int length) {
        if (length != BYTES || buffer.getByte(offset) != table || buffer.getByte(offset + 1) != PARTITION) {
            return false;
        }
        final long readSlot = number(buffer, offset + SLOT_OFFSET, 6);
        serial = number(buffer, offset + SERIAL_OFFSET, 10);
        proof = number(buffer, offset + PROOF_OFFSET, 12);
        slot = (int) readSlot;
        return (readSlot | serial | proof) >= 0;
    }

    /** Slot of the last text read. */
    public int slot() {
        return slot;
    }

    /** Serial number of the occupant in the last text read. */
    public long serial() {
        return serial;
    }

    /** Proof in the last text read. */
    public long proof() {
        return proof;
    }

    private static void hex(final MutableDirectBuffer buffer, final int offset, final long value, final int digits) {
        long rest = value;
        for (int at = offset + digits - 1; at >= offset; at--) {
            buffer.putByte(at, HEX[(int) (rest & 0xF)]);
            rest >>>= 4;
        }
    }

    private static long number(final DirectBuffer buffer, final int offset, final int digits) {
        long value = 0;
        for (int at = offset; at < offset + digits; at++) {
            final byte b = buffer.getByte(at);
            final int digit = b >= '0' && b <= '9' ? b - '0' : b >= 'a' && b <= 'f' ? b - 'a' + 10 : -1;
            if (digit < 0) {
                return -1;
            }
            value = (value << 4) | digit;
        }
        return value;
    }
}
