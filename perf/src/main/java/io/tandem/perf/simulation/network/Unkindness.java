package io.tandem.perf.simulation.network;

/**
 * What a network did to messages, by its own will.
 *
 * @param lost       datagrams that never arrived.
 * @param duplicated datagrams that arrived twice.
 * @param detoured   datagrams that took the long way, so that others overtook them.
 * @param cut        stream connections that it broke.
 */
public record Unkindness(long lost, long duplicated, long detoured, long cut) {
    /** None yet. */
    public static final Unkindness NONE = new Unkindness(0, 0, 0, 0);

    /** Both together. */
    public Unkindness plus(final Unkindness other) {
        return new Unkindness(
                lost + other.lost, duplicated + other.duplicated, detoured + other.detoured, cut + other.cut);
    }
}
