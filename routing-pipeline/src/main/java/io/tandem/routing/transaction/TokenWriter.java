package io.tandem.routing.transaction;

import io.tandem.routing.identifier.Slot;
import io.tandem.routing.identifier.Token;
import io.tandem.sip.MessageWriter;
import org.agrona.concurrent.UnsafeBuffer;

/** Writes tokens into messages: what branches and tags of ours consist of. Core's thread only. */
final class TokenWriter {
    private final UnsafeBuffer text = new UnsafeBuffer(new byte[Token.BYTES]);

    /** Writes the token of a slot. */
    void write(final MessageWriter to, final byte table, final Slot slot) {
        Token.write(text, 0, table, slot.slot(), slot.serial(), slot.proof());
        to.raw(text, 0, Token.BYTES);
    }
}
