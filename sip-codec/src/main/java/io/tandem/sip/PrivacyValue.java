package io.tandem.sip;

import org.agrona.DirectBuffer;

/** View of what Privacy headers ask for (RFC 3323, RFC 3325 section 9.3, RFC 7044). Reusable; made on demand. */
public final class PrivacyValue {
    private static final byte[] NONE = Octets.ascii("none");
    private static final byte[] ID = Octets.ascii("id");
    private static final byte[] USER = Octets.ascii("user");
    private static final byte[] HEADER = Octets.ascii("header");
    private static final byte[] SESSION = Octets.ascii("session");
    private static final byte[] CRITICAL = Octets.ascii("critical");
    private static final byte[] HISTORY = Octets.ascii("history");

    private boolean none;
    private boolean id;
    private boolean user;
    private boolean header;
    private boolean session;
    private boolean critical;
    private boolean history;
    private boolean unknown;

    /** Reads every Privacy header of a message; false when one breaks the grammar. Nothing is asked for without any. */
    public boolean wrap(final SipMessage message) {
        reset();
        boolean sound = true;
        for (int field = message.first(HeaderName.PRIVACY);
                field != SipMessage.NONE;
                field = message.next(HeaderName.PRIVACY, field)) {
            sound &= read(message.buffer(), message.valueOffset(field), message.valueLength(field));
        }
        return sound;
    }

    /** Reads one value; false when it breaks the grammar. */
    public boolean wrap(final DirectBuffer buffer, final int offset, final int length) {
        reset();
        return read(buffer, offset, length);
    }

    /** Privacy is declined, even where it is the rule. */
    public boolean none() {
        return none;
    }

    /** The asserted identity stays inside the trust domain. */
    public boolean id() {
        return id;
    }

    /** The From and other user level headers are to be made anonymous. */
    public boolean user() {
        return user;
    }

    public boolean header() {
        return header;
    }

    public boolean session() {
        return session;
    }

    /** The request must fail when the privacy asked for cannot be given. */
    public boolean critical() {
        return critical;
    }

    public boolean history() {
        return history;
    }

    /** Something was asked for that has no meaning here. */
    public boolean unknown() {
        return unknown;
    }

    private void reset() {
        none = false;
        id = false;
        user = false;
        header = false;
        session = false;
        critical = false;
        history = false;
        unknown = false;
    }

    /** Values stand between semicolons; some senders use commas. */
    private boolean read(final DirectBuffer buffer, final int offset, final int length) {
        final int end = offset + length;
        int at = Octets.skipLws(buffer, offset, end);
        while (at < end) {
            final int tokenEnd = Octets.skipToken(buffer, at, end);
            if (tokenEnd == at) {
                return false;
            }
            note(buffer, at, tokenEnd - at);
            at = Octets.skipLws(buffer, tokenEnd, end);
            if (at < end) {
                if (buffer.getByte(at) != ';' && buffer.getByte(at) != ',') {
                    return false;
                }
                at = Octets.skipLws(buffer, at + 1, end);
            }
        }
        return true;
    }

    private void note(final DirectBuffer buffer, final int offset, final int length) {
        if (Octets.equalsIgnoreCase(buffer, offset, length, ID)) {
            id = true;
        } else if (Octets.equalsIgnoreCase(buffer, offset, length, NONE)) {
            none = true;
        } else if (Octets.equalsIgnoreCase(buffer, offset, length, USER)) {
            user = true;
        } else if (Octets.equalsIgnoreCase(buffer, offset, length, HEADER)) {
            header = true;
        } else if (Octets.equalsIgnoreCase(buffer, offset, length, SESSION)) {
            session = true;
        } else if (Octets.equalsIgnoreCase(buffer, offset, length, CRITICAL)) {
            critical = true;
        } else if (Octets.equalsIgnoreCase(buffer, offset, length, HISTORY)) {
            history = true;
        } else {
            unknown = true;
        }
    }
}
