package io.tandem.perf.simulation.check;

import io.tandem.perf.simulation.check.LegTrace.DialogTrace;
import io.tandem.perf.simulation.check.LegTrace.ServerTrace;
import io.tandem.perf.simulation.network.Connection;
import io.tandem.perf.simulation.network.Endpoint;
import io.tandem.perf.simulation.network.Packet;
import io.tandem.perf.simulation.network.SipText;
import java.util.Arrays;
import java.util.List;

/** Rules for the responses that the system sends. */
final class ResponseRules {
    private final Watch watch;

    ResponseRules(final Watch watch) {
        this.watch = watch;
    }

    void check(
            final LegTrace leg,
            final SipText response,
            final Packet packet,
            final Endpoint to,
            final boolean stream,
            final long flow) {
        final ServerTrace server = leg.servers.get(response.transactionKey());
        if (server == null) {
            throw watch.broken(
                    Invariant.RESPONSE_HAS_REQUEST, response.startLine() + " " + response.transactionKey(), leg.call);
        }
        echo(leg, response, server);
        path(leg, response, server, to, stream, flow);
        toTag(leg, response, server);
        final int status = response.status();
        if (status < 200) {
            provisional(leg, response, server);
        } else {
            finalResponse(leg, response, server, packet);
        }
        server.answered = true;
        if (server.request.is("INVITE") && status > 100 && status < 300) {
            invite(leg, response, server);
        }
    }

    private void echo(final LegTrace leg, final SipText response, final ServerTrace server) {
        final SipText request = server.request;
        final boolean same = request.first("from").equals(response.first("from"))
                && request.callId().equals(response.callId())
                && request.first("cseq").equals(response.first("cseq"))
                && SipText.uriOf(request.first("to")).equals(SipText.uriOf(response.first("to")))
                && viasMatch(request.all("via"), response.all("via"));
        if (!same) {
            throw watch.broken(
                    Invariant.RESPONSE_ECHO, "request and response:\n" + request + "\n" + response, leg.call);
        }
    }

    private static boolean viasMatch(final List<String> asked, final List<String> said) {
        if (asked.size() != said.size()) {
            return false;
        }
        for (int i = 1; i < asked.size(); i++) {
            if (!asked.get(i).equals(said.get(i))) {
                return false;
            }
        }
        final String top = asked.get(0);
        final int end = top.indexOf(';');
        return said.get(0).startsWith(end < 0 ? top : top.substring(0, end));
    }

    private void path(
            final LegTrace leg,
            final SipText response,
            final ServerTrace server,
            final Endpoint to,
            final boolean stream,
            final long flow) {
        final boolean cameByStream = server.flow != 0;
        boolean right = stream == cameByStream;
        if (!cameByStream) {
            final String rport = SipText.parameter(response.via(), "rport");
            final boolean asked = SipText.parameter(server.request.via(), "rport") != null;
            right &= to.equals(
                    asked
                            ? server.from
                            : Endpoint.of(
                                    server.from.host(), server.request.sentBy().port()));
            right &= !asked || Integer.toString(server.from.port()).equals(rport);
        } else {
            final Connection connection = watch.network().connection(server.flow);
            final boolean open = connection != null && connection.isOpen();
            right &= open
                    ? flow == server.flow
                    : flow == server.flow
                            || to.equals(Endpoint.of(
                                    server.from.host(), server.request.sentBy().port()));
        }
        if (!right) {
            throw watch.broken(
                    Invariant.RESPONSE_PATH,
                    "to=" + to + " flow=" + flow + " request from=" + server.from + " flow=" + server.flow + "\n"
                            + response,
                    leg.call);
        }
    }

    private void toTag(final LegTrace leg, final SipText response, final ServerTrace server) {
        final String asked = server.request.toTag();
        final String said = response.toTag();
        final boolean right = asked == null ? said != null || response.status() == 100 : asked.equals(said);
        if (!right) {
            throw watch.broken(
                    Invariant.TO_TAG, "asked=" + asked + " said=" + said + " " + response.startLine(), leg.call);
        }
    }

    private void provisional(final LegTrace leg, final SipText response, final ServerTrace server) {
        if (server.finalBytes != null) {
            throw watch.broken(
                    Invariant.NO_PROVISIONAL_AFTER_FINAL,
                    response.startLine() + " after " + server.finalStatus,
                    leg.call);
        }
        final String rSeq = response.first("rseq");
        if (rSeq == null) {
            return;
        }
        final long number = Long.parseLong(rSeq);
        final Long last = server.rSeqByToTag.put(response.toTag(), number);
        if (last != null && number != last && number != last + 1) {
            throw watch.broken(Invariant.PRACK_RULES, "RSeq " + number + " after " + last, leg.call);
        }
        if (!server.request.hasOption("supported", "100rel") && !server.request.hasOption("require", "100rel")) {
            throw watch.broken(Invariant.PRACK_RULES, "reliable response to a peer without 100rel", leg.call);
        }
    }

    private void finalResponse(
            final LegTrace leg, final SipText response, final ServerTrace server, final Packet packet) {
        if (server.finalBytes != null) {
            // A CANCEL that overtook its INVITE may be refused without state, and taken when it is repeated.
            final boolean cancelOvertook = server.request.is("CANCEL") && server.finalStatus == 481;
            if (!cancelOvertook && !Arrays.equals(server.finalBytes, packet.bytes())) {
                throw watch.broken(
                        Invariant.ONE_FINAL,
                        "first and now:\n" + new Packet(server.finalBytes).text() + "\n" + response,
                        leg.call);
            }
            return;
        }
        server.finalBytes = packet.bytes();
        server.finalStatus = response.status();
        server.finalNs = watch.nowNs();
        if (server.request.is("INVITE") && server.request.toTag() == null) {
            watch.callRules().finalSent(leg, response.status());
        }
    }

    private void invite(final LegTrace leg, final SipText response, final ServerTrace server) {
        if (response.toTag() == null) {
            return;
        }
        final DialogTrace dialog = leg.openDialog(response.toTag(), response.fromTag());
        if (server.request.toTag() == null && dialog.remoteTarget == null) {
            dialog.remoteTarget = SipText.uriOf(server.request.first("contact"));
        }
        if (response.status() >= 200 && !dialog.confirmed) {
            dialog.confirmed = true;
            dialog.confirmedNs = watch.nowNs();
        }
        if (response.body().isEmpty()) {
            return;
        }
        final String earlier = server.bodyByToTag.putIfAbsent(response.toTag(), response.body());
        if (earlier != null && !earlier.equals(response.body())) {
            throw watch.broken(
                    Invariant.ONE_ANSWER,
                    "To tag " + response.toTag() + " saw\n" + earlier + "and then\n" + response.body(),
                    leg.call);
        }
        if (server.request.toTag() == null) {
            watch.callRules().calleeSeen(leg, response.toTag(), response.body());
        }
    }
}
