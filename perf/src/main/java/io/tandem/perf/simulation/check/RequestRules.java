package io.tandem.perf.simulation.check;

import io.tandem.perf.simulation.check.LegTrace.ClientTrace;
import io.tandem.perf.simulation.check.LegTrace.DialogTrace;
import io.tandem.perf.simulation.check.LegTrace.ServerTrace;
import io.tandem.perf.simulation.network.Endpoint;
import io.tandem.perf.simulation.network.Packet;
import io.tandem.perf.simulation.network.SipText;
import io.tandem.perf.simulation.network.VirtualTime;
import java.util.Arrays;
import java.util.List;

/** Rules for the requests that the system sends. */
final class RequestRules {
    private static final long T1_NS = 500 * VirtualTime.MILLISECOND;
    private static final long TIMER_GRAIN_NS = 2 * VirtualTime.MILLISECOND;
    private static final long ACK_PATIENCE_NS = 31 * VirtualTime.SECOND;
    private static final long RING_NS = 15 * VirtualTime.SECOND;
    private static final int SENDS_MAX = 11;

    private final Watch watch;
    private final List<Endpoint> system;

    RequestRules(final Watch watch, final List<Endpoint> system) {
        this.watch = watch;
        this.system = system;
    }

    /** The leg that an INVITE outside of any dialog opens towards a callee. */
    LegTrace newLeg(final SipText request) {
        final CallTrace call = watch.call(SipText.userOf(SipText.uriOf(request.first("from"))));
        if (!request.is("INVITE") || request.toTag() != null || call == null) {
            throw new BrokenInvariant(Invariant.REQUEST_DIALOG, "a request of no call:\n" + request, call);
        }
        return new LegTrace(request.callId(), call, false);
    }

    void check(
            final LegTrace leg,
            final SipText request,
            final Packet packet,
            final Endpoint to,
            final boolean stream,
            final long flow) {
        if (flow == 0 && !watch.network().isSomebody(to)) {
            throw watch.broken(Invariant.KNOWN_ADDRESS, to + "\n" + request, leg.call);
        }
        final ClientTrace earlier = leg.clients.get(request.transactionKey());
        if (earlier != null) {
            retransmission(leg, earlier, packet, stream);
            return;
        }
        if (!request.branch().startsWith("z9hG4bK")
                || request.count("via") != 1
                || !system.contains(request.sentBy())) {
            throw watch.broken(Invariant.WELL_FORMED, "Via: " + request.all("via"), leg.call);
        }
        switch (request.method()) {
            case "ACK" -> ack(leg, request, to, flow);
            case "CANCEL" -> cancel(leg, request);
            default -> fresh(leg, request, to, flow);
        }
        leg.clients.put(request.transactionKey(), new ClientTrace(request, packet.bytes(), stream, watch.nowNs()));
    }

    private void retransmission(
            final LegTrace leg, final ClientTrace client, final Packet packet, final boolean stream) {
        final long sinceNs = watch.nowNs() - client.lastNs;
        final boolean isAck = client.request.is("ACK");
        final boolean crashBetween = watch.crashedNs() >= client.lastNs;
        String problem = null;
        if (!Arrays.equals(client.bytes, packet.bytes())) {
            problem = "other bytes:\n" + client.request + "\n" + packet.text();
        } else if (!isAck && !crashBetween) {
            if (stream && client.stream && !leg.call.excused) {
                problem = "over a stream";
            } else if (sinceNs < T1_NS - TIMER_GRAIN_NS) {
                problem = "too soon: sinceMs=" + sinceNs / 1_000_000;
            } else if (client.finalStatus != 0 || (client.provisional && client.request.is("INVITE"))) {
                problem = "after an answer: status=" + client.finalStatus;
            }
        }
        if (++client.sends > SENDS_MAX + 3 * watch.crashes() && !isAck) {
            problem = "too often: sends=" + client.sends;
        }
        client.lastNs = watch.nowNs();
        if (problem != null) {
            throw watch.broken(Invariant.RETRANSMISSION, client.request.startLine() + ": " + problem, leg.call);
        }
    }

