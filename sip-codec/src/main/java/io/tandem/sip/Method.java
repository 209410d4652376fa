package io.tandem.sip;

import org.agrona.DirectBuffer;

/** Request methods of RFC 3261 and its extensions; names are case-sensitive (section 7.1). */
@SuppressWarnings("ImmutableEnumChecker") // The octets are shared for speed; nobody writes to them.
public enum Method {
    INVITE,
    ACK,
    BYE,
    CANCEL,
    OPTIONS,
    REGISTER,
    PRACK,
    UPDATE,
    INFO,
    MESSAGE,
    NOTIFY,
    SUBSCRIBE,
    REFER,
    PUBLISH,
    /** Any other token; the octets of the message say which. */
    UNKNOWN;

    private final byte[] bytes = Octets.ascii(name());

    /** The method written at this place, {@link #UNKNOWN} for any other token. */
    public static Method of(final DirectBuffer buffer, final int offset, final int length) {
        if (length < 3 || length > 9) {
            return UNKNOWN;
        }
        final Method candidate =
                switch (buffer.getByte(offset)) {
                    case 'I' -> buffer.getByte(offset + 2) == 'V' ? INVITE : INFO;
                    case 'A' -> ACK;
                    case 'B' -> BYE;
                    case 'C' -> CANCEL;
                    case 'O' -> OPTIONS;
                    case 'P' -> buffer.getByte(offset + 1) == 'R' ? PRACK : PUBLISH;
                    case 'U' -> UPDATE;
                    case 'M' -> MESSAGE;
                    case 'N' -> NOTIFY;
                    case 'S' -> SUBSCRIBE;
                    case 'R' -> buffer.getByte(offset + 2) == 'G' ? REGISTER : REFER;
                    default -> UNKNOWN;
                };
        return candidate != UNKNOWN && Octets.equals(buffer, offset, length, candidate.bytes) ? candidate : UNKNOWN;
    }

    /** The method as written on the wire; shared, not to be changed. {@link #UNKNOWN} has its name only. */
    public byte[] bytes() {
        return bytes;
    }
}
