package io.tandem.sip;

import org.agrona.DirectBuffer;

/**
 * A glance at a session description: enough to see whether media can flow without us, not a parser (RFC 8866, RFC 3264).
 * Lines may end with CRLF or LF. Reusable; allocates nothing.
 *
 * <p>Direction, connection and profile are those of the first media section that is not refused (port 0), with the session
 * level for what it does not say; of the first section when all are refused.
 */
public final class SdpGlance {
    /** Which way media flows, as the sender of the description sees it. */
    public enum Direction {
        SENDRECV,
        SENDONLY,
        RECVONLY,
        INACTIVE
    }

    private static final byte[] TYPE = Octets.ascii("application/sdp");
    private static final byte[] SENDRECV = Octets.ascii("a=sendrecv");
    private static final byte[] SENDONLY = Octets.ascii("a=sendonly");
    private static final byte[] RECVONLY = Octets.ascii("a=recvonly");
    private static final byte[] INACTIVE = Octets.ascii("a=inactive");
    private static final byte[] AUDIO = Octets.ascii("audio");
    private static final byte[] FINGERPRINT = Octets.ascii("a=fingerprint:");
    private static final byte[] CRYPTO = Octets.ascii("a=crypto:");
    private static final int PORT_MAX = 65_535;

    private DirectBuffer buffer;
    private Direction direction = Direction.SENDRECV;
    private int mediaCount;
    private int audioCount;
    private int mediaPort;
    private boolean chosen;
    private boolean closed;
    private int connectionOffset;
    private int connectionLength;
    private int profileOffset;
    private int profileLength;
    private Direction sessionDirection = Direction.SENDRECV;
    private int sessionConnectionOffset;
    private int sessionConnectionLength;
    private boolean sessionDtls;
    private boolean dtls;
    private boolean sdes;

    /** True when the message says that its body is a session description, and has one. */
    public static boolean isIn(final SipMessage message) {
        final int header = message.first(HeaderName.CONTENT_TYPE);
        if (header == SipMessage.NONE || message.bodyLength() == 0) {
            return false;
        }
        final int length = message.valueLength(header);
        final int offset = message.valueOffset(header);
        if (length < TYPE.length || !Octets.equalsIgnoreCase(message.buffer(), offset, TYPE.length, TYPE)) {
            return false;
        }
        final int end = offset + length;
        final int next = Octets.skipLws(message.buffer(), offset + TYPE.length, end);
        return next == end || message.buffer().getByte(next) == ';';
    }

    /** Reads a description; false when it does not begin as one. */
    public boolean wrap(final DirectBuffer source, final int offset, final int length) {
        reset(source);
        final int end = offset + length;
        if (length < 3 || source.getByte(offset) != 'v' || source.getByte(offset + 1) != '=') {
            return false;
        }
        int at = offset;
        while (at < end) {
            final int lineEnd = Octets.lineBreak(source, at, end);
            if (lineEnd - at > 2 && source.getByte(at + 1) == '=') {
                line(at, lineEnd);
            }
            at = lineEnd + 1;
        }
        return true;
    }

    public Direction direction() {
        return direction;
    }

    /** Media sections, refused ones included. */
    public int mediaCount() {
        return mediaCount;
    }

    public boolean hasMedia() {
        return mediaCount > 0;
    }

    /** True when a section is audio. */
    public boolean hasAudio() {
        return audioCount > 0;
    }

    /** Port of the section looked at; 0 when refused or absent. */
    public int mediaPort() {
        return mediaPort;
    }

    /** Where the connection address begins; -1 when there is none. */
    public int connectionOffset() {
        return connectionOffset;
    }

    public int connectionLength() {
        return connectionLength;
    }

    /** Where the transport profile begins, {@code RTP/AVP} for example; -1 without media. */
    public int profileOffset() {
        return profileOffset;
    }

    public int profileLength() {
        return profileLength;
    }

    /** True when keys are agreed by DTLS, as browsers do: plain RTP cannot be joined to it without a relay. */
    public boolean isDtls() {
        return dtls;
    }

    /** True when keys are in the description itself (RFC 4568). */
    public boolean isSdes() {
        return sdes;
    }