    private void ack(final LegTrace leg, final SipText ack, final Endpoint to, final long flow) {
        final ClientTrace invite = leg.inviteSent(ack.cSeq());
        String problem = null;
        if (invite == null) {
            problem = "no INVITE with this CSeq";
        } else if (invite.finalStatus == 0) {
            problem = "no final response came";
        } else if (ack.branch().equals(invite.request.branch())) {
            if (invite.finalStatus < 300) {
                problem = "branch of the INVITE for a 2xx";
            } else if (!ack.requestUri().equals(invite.request.requestUri())) {
                problem = "other Request-URI than the INVITE";
            }
        } else if (invite.finalStatus >= 300) {
            problem = "new branch for a " + invite.finalStatus;
        } else {
            final DialogTrace dialog = inDialog(leg, ack, to, flow);
            for (final ClientTrace other : leg.clients.values()) {
                if (other.request.is("ACK")
                        && other.request.cSeq() == ack.cSeq()
                        && other.request.toTag().equals(ack.toTag())) {
                    // Once the dialog is over, the ACK of a 2xx that comes again only makes it stop.
                    problem = dialog.ended || other.request.body().equals(ack.body())
                            ? null
                            : "another body than the first ACK";
                }
            }
            dialog.acked = true;
        }
        if (problem != null) {
            throw watch.broken(Invariant.ACK_RULES, problem + "\n" + ack, leg.call);
        }
    }

    private void cancel(final LegTrace leg, final SipText cancel) {
        final ClientTrace invite = leg.clients.get(cancel.branch() + "|INVITE");
        String problem = null;
        if (invite == null) {
            problem = "no INVITE with this branch";
        } else if (!invite.provisional) {
            problem = "no provisional response came";
        } else if (invite.finalStatus != 0) {
            problem = "after the final response " + invite.finalStatus;
        } else {
            final SipText asked = invite.request;
            final boolean same = asked.requestUri().equals(cancel.requestUri())
                    && asked.first("to").equals(cancel.first("to"))
                    && asked.first("from").equals(cancel.first("from"))
                    && asked.cSeq() == cancel.cSeq()
                    && asked.via().equals(cancel.via())
                    && asked.all("route").equals(cancel.all("route"));
            problem = same ? null : "does not copy its INVITE:\n" + asked;
        }
        if (problem == null
                && !leg.call.cancelReceived
                && !leg.call.excused
                && leg.call.finalStatus == 0
                && watch.nowNs() - invite.firstNs < RING_NS) {
            problem = "nobody asked for it";
        }
        if (problem != null) {
            throw watch.broken(Invariant.CANCEL_RULES, problem + "\n" + cancel, leg.call);
        }
        invite.cancelledNs = watch.nowNs();
    }

    private void fresh(final LegTrace leg, final SipText request, final Endpoint to, final long flow) {
        if (request.toTag() == null) {
            maxForwards(leg, request);
            if (request.is("INVITE")) {
                watch.callRules().calleeInvited(leg, request);
            } else if (!request.is("OPTIONS")) {
                throw watch.broken(Invariant.REQUEST_DIALOG, "no To tag\n" + request, leg.call);
            }
            return;
        }
        final DialogTrace dialog = inDialog(leg, request, to, flow);
        if (request.cSeq() <= dialog.ourCSeq) {
            throw watch.broken(
                    Invariant.CSEQ_ORDER,
                    request.first("cseq") + " after " + dialog.ourCSeq + "\n" + request,
                    leg.call);
        }
        dialog.ourCSeq = request.cSeq();
        if (request.is("BYE")) {
            bye(leg, dialog, request);
        } else if (request.is("PRACK")) {
            prack(leg, request);
        }
    }

