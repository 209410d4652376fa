package io.tandem.routing.call;

import java.nio.charset.StandardCharsets;

/** Reason phrases of the statuses that we give ourselves (RFC 3261 section 21 and later), and Q.850 causes for statuses. */
final class StatusText {
    private static final byte[][] PHRASES = new byte[700][];
    private static final byte[] OTHER = ascii("Rejected");

    static {
        phrase(100, "Trying");
        phrase(199, "Early Dialog Terminated");
        phrase(200, "OK");
        phrase(400, "Bad Request");
        phrase(403, "Forbidden");
        phrase(404, "Not Found");
        phrase(405, "Method Not Allowed");
        phrase(406, "Not Acceptable");
        phrase(408, "Request Timeout");
        phrase(410, "Gone");
        phrase(416, "Unsupported URI Scheme");
        phrase(420, "Bad Extension");
        phrase(422, "Session Interval Too Small");
        phrase(433, "Anonymity Disallowed");
        phrase(480, "Temporarily Unavailable");
        phrase(481, "Call/Transaction Does Not Exist");
        phrase(482, "Loop Detected");
        phrase(483, "Too Many Hops");
        phrase(484, "Address Incomplete");
        phrase(486, "Busy Here");
        phrase(487, "Request Terminated");
        phrase(488, "Not Acceptable Here");
        phrase(491, "Request Pending");
        phrase(500, "Server Internal Error");
        phrase(501, "Not Implemented");
        phrase(503, "Service Unavailable");
        phrase(513, "Message Too Large");
        phrase(600, "Busy Everywhere");
        phrase(603, "Decline");
        phrase(604, "Does Not Exist Anywhere");
        phrase(606, "Not Acceptable");
    }

    private StatusText() {}

    static byte[] of(final int status) {
        final byte[] phrase = status >= 100 && status < 700 ? PHRASES[status] : null;
        return phrase == null ? OTHER : phrase;
    }

    /** The Q.850 cause that fits a SIP status (RFC 3398 section 7.2.4.1, the other way round for what is not listed). */
    static int q850(final int status) {
        return switch (status) {
            case 200 -> 16;
            case 404, 604 -> 1;
            case 408 -> 102;
            case 410 -> 22;
            case 480 -> 19;
            case 482, 483 -> 25;
            case 484, 416 -> 28;
            case 486, 600 -> 17;
            case 487 -> 16;
            case 488, 606 -> 65;
            case 500 -> 41;
            case 501 -> 79;
            case 502 -> 38;
            case 503 -> 41;
            case 504 -> 102;
            case 401, 403, 407, 603 -> 21;
            default -> status >= 400 ? 127 : 0;
        };
    }

    private static void phrase(final int status, final String text) {
        PHRASES[status] = ascii(text);
    }

    private static byte[] ascii(final String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