    private void reset(final DirectBuffer source) {
        buffer = source;
        direction = Direction.SENDRECV;
        mediaCount = 0;
        audioCount = 0;
        mediaPort = 0;
        chosen = false;
        closed = false;
        connectionOffset = Octets.NONE;
        connectionLength = 0;
        profileOffset = Octets.NONE;
        profileLength = 0;
        dtls = false;
        sdes = false;
    }

    private void line(final int at, final int lineEnd) {
        switch (buffer.getByte(at)) {
            case 'm' -> media(at + 2, lineEnd);
            case 'c' -> {
                if (isLookedAt()) {
                    connection(at + 2, lineEnd);
                }
            }
            case 'a' -> {
                if (isLookedAt()) {
                    attribute(at, lineEnd);
                }
            }
            default -> {}
        }
    }

    /** The session level, and the section chosen while it lasts. */
    private boolean isLookedAt() {
        return !closed && (mediaCount == 0 || chosen || mediaCount == 1);
    }

    private void media(final int at, final int lineEnd) {
        mediaCount++;
        final int typeEnd = wordEnd(at, lineEnd);
        if (Octets.equals(buffer, at, typeEnd - at, AUDIO)) {
            audioCount++;
        }
        if (chosen) {
            closed = true;
            return;
        }
        final int portOffset = Math.min(typeEnd + 1, lineEnd);
        int portEnd = portOffset;
        while (portEnd < lineEnd && Octets.isDigit(buffer.getByte(portEnd))) {
            portEnd++;
        }
        final long port = Octets.decimal(buffer, portOffset, portEnd - portOffset);
        final boolean usable = port > 0 && port <= PORT_MAX;
        if (mediaCount == 1) {
            keepSessionLevel();
        }
        if (usable || mediaCount == 1) {
            takeSessionLevel();
            chosen = usable;
            mediaPort = usable ? (int) port : 0;
            profileOffset = Math.min(wordEnd(portEnd, lineEnd) + 1, lineEnd);
            profileLength = wordEnd(profileOffset, lineEnd) - profileOffset;
        }
    }

    private void keepSessionLevel() {
        sessionDirection = direction;
        sessionConnectionOffset = connectionOffset;
        sessionConnectionLength = connectionLength;
        sessionDtls = dtls;
    }

    private void takeSessionLevel() {
        direction = sessionDirection;
        connectionOffset = sessionConnectionOffset;
        connectionLength = sessionConnectionLength;
        dtls = sessionDtls;
        sdes = false;
    }

    private void connection(final int at, final int lineEnd) {
        final int type = Math.min(wordEnd(at, lineEnd) + 1, lineEnd);
        final int address = Math.min(wordEnd(type, lineEnd) + 1, lineEnd);
        int end = address;
        while (end < lineEnd && buffer.getByte(end) != ' ' && buffer.getByte(end) != '/') {
            end++;
        }
        if (end > address) {
            connectionOffset = address;
            connectionLength = end - address;
        }
    }

    private void attribute(final int at, final int lineEnd) {
        final int length = lineEnd - at;
        if (Octets.equals(buffer, at, length, SENDRECV)) {
            direction = Direction.SENDRECV;
        } else if (Octets.equals(buffer, at, length, SENDONLY)) {
            direction = Direction.SENDONLY;
        } else if (Octets.equals(buffer, at, length, RECVONLY)) {
            direction = Direction.RECVONLY;
        } else if (Octets.equals(buffer, at, length, INACTIVE)) {
            direction = Direction.INACTIVE;
        } else if (startsWith(at, length, FINGERPRINT)) {
            dtls = true;
        } else if (startsWith(at, length, CRYPTO)) {
            sdes = true;
        }
    }

    private boolean startsWith(final int at, final int length, final byte[] prefix) {
        return length >= prefix.length && Octets.equals(buffer, at, prefix.length, prefix);
    }

    private int wordEnd(final int at, final int lineEnd) {
        final int space = Octets.indexOf(buffer, at, lineEnd, (byte) ' ');
        return space == Octets.NONE ? lineEnd : space;
    }
}
