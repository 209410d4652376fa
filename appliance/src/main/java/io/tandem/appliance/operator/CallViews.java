package io.tandem.appliance.operator;

import io.tandem.admin.view.CallDetailView;
import io.tandem.admin.view.CallView;
import io.tandem.admin.view.CallsView;
import io.tandem.admin.view.VerdictView;
import io.tandem.routing.call.CallInspector;
import io.tandem.routing.call.CallSummary;
import io.tandem.routing.core.Core;
import io.tandem.routing.stage.CallDirection;
import io.tandem.routing.stage.Rule;
import io.tandem.routing.stage.Stage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Live calls in the console's words. Core's thread. */
final class CallViews {
    private final Core core;
    private final CallInspector inspector;
    private final Names names;

    CallViews(final Core core) {
        this.core = core;
        inspector = new CallInspector(core.exchange());
        names = new Names(core);
    }

    /** The newest calls, without a look at the others. */
    CallsView newest(final int limit) {
        final List<CallView> newest =
                inspector.newest(limit).stream().map(this::view).toList();
        final int live = core.exchange().liveCalls();
        return new CallsView(live, live, newest);
    }

    /** The newest calls of those that have a text, in lower case, in what is shown of them. */
    CallsView matching(final String wanted, final int limit) {
        final List<CallView> all =
                inspector.calls(call -> true).stream().map(this::view).toList();
        final List<CallView> matched =
                all.stream().filter(call -> matches(call, wanted)).toList();
        return new CallsView(all.size(), matched.size(), matched.subList(0, Math.min(limit, matched.size())));
    }

    /** One call by our id or the Call-ID of one of its legs. */
    Optional<CallDetailView> find(final String id) {
        return inspector
                .calls(call -> Long.toString(call.serial()).equals(id)
                        || call.legs().stream().anyMatch(leg -> leg.callId().equals(id)))
                .stream()
                .findFirst()
                .map(this::detail);
    }

    private static boolean matches(final CallView call, final String wanted) {
        return String.join(
                        " ",
                        call.id(),
                        call.caller(),
                        call.called(),
                        call.account(),
                        call.ingressTrunk(),
                        call.egressTrunk().orElse(""))
                .toLowerCase(Locale.ROOT)
                .contains(wanted);
    }

    private CallView view(final CallSummary call) {
        final Instant start = Instant.ofEpochMilli(call.startMs());
        final String egress = names.trunk(call.egressTrunkHigh(), call.egressTrunkLow());
        return new CallView(
                Long.toString(call.serial()),
                call.state().name().toLowerCase(Locale.ROOT),
                direction(call.direction()),
                call.caller(),
                call.called(),
                names.account(call.accountHigh(), call.accountLow()),
                names.trunk(call.ingressTrunkHigh(), call.ingressTrunkLow()),
                egress.isEmpty() ? Optional.empty() : Optional.of(egress),
                start,
                Math.max(call.ageMs(), System.currentTimeMillis() - call.startMs()),
                call.answeredMs() < 0 ? Optional.empty() : Optional.of(start.plusMillis(call.answeredMs())));
    }

    private static String direction(final int code) {
        return Arrays.stream(CallDirection.values())
                .filter(direction -> direction.code() == code)
                .map(direction -> direction.name().toLowerCase(Locale.ROOT))
                .findFirst()
                .orElse("");
    }

    private CallDetailView detail(final CallSummary call) {
        final List<CallDetailView.Leg> legs = call.legs().stream()
                .map(leg -> new CallDetailView.Leg(
                        leg.towardsCaller() ? "caller" : "callee",
                        leg.state(),
                        Names.peer(leg.transport(), leg.addressHigh(), leg.addressLow(), leg.port()),
                        leg.towardsCaller()
                                ? names.trunk(call.ingressTrunkHigh(), call.ingressTrunkLow())
                                : names.trunk(leg.trunkHigh(), leg.trunkLow()),
                        leg.callId(),
                        leg.localTag(),
                        leg.remoteTag(),
                        leg.lastStatus()))
                .toList();
        final List<CallDetailView.Hold> holds = new ArrayList<>();
        inspector.forEachHold(
                call.serial(),
                core.ledger(),
                (dimension, high, low) -> holds.add(
                        new CallDetailView.Hold(CeilingViews.word(dimension), CeilingViews.id(dimension, high, low))));
        final Rule rule = Rule.ofCode(call.rule());
        final Stage stage = Stage.ofCode(call.stage());
        final List<VerdictView> verdicts = rule == null || stage == null
                ? List.of()
                : List.of(new VerdictView(stage.word(), rule.word(), !rule.rejects(), rule.text(), 0));
        final CallView view = view(call);
        final List<CallDetailView.Timer> timers = call.timers().stream()
                .map(timer -> new CallDetailView.Timer(timer.name(), timer.afterStartMs() - view.ageMs()))
                .toList();
        return new CallDetailView(view, call.revision(), legs, verdicts, holds, timers);
    }
}
