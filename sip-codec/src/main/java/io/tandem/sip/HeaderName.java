package io.tandem.sip;

import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Locale;
import org.agrona.DirectBuffer;

/**
 * Header fields that the appliance may treat specially, with their compact forms (IANA SIP parameters registry).
 *
 * <p>Recognised in any case and in compact form. Everything else is {@link #UNKNOWN} and passes as it came.
 */
@SuppressWarnings("ImmutableEnumChecker") // The octets are shared for speed; nobody writes to them.
public enum HeaderName {
    UNKNOWN(""),
    VIA("Via", 'v'),
    FROM("From", 'f'),
    TO("To", 't'),
    CALL_ID("Call-ID", 'i'),
    CSEQ("CSeq"),
    CONTACT("Contact", 'm'),
    MAX_FORWARDS("Max-Forwards"),
    CONTENT_LENGTH("Content-Length", 'l'),
    CONTENT_TYPE("Content-Type", 'c'),
    ROUTE("Route"),
    RECORD_ROUTE("Record-Route"),
    REQUIRE("Require"),
    PROXY_REQUIRE("Proxy-Require"),
    SUPPORTED("Supported", 'k'),
    UNSUPPORTED("Unsupported"),
    ALLOW("Allow"),
    ALLOW_EVENTS("Allow-Events", 'u'),
    ACCEPT("Accept"),
    ACCEPT_CONTACT("Accept-Contact", 'a'),
    ACCEPT_ENCODING("Accept-Encoding"),
    ACCEPT_LANGUAGE("Accept-Language"),
    ALERT_INFO("Alert-Info"),
    ANSWER_MODE("Answer-Mode"),
    AUTHENTICATION_INFO("Authentication-Info"),
    AUTHORIZATION("Authorization"),
    CALL_INFO("Call-Info"),
    CONTENT_DISPOSITION("Content-Disposition"),
    CONTENT_ENCODING("Content-Encoding", 'e'),
    CONTENT_LANGUAGE("Content-Language"),
    DATE("Date"),
    DIVERSION("Diversion"),
    ERROR_INFO("Error-Info"),
    EVENT("Event", 'o'),
    EXPIRES("Expires"),
    FLOW_TIMER("Flow-Timer"),
    GEOLOCATION("Geolocation"),
    HISTORY_INFO("History-Info"),
    IDENTITY("Identity", 'y'),
    IDENTITY_INFO("Identity-Info", 'n'),
    IN_REPLY_TO("In-Reply-To"),
    INFO_PACKAGE("Info-Package"),
    JOIN("Join"),
    MAX_BREADTH("Max-Breadth"),
    MIME_VERSION("MIME-Version"),
    MIN_EXPIRES("Min-Expires"),
    MIN_SE("Min-SE"),
    ORGANIZATION("Organization"),
    P_ACCESS_NETWORK_INFO("P-Access-Network-Info"),
    P_ASSERTED_IDENTITY("P-Asserted-Identity"),
    P_ASSOCIATED_URI("P-Associated-URI"),
    P_CALLED_PARTY_ID("P-Called-Party-ID"),
    P_CHARGING_VECTOR("P-Charging-Vector"),
    P_EARLY_MEDIA("P-Early-Media"),
    P_PREFERRED_IDENTITY("P-Preferred-Identity"),
    PATH("Path"),
    PRIORITY("Priority"),
    PRIVACY("Privacy"),
    PROXY_AUTHENTICATE("Proxy-Authenticate"),
    PROXY_AUTHENTICATION_INFO("Proxy-Authentication-Info"),
    PROXY_AUTHORIZATION("Proxy-Authorization"),
    RACK("RAck"),
    REASON("Reason"),
    RECV_INFO("Recv-Info"),
    REFER_SUB("Refer-Sub"),
    REFER_TO("Refer-To", 'r'),
    REFERRED_BY("Referred-By", 'b'),
    REJECT_CONTACT("Reject-Contact", 'j'),
    REMOTE_PARTY_ID("Remote-Party-ID"),
    REPLACES("Replaces"),
    REPLY_TO("Reply-To"),
    REQUEST_DISPOSITION("Request-Disposition", 'd'),
    RESOURCE_PRIORITY("Resource-Priority"),
    RETRY_AFTER("Retry-After"),
    RSEQ("RSeq"),
    SERVER("Server"),
    SERVICE_ROUTE("Service-Route"),
    SESSION_EXPIRES("Session-Expires", 'x'),
    SESSION_ID("Session-ID"),
    SIP_ETAG("SIP-ETag"),
    SIP_IF_MATCH("SIP-If-Match"),
    SUBJECT("Subject", 's'),
    SUBSCRIPTION_STATE("Subscription-State"),
    TARGET_DIALOG("Target-Dialog"),
    TIMESTAMP("Timestamp"),
    USER_AGENT("User-Agent"),
    USER_TO_USER("User-to-User"),
    WARNING("Warning"),
    WWW_AUTHENTICATE("WWW-Authenticate");

