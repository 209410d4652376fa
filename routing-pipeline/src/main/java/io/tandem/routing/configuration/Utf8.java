package io.tandem.routing.configuration;

/** Tells UTF-8 text from other bytes. */
final class Utf8 {
    /** No fault. */
    static final int SOUND = -1;

    private Utf8() {}

    /**
     * Offset of the first byte that does not belong to UTF-8 text (RFC 3629), or {@link #SOUND}. A zero byte is a fault too: no
     * text has one, and UTF-16 has one in every second place.
     */
    static int faultAt(final byte[] bytes, final int length) {
        int i = 0;
        while (i < length) {
            final byte lead = bytes[i];
            if (lead > 0) {
                i++;
                continue;
            }
            final int count = sequence(lead & 0xff, i + 1 < length ? bytes[i + 1] & 0xff : 0);
            if (count == 0 || i + count > length) {
                return i;
            }
            for (int k = 2; k < count; k++) {
                if ((bytes[i + k] & 0xc0) != 0x80) {
                    return i;
                }
            }
            i += count;
        }
        return SOUND;
    }

    /** Bytes of the character that begins with two bytes; 0 if none does. */
    private static int sequence(final int lead, final int second) {
        final int low =
                switch (lead) {
                    case 0xe0 -> 0xa0;
                    case 0xf0 -> 0x90;
                    default -> 0x80;
                };
        final int high =
                switch (lead) {
                    case 0xed -> 0x9f;
                    case 0xf4 -> 0x8f;
                    default -> 0xbf;
                };
        if (second < low || second > high || lead < 0xc2 || lead > 0xf4) {
            return 0;
        }
        return lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    }
}
