package io.tandem.routing.call;

import io.tandem.routing.counter.CoreCounter;
import io.tandem.routing.effect.Effects;
import io.tandem.routing.effect.ServerQuestion;
import io.tandem.routing.flow.FlowCommand;
import io.tandem.routing.model.FlowOutcomes;
import io.tandem.routing.stage.Decision;
import java.util.concurrent.TimeUnit;

/**
 * Calls whose flow asks a server: the caller has his 100, nobody rings yet, and the call waits for the answer, or until it should
 * have come. Nothing is asked again after a restart: the time runs out then. Core's thread only.
 */
final class ServerQuestions {
    /** What an answer may take from its server to the core beyond the time that the node gives the server. */
    private static final long GRACE_NS = TimeUnit.SECONDS.toNanos(1);

    private final Exchange exchange;
    private final Effects effects;

    ServerQuestions(final Exchange exchange, final Effects effects) {
        this.exchange = exchange;
        this.effects = effects;
    }

    /** Asks what an accepted decision says. */
    void ask(final Call call, final Decision decision) {
        final FlowCommand.HttpRequest request = decision.question();
        call.questions++;
        exchange.timers.schedule(
                call.limitTimer,
                exchange.layer.nowNs() + TimeUnit.MILLISECONDS.toNanos(request.timeoutMs()) + GRACE_NS);
        exchange.counters.increment(CoreCounter.SERVERS_ASKED);
        effects.ask(new ServerQuestion(
                call.slot(),
                call.serial(),
                call.proof(),
                call.questions,
                call.accountHigh,
                call.accountLow,
                request.method(),
                request.url(),
                request.body(),
                request.timeoutMs(),
                request.pointers()));
    }

    /** A server has answered, or cannot be asked; without effect when nobody waits for it any more. */
    void onAnswer(final ServerAnswer answer) {
        final Call call = exchange.calls.get(answer.callSlot());
        if (call == null
                || call.serial() != answer.callSerial()
                || call.proof() != answer.callProof()
                || call.questions != answer.ordinal()
                || !isAsking(call)) {
            exchange.counters.increment(CoreCounter.SERVER_ANSWERS_LATE);
            return;
        }
        exchange.beforeChange(call);
        exchange.timers.cancel(call.limitTimer);
        exchange.attempts.goOn(call, answer.outcome(), answer.found());
    }

    /** No answer came. */
    void onTimeout(final Call call) {
        exchange.attempts.goOn(call, FlowOutcomes.TIMEOUT, "");
    }

    /** Whether a call waits for a server: until it is answered, its timer runs for nothing else. */
    static boolean isAsking(final Call call) {
        return !call.isEnded() && call.answerNs == Call.NEVER && call.limitTimer.isScheduled();
    }
}
