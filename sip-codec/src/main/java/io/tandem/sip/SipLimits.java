package io.tandem.sip;

/**
 * What one message may cost. Each limit has a {@link Problem} that answers for it.
 *
 * @param messageBytesMax octets of a whole message, start line to body: {@link Problem#MESSAGE_TOO_LARGE}
 * @param headBytesMax octets up to and including the blank line, at most 65535: {@link Problem#HEAD_TOO_LARGE}
 * @param headerCountMax header fields: {@link Problem#TOO_MANY_HEADERS}
 * @param headerBytesMax octets of one header field, name, folds and line end included: {@link Problem#HEADER_TOO_LONG}
 * @param uriBytesMax octets of the Request-URI: {@link Problem#URI_TOO_LONG}
 */
public record SipLimits(
        int messageBytesMax, int headBytesMax, int headerCountMax, int headerBytesMax, int uriBytesMax) {
    /** What a carrier meets in practice, with room: a UDP datagram of any size, 128 header fields. */
    public static final SipLimits DEFAULT = new SipLimits(65_535, 32_768, 128, 8_192, 2_048);

    /** Takes whatever other limits let in: for messages that were accepted before and are read again. */
    public static final SipLimits WIDEST = new SipLimits(1 << 30, 65_535, 4_096, 65_535, 65_535);

    private static final int HEAD_BYTES_CEILING = 65_535;
    private static final int HEADER_COUNT_CEILING = 4_096;

    public SipLimits {
        require("messageBytesMax", messageBytesMax, 64, 1 << 30);
        require("headBytesMax", headBytesMax, 64, HEAD_BYTES_CEILING);
        require("headerCountMax", headerCountMax, 8, HEADER_COUNT_CEILING);
        require("headerBytesMax", headerBytesMax, 32, HEAD_BYTES_CEILING);
        require("uriBytesMax", uriBytesMax, 16, HEAD_BYTES_CEILING);
    }

    private static void require(final String setting, final int value, final int min, final int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(
                    "limit out of range: setting=" + setting + " value=" + value + " min=" + min + " max=" + max);
        }
    }
}
