package io.tandem.perf.simulation.network;

/** One message on its way: its bytes, and the text in them once somebody asked. */
public final class Packet {
    private final byte[] bytes;
    private SipText text;
    private String problem;

    public Packet(final byte[] bytes) {
        this.bytes = bytes;
    }

    /** Never modified by anybody. */
    public byte[] bytes() {
        return bytes;
    }

    /** The parsed message, or null when the bytes are none. */
    public SipText text() {
        if (text == null && problem == null) {
            try {
                final SipText parsed = SipText.parse(bytes);
                parsed.transactionKey();
                parsed.callId();
                parsed.fromTag();
                parsed.toTag();
                parsed.cSeq();
                text = parsed;
            } catch (final SipText.Malformed | IndexOutOfBoundsException | NumberFormatException e) {
                problem = e.getMessage();
            }
        }
        return text;
    }

    /** Why {@link #text()} is null. */
    public String problem() {
        text();
        return problem;
    }
}
