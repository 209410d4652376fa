package io.tandem.routing.flow;

import io.tandem.routing.model.FlowStep;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.TargetKind;
import java.util.List;
import java.util.Map;

/**
 * What a flow wants done. {@link Route} and {@link Hangup} end the flow; after every other command the interpreter
 * waits for the outcome.
 */
public sealed interface FlowCommand {
    /** Whether the flow ends with it. */
    default boolean ends() {
        return false;
    }

    /**
     * Hand the call to a route target for good.
     *
     * @param variables of this hop, for the flow that it may lead to; nothing else of this flow goes along.
     */
    record Route(TargetKind kind, ResourceId id, Map<String, String> variables) implements FlowCommand {
        @Override
        public boolean ends() {
            return true;
        }
    }

    /**
     * Ring a user, an extension or a number. Outcomes: {@code answered} once the conversation is over and the caller
     * still there, {@code busy}, {@code no_answer}, {@code failed}.
     *
     * @param kind {@link TargetKind#USER}, {@link TargetKind#EXTENSION}, or {@link TargetKind#NONE} for a number.
     * @param number as dialled: 1 to 64 bytes, empty for others.
     * @param timeoutSec -1 for the usual time.
     */
    record Dial(TargetKind kind, ResourceId id, String number, int timeoutSec) implements FlowCommand {}

    /**
     * Lead the caller to a ring group, queue, voicemail box, conference or forward. Outcomes: those of the node's kind.
     */
    record Visit(TargetKind kind, ResourceId id) implements FlowCommand {}

    /**
     * Have the media trunk speak and listen. Outcomes: those of the node's kind; digits of {@code collect} and the
     * place of a recording come as data.
     *
     * @param text what is spoken, variables filled in, at most {@value FlowInterpreter#SPOKEN_MAX} characters.
     * @param choices of a menu: the keys that lead somewhere; other keys are for the media trunk to ask again.
     */
    record Media(String nodeId, FlowStep.Media step, String text, List<String> choices) implements FlowCommand {}

    /**
     * Send a request. Outcomes: {@code default} with the body of a 2xx answer as data, {@code error}, {@code timeout}.
     *
     * @param body a JSON object for POST, empty for GET.
     * @param timeoutMs within which the whole answer must be here.
     * @param pointers what is looked for in the answer (RFC 6901); the rest of it can be left out.
     */
    record HttpRequest(String method, String url, String body, int timeoutMs, List<String> pointers)
            implements FlowCommand {}

    /**
     * End the call: BYE if it is answered, else a final response.
     *
     * @param sipCode the response, 400 to 699; 0 for the usual one.
     */
    record Hangup(int sipCode, FlowEnd reason) implements FlowCommand {
        @Override
        public boolean ends() {
            return true;
        }
    }
}
