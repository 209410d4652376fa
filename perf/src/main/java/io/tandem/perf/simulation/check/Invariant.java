package io.tandem.perf.simulation.check;

/** Every invariant by name, with the rule it stands for. */
public enum Invariant {
    WELL_FORMED("what we send parses, with every mandatory header once (RFC 3261 8.1.1, 18.3)"),
    KNOWN_ADDRESS("nothing is sent to an address that is nobody's"),
    RESPONSE_HAS_REQUEST("a response answers a request that came in (17.1.3)"),
    RESPONSE_ECHO("Via, From, Call-ID, CSeq and To are copied from the request (8.2.6.2)"),
    RESPONSE_PATH("a response goes where its request came from (18.2.2, RFC 3581 4)"),
    TO_TAG("every response but 100 has a To tag, in a dialog the dialog's (8.2.6.2, 12.2.2)"),
    ONE_FINAL("a server transaction has one final response; its retransmissions are the same bytes (17.2)"),
    NO_PROVISIONAL_AFTER_FINAL("no provisional response follows a final one (17.2.1)"),
    TRYING_IN_TIME("an INVITE is answered with something within 200 ms (17.2.1)"),
    FINAL_ANSWER("every INVITE, BYE, CANCEL and OPTIONS gets a final answer"),
    OUTCOME("the final answer is one that the callee's behaviour and the rules allow (D2, D5)"),
    RETRANSMISSION(
            "a request is repeated as the same bytes, not over streams, not too soon, not after an answer (17.1)"),
    REQUEST_PATH("a request in a dialog goes to the peer's Contact (12.2.1.1)"),
    REQUEST_DIALOG("a request in a dialog carries the dialog's tags (12.2.1.1)"),
    CSEQ_ORDER("our CSeq rises within a dialog (12.2.1.1)"),
    ACK_RULES("an ACK answers a final response as that response asks (13.2.2.4, 17.1.1.3)"),
    CANCEL_RULES("a CANCEL follows a provisional response, precedes a final one, copies its INVITE (9.1)"),
    BYE_RULES("a BYE ends a confirmed dialog and has a reason (15)"),
    PRACK_RULES("a PRACK names a reliable response that came; RSeq rises by one (RFC 3262 3, 4)"),
    MAX_FORWARDS("Max-Forwards goes down by one (D6)"),
    TOPOLOGY("no Call-ID, tag, Contact or Via of one side is seen on the other"),
    EARLY_DIALOG("each callee dialog has a To tag of its own on the caller's side (D3)"),
    ONE_ANSWER("no dialog sees two different answers to one offer (RFC 3261 13.2.1, RFC 3264)"),
    BODY_INTACT("offers and answers arrive as they were sent, in the call they belong to"),
    CEILING("no more calls than the ceiling are up (N-073)"),
    ROOM_UNDER_CEILING("no call is refused by a ceiling that is not reached"),
    CALL_ENDS("every call ends, on both sides"),
    COUNTERS("admission counters and call counts agree with the calls that are up"),
    NOTHING_LEFT("after the last call nothing is left: calls, transactions, timers, counters, bytes"),
    ONE_RECORD("one call record for each INVITE outcome, none double, none missing"),
    REPLAY("the journal replayed gives the same outputs, byte for byte"),
    NO_EXCEPTION("nothing throws");

    private final String rule;

    Invariant(final String rule) {
        this.rule = rule;
    }

    /** The rule in one line. */
    public String rule() {
        return rule;
    }
}
