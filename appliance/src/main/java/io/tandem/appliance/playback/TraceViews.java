package io.tandem.appliance.playback;

import io.tandem.admin.view.TraceView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A traced call as the console's ladder shows it: the caller to the left, then Tandem, then every callee. */
public final class TraceViews {
    private static final String US = "tandem";
    private static final int OUR_POSITION = 1;

    private TraceViews() {}

    /**
     * The steps of a call under the identifier that was asked for. What a stage took is the time of the re-execution, not
     * that of the live call, and a note says so.
     */
    public static TraceView of(final String callId, final List<CallTrace.Step> steps) {
        final List<String> participants = new ArrayList<>();
        final List<TraceView.Event> events = new ArrayList<>();
        final String callerLeg = callerLeg(steps);
        participants.add("caller");
        participants.add(US);
        for (final CallTrace.Step step : steps) {
            final Instant at = Instant.ofEpochMilli(step.wallMs());
            switch (step) {
                case CallTrace.Step.Message message -> {
                    final int peer = position(participants, message, callerLeg);
                    final String label = message.startLine() + " [" + message.cSeq() + "]";
                    events.add(
                            message.received()
                                    ? new TraceView.Message(at, peer, OUR_POSITION, label)
                                    : new TraceView.Message(at, OUR_POSITION, peer, label));
                }
                case CallTrace.Step.Verdict verdict ->
                    events.add(new TraceView.Note(
                            at,
                            OUR_POSITION,
                            verdict.stage() + ": " + verdict.text() + " (" + verdict.rule() + ", " + verdict.nanos()
                                    + " ns when executed again)"));
                case CallTrace.Step.Flow flow ->
                    events.add(new TraceView.Note(
                            at, OUR_POSITION, "flow: " + flow.flow() + " version " + flow.version()));
                case CallTrace.Step.Answer answer ->
                    events.add(new TraceView.Note(
                            at,
                            OUR_POSITION,
                            "server: " + answer.outcome()
                                    + (answer.found().isEmpty() ? "" : " " + answer.found())));
            }
        }
        return new TraceView(callId, participants, events);
    }

    private static String callerLeg(final List<CallTrace.Step> steps) {
        for (final CallTrace.Step step : steps) {
            if (step instanceof CallTrace.Step.Message message) {
                return message.callId();
            }
        }
        return "";
    }

    private static int position(
            final List<String> participants, final CallTrace.Step.Message message, final String callerLeg) {
        if (message.callId().equals(callerLeg)) {
            participants.set(0, message.peer());
            return 0;
        }
        final int known =
                participants.subList(OUR_POSITION + 1, participants.size()).indexOf(message.peer());
        if (known >= 0) {
            return OUR_POSITION + 1 + known;
        }
        participants.add(message.peer());
        return participants.size() - 1;
    }
}
