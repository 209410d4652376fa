package io.tandem.appliance.operator;

import io.tandem.admin.view.ConsideredView;
import io.tandem.admin.view.ExplainQuestion;
import io.tandem.admin.view.ExplanationOwners;
import io.tandem.admin.view.ExplanationView;
import io.tandem.admin.view.VerdictView;
import io.tandem.appliance.transport.PeerAddress;
import io.tandem.routing.configuration.TrunkPlan;
import io.tandem.routing.core.Core;
import io.tandem.routing.model.CallLimit;
import io.tandem.routing.model.Fields;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.number.DialString;
import io.tandem.routing.number.E164;
import io.tandem.routing.policy.Recording;
import io.tandem.routing.stage.CallRequest;
import io.tandem.routing.stage.Decision;
import io.tandem.routing.stage.Explanation;
import io.tandem.routing.stage.ReasonText;
import io.tandem.routing.stage.Rule;
import io.tandem.routing.stage.Stage;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;

/** What would become of a call, asked of the live stages and told in the console's words. Core's thread. */
final class ExplanationViews {
    /** Beyond the longest period of a limit nothing changes any more. */
    private static final long AHEAD_MAX_MS = TimeUnit.SECONDS.toMillis(2L * CallLimit.PERIOD_SEC_MAX);

    private ExplanationViews() {}

    /**
     * Asks the stages as for a call, without taking anything.
     *
     * @param at    when the call comes.
     * @param nowNs the core's time now.
     */
    static ExplanationView of(final ExplainQuestion question, final Instant at, final Core core, final long nowNs) {
        final Rule refusal = question.at().isPresent() ? null : core.exchange().newCallRefusal();
        if (refusal != null) {
            return refused(question, at, refusal, core);
        }
        final CallRequest request = new CallRequest();
        request.clear();
        request.dryRun = true;
        request.wallMs = at.toEpochMilli();
        request.called.setAscii(question.to());
        request.caller.setAscii(question.from());
        request.sourceGiven = question.source().isPresent();
        question.source().ifPresent(source -> source(request, source));
        final Decision decision = new Decision();
        request.nowNs = nowNs + ahead(question);
        final List<Explanation.Considered> considered = core.stages().consider(request, decision);
        return explanation(question, at, decision, considered, new Names(core));
    }

    /** How far ahead of now the question looks, ns: limits on calls in a period forget meanwhile. Never back. */
    private static long ahead(final ExplainQuestion question) {
        final long ms = question.at()
                .map(at -> at.toEpochMilli() - System.currentTimeMillis())
                .orElse(0L);
        return TimeUnit.MILLISECONDS.toNanos(Math.clamp(ms, 0, AHEAD_MAX_MS));
    }

    private static void source(final CallRequest request, final InetAddress source) {
        request.addressHigh = PeerAddress.high(source);
        request.addressLow = PeerAddress.low(source);
    }

