package io.tandem.appliance.playback;

import io.tandem.journal.JournalSettings;
import io.tandem.journal.queue.InputsReader;
import io.tandem.journal.record.InputKind;
import io.tandem.journal.record.TransportKind;
import io.tandem.routing.address.AddressText;
import io.tandem.routing.configuration.ConfigurationSource;
import io.tandem.routing.call.CallInspector;
import io.tandem.routing.call.ServerAnswer;
import io.tandem.routing.core.Core;
import io.tandem.routing.core.CoreKeys;
import io.tandem.routing.effect.Effects;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.policy.AddressCountriesSource;
import io.tandem.routing.stage.Decision;
import io.tandem.routing.stage.ReasonText;
import io.tandem.routing.stage.Stage;
import io.tandem.routing.stage.StageClock;
import io.tandem.sip.HeaderName;
import io.tandem.sip.Method;
import io.tandem.sip.Problem;
import io.tandem.sip.SipLimits;
import io.tandem.sip.SipMessage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One call out of a journal: every message of both legs with its time, and the verdict of every stage, found by
 * re-executing the journal and not from logs. Any of the call's Call-IDs names it.
 */
public final class CallTrace {
    private static final int EFFECTS_BYTES = 4 << 20;

    private final SipMessage message = new SipMessage(SipLimits.WIDEST);
    private final Set<String> callIds = new HashSet<>();
    private final List<Step> steps = new ArrayList<>();
    private final Set<Long> calls = new HashSet<>();
    private Core core;
    private boolean inputBelongs;
    private String inviteCallId = "";
    private long decisionsSeen;
    private long turnWallMs;

    /** Something that happened to the call. */
    public sealed interface Step {
        /** Wall clock, ms since 1970 UTC. */
        long wallMs();

        /**
         * A message.
         *
         * @param received  whether it came in.
         * @param transport UDP, TCP, ...
         * @param peer      far address and port.
         * @param startLine first line.
         * @param callId    leg it belongs to.
         * @param cSeq      CSeq value.
         */
        record Message(
                long wallMs,
                boolean received,
                TransportKind transport,
                String peer,
                String startLine,
                String callId,
                String cSeq)
                implements Step {}

        /**
         * What a stage concluded.
         *
         * @param stage stage.
         * @param rule  rule that decided.
         * @param text  what happened, in words.
         * @param nanos time that the stage took in this re-execution.
         */
        record Verdict(long wallMs, String stage, String rule, String text, long nanos) implements Step {}

        /**
         * A flow had its say; what the target stage concludes next comes of it.
         *
         * @param flow    identifier.
         * @param version that the call follows, whatever is published meanwhile.
         */
        record Flow(long wallMs, String flow, int version) implements Step {}

        /**
         * A server answered the call's flow, or could not be asked.
         *
         * @param outcome of the flow's node.
         * @param found   what the flow looks for in the answer; empty for nothing.
         */
        record Answer(long wallMs, String outcome, String found) implements Step {}
    }

    /**
     * Traces a call.
     *
     * @param callId Call-ID of either leg.
     * @return what happened, in order; empty when the journal knows no such call.
     */
    public List<Step> run(
            final String callId,
            final Path inputs,
            final Path snapshots,
            final byte[] masterKey,
            final JournalSettings settings,
            final ConfigurationSource configurations,
            final AddressCountriesSource countries,
            final StageClock clock) {
        callIds.add(callId);
        int known;
        do {
            known = callIds.size();
            steps.clear();
            calls.clear();
            play(inputs, snapshots, masterKey, settings, configurations, countries, clock);
        } while (callIds.size() > known);
        return List.copyOf(steps);
    }

    private void play(
            final Path inputs,
            final Path snapshots,
            final byte[] masterKey,
            final JournalSettings settings,
            final ConfigurationSource configurations,
            final AddressCountriesSource countries,
            final StageClock clock) {
        final Effects effects = new Effects(EFFECTS_BYTES);
        core = new Core(new CoreKeys(masterKey), configurations, countries, effects, clock, (index, error) -> {});
        decisionsSeen = 0;
        final JournalPlayer player = new JournalPlayer(core, effects, new Outputs(), this::onInput);
        try (InputsReader reader = InputsReader.open(inputs, settings)) {
            PlaybackStart.take(core, reader, snapshots);
            while (reader.next()) {
                inputBelongs = false;
                player.play(reader.index(), reader.buffer(), reader.offset());
            }
        }
    }

