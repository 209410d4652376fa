package io.tandem.perf.rig;

import java.nio.charset.StandardCharsets;

/**
 * What the rig needs of a received message: its status or method, the lines that an answer or a request in the dialog
 * copies, and the call it belongs to. No grammar is checked: that is the business of the server and of its own tests.
 *
 * <p>A call's identifier is sixteen hexadecimal digits behind a marker. Towards the caller it is found in the branch of
 * the caller's own Via, in requests to the callee in the last line of the session description or in the callee's own tag:
 * all three pass through proxies and back-to-back user agents alike.
 */
final class IncomingMessage {
    /** No such line, or no identifier. */
    static final int NONE = -1;

    private static final int LINES_MAX = 16;
    private static final int ID_DIGITS = 16;
    private static final byte[] STATUS_LINE = OutgoingMessage.ascii("SIP/2.0 ");
    private static final byte[] TAG = OutgoingMessage.ascii(";tag=");
    private static final byte[] BRANCH = OutgoingMessage.ascii(CallId.BRANCH);
    private static final byte[] SESSION = OutgoingMessage.ascii(CallId.SESSION);
    private static final byte[] CALLEE_TAG = OutgoingMessage.ascii(CallId.CALLEE_TAG);
    private static final int BRANCH_SEARCH_BYTES = 512;

    byte[] bytes;
    int length;
    private int status;
    final Lines vias = new Lines();
    final Lines recordRoutes = new Lines();
    int fromStart;
    int fromEnd;
    int toStart;
    int toEnd;
    int callIdStart;
    int callIdEnd;
    int cSeqStart;
    int cSeqEnd;
    int contactStart;
    int contactEnd;

    /** Some lines of one kind, each with its end of line. */
    static final class Lines {
        final int[] starts = new int[LINES_MAX];
        final int[] ends = new int[LINES_MAX];
        int count;

        private void add(final int start, final int end) {
            if (count == LINES_MAX) {
                throw new IllegalStateException("too many header lines of a kind: max=" + LINES_MAX);
            }
            starts[count] = start;
            ends[count++] = end;
        }

        void copyTo(final OutgoingMessage out, final byte[] bytes) {
            for (int i = 0; i < count; i++) {
                out.put(bytes, starts[i], ends[i]);
            }
        }
    }

    /** Begins with a datagram; reads its first line only. */
    IncomingMessage wrap(final byte[] source, final int sourceLength) {
        bytes = source;
        length = sourceLength;
        status = sourceLength > 12 && matches(0, STATUS_LINE)
                ? (bytes[8] - '0') * 100 + (bytes[9] - '0') * 10 + bytes[10] - '0'
                : 0;
        return this;
    }

    /** Status code, or 0 for a request. */
    int status() {
        return status;
    }

    /** Whether this is a request of the method given with a space behind. */
    boolean isRequest(final byte[] methodAndSpace) {
        return status == 0 && length > methodAndSpace.length && matches(0, methodAndSpace);
    }

    /** Offset of the first octet behind our own branch marker in the topmost Via, or {@link #NONE}. */
    int ownBranch() {
        final int at = find(BRANCH, 0, Math.min(length, BRANCH_SEARCH_BYTES));
        return at == NONE || at + BRANCH.length + 1 + ID_DIGITS > length ? NONE : at + BRANCH.length;
    }

    /** Identifier in the last line of the session description, or {@link #NONE}. */
    long sessionId() {
        final int at = length - 2 - ID_DIGITS;
        return at < SESSION.length || !matches(at - SESSION.length, SESSION) ? NONE : id(at);
    }

    /** Identifier in the callee's tag in the To line, after {@link #index()}; or {@link #NONE}. */
    long calleeTagId() {
        final int at = find(CALLEE_TAG, toStart, toEnd);
        return at == NONE || at + CALLEE_TAG.length + ID_DIGITS > toEnd ? NONE : id(at + CALLEE_TAG.length);
    }

    /** Reads sixteen hexadecimal digits, or {@link #NONE} when there are others. */
    long id(final int offset) {
        long value = 0;
        for (int i = offset; i < offset + ID_DIGITS; i++) {
            final int digit = Character.digit(bytes[i], 16);
            if (digit < 0) {
                return NONE;
            }
            value = value << 4 | digit;
        }
        return value;
    }

