package io.tandem.sip;

/**
 * What RFC 3261 demands of a message beyond its index before anything may act on it (sections 8.1.1, 8.2, 16.3): the
 * mandatory headers, once each, and sound; CSeq in range and in accord with the method; a usable Request-URI.
 *
 * <p>A malformed header that we do not need does not stop a call: only the topmost Via is looked at, Contact and the route
 * headers only where a dialog or a binding comes of them. A missing Max-Forwards is no fault (section 16.6 step 3). URI
 * schemes, methods and option tags are for the core to accept.
 *
 * <p>What the check had to read, whoever acts on the message reads here, too: its views are valid until the next check.
 * Reusable and not thread-safe; allocates nothing.
 */
public final class MessageCheck {
    private static final int MAX_FORWARDS_MAX = 255;

    private final ValueIterator values = new ValueIterator();
    private final ViaValue via = new ViaValue();
    private final NameAddr from = new NameAddr();
    private final NameAddr to = new NameAddr();
    private final NameAddr nameAddr = new NameAddr();
    private final SipUri uri = new SipUri();
    private final CSeqValue cSeq = new CSeqValue();

    private int viaHeader;
    private int viaEnd;
    private boolean viaAlone;
    private int contactCount;

    /** The first fault of a message whose index is without one; {@link Problem#NONE} when it may be acted on. */
    public Problem check(final SipMessage message) {
        Problem problem = presence(message);
        problem = problem == Problem.NONE ? cSeq(message) : problem;
        problem = problem == Problem.NONE ? identifiers(message) : problem;
        if (problem == Problem.NONE && message.isRequest()) {
            problem = request(message);
        }
        return problem == Problem.NONE ? targets(message) : problem;
    }

    /** Topmost Via of the message that was checked last and found sound; valid until the next check, as all views. */
    public ViaValue via() {
        return via;
    }

    /** The header field that holds the topmost Via. */
    public int viaHeader() {
        return viaHeader;
    }

    /** Where the topmost Via ends. */
    public int viaEnd() {
        return viaEnd;
    }

    /** Whether there is no other Via. */
    public boolean isViaAlone() {
        return viaAlone;
    }

    /** From of the message that was checked last and found sound. */
    public NameAddr from() {
        return from;
    }

    /** To of the message that was checked last and found sound. */
    public NameAddr to() {
        return to;
    }

    /** CSeq of the message that was checked last and found sound. */
    public CSeqValue cSeq() {
        return cSeq;
    }

    private static Problem presence(final SipMessage message) {
        if (message.count(HeaderName.VIA) == 0) {
            return Problem.MISSING_VIA;
        }
        Problem problem = once(message, HeaderName.FROM, Problem.MISSING_FROM, Problem.DUPLICATE_FROM);
        if (problem == Problem.NONE) {
            problem = once(message, HeaderName.TO, Problem.MISSING_TO, Problem.DUPLICATE_TO);
        }
        if (problem == Problem.NONE) {
            problem = once(message, HeaderName.CALL_ID, Problem.MISSING_CALL_ID, Problem.DUPLICATE_CALL_ID);
        }
        if (problem == Problem.NONE) {
            problem = once(message, HeaderName.CSEQ, Problem.MISSING_CSEQ, Problem.DUPLICATE_CSEQ);
        }
        return problem;
    }

    private static Problem once(
            final SipMessage message, final HeaderName name, final Problem missing, final Problem duplicate) {
        return switch (message.count(name)) {
            case 0 -> missing;
            case 1 -> Problem.NONE;
            default -> duplicate;
        };
    }

    private Problem cSeq(final SipMessage message) {
        final int header = message.first(HeaderName.CSEQ);
        if (!cSeq.wrap(message.buffer(), message.valueOffset(header), message.valueLength(header))) {
            return Problem.BAD_CSEQ;
        }
        // A method that is none of ours gets 501 whatever its CSeq says (RFC 4475 section 3.1.2.18).
        final boolean matches =
                !message.isRequest() || message.method() == Method.UNKNOWN || message.method() == cSeq.method();
        return matches ? Problem.NONE : Problem.CSEQ_METHOD_MISMATCH;
    }

