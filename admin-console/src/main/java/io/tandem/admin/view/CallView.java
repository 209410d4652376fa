package io.tandem.admin.view;

import java.time.Instant;
import java.util.Optional;

/**
 * One live call in a line. Names stand where the configuration gives one, else ids.
 *
 * @param id     our id of the call
 * @param state  state of the call engine, in words of the RFC
 * @param caller number the caller gave
 * @param called number dialled
 * @param answer when it was answered; empty while it is not
 */
public record CallView(
        String id,
        String state,
        String direction,
        String caller,
        String called,
        String account,
        String ingressTrunk,
        Optional<String> egressTrunk,
        Instant start,
        long ageMs,
        Optional<Instant> answer) {}
