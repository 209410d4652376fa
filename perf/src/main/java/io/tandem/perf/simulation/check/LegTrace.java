package io.tandem.perf.simulation.check;

import io.tandem.perf.simulation.network.Endpoint;
import io.tandem.perf.simulation.network.SipText;
import io.tandem.perf.simulation.network.VirtualTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One Call-ID as seen on the wire, from the system's own point of view: what reached it and what it sent. */
final class LegTrace {
    final String callId;
    final CallTrace call;
    final boolean callerSide;
    final Map<String, ServerTrace> servers = new LinkedHashMap<>();
    final Map<String, ClientTrace> clients = new LinkedHashMap<>();
    final List<DialogTrace> dialogs = new ArrayList<>();
    boolean byeReceived;
    boolean byeSent;

    /** A request that reached the system. */
    static final class ServerTrace {
        final SipText request;
        final Endpoint from;
        final long flow;
        final long receivedNs;
        final boolean garbled;
        boolean answered;
        byte[] finalBytes;
        int finalStatus;
        long finalNs;
        boolean acked;
        final Map<String, String> bodyByToTag = new LinkedHashMap<>();
        final Map<String, Long> rSeqByToTag = new LinkedHashMap<>();

        ServerTrace(
                final SipText request, final Endpoint from, final long flow, final long nowNs, final boolean garbled) {
            this.request = request;
            this.from = from;
            this.flow = flow;
            this.receivedNs = nowNs;
            this.garbled = garbled;
        }
    }

    /** A request that the system sent. */
    static final class ClientTrace {
        private static final long ABANDONED_NS = 31 * VirtualTime.SECOND;

        final SipText request;
        final byte[] bytes;
        final boolean stream;
        final long firstNs;
        long lastNs;
        int sends = 1;
        boolean provisional;
        int finalStatus;
        final List<SipText> reliable = new ArrayList<>();
        private boolean abandoned;
        /** When its CANCEL was sent; {@link CallTrace#NEVER} for never. */
        long cancelledNs = CallTrace.NEVER;

        ClientTrace(final SipText request, final byte[] bytes, final boolean stream, final long nowNs) {
            this.request = request;
            this.bytes = bytes;
            this.stream = stream;
            this.firstNs = nowNs;
            this.lastNs = nowNs;
        }

        /**
         * Whether the system may have given it up: 64 T1 after the CANCEL (RFC 3261 9.1), or after it was sent when nothing
         * ever came (17.1.1.2).
         */
        boolean isAbandoned(final long nowNs) {
            final boolean silent = !provisional && finalStatus == 0 && nowNs - firstNs >= ABANDONED_NS;
            abandoned |= silent || (cancelledNs != CallTrace.NEVER && nowNs - cancelledNs >= ABANDONED_NS);
            return abandoned;
        }
    }

    /** A pair of tags that both sides have used. */
    static final class DialogTrace {
        final String ourTag;
        final String peerTag;
        String remoteTarget;
        long ourCSeq = -1;
        boolean confirmed;
        boolean acked;
        boolean ended;
        /** It came of an answer to an INVITE that the system may have given up by then. */
        boolean mayBeIgnored;

        long confirmedNs;

        /** Whether the system owes it an end. */
        boolean isOpen() {
            return confirmed && !ended && (acked || !mayBeIgnored);
        }

        DialogTrace(final String ourTag, final String peerTag) {
            this.ourTag = ourTag;
            this.peerTag = peerTag;
        }
    }

    LegTrace(final String callId, final CallTrace call, final boolean callerSide) {
        this.callId = callId;
        this.call = call;
        this.callerSide = callerSide;
    }

    DialogTrace dialog(final String ourTag, final String peerTag) {
        for (final DialogTrace dialog : dialogs) {
            if (dialog.ourTag.equals(ourTag) && dialog.peerTag.equals(peerTag)) {
                return dialog;
            }
        }
        return null;
    }

    DialogTrace openDialog(final String ourTag, final String peerTag) {
        DialogTrace dialog = dialog(ourTag, peerTag);
        if (dialog == null) {
            dialog = new DialogTrace(ourTag, peerTag);
            dialogs.add(dialog);
        }
        return dialog;
    }

    ClientTrace inviteSent(final long cSeq) {
        for (final ClientTrace client : clients.values()) {
            if (client.request.is("INVITE") && client.request.cSeq() == cSeq) {
                return client;
            }
        }
        return null;
    }
}
