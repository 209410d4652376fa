package io.tandem.admin.view;

import java.time.Instant;
import java.util.List;

/**
 * A call as a ladder.
 *
 * @param participants who takes part, from left to right; events name them by position
 */
public record TraceView(String id, List<String> participants, List<Event> events) {

    /** Something that happened, in the order of the journal. */
    public sealed interface Event permits Message, Note {
        Instant at();
    }

    /**
     * A message between two participants.
     *
     * @param from  position of the sender
     * @param to    position of the receiver
     * @param label method or status line
     */
    public record Message(Instant at, int from, int to, String label) implements Event {}

    /** Something that a participant did without a message, such as the verdict of a stage. */
    public record Note(Instant at, int participant, String text) implements Event {}
}
