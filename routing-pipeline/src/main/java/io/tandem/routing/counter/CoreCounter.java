package io.tandem.routing.counter;

/** Counters of the core; console and metrics print from here. Names are stable, order is not. */
public enum CoreCounter {
    REQUESTS_RECEIVED("requests received"),
    RESPONSES_RECEIVED("responses received"),
    REQUEST_RETRANSMISSIONS("requests that came again and were answered from the transaction"),
    MESSAGES_MALFORMED("messages refused or dropped for their syntax"),
    RESPONSES_STRAY("responses that belong to no transaction of ours"),
    ACKS_STRAY("ACKs that belong to nothing"),
    REQUESTS_MERGED("requests that arrived again over another path, answered 482"),
    REQUESTS_UNKNOWN_DIALOG("requests inside dialogs that do not exist, answered 481"),
    REQUESTS_REFUSED_FULL("requests refused because a table was full"),
    CALLS_OFFERED("INVITEs that began a call"),
    CALLS_ANSWERED("calls answered"),
    CALLS_REFUSED("calls refused by the routing stages"),
    CALLS_FAILED("calls that no callee answered"),
    CALLS_CANCELLED("calls given up by the caller before an answer"),
    CALLS_ENDED("answered calls that ended"),
    CALLS_TIMED_OUT("calls ended by the maximum duration"),
    SESSIONS_EXPIRED("answered calls ended because nobody refreshed their session"),
    ACKS_MISSING("answered calls ended because no ACK came"),
    REDIRECTS_FOLLOWED("3xx answers that were routed again"),
    FAILOVERS("failed attempts that another trunk was tried after"),
    CALLS_GONE_ON("calls that went on to what follows, such as the overflow of a forward"),
    SERVERS_ASKED("questions to servers on behalf of flows"),
    SERVER_ANSWERS_LATE("answers of servers that no call waited for any more"),
    FLOW_VERSIONS_MOVED_ON("calls that go on in the next version of the flow they wait in because too many versions were kept"),
    TRANSPORT_FAILURES("messages that came back undeliverable"),
    MESSAGES_TOO_LARGE("messages we could not write within the limit"),
    BLOCKS_REFUSED("messages not kept for retransmission because the store was full"),
    CHANGES_APPLIED("changes of the configuration that came into force"),
    CHANGES_REFUSED_STALE("changes of the configuration refused because they were checked against another revision"),
    ERRORS_INTERNAL("defects caught: the message or timer was given up, the rest goes on");

    private final String sentence;

    CoreCounter(final String sentence) {
        this.sentence = sentence;
    }

    /** What is counted, in words. */
    public String sentence() {
        return sentence;
    }
}
