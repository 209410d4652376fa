package io.tandem.routing.call;

import io.tandem.sip.HeaderName;
import io.tandem.sip.MessageWriter;
import io.tandem.sip.SipMessage;

/**
 * Copies the header fields of a message that cross to the other leg, in their order and byte for byte; neighbours go in
 * one copy. {@link HeaderTreatment} decides which.
 */
final class PassThrough {
    private final Capabilities capabilities;

    PassThrough(final Capabilities capabilities) {
        this.capabilities = capabilities;
    }

    /**
     * Writes the fields that cross.
     *
     * @param callerChanged whether the caller's number was rewritten, so that what vouches for it must go.
     * @param assertedStays whether asserted identities go no further.
     * @param withoutBody   whether the body stays behind.
     */
    void write(
            final MessageWriter writer,
            final SipMessage message,
            final boolean callerChanged,
            final boolean assertedStays,
            final boolean withoutBody) {
        final int count = message.headerCount();
        int runStart = 0;
        int runEnd = 0;
        for (int header = 0; header < count; header++) {
            final HeaderName name = message.name(header);
            final HeaderTreatment treatment = HeaderTreatment.of(name);
            final boolean passes =
                    switch (treatment) {
                        case PASS -> true;
                        case PASS_UNLESS_CALLER_CHANGED -> !callerChanged;
                        case ASSERTED -> !callerChanged && !assertedStays;
                        case PASS_WITH_BODY -> !withoutBody;
                        case OURS, STRIP, INTERSECT, TRANSLATE -> false;
                    };
            if (passes) {
                final int start = message.fieldOffset(header);
                if (runEnd != start) {
                    writer.raw(message.buffer(), runStart, runEnd - runStart);
                    runStart = start;
                }
                runEnd = start + message.fieldLength(header);
            } else if (treatment == HeaderTreatment.INTERSECT && message.first(name) == header) {
                writer.raw(message.buffer(), runStart, runEnd - runStart);
                runStart = runEnd;
                capabilities.writeIntersection(writer, message, name);
            }
        }
        writer.raw(message.buffer(), runStart, runEnd - runStart);
    }
}
