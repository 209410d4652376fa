package io.tandem.perf.simulation.check;

import io.tandem.perf.simulation.check.LegTrace.ServerTrace;
import java.util.LinkedHashMap;
import java.util.Map;

/** Rules for call records: one for each INVITE outcome. */
final class RecordRules {
    private final Watch watch;
    private final Map<String, Integer> statusByCallId = new LinkedHashMap<>();

    RecordRules(final Watch watch) {
        this.watch = watch;
    }

    void recorded(final LegTrace leg, final String callerCallId, final int finalStatus) {
        final CallTrace call = leg == null ? null : leg.call;
        if (leg == null) {
            throw watch.broken(Invariant.ONE_RECORD, "of no call: callId=" + callerCallId, null);
        }
        if (statusByCallId.put(callerCallId, finalStatus) != null) {
            throw watch.broken(Invariant.ONE_RECORD, "a second one: callId=" + callerCallId, call);
        }
    }

    void judge(final CallTrace call) {
        for (final LegTrace leg : call.legs) {
            final Integer recorded = statusByCallId.remove(leg.callId);
            boolean invited = false;
            boolean mayLack = false;
            boolean agrees = recorded == null;
            for (final ServerTrace server : leg.servers.values()) {
                mayLack |= server.garbled || server.finalStatus == 483;
                if (server.request.is("INVITE") && server.request.toTag() == null && !server.garbled) {
                    invited = true;
                    agrees |= recorded != null && recorded == server.finalStatus;
                }
            }
            if (leg.callerSide && !mayLack && invited != (recorded != null)) {
                throw watch.broken(Invariant.ONE_RECORD, "INVITE=" + invited + " record=" + recorded, call);
            }
            if (!agrees && !mayLack) {
                throw watch.broken(
                        Invariant.ONE_RECORD, "the record says " + recorded + ", the caller saw another", call);
            }
        }
    }
}
