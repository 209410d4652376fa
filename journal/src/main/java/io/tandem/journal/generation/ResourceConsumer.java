package io.tandem.journal.generation;

/** Takes the resources of a generation, one after the other. */
@FunctionalInterface
public interface ResourceConsumer {
    /**
     * Called for each resource.
     *
     * @param json canonical JSON, UTF-8; the consumer may keep it
     */
    void onResource(int kind, long idHigh, long idLow, byte[] json);
}
