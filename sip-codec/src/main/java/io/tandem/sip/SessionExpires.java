package io.tandem.sip;

import org.agrona.DirectBuffer;

/** View of a Session-Expires value: seconds and refresher (RFC 4028 section 4). Reusable; made on demand. */
public final class SessionExpires {
    /** Who refreshes the session. */
    public enum Refresher {
        /** Not said. */
        ABSENT,
        UAC,
        UAS
    }

    private static final byte[] REFRESHER = Octets.ascii("refresher");
    private static final byte[] UAC = Octets.ascii("uac");
    private static final byte[] UAS = Octets.ascii("uas");

    private final DeltaSeconds interval = new DeltaSeconds();
    private Refresher refresher = Refresher.ABSENT;

    /** Views a whole value; false when it breaks the grammar. */
    public boolean wrap(final DirectBuffer buffer, final int offset, final int length) {
        refresher = Refresher.ABSENT;
        if (!interval.wrap(buffer, offset, length)) {
            return false;
        }
        final Parameters parameters = interval.parameters();
        if (!parameters.find(REFRESHER)) {
            return true;
        }
        if (Octets.equalsIgnoreCase(buffer, parameters.valueOffset(), parameters.valueLength(), UAC)) {
            refresher = Refresher.UAC;
        } else if (Octets.equalsIgnoreCase(buffer, parameters.valueOffset(), parameters.valueLength(), UAS)) {
            refresher = Refresher.UAS;
        }
        return refresher != Refresher.ABSENT;
    }

    /** 0 to 2^32 - 1. */
    public long seconds() {
        return interval.seconds();
    }

    public Refresher refresher() {
        return refresher;
    }
}
