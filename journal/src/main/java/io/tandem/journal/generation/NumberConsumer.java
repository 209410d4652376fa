package io.tandem.journal.generation;

/** Takes the numbers of a generation, one after the other. */
@FunctionalInterface
public interface NumberConsumer {
    /** Called for each number; {@code row} is reused for the next, so the consumer copies what it keeps. */
    void onNumber(NumberRow row);
}
