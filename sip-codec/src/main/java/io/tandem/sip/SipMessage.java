package io.tandem.sip;

import java.util.Arrays;
import org.agrona.DirectBuffer;

/**
 * Reusable index over one SIP message. Nothing is copied: all offsets point into the wrapped buffer and are valid until
 * the next {@link #wrap}, as long as the octets stay.
 *
 * <pre>
 *   offset()                                 bodyOffset()      offset() + length()
 *   | start line CRLF | field | field | CRLF | body            |  (octets past Content-Length are not part)
 *                      field = name [WSP] ":" LWS value LWS CRLF
 * </pre>
 *
 * <p>Lines end with CRLF; a bare CR or LF in the head is refused, since the next hop might see another message there. A
 * header field continues on lines that begin with SP or HTAB (RFC 3261 section 7.3.1). After a problem the index holds
 * what could be read, so that the request can be answered; see {@link #answerable()}.
 *
 * <p>Not thread-safe; allocates nothing after construction. One instance per ring slot: about 12 octets for each header
 * field allowed.
 */
public final class SipMessage {
    /** No such header. */
    public static final int NONE = -1;

    private static final byte[] SIP_SLASH = Octets.ascii("sip/");
    private static final byte[] VERSION = Octets.ascii("sip/2.0");

    private final SipLimits limits;

    private final char[] fieldStarts;
    private final char[] fieldEnds;
    private final char[] nameLengths;
    private final char[] valueStarts;
    private final char[] valueEnds;
    private final byte[] nameCodes;
    private final short[] nextOfName;
    private final short[] firstOfName = new short[HeaderName.COUNT];
    private final short[] lastOfName = new short[HeaderName.COUNT];
    private final short[] countOfName = new short[HeaderName.COUNT];

    private DirectBuffer buffer;
    private int offset;
    private int length;
    private Problem problem = Problem.NONE;
    private boolean request;
    private Method method = Method.UNKNOWN;
    private int methodLength;
    private int uriOffset;
    private int uriLength;
    private int statusCode;
    private int reasonOffset;
    private int reasonLength;
    private int headerCount;
    private int headersOffset;
    private int bodyOffset;
    private boolean contentLengthPresent;

    public SipMessage(final SipLimits limits) {
        this.limits = limits;
        final int count = limits.headerCountMax();
        fieldStarts = new char[count];
        fieldEnds = new char[count];
        nameLengths = new char[count];
        valueStarts = new char[count];
        valueEnds = new char[count];
        nameCodes = new byte[count];
        nextOfName = new short[count];
        Arrays.fill(firstOfName, (short) NONE);
    }

    /**
     * Indexes a datagram, or a message whose transport frames it: without Content-Length the body reaches to the end.
     *
     * @return {@link Problem#NONE}, or the first thing that is wrong
     */
    public Problem wrap(final DirectBuffer source, final int sourceOffset, final int sourceLength) {
        return wrap(source, sourceOffset, sourceLength, false);
    }

    /**
     * Indexes a message.
     *
     * @param framed whether {@link StreamFramer} cut it from a stream: Content-Length must be there, and a body that is
     *               not is one that was too long (RFC 3261 section 18.3)
     * @return {@link Problem#NONE}, or the first thing that is wrong
     */
    public Problem wrap(
            final DirectBuffer source, final int sourceOffset, final int sourceLength, final boolean framed) {
        reset(source, sourceOffset, sourceLength);
        final int end = sourceOffset + sourceLength;
        int at = sourceOffset;
        while (at < end && isLineBreak(source.getByte(at))) {
            at++;
        }
        offset = at;
        length = end - at;
        bodyOffset = end;
        headersOffset = end;
        if (at == end) {
            return Problem.KEEP_ALIVE;
        }
        if (length > limits.messageBytesMax()) {
            note(Problem.MESSAGE_TOO_LARGE);
        }
        final int headLimit = Math.min(end, at + limits.headBytesMax());
        final int lineEnd = Octets.lineBreak(source, at, headLimit);
        startLine(at, lineEnd);
        if (problem == Problem.NOT_SIP) {
            return problem;
        }
        headersOffset = afterLineBreak(lineEnd, headLimit, end);
        indexHeaders(headersOffset, headLimit, end);
        measureBody(end, framed);
        if (!request) {
            readResponseMethod();
        }
        return problem;
    }

