package io.tandem.routing.transaction;

import io.tandem.routing.identifier.SipHash;
import io.tandem.sip.CSeqValue;
import io.tandem.sip.HeaderName;
import io.tandem.sip.MessageCheck;
import io.tandem.sip.Method;
import io.tandem.sip.NameAddr;
import io.tandem.sip.SipMessage;
import io.tandem.sip.ValueIterator;
import io.tandem.sip.ViaValue;

/**
 * What identifies a request to a server: the key by which its retransmissions, its ACK and its CANCEL find it (RFC 3261
 * section 17.2.3), and the key by which a merged copy is recognised (section 8.2.2.2). Also keeps the views of the
 * request's Via, From, To and CSeq which everybody after needs. Reused; core's thread only.
 */
public final class RequestKeys {
    private static final int RFC_2543 = 2543;

    private final SipHash hash;
    private final ValueIterator values = new ValueIterator();
    private final ViaValue ownVia = new ViaValue();
    private final NameAddr ownTo = new NameAddr();
    private final CSeqValue ownCSeq = new CSeqValue();
    private ViaValue via = ownVia;
    private NameAddr from = new NameAddr();
    private NameAddr to = ownTo;
    private CSeqValue cSeq = ownCSeq;
    private boolean viaReadable;
    private boolean toReadable;
    private boolean cSeqReadable;
    private int viaHeader;
    private int viaEnd;
    private long high;
    private long low;

    /** Creates keys under a secret hash. */
    public RequestKeys(final SipHash hash) {
        this.hash = hash;
    }

    /**
     * Reads the topmost Via, To and CSeq, as far as they can be read, of a request that is refused for its syntax; false
     * when there is no Via at all, or neither CSeq nor method.
     */
    boolean readForRefusal(final SipMessage request) {
        via = ownVia;
        to = ownTo;
        cSeq = ownCSeq;
        final int toHeader = request.first(HeaderName.TO);
        toReadable = toHeader != SipMessage.NONE
                && to.wrap(request.buffer(), request.valueOffset(toHeader), request.valueLength(toHeader));
        final int cSeqHeader = request.first(HeaderName.CSEQ);
        cSeqReadable = cSeqHeader != SipMessage.NONE && isGrammaticalCSeq(request, cSeqHeader);
        viaReadable = readVia(request);
        if (!viaReadable) {
            viaHeader = request.first(HeaderName.VIA);
        }
        return viaHeader != SipMessage.NONE && (cSeqReadable || request.methodLength() > 0);
    }

    private boolean isGrammaticalCSeq(final SipMessage request, final int header) {
        return cSeq.wrap(request.buffer(), request.valueOffset(header), request.valueLength(header))
                || cSeq.isGrammatical();
    }

    private boolean readVia(final SipMessage request) {
        values.reset(request, HeaderName.VIA);
        if (!values.next() || !via.wrap(request.buffer(), values.valueOffset(), values.valueLength())) {
            return false;
        }
        viaHeader = values.header();
        viaEnd = values.valueOffset() + values.valueLength();
        return true;
    }

    /** Takes the views of a request that has just passed the check, which must not check another meanwhile. */
    void read(final MessageCheck check) {
        via = check.via();
        from = check.from();
        to = check.to();
        cSeq = check.cSeq();
        viaHeader = check.viaHeader();
        viaEnd = check.viaEnd();
        viaReadable = true;
        toReadable = true;
        cSeqReadable = true;
    }

    /**
     * Computes the transaction key of the request that was read.
     *
     * @param method method to look for: INVITE for an ACK or the target of a CANCEL.
     */
    void transactionKey(final SipMessage request, final Method method) {
        hash.begin().number(method.ordinal());
        if (method == Method.UNKNOWN) {
            hash.piece(request.buffer(), request.methodOffset(), request.methodLength());
        }
        if (via.isBranchUnique()) {
            hash.piece(request.buffer(), via.branchOffset(), via.branchLength())
                    .piece(request.buffer(), via.hostOffset(), via.hostLength())
                    .number(via.port());
        } else {
            // RFC 2543: the To tag is left out, for the ACK carries the one we gave
            hash.number(RFC_2543).number(cSeq.number());
            pieceOrNothing(request, from.tagOffset(), from.tagLength());
            pieceOfHeader(request, HeaderName.CALL_ID);
            hash.piece(request.buffer(), request.uriOffset(), request.uriLength())
                    .piece(request.buffer(), via.hostOffset(), via.hostLength())
                    .number(via.port());
            pieceOrNothing(request, via.branchOffset(), via.branchLength());
        }
        hash.end();
        high = hash.high();
        low = hash.low();
    }

    /** Computes the key that merged copies of the request share. */
    void mergeKey(final SipMessage request) {
        hash.begin().number(request.method().ordinal()).number(cSeq.number());
        pieceOrNothing(request, from.tagOffset(), from.tagLength());
        pieceOfHeader(request, HeaderName.CALL_ID);
        hash.end();
        high = hash.high();
        low = hash.low();
    }

    long high() {
        return high;
    }

    long low() {
        return low;
    }

    /** Topmost Via of the request that was read. */
    public ViaValue via() {
        return via;
    }

    /** From of the request that was read. */
    public NameAddr from() {
        return from;
    }

    /** To of the request that was read. */
    public NameAddr to() {
        return to;
    }

    /** Whether the To of a response gets our tag: the request's had none, or there was no To at all. */
    boolean wantsTag(final SipMessage request) {
        return toReadable ? to.tagOffset() < 0 : request.first(HeaderName.TO) == SipMessage.NONE;
    }

    /** Whether the request's CSeq can be read, be its number in range or not. */
    boolean isCSeqReadable() {
        return cSeqReadable;
    }

    /** CSeq of the request that was read. */
    public CSeqValue cSeq() {
        return cSeq;
    }

    /** Whether the topmost Via could be read; if not, answers carry it back as it came, to where the request came from. */
    boolean isViaReadable() {
        return viaReadable;
    }

    int viaHeader() {
        return viaHeader;
    }

    /** Where the topmost via-parm ends. */
    int viaEnd() {
        return viaEnd;
    }

    private void pieceOfHeader(final SipMessage request, final HeaderName name) {
        final int header = request.first(name);
        if (header != SipMessage.NONE) {
            hash.piece(request.buffer(), request.valueOffset(header), request.valueLength(header));
        }
    }

    private void pieceOrNothing(final SipMessage request, final int offset, final int length) {
        if (offset >= 0) {
            hash.piece(request.buffer(), offset, length);
        } else {
            hash.number(0);
        }
    }
}
