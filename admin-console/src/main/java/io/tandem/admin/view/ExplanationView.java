package io.tandem.admin.view;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What would become of a call.
 *
 * @param status    SIP status of the refusal; 0 when the call would be sent on
 * @param reason    the deciding rule in words
 * @param target    where it would go
 * @param calledOut number that would be dialled there; for a media server the address that it is asked by
 * @param callerOut caller's number that would be shown there
 * @param calledRouted the number before it was rewritten for that trunk; what a media server is asked for
 * @param callerRouted the caller's number before it was
 * @param recording how it would be recorded, {@code on stereo}; empty when no rule says
 * @param verdicts  what every stage said, in order
 * @param considered rules that the stages looked at, in order
 * @param owners whose is what
 */
public record ExplanationView(
        String from,
        String to,
        Instant at,
        Optional<String> source,
        boolean accepted,
        int status,
        String reason,
        Optional<String> account,
        Optional<String> target,
        Optional<String> calledOut,
        Optional<String> callerOut,
        Optional<String> calledRouted,
        Optional<String> callerRouted,
        Optional<String> recording,
        long revision,
        List<VerdictView> verdicts,
        List<ConsideredView> considered,
        ExplanationOwners owners) {}
