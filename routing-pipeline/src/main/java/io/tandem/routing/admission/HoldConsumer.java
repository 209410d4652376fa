package io.tandem.routing.admission;

/** Is told, one by one, which counters a {@link Holds} has taken. */
@FunctionalInterface
public interface HoldConsumer {
    /** One counter taken once. */
    void onHold(Dimension dimension, long idHigh, long idLow);
}
