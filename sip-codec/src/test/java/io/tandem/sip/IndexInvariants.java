package io.tandem.sip;

import java.util.Arrays;
import org.agrona.DirectBuffer;

/** What holds of every index, whatever octets it was made of. */
final class IndexInvariants {
    private static final ValueIterator VALUES = new ValueIterator();
    private static final ViaValue VIA = new ViaValue();
    private static final NameAddr NAME_ADDR = new NameAddr();
    private static final SipUri URI = new SipUri();
    private static final SipUri SAME_URI = new SipUri();
    private static final CSeqValue CSEQ = new CSeqValue();
    private static final RackValue RACK = new RackValue();
    private static final SessionExpires SESSION_EXPIRES = new SessionExpires();
    private static final DeltaSeconds SECONDS = new DeltaSeconds();
    private static final ReasonValue REASON = new ReasonValue();
    private static final PrivacyValue PRIVACY = new PrivacyValue();
    private static final ReplacesValue REPLACES = new ReplacesValue();
    private static final DiversionValue DIVERSION = new DiversionValue();
    private static final SubscriptionState SUBSCRIPTION = new SubscriptionState();
    private static final AuthValue AUTH = new AuthValue();
    private static final HostAddress ADDRESS = new HostAddress();
    private static final SdpGlance SDP = new SdpGlance();
    private static final int[] COUNTS = new int[HeaderName.COUNT];
    private static final MessageCheck CHECK = new MessageCheck();

    private IndexInvariants() {}

    /** Checks the index of {@code message}, which was made of {@code [offset, offset + length)}. */
    static void verify(final SipMessage message, final int offset, final int length) {
        final int end = offset + length;
        final int stated = message.offset() + message.length();
        holds(message.offset() >= offset && stated <= end && message.length() >= 0, "message inside what was given");
        holds(message.bodyOffset() >= message.offset() && message.bodyOffset() <= end, "body inside what was given");
        holds(message.bodyLength() >= 0, "body length");
        Arrays.fill(COUNTS, 0);
        int behind = message.headersOffset();
        for (int header = 0; header < message.headerCount(); header++) {
            final int fieldOffset = message.fieldOffset(header);
            final int fieldEnd = fieldOffset + message.fieldLength(header);
            final int valueOffset = message.valueOffset(header);
            holds(fieldOffset >= behind, "fields in order");
            holds(fieldEnd > fieldOffset && fieldEnd <= message.bodyOffset(), "field before body");
            holds(message.nameOffset(header) == fieldOffset && message.nameLength(header) > 0, "name begins field");
            holds(valueOffset > fieldOffset && message.valueLength(header) >= 0, "value behind name");
            holds(valueOffset + message.valueLength(header) <= fieldEnd, "value inside field");
            final HeaderName name = message.name(header);
            holds(name == HeaderName.of(message.buffer(), fieldOffset, message.nameLength(header)), "name");
            COUNTS[name.code()]++;
            behind = fieldEnd;
        }
        for (int code = 0; code < HeaderName.COUNT; code++) {
            verifyChain(message, HeaderName.ofCode(code));
        }
    }

    private static void verifyChain(final SipMessage message, final HeaderName name) {
        int found = 0;
        int last = -1;
        for (int header = message.first(name); header != SipMessage.NONE; header = message.next(name, header)) {
            holds(header > last && message.name(header) == name, "chain in order");
            last = header;
            found++;
        }
        holds(found == COUNTS[name.code()] && found == message.count(name), "count of name");
    }

    private static void holds(final boolean condition, final String what) {
        if (!condition) {
            throw new AssertionError("index invariant broken: what=" + what);
        }
    }

    /** Puts every value before every view; none may throw or look outside. */
    static void lookAtEverything(final SipMessage message) {
        lookAtFields(message, 0);
    }

    /** Puts the values of the fields from this one on before every view. */
    static void lookAtFields(final SipMessage message, final int firstHeader) {
        CHECK.check(message);
        PRIVACY.wrap(message);
        final DirectBuffer buffer = message.buffer();
        URI.wrap(buffer, message.uriOffset(), message.uriLength());
        for (int header = firstHeader; header < message.headerCount(); header++) {
            look(buffer, message.valueOffset(header), message.valueLength(header));
            VALUES.reset(buffer, message.valueOffset(header), message.valueLength(header));
            while (VALUES.next()) {
                holds(VALUES.valueLength() > 0, "no empty elements");
                look(buffer, VALUES.valueOffset(), VALUES.valueLength());
            }
        }
        SDP.wrap(buffer, message.bodyOffset(), message.bodyLength());
    }

    private static void look(final DirectBuffer buffer, final int offset, final int length) {
        if (VIA.wrap(buffer, offset, length)) {
            inside(VIA.hostOffset(), VIA.hostLength(), offset, length);
            inside(VIA.branchOffset(), VIA.branchLength(), offset, length);
            ADDRESS.wrap(buffer, VIA.hostOffset(), VIA.hostLength());
        }
        if (NAME_ADDR.wrap(buffer, offset, length) && !NAME_ADDR.isWildcard()) {
            inside(NAME_ADDR.displayOffset(), NAME_ADDR.displayLength(), offset, length);
            inside(NAME_ADDR.uriOffset(), NAME_ADDR.uriLength(), offset, length);
            inside(NAME_ADDR.tagOffset(), NAME_ADDR.tagLength(), offset, length);
            if (URI.wrap(buffer, NAME_ADDR.uriOffset(), NAME_ADDR.uriLength())) {
                inside(URI.userOffset(), URI.userLength(), offset, length);
                inside(URI.hostOffset(), URI.hostLength(), offset, length);
                holds(URI.equivalent(URI), "a view equals itself");
                SAME_URI.wrap(buffer, NAME_ADDR.uriOffset(), NAME_ADDR.uriLength());
                holds(URI.equivalent(SAME_URI) == SAME_URI.equivalent(URI), "equality is symmetric");
            }
        }
        CSEQ.wrap(buffer, offset, length);
        RACK.wrap(buffer, offset, length);
        SECONDS.wrap(buffer, offset, length);
        SESSION_EXPIRES.wrap(buffer, offset, length);
        REASON.wrap(buffer, offset, length);
        REPLACES.wrap(buffer, offset, length);
        DIVERSION.wrap(buffer, offset, length);
        SUBSCRIPTION.wrap(buffer, offset, length);
        AUTH.wrap(buffer, offset, length);
        ADDRESS.wrap(buffer, offset, length);
    }

    private static void inside(final int partOffset, final int partLength, final int offset, final int length) {
        final boolean absent = partOffset == Octets.NONE && partLength == 0;
        holds(absent || (partOffset >= offset && partOffset + partLength <= offset + length), "part inside value");
    }
}
