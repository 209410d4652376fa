package io.tandem.admin.command;

import io.tandem.admin.view.CallDetailView;
import io.tandem.admin.view.CallRecordView;
import io.tandem.admin.view.CallView;
import io.tandem.admin.view.ConsideredView;
import io.tandem.admin.view.ExplainQuestion;
import io.tandem.admin.view.ExplanationView;
import io.tandem.admin.view.Refusal;
import io.tandem.admin.view.VerdictView;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;

/** Commands that read calls: live, past and merely imagined. */
final class CallCommands {

    static final int CALLS_SHOWN = 50;
    static final int CALLS_SHOWN_MAX = 10_000;
    static final int RECORDS_SHOWN = 20;
    static final int RECORDS_SHOWN_MAX = 10_000;

    private CallCommands() {}

    static Answer calls(Invocation invocation) {
        var calls = invocation
                .view()
                .calls(invocation.count("LIMIT", CALLS_SHOWN, CALLS_SHOWN_MAX), invocation.text("FILTER"));
        var table = new TextTable()
                .words("call", "state", "dir", "caller", "called", "account", "from trunk", "to trunk", "start")
                .figures("age s");
        calls.calls().forEach(call -> row(table, call));
        return Answer.of(
                calls,
                table,
                Prose.of("live=" + calls.live() + " matched=" + calls.matched() + " shown="
                        + calls.calls().size()));
    }

    static Answer call(Invocation invocation) {
        var id = invocation.text("ID");
        var detail = invocation
                .view()
                .call(id)
                .orElseThrow(() -> new Refusal(
                        "no live call has this id: id=" + id,
                        "calls lists live calls; cdr and trace know those that have ended"));
        var call = detail.call();
        var facts = new Facts()
                .fact("call", call.id())
                .fact("state", call.state())
                .fact("direction", call.direction())
                .fact("caller", Units.text(call.caller()))
                .fact("called", Units.text(call.called()))
                .fact("account", Units.text(call.account()))
                .fact("from trunk", Units.text(call.ingressTrunk()))
                .fact("to trunk", Units.text(call.egressTrunk()))
                .fact("start", Units.moment(call.start()))
                .fact("answer", Units.moment(call.answer()))
                .fact("age s", Units.seconds(call.ageMs()))
                .fact("revision", detail.revision());
        return Answer.of(
                detail,
                facts,
                Prose.of(""),
                legs(detail.legs()),
                Prose.of(""),
                verdicts(detail.verdicts(), List.of()),
                Prose.of(""),
                holds(detail.holds()),
                Prose.of(""),
                timers(detail.timers()));
    }

    static Answer explain(Invocation invocation) {
        var explanation = invocation
                .view()
                .explain(new ExplainQuestion(
                        invocation.text("FROM"),
                        invocation.text("TO"),
                        invocation.time("TIME"),
                        invocation.address("IP")));
        return Answer.of(
                explanation,
                outcome(explanation),
                Prose.of(""),
                verdicts(explanation.verdicts(), explanation.considered()));
    }

    static Answer trace(Invocation invocation) {
        var id = invocation.text("CALL-ID");
        var trace = invocation
                .view()
                .trace(id)
                .orElseThrow(() -> new Refusal(
                        "the retained journal has no such call: call_id=" + id, "cdr lists the calls it has"));
        return Answer.of(trace, new Prose(Ladder.lines(trace)));
    }

    static Answer callRecords(Invocation invocation) {
        var records = invocation.view().callRecords(invocation.count("N", RECORDS_SHOWN, RECORDS_SHOWN_MAX));
        var table = new TextTable()
                .words("start", "call", "dir", "caller", "called", "account", "from trunk", "to trunk")
                .figures("ring ms", "answer ms", "end ms", "billed s", "status", "q850")
                .words("released by", "stage", "rule", "cause");
        records.forEach(record -> row(table, record));
        return Answer.of(records, table);
    }

