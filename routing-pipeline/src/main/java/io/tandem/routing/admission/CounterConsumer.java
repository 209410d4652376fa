package io.tandem.routing.admission;

/** Is told, one by one, about the counters in use. */
@FunctionalInterface
public interface CounterConsumer {
    /**
     * One counter.
     *
     * @param limit ceiling when it was last taken, or {@link Ceilings#UNLIMITED}.
     */
    void onCounter(Dimension dimension, long idHigh, long idLow, int count, int limit);
}
