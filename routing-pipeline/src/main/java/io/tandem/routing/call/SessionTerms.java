package io.tandem.routing.call;

import io.tandem.sip.HeaderName;
import io.tandem.sip.Method;
import io.tandem.sip.Octets;
import io.tandem.sip.SessionExpires;
import io.tandem.sip.SessionExpires.Refresher;
import io.tandem.sip.SipMessage;
import io.tandem.sip.ValueIterator;

/**
 * What a message says of session timers (RFC 4028 section 4), in one number that a transaction can keep:
 *
 * <pre>
 *   0..31 seconds | 32..33 refresher | 34 Session-Expires is there | 35 and cannot be read
 *                 | 36 Supported or Require names timer | 37 there is an Allow | 38 and it names UPDATE
 * </pre>
 */
final class SessionTerms {
    /** No Session-Expires. */
    static final long NONE = 0;

    /** Shortest interval that we take (section 5). */
    static final int MIN_SEC = 90;

    private static final long SECONDS = 0xFFFF_FFFFL;
    private static final int REFRESHER_SHIFT = 32;
    private static final long UAC = 1L << REFRESHER_SHIFT;
    private static final long UAS = 2L << REFRESHER_SHIFT;
    private static final long PRESENT = 1L << 34;
    private static final long UNREADABLE = 1L << 35;
    private static final long SUPPORTED = 1L << 36;
    private static final long ALLOW = 1L << 37;
    private static final long UPDATE = 1L << 38;
    private static final byte[] TIMER = {'t', 'i', 'm', 'e', 'r'};

    private final SessionExpires view = new SessionExpires();
    private final ValueIterator values = new ValueIterator();

    /** Terms of a message, {@link #NONE} when it has no Session-Expires. */
    long read(final SipMessage message) {
        final int header = message.first(HeaderName.SESSION_EXPIRES);
        if (header == SipMessage.NONE) {
            return NONE;
        }
        long terms = PRESENT;
        if (view.wrap(message.buffer(), message.valueOffset(header), message.valueLength(header))) {
            terms |= view.seconds() | refresherBits(view.refresher());
        } else {
            terms |= UNREADABLE;
        }
        if (namesTimer(message, HeaderName.SUPPORTED) || namesTimer(message, HeaderName.REQUIRE)) {
            terms |= SUPPORTED;
        }
        if (message.first(HeaderName.ALLOW) != SipMessage.NONE) {
            terms |= allowsUpdate(message) ? ALLOW | UPDATE : ALLOW;
        }
        return terms;
    }

    private static long refresherBits(final Refresher refresher) {
        return switch (refresher) {
            case ABSENT -> 0;
            case UAC -> UAC;
            case UAS -> UAS;
        };
    }

    private boolean namesTimer(final SipMessage message, final HeaderName name) {
        values.reset(message, name);
        while (values.next()) {
            if (Octets.equalsIgnoreCase(message.buffer(), values.valueOffset(), values.valueLength(), TIMER)) {
                return true;
            }
        }
        return false;
    }

    private boolean allowsUpdate(final SipMessage message) {
        values.reset(message, HeaderName.ALLOW);
        while (values.next()) {
            if (Method.of(message.buffer(), values.valueOffset(), values.valueLength()) == Method.UPDATE) {
                return true;
            }
        }
        return false;
    }

    /** Whether there is a Session-Expires. */
    static boolean isPresent(final long terms) {
        return (terms & PRESENT) != 0;
    }

    /** The interval, 0 when there is none or none that can be read. */
    static long seconds(final long terms) {
        return terms & SECONDS;
    }

    /** Whether the one who answers is to refresh. */
    static boolean isRefresherUas(final long terms) {
        return (terms & UAS) != 0;
    }

    /** Whether the sender knows session timers. */
    static boolean isSupported(final long terms) {
        return (terms & SUPPORTED) != 0;
    }

    /** Whether the sender said which methods it takes. */
    static boolean hasAllow(final long terms) {
        return (terms & ALLOW) != 0;
    }

    /** Whether the sender takes UPDATE. */
    static boolean takesUpdate(final long terms) {
        return (terms & UPDATE) != 0;
    }

    /** The same terms of a sender that is known to take UPDATE. */
    static long withUpdate(final long terms) {
        return terms | UPDATE;
    }

    /** Whether a request is to be refused with 422: only a sender that supports timers can do better (section 9). */
    static boolean isTooShort(final long asked) {
        return isPresent(asked) && isSupported(asked) && seconds(asked) < MIN_SEC;
    }

    /**
     * Whether we give the sender its session timer when the other side has none: where it wants us to refresh, it must take
     * UPDATE.
     */
    static boolean canBeOurs(final long asked) {
        return isPresent(asked) && isSupported(asked) && (!isRefresherUas(asked) || takesUpdate(asked));
    }
}