    /** The wrapped buffer. */
    public DirectBuffer buffer() {
        return buffer;
    }

    /** Where the start line begins: line ends before it are not part of the message (RFC 3261 section 7.5). */
    public int offset() {
        return offset;
    }

    /** Octets from the start line to the end of the body as Content-Length states it. */
    public int length() {
        return length;
    }

    /** What the last {@link #wrap} answered. */
    public Problem problem() {
        return problem;
    }

    /** True for a request, false for a response. */
    public boolean isRequest() {
        return request;
    }

    /** Method of the request line, or of the CSeq when this is a response; {@link Method#UNKNOWN} for other tokens. */
    public Method method() {
        return method;
    }

    /** Where the method of a request begins. */
    public int methodOffset() {
        return offset;
    }

    /** Octets of the method; 0 in a response. */
    public int methodLength() {
        return methodLength;
    }

    public int uriOffset() {
        return uriOffset;
    }

    /** Octets of the Request-URI; 0 in a response. */
    public int uriLength() {
        return uriLength;
    }

    /** 100 to 699, or 0 in a request. */
    public int statusCode() {
        return statusCode;
    }

    public int reasonOffset() {
        return reasonOffset;
    }

    /** Octets of the reason phrase; may be 0. */
    public int reasonLength() {
        return reasonLength;
    }

    /** Header fields, in order of appearance numbered from 0. */
    public int headerCount() {
        return headerCount;
    }

    /** Where the first header field begins. */
    public int headersOffset() {
        return headersOffset;
    }

    /** The name of a field, {@link HeaderName#UNKNOWN} for extension headers. */
    public HeaderName name(final int header) {
        return HeaderName.ofCode(nameCodes[header]);
    }

    public int fieldOffset(final int header) {
        return offset + fieldStarts[header];
    }

    /** Octets of the whole field: name, folds and final line end included. */
    public int fieldLength(final int header) {
        return fieldEnds[header] - fieldStarts[header];
    }

    public int nameOffset(final int header) {
        return offset + fieldStarts[header];
    }

    public int nameLength(final int header) {
        return nameLengths[header];
    }

    public int valueOffset(final int header) {
        return offset + valueStarts[header];
    }

    /** Octets of the value without leading and trailing white space; it may contain folds. */
    public int valueLength(final int header) {
        return valueEnds[header] - valueStarts[header];
    }

    /** The first field of that name, or {@link #NONE}. */
    public int first(final HeaderName name) {
        return firstOfName[name.code()];
    }

    /** The next field of that name behind {@code after}, which is one of them, or {@link #NONE}. */
    public int next(final HeaderName name, final int after) {
        return nameCodes[after] == name.code() ? nextOfName[after] : NONE;
    }

    /** Fields of that name; a comma list counts once. */
    public int count(final HeaderName name) {
        return countOfName[name.code()];
    }

    public int bodyOffset() {
        return bodyOffset;
    }

    public int bodyLength() {
        return offset + length - bodyOffset;
    }

    public boolean hasContentLength() {
        return contentLengthPresent;
    }

    /**
     * True when the message may be answered at all: a request, not an ACK, with a Via to send the answer by.
     */
    public boolean answerable() {
        return request && method != Method.ACK && first(HeaderName.VIA) != NONE;
    }

    private void reset(final DirectBuffer source, final int sourceOffset, final int sourceLength) {
        buffer = source;
        offset = sourceOffset;
        length = sourceLength;
        problem = Problem.NONE;
        request = false;
        method = Method.UNKNOWN;
        methodLength = 0;
        uriOffset = sourceOffset;
        uriLength = 0;
        statusCode = 0;
        reasonOffset = sourceOffset;
        reasonLength = 0;
        headerCount = 0;
        contentLengthPresent = false;
        Arrays.fill(firstOfName, (short) NONE);
        Arrays.fill(countOfName, (short) 0);
    }

    private void note(final Problem found) {
        if (problem == Problem.NONE) {
            problem = found;
        }
    }

    private void startLine(final int at, final int lineEnd) {
        if (isVersionPrefix(at, lineEnd)) {
            statusLine(at, lineEnd);
        } else {
            requestLine(at, lineEnd);
        }
    }