    /** Notes the header lines; false when one that every message has is missing. */
    boolean index() {
        vias.count = 0;
        recordRoutes.count = 0;
        fromEnd = 0;
        toEnd = 0;
        callIdEnd = 0;
        cSeqEnd = 0;
        contactEnd = 0;
        int at = lineEnd(0);
        while (at < length && bytes[at] != '\r') {
            int end = lineEnd(at);
            while (end < length && (bytes[end] == ' ' || bytes[end] == '\t')) {
                end = lineEnd(end);
            }
            note(at, end);
            at = end;
        }
        return vias.count > 0 && fromEnd > 0 && toEnd > 0 && callIdEnd > 0 && cSeqEnd > 0;
    }

    private void note(final int start, final int end) {
        switch (nameLength(start, end)) {
            case 1 -> noteCompact(start, end);
            case 2 -> {
                if (is("to", start)) {
                    to(start, end);
                }
            }
            case 3 -> {
                if (is("via", start)) {
                    vias.add(start, end);
                }
            }
            case 4 -> {
                if (is("from", start)) {
                    from(start, end);
                } else if (is("cseq", start)) {
                    cSeqStart = start;
                    cSeqEnd = end;
                }
            }
            case 7 -> {
                if (is("call-id", start)) {
                    callId(start, end);
                } else if (is("contact", start)) {
                    contact(start, end);
                }
            }
            case 12 -> {
                if (is("record-route", start)) {
                    recordRoutes.add(start, end);
                }
            }
            default -> {
                return;
            }
        }
    }

    private void noteCompact(final int start, final int end) {
        switch (bytes[start] | 0x20) {
            case 'v' -> vias.add(start, end);
            case 'f' -> from(start, end);
            case 't' -> to(start, end);
            case 'i' -> callId(start, end);
            case 'm' -> contact(start, end);
            default -> {
                return;
            }
        }
    }

    private void from(final int start, final int end) {
        fromStart = start;
        fromEnd = end;
    }

    private void to(final int start, final int end) {
        toStart = start;
        toEnd = end;
    }

    private void callId(final int start, final int end) {
        callIdStart = start;
        callIdEnd = end;
    }

    private void contact(final int start, final int end) {
        contactStart = start;
        contactEnd = end;
    }

    private int nameLength(final int start, final int end) {
        int at = start;
        while (at < end && bytes[at] != ':' && bytes[at] != ' ' && bytes[at] != '\t') {
            at++;
        }
        return at - start;
    }

    private boolean is(final String lowerCaseName, final int start) {
        for (int i = 0; i < lowerCaseName.length(); i++) {
            if ((bytes[start + i] | 0x20) != lowerCaseName.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Whether the To line has a tag, after {@link #index()}. */
    boolean hasToTag() {
        return find(TAG, toStart, toEnd) != NONE;
    }

    /** Start of the URI in Contact, after {@link #index()}. */
    int contactUriStart() {
        for (int i = contactStart; i < contactEnd; i++) {
            if (bytes[i] == '<') {
                return i + 1;
            }
        }
        return NONE;
    }

    /** End of the URI in Contact. */
    int contactUriEnd() {
        for (int i = contactStart; i < contactEnd; i++) {
            if (bytes[i] == '>') {
                return i;
            }
        }
        return NONE;
    }

    private int lineEnd(final int from) {
        int at = from;
        while (at < length && bytes[at] != '\n') {
            at++;
        }
        return Math.min(length, at + 1);
    }

    private int find(final byte[] wanted, final int from, final int to) {
        final byte first = wanted[0];
        for (int i = from; i <= to - wanted.length; i++) {
            if (bytes[i] == first && matches(i, wanted)) {
                return i;
            }
        }
        return NONE;
    }

    private boolean matches(final int at, final byte[] wanted) {
        for (int i = 0; i < wanted.length; i++) {
            if (bytes[at + i] != wanted[i]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return bytes == null ? "" : new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
    }
}