    private void onInput(
            final long index,
            final long nowNs,
            final long wallMs,
            final byte kind,
            final byte transport,
            final int listener,
            final long flow,
            final long addressHigh,
            final long addressLow,
            final int port,
            final DirectBuffer buffer,
            final int offset,
            final int length) {
        addVerdicts();
        turnWallMs = wallMs;
        inputBelongs = false;
        inviteCallId = "";
        if (kind == (byte) InputKind.MESSAGE.value() && message.wrap(buffer, offset, length) == Problem.NONE) {
            final String callId = header(HeaderName.CALL_ID);
            inputBelongs = callIds.contains(callId);
            inviteCallId = message.isRequest() && message.method() == Method.INVITE ? callId : "";
            if (inputBelongs) {
                steps.add(step(true, transport, addressHigh, addressLow, port));
            }
        } else if (kind == (byte) InputKind.SERVER_ANSWER.value()) {
            final ServerAnswer answer = ServerAnswer.decode(buffer, offset);
            if (calls.contains(answer.callSerial())) {
                steps.add(new Step.Answer(wallMs, answer.outcome(), answer.found()));
            }
        }
    }

    private Step.Message step(
            final boolean received,
            final byte transport,
            final long addressHigh,
            final long addressLow,
            final int port) {
        final int lineEnd = message.isRequest()
                ? message.uriOffset() + message.uriLength()
                : message.reasonOffset() + message.reasonLength();
        return new Step.Message(
                turnWallMs,
                received,
                TransportKind.get(transport),
                AddressText.host(addressHigh, addressLow) + ":" + port,
                text(message.offset(), lineEnd - message.offset()),
                header(HeaderName.CALL_ID),
                header(HeaderName.CSEQ));
    }

    private String header(final HeaderName name) {
        final int header = message.first(name);
        return header == SipMessage.NONE ? "" : text(message.valueOffset(header), message.valueLength(header));
    }

    private String text(final int offset, final int length) {
        final byte[] bytes = new byte[length];
        message.buffer().getBytes(offset, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private void addVerdicts() {
        if (core.exchange().decisions() == decisionsSeen) {
            return;
        }
        decisionsSeen = core.exchange().decisions();
        if (inputBelongs && !inviteCallId.isEmpty()) {
            calls.add(core.exchange().lastDecided());
        }
        if (!calls.contains(core.exchange().lastDecided())) {
            return;
        }
        final Decision decision = core.exchange().lastDecision();
        final UnsafeBuffer phrase = new UnsafeBuffer(new byte[128]);
        for (int i = 0; i < decision.verdictCount(); i++) {
            if (decision.verdictStage(i) == Stage.TARGET && decision.flow() != null) {
                final ResourceId flow =
                        new ResourceId(decision.flow().idHigh(), decision.flow().idLow());
                steps.add(new Step.Flow(
                        turnWallMs,
                        flow.prefixed(ResourceKind.FLOWS),
                        decision.flow().version()));
            }
            final int length = ReasonText.write(decision.verdictRule(i), decision.verdictLimit(i), phrase, 0);
            steps.add(new Step.Verdict(
                    turnWallMs,
                    decision.verdictStage(i).word(),
                    decision.verdictRule(i).word(),
                    phrase.getStringWithoutLengthAscii(0, length),
                    decision.verdictNs(i)));
        }
    }

    /** The legs of one call; the caller's is empty for an INVITE that is no leg of ours any more. */
    private void join(final String callerCallId, final String calleeCallId) {
        if (!callerCallId.isEmpty() && (callIds.contains(callerCallId) || callIds.contains(calleeCallId))) {
            callIds.add(callerCallId);
            callIds.add(calleeCallId);
        }
    }

    private final class Outputs extends DiscardedOutputs {
        @Override
        public void onSend(
                final byte transport,
                final int listener,
                final long flow,
                final long addressHigh,
                final long addressLow,
                final int port,
                final DirectBuffer buffer,
                final int offset,
                final int length) {
            if (message.wrap(buffer, offset, length) != Problem.NONE) {
                return;
            }
            final String callId = header(HeaderName.CALL_ID);
            if (message.isRequest() && message.method() == Method.INVITE) {
                join(new CallInspector(core.exchange()).callerCallId(callId), callId);
            }
            if (callIds.contains(callId)) {
                addVerdicts();
                steps.add(step(false, transport, addressHigh, addressLow, port));
            }
        }
    }
}