    private static final HeaderName[] BY_CODE = values();
    private static final HeaderName[] BY_COMPACT_FORM = byCompactForm();
    private static final int HASH_BITS = 10;
    private static final int LENGTH_HASHED_MIN = 4;
    private static final int LOWER_CASE_BITS = 0x20202020;
    private static final long MULTIPLIER = collisionFreeMultiplier();
    private static final HeaderName[] BY_HASH = byHash(MULTIPLIER);

    /** How many names there are, {@link #UNKNOWN} included: the size of a table by {@link #code()}. */
    static final int COUNT = BY_CODE.length;

    private final byte[] bytes;
    private final byte[] lowerCase;
    private final byte[] letterBits;
    private final char compactForm;

    HeaderName(final String canonical) {
        this(canonical, (char) 0);
    }

    HeaderName(final String canonical, final char compactForm) {
        this.bytes = Octets.ascii(canonical);
        this.lowerCase = Octets.ascii(canonical.toLowerCase(Locale.ROOT));
        this.letterBits = letterBits(lowerCase);
        this.compactForm = compactForm;
    }

    /** The header written at this place, in any case or in compact form; {@link #UNKNOWN} when it is none of ours. */
    public static HeaderName of(final DirectBuffer buffer, final int offset, final int length) {
        if (length >= LENGTH_HASHED_MIN) {
            final int first = buffer.getInt(offset, ByteOrder.LITTLE_ENDIAN);
            final int last = buffer.getInt(offset + length - Integer.BYTES, ByteOrder.LITTLE_ENDIAN);
            final HeaderName name = BY_HASH[slot(first, last, length, MULTIPLIER)];
            return Octets.equalsName(buffer, offset, length, name.lowerCase, name.letterBits) ? name : UNKNOWN;
        }
        return switch (length) {
            case 1 -> {
                final int letter = Octets.toLower(buffer.getByte(offset)) - 'a';
                yield letter >= 0 && letter < BY_COMPACT_FORM.length ? BY_COMPACT_FORM[letter] : UNKNOWN;
            }
            case 2 -> TO.orUnknown(buffer, offset, length);
            case 3 -> VIA.orUnknown(buffer, offset, length);
            default -> UNKNOWN;
        };
    }

    /** The name in its usual spelling; shared, not to be changed. Empty for {@link #UNKNOWN}. */
    public byte[] bytes() {
        return bytes;
    }

    /** The letter that stands for the name, in lower case, or 0. */
    public char compactForm() {
        return compactForm;
    }

    /** Dense number of the name, 0 for {@link #UNKNOWN}; not stable between builds. */
    @SuppressWarnings("EnumOrdinal") // Index of an array that lives as long as the class does.
    int code() {
        return ordinal();
    }

    /** The inverse of {@link #code()}. */
    static HeaderName ofCode(final int code) {
        return BY_CODE[code];
    }

    private HeaderName orUnknown(final DirectBuffer buffer, final int offset, final int length) {
        return Octets.equalsIgnoreCase(buffer, offset, length, lowerCase) ? this : UNKNOWN;
    }

    private static byte[] letterBits(final byte[] lowerCase) {
        final byte[] bits = new byte[lowerCase.length];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = (byte) (lowerCase[i] == '-' ? 0 : LOWER_CASE_BITS);
        }
        return bits;
    }

    private static int slot(final int first, final int last, final int length, final long multiplier) {
        final long key = ((long) (first | LOWER_CASE_BITS) << 32) | ((last | LOWER_CASE_BITS) & 0xffff_ffffL);
        return (int) (((key + length) * multiplier) >>> (Long.SIZE - HASH_BITS));
    }

    private static HeaderName[] byCompactForm() {
        final HeaderName[] names = new HeaderName['z' - 'a' + 1];
        Arrays.fill(names, UNKNOWN);
        for (final HeaderName name : values()) {
            if (name.compactForm != 0) {
                names[name.compactForm - 'a'] = name;
            }
        }
        return names;
    }

    private static long collisionFreeMultiplier() {
        long multiplier = 0x9e3779b97f4a7c15L;
        while (byHash(multiplier) == null) {
            multiplier = multiplier * 0x5851f42d4c957f2dL + 2;
        }
        return multiplier;
    }

    private static HeaderName[] byHash(final long multiplier) {
        final HeaderName[] table = new HeaderName[1 << HASH_BITS];
        Arrays.fill(table, UNKNOWN);
        for (final HeaderName name : values()) {
            final byte[] text = name.lowerCase;
            if (text.length >= LENGTH_HASHED_MIN) {
                final int slot = slot(word(text, 0), word(text, text.length - Integer.BYTES), text.length, multiplier);
                if (table[slot] != UNKNOWN) {
                    return null;
                }
                table[slot] = name;
            }
        }
        return table;
    }

    private static int word(final byte[] text, final int at) {
        return text[at] | (text[at + 1] << 8) | (text[at + 2] << 16) | (text[at + 3] << 24);
    }
}