    private Problem identifiers(final SipMessage message) {
        values.reset(message, HeaderName.VIA);
        if (!values.next() || !via.wrap(message.buffer(), values.valueOffset(), values.valueLength())) {
            return Problem.BAD_VIA;
        }
        viaHeader = values.header();
        viaEnd = values.valueOffset() + values.valueLength();
        viaAlone = !values.next();
        if (!isAddress(message, message.first(HeaderName.FROM), from)) {
            return Problem.BAD_FROM;
        }
        if (!isAddress(message, message.first(HeaderName.TO), to)) {
            return Problem.BAD_TO;
        }
        return isCallId(message, message.first(HeaderName.CALL_ID)) ? Problem.NONE : Problem.BAD_CALL_ID;
    }

    private Problem request(final SipMessage message) {
        final int maxForwards = message.first(HeaderName.MAX_FORWARDS);
        if (maxForwards != SipMessage.NONE) {
            if (message.count(HeaderName.MAX_FORWARDS) > 1) {
                return Problem.DUPLICATE_MAX_FORWARDS;
            }
            final long hops = Octets.decimal(
                    message.buffer(), message.valueOffset(maxForwards), message.valueLength(maxForwards));
            if (hops < 0 || hops > MAX_FORWARDS_MAX) {
                return Problem.BAD_MAX_FORWARDS;
            }
        }
        if (!uri.wrap(message.buffer(), message.uriOffset(), message.uriLength()) || uri.headersPresent()) {
            return Problem.BAD_REQUEST_URI;
        }
        return addresses(message, HeaderName.ROUTE) ? Problem.NONE : Problem.BAD_ROUTE;
    }

    private Problem targets(final SipMessage message) {
        final boolean wanted = message.isRequest() || (message.statusCode() > 100 && message.statusCode() < 300);
        if (!wanted || !needsTarget(message.method())) {
            return Problem.NONE;
        }
        if (!contacts(message)) {
            return Problem.BAD_CONTACT;
        }
        // RFC 3261 section 8.1.1.8: exactly one; that there is one at all is for the core, which leaves a record of the
        // call
        if (message.isRequest() && message.method() == Method.INVITE && contactCount > 1) {
            return Problem.DUPLICATE_CONTACT;
        }
        return addresses(message, HeaderName.RECORD_ROUTE) ? Problem.NONE : Problem.BAD_RECORD_ROUTE;
    }

    private static boolean needsTarget(final Method method) {
        return switch (method) {
            case INVITE, REGISTER, SUBSCRIBE, NOTIFY, REFER, UPDATE -> true;
            case ACK, BYE, CANCEL, OPTIONS, PRACK, INFO, MESSAGE, PUBLISH, UNKNOWN -> false;
        };
    }

    private boolean contacts(final SipMessage message) {
        contactCount = 0;
        values.reset(message, HeaderName.CONTACT);
        while (values.next()) {
            contactCount++;
            if (!nameAddr.wrap(message.buffer(), values.valueOffset(), values.valueLength())) {
                return false;
            }
            final boolean sound = nameAddr.isWildcard()
                    ? message.isRequest() && message.method() == Method.REGISTER
                    : uri.wrap(message.buffer(), nameAddr.uriOffset(), nameAddr.uriLength());
            if (!sound) {
                return false;
            }
        }
        return true;
    }

    private boolean addresses(final SipMessage message, final HeaderName name) {
        values.reset(message, name);
        while (values.next()) {
            if (!isAddress(message, values.valueOffset(), values.valueLength(), nameAddr)) {
                return false;
            }
        }
        return true;
    }

    private boolean isAddress(final SipMessage message, final int header, final NameAddr view) {
        return isAddress(message, message.valueOffset(header), message.valueLength(header), view);
    }

    private boolean isAddress(final SipMessage message, final int offset, final int length, final NameAddr view) {
        return view.wrap(message.buffer(), offset, length)
                && !view.isWildcard()
                && uri.wrap(message.buffer(), view.uriOffset(), view.uriLength());
    }

    private static boolean isCallId(final SipMessage message, final int header) {
        final int at = message.valueOffset(header);
        final int end = at + message.valueLength(header);
        return at < end && Octets.skipVisible(message.buffer(), at, end) == end;
    }
}
