package io.tandem.routing.call;

import io.tandem.routing.configuration.TrunkPlan;
import io.tandem.routing.number.DialString;
import io.tandem.routing.store.BlockStore;
import io.tandem.routing.target.DiversionReason;
import io.tandem.sip.HeaderName;
import io.tandem.sip.MessageWriter;
import io.tandem.sip.NameAddr;
import io.tandem.sip.Octets;
import io.tandem.sip.Parameters;
import io.tandem.sip.SipMessage;
import io.tandem.sip.SipUri;
import io.tandem.sip.ValueIterator;
import org.agrona.DirectBuffer;

/**
 * Tells the peer of an attempt of our diversions, in the words that the caller's side has: in History-Info (RFC 7044,
 * with the causes of RFC 7544) where its INVITE has that and no Diversion, in both where it has both, else in Diversion
 * (RFC 5806). So nobody is told of one twice unless he reads both already. Diversion goes above those that came,
 * History-Info below. Core's thread only.
 */
final class DiversionFields {
    private static final byte[] BRACKET_SIP_SCHEME = Octets.ascii("<sip:");
    private static final byte[] REASON = Octets.ascii(">;reason=");
    private static final byte[] COUNTER = Octets.ascii(";counter=1");
    private static final byte[] CAUSE = Octets.ascii(";cause=");
    private static final byte[] INDEX = Octets.ascii(";index=");
    private static final byte[] MAPPED = Octets.ascii(";mp=");
    private static final byte[] SAME_USER = Octets.ascii(";rc=");
    private static final byte[] STEP = Octets.ascii(".1");
    private static final byte[] INDEX_NAME = Octets.ascii("index");

    private final BlockStore blocks;
    private final DiversionEntries entries = new DiversionEntries();
    private final DialString party = new DialString();
    private final DialString target = new DialString();
    private final ValueIterator values = new ValueIterator();
    private final NameAddr nameAddr = new NameAddr();
    private final SipUri uri = new SipUri();
    private final SipUri asked = new SipUri();

    private SipMessage original;
    private int indexOffset;
    private int indexLength;

    DiversionFields(final BlockStore blocks) {
        this.blocks = blocks;
    }

    /**
     * Writes Diversion, the last diversion first, unless History-Info says it.
     *
     * @param host where our numbers are, as the peer sees it.
     */
    void writeDiversion(final MessageWriter writer, final Call call, final SipMessage invite, final byte[] host) {
        if (call.diversions == BlockStore.NO_BLOCK || (hasHistory(invite) && !hasDiversion(invite))) {
            return;
        }
        for (int count = entries.wrap(blocks, call.diversions).left(); count > 0; count--) {
            entries.wrap(blocks, call.diversions);
            for (int i = 0; i < count; i++) {
                entries.next();
            }
            writer.header(HeaderName.DIVERSION).ascii(BRACKET_SIP_SCHEME);
            UserPart.write(writer, entries.party());
            writer.octet((byte) '@')
                    .ascii(host)
                    .ascii(REASON)
                    .ascii(entries.reason().token())
                    .ascii(COUNTER)
                    .crlf();
        }
    }

    /**
     * Goes on with History-Info if the INVITE has it: an entry for what was asked for, unless the last one is that,
     * then one for each of those that the call was sent on to.
     *
     * @param host    where our numbers are, as the peer sees it.
     * @param trunk   where the call goes.
     * @param nobody  whether entries name nobody.
     */
    void writeHistory(
            final MessageWriter writer,
            final Call call,
            final SipMessage invite,
            final byte[] host,
            final TrunkPlan trunk,
            final boolean nobody) {
        if (call.diversions == BlockStore.NO_BLOCK || !hasHistory(invite)) {
            return;
        }
        original = invite;
        int depth = readLast() ? 0 : 1;
        entries.wrap(blocks, call.diversions);
        entries.next();
        party.set(entries.party());
        if (depth > 0) {
            address(writer, party, host, 0, null, nobody);
            index(writer, INDEX, depth);
            writer.crlf();
        }
        boolean more = true;
        while (more) {
            final DiversionReason reason = entries.reason();
            more = entries.next();
            target.set(more ? entries.party() : call.calledPresented);
            address(writer, target, more ? host : trunk.host(), more ? 0 : trunk.port(), reason, nobody);
            index(writer, INDEX, depth + 1);
            index(writer, target.sameAs(party) ? SAME_USER : MAPPED, depth++);
            writer.crlf();
            party.set(target);
        }
    }

    private static void address(
            final MessageWriter writer,
            final DialString user,
            final byte[] host,
            final int port,
            final DiversionReason reason,
            final boolean nobody) {
        writer.header(HeaderName.HISTORY_INFO);
        if (nobody) {
            ConcealedParties.anonymous(writer);
            return;
        }
        writer.ascii(BRACKET_SIP_SCHEME);
        UserPart.write(writer, user);
        writer.octet((byte) '@').ascii(host);
        if (port > 0) {
            writer.octet((byte) ':').number(port);
        }
        if (reason != null) {
            writer.ascii(CAUSE).number(reason.cause());
        }
        writer.octet((byte) '>');
    }

    /** The index of the last entry that came, and as many steps below it. */
    private void index(final MessageWriter writer, final byte[] parameter, final int depth) {
        writer.ascii(parameter);
        if (indexLength > 0) {
            writer.raw(original.buffer(), indexOffset, indexLength);
        } else {
            writer.octet((byte) '1');
        }
        for (int i = 0; i < depth; i++) {
            writer.ascii(STEP);
        }
    }

    /** Finds the index of the last entry that came; whether that entry is for whom the INVITE asks. */
    private boolean readLast() {
        final DirectBuffer buffer = original.buffer();
        indexLength = 0;
        boolean found = false;
        values.reset(original, HeaderName.HISTORY_INFO);
        while (values.next()) {
            found = nameAddr.wrap(buffer, values.valueOffset(), values.valueLength())
                    && uri.wrap(buffer, nameAddr.uriOffset(), nameAddr.uriLength());
            final Parameters parameters = nameAddr.parameters();
            if (found && parameters.find(INDEX_NAME)) {
                indexOffset = parameters.valueOffset();
                indexLength = parameters.valueLength();
            }
        }
        return found
                && uri.userLength() > 0
                && asked.wrap(buffer, original.uriOffset(), original.uriLength())
                && Octets.equals(
                        buffer, uri.userOffset(), uri.userLength(), buffer, asked.userOffset(), asked.userLength());
    }

    private static boolean hasDiversion(final SipMessage invite) {
        return invite.first(HeaderName.DIVERSION) != SipMessage.NONE;
    }

    private static boolean hasHistory(final SipMessage invite) {
        return invite.first(HeaderName.HISTORY_INFO) != SipMessage.NONE;
    }
}
