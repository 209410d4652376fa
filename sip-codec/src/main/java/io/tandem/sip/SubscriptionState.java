package io.tandem.sip;

import org.agrona.DirectBuffer;

/** View of a Subscription-State value (RFC 6665 section 8.2.3). Reusable; made on demand. */
public final class SubscriptionState {
    /** The states of a subscription. */
    public enum State {
        ACTIVE,
        PENDING,
        TERMINATED,
        /** An extension; treated as active. */
        OTHER
    }

    private static final byte[] ACTIVE = Octets.ascii("active");
    private static final byte[] PENDING = Octets.ascii("pending");
    private static final byte[] TERMINATED = Octets.ascii("terminated");
    private static final byte[] REASON = Octets.ascii("reason");
    private static final byte[] EXPIRES = Octets.ascii("expires");
    private static final byte[] RETRY_AFTER = Octets.ascii("retry-after");

    private final Parameters parameters = new Parameters();

    private State state = State.OTHER;
    private int reasonOffset;
    private int reasonLength;
    private long expiresSeconds;
    private long retryAfterSeconds;

    /** Views a whole value; false when it breaks the grammar. */
    public boolean wrap(final DirectBuffer buffer, final int offset, final int length) {
        reasonOffset = Octets.NONE;
        reasonLength = 0;
        expiresSeconds = Octets.NONE;
        retryAfterSeconds = Octets.NONE;
        final int end = offset + length;
        final int start = Octets.skipLws(buffer, offset, end);
        final int at = Octets.skipToken(buffer, start, end);
        state = stateOf(buffer, start, at - start);
        parameters.wrap(buffer, at, end - at);
        while (parameters.next()) {
            final int valueOffset = parameters.valueOffset();
            final int valueLength = parameters.valueLength();
            if (parameters.isNamed(REASON)) {
                reasonOffset = valueOffset;
                reasonLength = valueLength;
            } else if (parameters.isNamed(EXPIRES)) {
                expiresSeconds = seconds(buffer, valueOffset, valueLength);
            } else if (parameters.isNamed(RETRY_AFTER)) {
                retryAfterSeconds = seconds(buffer, valueOffset, valueLength);
            }
        }
        return at > start && !parameters.malformed();
    }

    public State state() {
        return state;
    }

    /** -1 when absent. */
    public int reasonOffset() {
        return reasonOffset;
    }

    public int reasonLength() {
        return reasonLength;
    }

    /** -1 when absent or no number. */
    public long expiresSeconds() {
        return expiresSeconds;
    }

    /** -1 when absent or no number. */
    public long retryAfterSeconds() {
        return retryAfterSeconds;
    }

    private static long seconds(final DirectBuffer buffer, final int offset, final int length) {
        return Math.min(Octets.decimal(buffer, offset, length), DeltaSeconds.SECONDS_MAX);
    }

    private static State stateOf(final DirectBuffer buffer, final int offset, final int length) {
        if (Octets.equalsIgnoreCase(buffer, offset, length, ACTIVE)) {
            return State.ACTIVE;
        }
        if (Octets.equalsIgnoreCase(buffer, offset, length, PENDING)) {
            return State.PENDING;
        }
        return Octets.equalsIgnoreCase(buffer, offset, length, TERMINATED) ? State.TERMINATED : State.OTHER;
    }
}
