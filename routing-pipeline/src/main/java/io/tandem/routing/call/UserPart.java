package io.tandem.routing.call;

import io.tandem.routing.number.DialString;
import io.tandem.sip.MessageWriter;

/** Writes a dialled number or name as the user part of a URI, escaped where RFC 3261 section 25.1 asks for it. */
final class UserPart {
    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'};

    private UserPart() {}

    static void write(final MessageWriter writer, final DialString user) {
        for (int i = 0; i < user.length(); i++) {
            final byte b = user.byteAt(i);
            if (isPlain(b)) {
                writer.octet(b);
            } else {
                writer.octet((byte) '%').octet(HEX[(b >> 4) & 0xF]).octet(HEX[b & 0xF]);
            }
        }
    }

    private static boolean isPlain(final byte b) {
        if ((b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || (b >= '0' && b <= '9')) {
            return true;
        }
        return switch (b) {
            case '-', '_', '.', '!', '~', '*', '\'', '(', ')', '&', '=', '+', '$', ',', ';', '?', '/' -> true;
            default -> false;
        };
    }
}