    /** What the box itself answers to any new call, before a stage is asked. */
    private static ExplanationView refused(
            final ExplainQuestion question, final Instant at, final Rule rule, final Core core) {
        return new ExplanationView(
                question.from(),
                question.to(),
                at,
                question.source().map(InetAddress::getHostAddress),
                false,
                rule.status(),
                rule.text(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                core.stages().configuration().revision(),
                List.of(new VerdictView(rule.stage().word(), rule.word(), false, rule.text(), 0)),
                List.of(),
                new ExplanationOwners(
                        question.source()
                                .flatMap(source -> owner(core.stages()
                                        .trunkOfSource(PeerAddress.high(source), PeerAddress.low(source)))),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
    }

    /** Where an accepted call goes first: to a trunk, or no further until a server has answered its flow. */
    private static String target(final Decision decision) {
        if (decision.question() != null) {
            return "server " + decision.question().url();
        }
        final TrunkPlan trunk = decision.target();
        return "trunk " + trunk.name() + " "
                + Names.peer((byte) trunk.transport().value(), trunk.addressHigh(), trunk.addressLow(), trunk.port());
    }

    private static ExplanationView explanation(
            final ExplainQuestion question,
            final Instant at,
            final Decision decision,
            final List<Explanation.Considered> considered,
            final Names names) {
        final List<ConsideredView> rules =
                considered.stream().map(rule -> considered(rule, names)).toList();
        final Optional<String> numberOwner = decision.dialled() == E164.NONE
                ? Optional.empty()
                : Names.accountId(decision.accountHigh(), decision.accountLow());
        final UnsafeBuffer phrase = new UnsafeBuffer(new byte[128]);
        final List<VerdictView> verdicts = new ArrayList<>();
        for (int i = 0; i < decision.verdictCount(); i++) {
            final Rule rule = decision.verdictRule(i);
            final int length = ReasonText.write(rule, decision.verdictLimit(i), phrase, 0);
            verdicts.add(new VerdictView(
                    decision.verdictStage(i).word(),
                    rule.word(),
                    !rule.rejects(),
                    phrase.getStringWithoutLengthAscii(0, length),
                    decision.verdictNs(i),
                    followed(rule, considered, rules, numberOwner)));
        }
        final int length = decision.writeReasonText(phrase, 0);
        final String account = names.account(decision.accountHigh(), decision.accountLow());
        return new ExplanationView(
                question.from(),
                question.to(),
                at,
                question.source().map(InetAddress::getHostAddress),
                decision.accepted(),
                decision.status(),
                phrase.getStringWithoutLengthAscii(0, length),
                account.isEmpty() ? Optional.empty() : Optional.of(account),
                decision.accepted() ? Optional.of(target(decision)) : Optional.empty(),
                decision.accepted() ? Optional.of(called(decision)) : Optional.empty(),
                decision.accepted() ? text(decision.callerOut) : Optional.empty(),
                decision.accepted() ? Optional.of(routed(decision)) : Optional.empty(),
                decision.accepted() ? text(decision.callerRouted()) : Optional.empty(),
                recording(decision.recording()),
                decision.revision(),
                verdicts,
                rules,
                new ExplanationOwners(
                        owner(decision.ingressTrunk()),
                        numberOwner,
                        owner(decision.target()),
                        decision.recording().rule().isNil()
                                ? Optional.empty()
                                : names.owner(
                                        ResourceKind.RECORDING_RULES,
                                        decision.recording().rule())));
    }

    private static Optional<String> owner(final TrunkPlan trunk) {
        return trunk == null ? Optional.empty() : Names.accountId(trunk.accountHigh(), trunk.accountLow());
    }

    /**
     * Whose configuration a verdict went by, where it is that of the called side: from the look-up of the number on its owner's,
     * but for a ceiling or limit that is somebody else's.
     */
    private static Optional<String> followed(
            final Rule rule,
            final List<Explanation.Considered> considered,
            final List<ConsideredView> rules,
            final Optional<String> numberOwner) {
        return switch (rule.stage()) {
            case SCREEN, IDENTIFY, TRANSFORM -> Optional.empty();
            case ADMIT_CALL -> rule.rejects() ? decidedBy(rule.stage(), considered, rules) : numberOwner;
            case NUMBER, NUMBER_TRANSFORM, SCHEDULE, TARGET, OUTBOUND, ADMIT_LEG, CALL -> numberOwner;
        };
    }

    private static Optional<String> decidedBy(
            final Stage stage, final List<Explanation.Considered> considered, final List<ConsideredView> rules) {
        for (int i = considered.size() - 1; i >= 0; i--) {
            if (considered.get(i).stage() == stage && considered.get(i).decides()) {
                return rules.get(i).account();
            }
        }
        return Optional.empty();
    }

    private static ConsideredView considered(final Explanation.Considered rule, final Names names) {
        return new ConsideredView(
                rule.stage().word(),
                rule.kind().collection(),
                rule.id(),
                names.shown(rule.kind(), rule.rule()),
                rule.finding(),
                names.owner(rule.kind(), rule.rule()));
    }

    /** The number that is sent, or for a media server the whole address that it is asked by. */
    private static String called(final Decision decision) {
        return decision.media() == null
                ? decision.calledOut.toString()
                : decision.media().requestUri();
    }

    /** The number before it was rewritten for the trunk; of a media server's address the user part, which says what is asked. */
    private static String routed(final Decision decision) {
        if (decision.media() == null) {
            return decision.calledRouted().toString();
        }
        final String uri = decision.media().requestUri();
        return uri.substring(uri.indexOf(':') + 1, uri.indexOf('@'));
    }

    private static Optional<String> recording(final Recording recording) {
        return recording.rule().isNil()
                ? Optional.empty()
                : Optional.of(Fields.word(recording.mode()) + (recording.stereo() ? " stereo" : ""));
    }

    private static Optional<String> text(final DialString value) {
        return Optional.of(value.toString());
    }
}
