package io.tandem.routing.call;

import java.nio.charset.StandardCharsets;

/** Why a call ended, in the words of its record. */
@SuppressWarnings("ImmutableEnumChecker") // the bytes are never written
enum Cause {
    REFUSED("refused"),
    HUNG_UP("hung up"),
    GIVEN_UP("caller gave up"),
    CALLEE_REFUSED("callee refused"),
    NO_ANSWER("no answer"),
    UNREACHABLE("callee unreachable"),
    NO_ACK("no ACK for the answer"),
    TOO_LONG("longest duration reached"),
    SESSION_EXPIRED("session not refreshed"),
    PARTY_SILENT("party does not answer"),
    PARTY_FORGOT("party has lost the call"),
    TOO_LARGE("message too large"),
    NO_ROOM("table full");

    private final byte[] text;

    Cause(final String text) {
        this.text = text.getBytes(StandardCharsets.US_ASCII);
    }

    byte[] text() {
        return text;
    }
}
