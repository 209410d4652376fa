package io.tandem.sip;

/**
 * Everything that can be wrong with a message, and the answer to it.
 *
 * <p>The status is for requests; an ACK is never answered, and a response with any problem is discarded (RFC 3261
 * section 16.7, 18.1.2). The reason phrase names the header at fault.
 */
@SuppressWarnings("ImmutableEnumChecker") // The octets are shared for speed; nobody writes to them.
public enum Problem {
    /** Nothing is wrong. */
    NONE(0, ""),
    /** Line ends only: a keep-alive of RFC 5626, or nothing at all. */
    KEEP_ALIVE(0, ""),
    /** No SIP start line: discard without a word. */
    NOT_SIP(0, ""),

    BAD_START_LINE(400, "Malformed Start Line"),
    BAD_STATUS_LINE(0, "Malformed Status Line"),
    VERSION_NOT_SUPPORTED(505, "Version Not Supported"),
    URI_TOO_LONG(414, "Request-URI Too Long"),
    BAD_LINE_END(400, "Line Not Ended By CRLF"),
    BAD_HEADER_FIELD(400, "Malformed Header Field"),
    TRUNCATED_HEADERS(400, "Header Section Not Ended"),
    TOO_MANY_HEADERS(513, "Too Many Header Fields"),
    HEADER_TOO_LONG(513, "Header Field Too Long"),
    HEAD_TOO_LARGE(513, "Header Section Too Large"),
    MESSAGE_TOO_LARGE(513, "Message Too Large"),

    BAD_CONTENT_LENGTH(400, "Malformed Content-Length"),
    DUPLICATE_CONTENT_LENGTH(400, "Duplicate Content-Length"),
    MISSING_CONTENT_LENGTH(400, "Missing Content-Length"),
    CONTENT_LENGTH_MISMATCH(400, "Content-Length Exceeds Body"),

    MISSING_VIA(400, "Missing Via"),
    MISSING_FROM(400, "Missing From"),
    MISSING_TO(400, "Missing To"),
    MISSING_CALL_ID(400, "Missing Call-ID"),
    MISSING_CSEQ(400, "Missing CSeq"),

    DUPLICATE_FROM(400, "Duplicate From"),
    DUPLICATE_TO(400, "Duplicate To"),
    DUPLICATE_CALL_ID(400, "Duplicate Call-ID"),
    DUPLICATE_CSEQ(400, "Duplicate CSeq"),
    DUPLICATE_MAX_FORWARDS(400, "Duplicate Max-Forwards"),
    DUPLICATE_CONTACT(400, "Duplicate Contact"),

    BAD_REQUEST_URI(400, "Malformed Request-URI"),
    BAD_VIA(400, "Malformed Via"),
    BAD_FROM(400, "Malformed From"),
    BAD_TO(400, "Malformed To"),
    BAD_CALL_ID(400, "Malformed Call-ID"),
    BAD_CSEQ(400, "Malformed CSeq"),
    CSEQ_METHOD_MISMATCH(400, "CSeq Method Mismatch"),
    BAD_CONTACT(400, "Malformed Contact"),
    BAD_MAX_FORWARDS(400, "Malformed Max-Forwards"),
    BAD_ROUTE(400, "Malformed Route"),
    BAD_RECORD_ROUTE(400, "Malformed Record-Route");

    private final int status;
    private final byte[] reason;

    Problem(final int status, final String reason) {
        this.status = status;
        this.reason = Octets.ascii(reason);
    }

    /** The status code that answers a request, or 0: discard without an answer. */
    public int status() {
        return status;
    }

    /** The reason phrase of the answer; shared, not to be changed. */
    public byte[] reason() {
        return reason;
    }
}
