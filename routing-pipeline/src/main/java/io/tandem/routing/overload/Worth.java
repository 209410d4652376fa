package io.tandem.routing.overload;

/**
 * What a message is worth while the ring fills up, from the last to be refused to the first. Each worth has a share of the
 * ring's slots that it may fill up to; what is above the highest share is for what is no message: timers, failures, ends of
 * connections, operators.
 */
public enum Worth {
    /** Calls for help by {@code urn:service:sos}; whether the caller has the right is for the core to say (D12). */
    EMERGENCY("emergency", 15, Long.MAX_VALUE, "emergency calls refused at the ring's door"),
    /** Whatever belongs to calls that are: requests in dialogs, ACK, CANCEL, every response. */
    IN_DIALOG(
            "in-dialog",
            14,
            Long.MAX_VALUE,
            "messages of calls that are up or being set up, dropped at the ring's door"),
    /** INVITEs that begin a call. */
    NEW_CALL("new-call", 12, 200_000_000L, "new calls refused at the ring's door"),
    /** Everything else. */
    REST("rest", 8, 100_000_000L, "other requests, and what is malformed, refused at the ring's door");

    private static final int SIXTEENTHS = 16;

    private final String word;
    private final int sixteenths;
    private final long waitMaxNs;
    private final String sentence;

    Worth(final String word, final int sixteenths, final long waitMaxNs, final String sentence) {
        this.word = word;
        this.sixteenths = sixteenths;
        this.waitMaxNs = waitMaxNs;
        this.sentence = sentence;
    }

    /** Name in console and metrics. */
    public String word() {
        return word;
    }

    /** What is counted when it is refused. */
    public String sentence() {
        return sentence;
    }

    /** Slots in use from which it is refused. */
    int slotsMax(final int slotCount) {
        return slotCount * sixteenths / SIXTEENTHS;
    }

    /** How long the oldest input may have waited before it is refused. */
    long waitMaxNs() {
        return waitMaxNs;
    }
}