    private DialogTrace inDialog(final LegTrace leg, final SipText request, final Endpoint to, final long flow) {
        final DialogTrace dialog = leg.dialog(request.fromTag(), request.toTag());
        if (dialog == null) {
            throw new BrokenInvariant(Invariant.REQUEST_DIALOG, "unknown tags\n" + request, leg.call);
        }
        if (!request.requestUri().equals(dialog.remoteTarget)
                || (flow == 0 && !to.equals(SipText.endpointOf(dialog.remoteTarget)))) {
            throw watch.broken(
                    Invariant.REQUEST_PATH, "target=" + dialog.remoteTarget + " to=" + to + "\n" + request, leg.call);
        }
        return dialog;
    }

    private void bye(final LegTrace leg, final DialogTrace dialog, final SipText bye) {
        final boolean ackOverdue = watch.nowNs() - dialog.confirmedNs >= ACK_PATIENCE_NS;
        if (!dialog.confirmed) {
            throw watch.broken(Invariant.BYE_RULES, "the dialog is not confirmed\n" + bye, leg.call);
        }
        if (!dialog.acked && !ackOverdue && leg.callerSide) {
            throw watch.broken(Invariant.BYE_RULES, "sent by the callee's side before the ACK came\n" + bye, leg.call);
        }
        if (!dialog.acked && !leg.callerSide) {
            throw watch.broken(Invariant.BYE_RULES, "the 2xx was not acknowledged\n" + bye, leg.call);
        }
        if (!hasReason(leg)) {
            throw watch.broken(Invariant.BYE_RULES, "nobody asked for it\n" + bye, leg.call);
        }
        leg.byeSent = true;
        leg.call.ended(leg, dialog, watch.nowNs());
    }

    private boolean hasReason(final LegTrace leg) {
        final CallTrace call = leg.call;
        if (call.excused || call.cancelReceived || call.finalStatus >= 300 || call.hasLastedLongest(watch.nowNs())) {
            return true;
        }
        int answers = 0;
        for (final LegTrace other : call.legs) {
            if (other.byeReceived || other.byeSent) {
                return true;
            }
            for (final DialogTrace dialog : other.dialogs) {
                if (dialog.confirmed) {
                    answers += other.callerSide ? 0 : 1;
                    if (!dialog.acked && watch.nowNs() - dialog.confirmedNs >= ACK_PATIENCE_NS) {
                        return true;
                    }
                }
            }
            for (final ServerTrace server : other.servers.values()) {
                if (server.request.is("INVITE")
                        && server.finalStatus >= 200
                        && server.finalStatus < 300
                        && !server.acked
                        && watch.nowNs() - server.finalNs >= ACK_PATIENCE_NS) {
                    return true;
                }
            }
            for (final ClientTrace client : other.clients.values()) {
                if (client.finalStatus == 0
                        && !client.request.is("ACK")
                        && watch.nowNs() - client.firstNs >= ACK_PATIENCE_NS) {
                    return true;
                }
            }
        }
        return answers > 1;
    }

    private void prack(final LegTrace leg, final SipText prack) {
        final String rAck = prack.first("rack");
        for (final ClientTrace client : leg.clients.values()) {
            for (final SipText response : client.reliable) {
                if (response.toTag().equals(prack.toTag())
                        && (response.first("rseq") + " " + response.first("cseq")).equals(rAck)) {
                    return;
                }
            }
        }
        throw watch.broken(Invariant.PRACK_RULES, "RAck: " + rAck + " answers nothing that came", leg.call);
    }

    private void maxForwards(final LegTrace leg, final SipText request) {
        for (final LegTrace other : leg.call.legs) {
            for (final ServerTrace server : other.servers.values()) {
                if (server.request.method().equals(request.method())
                        && server.request.toTag() == null
                        && other.callerSide) {
                    final int came = Integer.parseInt(server.request.first("max-forwards"));
                    final int goes = Integer.parseInt(request.first("max-forwards"));
                    if (goes >= came || goes < came - leg.call.legs.size()) {
                        throw watch.broken(Invariant.MAX_FORWARDS, "came=" + came + " goes=" + goes, leg.call);
                    }
                }
            }
        }
    }
}
