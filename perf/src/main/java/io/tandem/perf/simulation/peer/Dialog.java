package io.tandem.perf.simulation.peer;

import io.tandem.perf.simulation.network.SipText;

/** A dialog as one peer keeps it (RFC 3261 12). */
final class Dialog {
    private final Party party;
    private final String local;
    private final String remote;
    private final String localTag;
    private final String remoteTag;
    private String remoteTarget;
    private long localCSeq;
    private long remoteCSeq = -1;
    private int bodyVersion;
    long rSeq;
    boolean confirmed;
    boolean ended;
    /** The other side has said BYE. */
    boolean told;
    /** An offer of ours waits for its answer. */
    boolean offerOut;
    /** The first exchange of media descriptions was over before the final response (RFC 3262 5). */
    boolean bodySettled;
    /** An INVITE of theirs waits for our ACK or answer. */
    boolean inviteIn;

    int retries;

    /**
     * @param local  From of our requests, tag included.
     * @param remote To of our requests, tag included.
     */
    Dialog(final Party party, final String local, final String remote, final long localCSeq) {
        this.party = party;
        this.local = local;
        this.remote = remote;
        this.localTag = SipText.parameter(local, "tag");
        this.remoteTag = SipText.parameter(remote, "tag");
        this.localCSeq = localCSeq;
    }

    String localTag() {
        return localTag;
    }

    String remoteTag() {
        return remoteTag;
    }

    String remoteTarget() {
        return remoteTarget;
    }

    void refreshTarget(final SipText message) {
        final String contact = message.first("contact");
        if (contact != null) {
            remoteTarget = SipText.uriOf(contact);
        }
    }

    /** Whether requests go over a stream connection: what the peer's Contact says. */
    boolean isStream() {
        return remoteTarget.contains(";transport=tcp") || remoteTarget.contains(";transport=TCP");
    }

    SipText request(final String method) {
        localCSeq++;
        return request(method, localCSeq);
    }

    SipText request(final String method, final long cSeq) {
        final SipText request = SipText.request(method, remoteTarget);
        request.add("Via", party.newVia(isStream())).add("Max-Forwards", "70");
        request.add("From", local).add("To", remote);
        request.add("Call-ID", party.callId()).add("CSeq", cSeq + " " + method);
        if (!method.equals("ACK") && !method.equals("BYE")) {
            request.add("Contact", party.contact());
        }
        return request;
    }

    long localCSeq() {
        return localCSeq;
    }

    /** Takes the CSeq of a request of theirs; false when it is older than one that came before. */
    boolean takes(final long cSeq) {
        if (cSeq <= remoteCSeq) {
            return false;
        }
        remoteCSeq = cSeq;
        return true;
    }

    /** The next description of our media; every one differs. */
    String nextBody() {
        return party.body(localTag, ++bodyVersion);
    }

    /** The newest description of our media. */
    String currentBody() {
        return bodyVersion == 0 ? nextBody() : party.body(localTag, bodyVersion);
    }

    void startBodyAt(final int version) {
        bodyVersion = version;
    }
}