    private boolean isVersionPrefix(final int at, final int lineEnd) {
        return lineEnd - at >= SIP_SLASH.length && Octets.equalsIgnoreCase(buffer, at, SIP_SLASH.length, SIP_SLASH);
    }

    private void statusLine(final int at, final int lineEnd) {
        final int code = at + VERSION.length + 1;
        final int codeEnd = code + 3;
        if (codeEnd > lineEnd
                || !Octets.equalsIgnoreCase(buffer, at, VERSION.length, VERSION)
                || buffer.getByte(code - 1) != ' '
                || (codeEnd < lineEnd && buffer.getByte(codeEnd) != ' ')) {
            note(Problem.BAD_STATUS_LINE);
            return;
        }
        final long value = Octets.decimal(buffer, code, 3);
        if (value < 100 || value > 699) {
            note(Problem.BAD_STATUS_LINE);
            return;
        }
        statusCode = (int) value;
        reasonOffset = Math.min(codeEnd + 1, lineEnd);
        reasonLength = lineEnd - reasonOffset;
    }

    private void requestLine(final int at, final int lineEnd) {
        int version = lineEnd;
        while (version > at && buffer.getByte(version - 1) != ' ') {
            version--;
        }
        if (!isVersionPrefix(version, lineEnd) && !mentionsSip(at, lineEnd)) {
            note(Problem.NOT_SIP);
            return;
        }
        request = true;
        final int methodEnd = Octets.skipToken(buffer, at, lineEnd);
        methodLength = methodEnd - at;
        method = Method.of(buffer, at, methodLength);
        uriOffset = Math.min(methodEnd + 1, lineEnd);
        uriLength = Math.max(0, version - 1 - uriOffset);
        if (methodLength == 0
                || uriLength == 0
                || buffer.getByte(methodEnd) != ' '
                || !isVersion(version, lineEnd)
                || !isVisible(uriOffset, uriOffset + uriLength)) {
            note(Problem.BAD_START_LINE);
        } else if (!Octets.equalsIgnoreCase(buffer, version, lineEnd - version, VERSION)) {
            note(Problem.VERSION_NOT_SUPPORTED);
        } else if (uriLength > limits.uriBytesMax()) {
            note(Problem.URI_TOO_LONG);
        }
    }

    private boolean mentionsSip(final int at, final int lineEnd) {
        for (int position = at; position + SIP_SLASH.length <= lineEnd; position++) {
            if (isVersionPrefix(position, lineEnd)) {
                return true;
            }
        }
        return false;
    }

    private boolean isVersion(final int at, final int lineEnd) {
        if (!isVersionPrefix(at, lineEnd)) {
            return false;
        }
        final int major = at + SIP_SLASH.length;
        final int dot = Octets.indexOf(buffer, major, lineEnd, (byte) '.');
        return dot != Octets.NONE
                && Octets.decimal(buffer, major, dot - major) >= 0
                && Octets.decimal(buffer, dot + 1, lineEnd - dot - 1) >= 0;
    }

    private boolean isVisible(final int at, final int end) {
        return at >= end || Octets.skipVisible(buffer, at, end) == end;
    }

    private void indexHeaders(final int headers, final int headLimit, final int end) {
        int at = headers;
        while (at < headLimit) {
            final byte octet = buffer.getByte(at);
            if (isLineBreak(octet)) {
                bodyOffset = afterLineBreak(at, headLimit, end);
                return;
            }
            if (headerCount == limits.headerCountMax()) {
                note(Problem.TOO_MANY_HEADERS);
                return;
            }
            final int fieldEnd = fieldEnd(at, headLimit, end);
            if (fieldEnd == headLimit && !isLineBreak(buffer.getByte(fieldEnd - 1))) {
                return;
            }
            indexField(at, fieldEnd);
            at = fieldEnd;
        }
        noteHeadCutOff(headLimit, end);
    }

    private void noteHeadCutOff(final int headLimit, final int end) {
        note(headLimit < end ? Problem.HEAD_TOO_LARGE : Problem.TRUNCATED_HEADERS);
    }

