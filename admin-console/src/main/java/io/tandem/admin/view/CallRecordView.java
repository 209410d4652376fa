package io.tandem.admin.view;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One call that ended or was refused. Offsets are milliseconds after the start.
 *
 * @param status     SIP status that the caller saw; 0 when none was sent
 * @param releasedBy caller, callee or appliance
 * @param inputIndex journal index of the batch that wrote it
 */
public record CallRecordView(
        String id,
        String direction,
        String account,
        Optional<String> number,
        Optional<String> user,
        Optional<String> ingressTrunk,
        Optional<String> egressTrunk,
        String callerRaw,
        String callerPresented,
        String calledRaw,
        String calledPresented,
        Instant start,
        OptionalLong progressMs,
        OptionalLong ringMs,
        OptionalLong answerMs,
        long endMs,
        long billableSec,
        int status,
        int q850Cause,
        String releasedBy,
        String stage,
        String rule,
        String cause,
        long revision,
        long inputIndex,
        String callerCallId,
        Optional<String> calleeCallId,
        List<Attempt> attempts) {

    /** One leg that was tried. */
    public record Attempt(String trunk, String peer, int status, int q850Cause, OptionalLong postDialDelayMs) {}
}
