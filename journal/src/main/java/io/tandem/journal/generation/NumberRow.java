package io.tandem.journal.generation;

import java.nio.ByteOrder;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One number, as the core needs it for a call; reused by its owner, one per thread. Kinds are codes of the routing
 * model and mean nothing here.
 *
 * <pre>
 *   0 id            16 account       32 destination   48 schedule
 *  64 closed        80 holiday       96 maxChannels  100 status      101 faxMode     102 allowAnonymous
 * 103 emergency    104 destKind     105 closedKind   106 holidayKind 107 flags       108 end
 * </pre>
 *
 * Identifiers are two longs, upper half first; all fields little endian.
 */
public final class NumberRow {
    /** Bytes of a row on disk. */
    public static final int LENGTH = 108;

    public static final byte STATUS_ACTIVE = 0;
    public static final byte STATUS_DISABLED = 1;
    public static final byte STATUS_VIRTUAL = 2;
    public static final byte STATUS_PENDING = 3;
    public static final byte STATUS_SUSPENDED = 4;
    public static final byte STATUS_DELETED = 5;

    /** No ceiling of calls. */
    public static final int NO_MAX_CHANNELS = -1;

    /** Flag: the number's resource holds inbound destination transforms. */
    public static final int FLAG_DESTINATION_TRANSFORM = 1;

    /** Flag: the number's resource holds inbound caller transforms. */
    public static final int FLAG_CALLER_TRANSFORM = 2;

    /** Flag: the number's resource names no flow for messages. Rows of older builds never say so. */
    public static final int FLAG_NO_MESSAGE_FLOW = 4;

    private static final int ID = 0;
    private static final int ACCOUNT = 16;
    private static final int DESTINATION = 32;
    private static final int SCHEDULE = 48;
    private static final int CLOSED = 64;
    private static final int HOLIDAY = 80;
    private static final int MAX_CHANNELS = 96;
    private static final int STATUS = 100;
    private static final int FAX_MODE = 101;
    private static final int ALLOW_ANONYMOUS = 102;
    private static final int EMERGENCY = 103;
    private static final int DEST_KIND = 104;
    private static final int CLOSED_KIND = 105;
    private static final int HOLIDAY_KIND = 106;
    private static final int FLAGS = 107;

    final NumberKey key = new NumberKey();
    final byte[] bytes = new byte[LENGTH];
    private final UnsafeBuffer fields = new UnsafeBuffer(bytes);

    public NumberRow() {
        clear();
    }

    /** An active number that leads nowhere, without ceiling. */
    public NumberRow clear() {
        fields.setMemory(0, LENGTH, (byte) 0);
        key.e164 = 0;
        return maxChannels(NO_MAX_CHANNELS);
    }

    /** Makes this row equal to another. */
    public NumberRow copyFrom(final NumberRow other) {
        key.e164 = other.key.e164;
        fields.putBytes(0, other.bytes);
        return this;
    }

    /** Digits of the number without "+", as a decimal. */
    public long e164() {
        return key.e164;
    }

    public NumberRow e164(final long value) {
        key.e164 = value;
        return this;
    }

    public long idHigh() {
        return longAt(ID);
    }

    public long idLow() {
        return longAt(ID + 8);
    }

    public NumberRow id(final long high, final long low) {
        return longs(ID, high, low);
    }

    public long accountHigh() {
        return longAt(ACCOUNT);
    }

    public long accountLow() {
        return longAt(ACCOUNT + 8);
    }

    public NumberRow account(final long high, final long low) {
        return longs(ACCOUNT, high, low);
    }

    public byte status() {
        return bytes[STATUS];
    }

    public NumberRow status(final byte value) {
        return byteAt(STATUS, value);
    }

    public byte faxMode() {
        return bytes[FAX_MODE];
    }

    public NumberRow faxMode(final byte value) {
        return byteAt(FAX_MODE, value);
    }

    public boolean allowAnonymous() {
        return bytes[ALLOW_ANONYMOUS] != 0;
    }

    public NumberRow allowAnonymous(final boolean value) {
        return byteAt(ALLOW_ANONYMOUS, (byte) (value ? 1 : 0));
    }

    public boolean emergency() {
        return bytes[EMERGENCY] != 0;
    }

    public NumberRow emergency(final boolean value) {
        return byteAt(EMERGENCY, (byte) (value ? 1 : 0));
    }

    /** Most calls at once, or {@link #NO_MAX_CHANNELS}. */
    public int maxChannels() {
        return fields.getInt(MAX_CHANNELS, ByteOrder.LITTLE_ENDIAN);
    }

    public NumberRow maxChannels(final int value) {
        fields.putInt(MAX_CHANNELS, value, ByteOrder.LITTLE_ENDIAN);
        return this;
    }

    public byte destKind() {
        return bytes[DEST_KIND];
    }

    public long destHigh() {
        return longAt(DESTINATION);
    }

    public long destLow() {
        return longAt(DESTINATION + 8);
    }

    public NumberRow dest(final byte kind, final long high, final long low) {
        return byteAt(DEST_KIND, kind).longs(DESTINATION, high, low);
    }

    public long scheduleHigh() {
        return longAt(SCHEDULE);
    }

    public long scheduleLow() {
        return longAt(SCHEDULE + 8);
    }

    public NumberRow schedule(final long high, final long low) {
        return longs(SCHEDULE, high, low);
    }

    public byte closedKind() {
        return bytes[CLOSED_KIND];
    }

    public long closedHigh() {
        return longAt(CLOSED);
    }

    public long closedLow() {
        return longAt(CLOSED + 8);
    }

    public NumberRow closed(final byte kind, final long high, final long low) {
        return byteAt(CLOSED_KIND, kind).longs(CLOSED, high, low);
    }

    public byte holidayKind() {
        return bytes[HOLIDAY_KIND];
    }

    public long holidayHigh() {
        return longAt(HOLIDAY);
    }

    public long holidayLow() {
        return longAt(HOLIDAY + 8);
    }

    public NumberRow holiday(final byte kind, final long high, final long low) {
        return byteAt(HOLIDAY_KIND, kind).longs(HOLIDAY, high, low);
    }

    /** Union of {@link #FLAG_DESTINATION_TRANSFORM} and its likes; the whole record is a resource under the id. */
    public int flags() {
        return bytes[FLAGS] & 0xFF;
    }

    public NumberRow flags(final int value) {
        return byteAt(FLAGS, (byte) value);
    }

    private long longAt(final int offset) {
        return fields.getLong(offset, ByteOrder.LITTLE_ENDIAN);
    }

    private NumberRow longs(final int offset, final long high, final long low) {
        fields.putLong(offset, high, ByteOrder.LITTLE_ENDIAN);
        fields.putLong(offset + 8, low, ByteOrder.LITTLE_ENDIAN);
        return this;
    }

    private NumberRow byteAt(final int offset, final byte value) {
        bytes[offset] = value;
        return this;
    }

    @Override
    public String toString() {
        return "NumberRow{e164=" + key.e164 + " status=" + status() + "}";
    }
}
