package io.tandem.routing.target;

import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;

/**
 * Why a call was diverted: the reasons of Diversion (RFC 5806 section 4), each with the cause that says so in
 * History-Info (RFC 4458, RFC 7544 section 4). Codes go to snapshots: never renumber, never reuse.
 */
@SuppressWarnings("ImmutableEnumChecker") // The octets are shared for speed; nobody writes to them.
public enum DiversionReason {
    UNKNOWN(0, "unknown", 404),
    UNCONDITIONAL(1, "unconditional", 302),
    USER_BUSY(2, "user-busy", 486),
    NO_ANSWER(3, "no-answer", 408),
    UNAVAILABLE(4, "unavailable", 503),
    DO_NOT_DISTURB(5, "do-not-disturb", 404),
    DEFLECTION(6, "deflection", 480),
    TIME_OF_DAY(7, "time-of-day", 404),
    FOLLOW_ME(8, "follow-me", 404),
    OUT_OF_SERVICE(9, "out-of-service", 404),
    AWAY(10, "away", 404);

    private static final DiversionReason[] BY_CODE = values();

    private final int code;
    private final byte[] token;
    private final int cause;

    DiversionReason(final int code, final String token, final int cause) {
        this.code = code;
        this.token = token.getBytes(StandardCharsets.US_ASCII);
        this.cause = cause;
    }

    /** Number in snapshots. */
    public int code() {
        return code;
    }

    /** The word in Diversion; shared, not to be changed. */
    public byte[] token() {
        return token;
    }

    /** The cause in the URI of whoever is called instead. */
    public int cause() {
        return cause;
    }

    /** The reason with a {@link #code()}; {@link #UNKNOWN} for one of a build that knows more. */
    public static DiversionReason ofCode(final int code) {
        return code > 0 && code < BY_CODE.length ? BY_CODE[code] : UNKNOWN;
    }

    /** The reason that a word stands for, in any case; {@link #UNKNOWN} for another word. */
    public static DiversionReason ofToken(final DirectBuffer buffer, final int offset, final int length) {
        for (final DiversionReason reason : BY_CODE) {
            if (reason.isWritten(buffer, offset, length)) {
                return reason;
            }
        }
        return UNKNOWN;
    }

    /** Why a call goes on after an attempt that nobody took. */
    public static DiversionReason of(final RingOutcome outcome) {
        return switch (outcome) {
            case BUSY -> USER_BUSY;
            case NO_ANSWER -> NO_ANSWER;
            case UNREACHABLE -> UNAVAILABLE;
        };
    }

    private boolean isWritten(final DirectBuffer buffer, final int offset, final int length) {
        if (length != token.length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            final byte b = buffer.getByte(offset + i);
            if ((b >= 'A' && b <= 'Z' ? b | 0x20 : b) != token[i]) {
                return false;
            }
        }
        return true;
    }
}
