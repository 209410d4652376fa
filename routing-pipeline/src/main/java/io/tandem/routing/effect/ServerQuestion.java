package io.tandem.routing.effect;

import java.util.List;

/**
 * What a flow asks a server while its call waits; the answer comes back as a {@code SERVER_ANSWER} input. Immutable; any thread.
 *
 * @param callSlot   call, with the next two; they come back with the answer.
 * @param accountHigh account whose flow asks, with the next one: no account may keep others from asking.
 * @param ordinal    which question of the call it is, from 1.
 * @param method     {@code GET} or {@code POST}.
 * @param body       JSON for POST, empty for GET.
 * @param timeoutMs  within which the whole answer must be here.
 * @param pointers   what is looked for in the answer (RFC 6901).
 */
public record ServerQuestion(
        int callSlot,
        long callSerial,
        long callProof,
        int ordinal,
        long accountHigh,
        long accountLow,
        String method,
        String url,
        String body,
        int timeoutMs,
        List<String> pointers) {
    /** Copies the list. */
    public ServerQuestion {
        pointers = List.copyOf(pointers);
    }
}
