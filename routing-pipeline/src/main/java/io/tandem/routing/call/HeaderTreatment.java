package io.tandem.routing.call;

import io.tandem.sip.HeaderName;

/**
 * What happens to a header field of a message on its way to the other leg (D4). {@code docs/specs/headers.md} is this
 * table in words.
 */
enum HeaderTreatment {
    /** Leaves byte for byte as it came. */
    PASS,
    /** We write our own. */
    OURS,
    /** Does not cross. */
    STRIP,
    /** Crosses with those values only that we support. */
    INTERSECT,
    /** Crosses with sequence numbers or dialog identifiers of the other leg. */
    TRANSLATE,
    /** Crosses to whoever offered reliable provisional responses (RFC 3262 section 3). */
    RELIABLE,
    /** Crosses with the body that it describes, or not at all. */
    PASS_WITH_BODY,
    /** Crosses unless the number it vouches for has changed or is not shown. */
    PASS_UNLESS_CALLER_CHANGED,
    /** The same, and only within the trust domain if that was asked for (RFC 3325 sections 5 to 7). */
    ASSERTED,
    /** Crosses unless it leaves the trust domain and {@code Privacy: user} was asked for (RFC 3323 section 5.3). */
    PERSONAL,
    /** Crosses; whoever of those that it names asks for privacy is anonymous outside the trust domain. */
    PARTIES;

    private static final HeaderTreatment[] BY_NAME = new HeaderTreatment[HeaderName.values().length];

    static {
        for (final HeaderName name : HeaderName.values()) {
            BY_NAME[name.ordinal()] = treatment(name);
        }
    }

    static HeaderTreatment of(final HeaderName name) {
        return BY_NAME[name.ordinal()];
    }

    private static HeaderTreatment treatment(final HeaderName name) {
        return switch (name) {
            case VIA, FROM, TO, CALL_ID, CSEQ, CONTACT, MAX_FORWARDS, CONTENT_LENGTH, ROUTE, RECORD_ROUTE -> OURS;
            case AUTHORIZATION,
                    PROXY_AUTHORIZATION,
                    WWW_AUTHENTICATE,
                    PROXY_AUTHENTICATE,
                    AUTHENTICATION_INFO,
                    PROXY_AUTHENTICATION_INFO,
                    PROXY_REQUIRE,
                    PATH,
                    SERVICE_ROUTE,
                    FLOW_TIMER,
                    JOIN,
                    TARGET_DIALOG,
                    P_PREFERRED_IDENTITY,
                    RETRY_AFTER -> STRIP;
            case SUPPORTED, REQUIRE, ALLOW -> INTERSECT;
            case RACK, REPLACES -> TRANSLATE;
            case RSEQ -> RELIABLE;
            case CONTENT_TYPE, CONTENT_DISPOSITION, CONTENT_ENCODING, CONTENT_LANGUAGE, MIME_VERSION -> PASS_WITH_BODY;
            case IDENTITY, IDENTITY_INFO -> PASS_UNLESS_CALLER_CHANGED;
            case P_ASSERTED_IDENTITY, REMOTE_PARTY_ID -> ASSERTED;
            case CALL_INFO, IN_REPLY_TO, ORGANIZATION, REPLY_TO, SUBJECT, USER_AGENT -> PERSONAL;
            case DIVERSION, HISTORY_INFO -> PARTIES;
            default -> PASS;
        };
    }
}
