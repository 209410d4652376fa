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
    private final ConcealedParties parties = new ConcealedParties();

    PassThrough(final Capabilities capabilities) {
        this.capabilities = capabilities;
    }

    /**
     * Writes the fields that cross.
     *
     * @param withheld what does not, bits of {@link Withheld}.
     */
    void write(final MessageWriter writer, final SipMessage message, final int withheld) {
        final int count = message.headerCount();
        int runStart = 0;
        int runEnd = 0;
        for (int header = 0; header < count; header++) {
            final HeaderName name = message.name(header);
            final HeaderTreatment treatment = HeaderTreatment.of(name);
            final boolean passes =
                    switch (treatment) {
                        case PASS -> true;
                        case PASS_UNLESS_CALLER_CHANGED -> (withheld & Withheld.VOUCHERS) == 0;
                        case ASSERTED -> (withheld & Withheld.ASSERTED) == 0;
                        case PERSONAL -> (withheld & Withheld.PERSONAL) == 0;
                        case PARTIES -> (withheld & (Withheld.PARTIES | Withheld.HISTORY)) == 0;
                        case RELIABLE -> (withheld & Withheld.RELIABILITY) == 0;
                        case PASS_WITH_BODY -> (withheld & Withheld.BODY) == 0;
                        case OURS, STRIP, INTERSECT, TRANSLATE -> false;
                    };
            if (passes) {
                final int start = message.fieldOffset(header);
                if (runEnd != start) {
                    writer.raw(message.buffer(), runStart, runEnd - runStart);
                    runStart = start;
                }
                runEnd = start + message.fieldLength(header);
            } else if (isRewritten(treatment) && message.first(name) == header) {
                writer.raw(message.buffer(), runStart, runEnd - runStart);
                runStart = runEnd;
                if (treatment == HeaderTreatment.INTERSECT) {
                    capabilities.writeIntersection(
                            writer,
                            message,
                            name,
                            name == HeaderName.REQUIRE && (withheld & Withheld.RELIABILITY) != 0
                                    ? Capabilities.RELIABLE
                                    : null);
                } else {
                    parties.write(
                            writer,
                            message,
                            name,
                            name == HeaderName.HISTORY_INFO && (withheld & Withheld.HISTORY) != 0);
                }
            }
        }
        writer.raw(message.buffer(), runStart, runEnd - runStart);
    }

    /** Whether such a field, if it does not pass as it came, is written anew. */
    private static boolean isRewritten(final HeaderTreatment treatment) {
        return treatment == HeaderTreatment.INTERSECT || treatment == HeaderTreatment.PARTIES;
    }
}