    /** Behind the line break of a field, its folds included. */
    private int fieldEnd(final int at, final int headLimit, final int end) {
        int position = at;
        while (true) {
            final int lineBreak = Octets.lineBreak(buffer, position, headLimit);
            if (lineBreak == headLimit) {
                noteHeadCutOff(headLimit, end);
                return headLimit;
            }
            position = afterLineBreak(lineBreak, headLimit, end);
            if (position >= headLimit || !isBlank(buffer.getByte(position))) {
                return position;
            }
        }
    }

    /** Behind the line break that begins here; anything but CRLF is noted as a problem. */
    private int afterLineBreak(final int lineBreak, final int headLimit, final int end) {
        if (lineBreak >= headLimit) {
            noteHeadCutOff(headLimit, end);
            return headLimit;
        }
        if (buffer.getByte(lineBreak) == Octets.CR) {
            if (lineBreak + 1 == headLimit) {
                noteHeadCutOff(headLimit, end);
                return headLimit;
            }
            if (buffer.getByte(lineBreak + 1) == Octets.LF) {
                return lineBreak + 2;
            }
        }
        note(Problem.BAD_LINE_END);
        return lineBreak + 1;
    }

    private void indexField(final int at, final int fieldEnd) {
        final int colon = Octets.colon(buffer, at, fieldEnd);
        int nameEnd = colon;
        while (nameEnd > at && isBlank(buffer.getByte(nameEnd - 1))) {
            nameEnd--;
        }
        final HeaderName name = HeaderName.of(buffer, at, nameEnd - at);
        final boolean named = name != HeaderName.UNKNOWN || Octets.skipToken(buffer, at, nameEnd) == nameEnd;
        if (nameEnd == at || colon == fieldEnd || !named) {
            note(Problem.BAD_HEADER_FIELD);
            return;
        }
        if (fieldEnd - at > limits.headerBytesMax()) {
            note(Problem.HEADER_TOO_LONG);
        }
        final int valueStart = Octets.skipLws(buffer, colon + 1, fieldEnd);
        final int valueEnd = Octets.trimLws(buffer, valueStart, fieldEnd);
        final int header = headerCount++;
        fieldStarts[header] = (char) (at - offset);
        fieldEnds[header] = (char) (fieldEnd - offset);
        nameLengths[header] = (char) (nameEnd - at);
        valueStarts[header] = (char) (valueStart - offset);
        valueEnds[header] = (char) (valueEnd - offset);
        chain(header, name.code());
    }

    private void chain(final int header, final int code) {
        nameCodes[header] = (byte) code;
        nextOfName[header] = NONE;
        if (firstOfName[code] == NONE) {
            firstOfName[code] = (short) header;
        } else {
            nextOfName[lastOfName[code]] = (short) header;
        }
        lastOfName[code] = (short) header;
        countOfName[code]++;
    }

    private void measureBody(final int end, final boolean framed) {
        final int header = first(HeaderName.CONTENT_LENGTH);
        if (header == NONE) {
            if (framed) {
                note(Problem.MISSING_CONTENT_LENGTH);
            }
            return;
        }
        contentLengthPresent = true;
        if (count(HeaderName.CONTENT_LENGTH) > 1) {
            note(Problem.DUPLICATE_CONTENT_LENGTH);
            return;
        }
        final long stated = Octets.decimal(buffer, valueOffset(header), valueLength(header));
        if (stated < 0) {
            note(Problem.BAD_CONTENT_LENGTH);
        } else if (stated > end - bodyOffset) {
            note(framed ? Problem.MESSAGE_TOO_LARGE : Problem.CONTENT_LENGTH_MISMATCH);
        } else {
            length = bodyOffset + (int) stated - offset;
        }
    }

    private void readResponseMethod() {
        final int header = first(HeaderName.CSEQ);
        if (header != NONE) {
            final int end = offset + valueEnds[header];
            final int at = Octets.skipLws(buffer, Octets.skipDigits(buffer, valueOffset(header), end), end);
            method = Method.of(buffer, at, end - at);
        }
    }

    private static boolean isLineBreak(final byte octet) {
        return octet == Octets.CR || octet == Octets.LF;
    }

    private static boolean isBlank(final byte octet) {
        return octet == ' ' || octet == '\t';
    }
}