    private static void row(TextTable table, CallView call) {
        table.row(
                call.id(),
                call.state(),
                call.direction(),
                Units.text(call.caller()),
                Units.text(call.called()),
                Units.text(call.account()),
                Units.text(call.ingressTrunk()),
                Units.text(call.egressTrunk()),
                Units.moment(call.start()),
                Units.seconds(call.ageMs()));
    }

    private static void row(TextTable table, CallRecordView record) {
        table.row(
                Units.moment(record.start()),
                record.id(),
                record.direction(),
                Units.text(record.callerRaw()),
                Units.text(record.calledRaw()),
                Units.text(record.account()),
                Units.text(record.ingressTrunk()),
                Units.text(record.egressTrunk()),
                Units.count(record.ringMs()),
                Units.count(record.answerMs()),
                record.endMs(),
                record.billableSec(),
                figure(record.status()),
                figure(record.q850Cause()),
                record.releasedBy(),
                record.stage(),
                record.rule(),
                Units.text(record.cause()));
    }

    private static String figure(int zeroForAbsent) {
        return Units.count(zeroForAbsent == 0 ? OptionalLong.empty() : OptionalLong.of(zeroForAbsent));
    }

    private static Facts outcome(ExplanationView explanation) {
        var facts = new Facts()
                .fact("call", explanation.from() + " -> " + explanation.to())
                .fact("at", Units.moment(explanation.at()))
                .fact("source", explanation.source().orElse("not given, so not screened"))
                .fact("revision", explanation.revision())
                .fact("account", Units.text(explanation.account()))
                .fact("outcome", explanation.accepted() ? "accepted" : "refused with " + explanation.status())
                .fact("reason", Units.text(explanation.reason()));
        if (explanation.accepted()) {
            facts.fact("target", Units.text(explanation.target()))
                    .fact("called out", Units.text(explanation.calledOut()))
                    .fact("caller out", Units.text(explanation.callerOut()))
                    .fact("recording", explanation.recording().orElse("no rule, not recorded"));
        }
        return facts;
    }

    private static TextTable legs(List<CallDetailView.Leg> legs) {
        var table = new TextTable()
                .words("leg", "state", "peer", "trunk", "call-id", "our tag", "their tag")
                .figures("status");
        legs.forEach(leg -> table.row(
                leg.role(),
                leg.state(),
                leg.peer(),
                Units.text(leg.trunk()),
                leg.callId(),
                Units.text(leg.localTag()),
                Units.text(leg.remoteTag()),
                figure(leg.lastStatus())));
        return table;
    }

    /** Each stage's first verdict with the rules that the stage looked at below it; those of no stage come last. */
    private static TextTable verdicts(List<VerdictView> verdicts, List<ConsideredView> considered) {
        var table =
                new TextTable().words("stage", "verdict", "rule").figures("us").words("text");
        var told = new HashSet<String>();
        for (var verdict : verdicts) {
            table.row(
                    verdict.stage(),
                    verdict.passed() ? "pass" : "refuse",
                    verdict.rule(),
                    Units.microseconds(verdict.durationNs()),
                    verdict.text());
            if (told.add(verdict.stage())) {
                considered.stream()
                        .filter(rule -> rule.stage().equals(verdict.stage()))
                        .forEach(rule -> considered(table, rule));
            }
        }
        considered.stream().filter(rule -> !told.contains(rule.stage())).forEach(rule -> considered(table, rule));
        return table;
    }

    private static void considered(TextTable table, ConsideredView rule) {
        var name = rule.name().map(text -> " " + text).orElse("");
        table.row(rule.stage(), "considers", rule.rule(), "", rule.kind() + name + ": " + rule.finding());
    }

    private static TextTable holds(List<CallDetailView.Hold> holds) {
        var table = new TextTable().words("holds one of", "id");
        holds.forEach(hold -> table.row(hold.dimension(), hold.id()));
        return table;
    }

    private static TextTable timers(List<CallDetailView.Timer> timers) {
        var table = new TextTable().words("timer").figures("due in ms");
        timers.forEach(timer -> table.row(timer.name(), timer.dueMs()));
        return table;
    }
}
