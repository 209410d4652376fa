package io.tandem.perf.simulation.check;

import java.util.Set;

/**
 * Which final answers the caller may see.
 *
 * @param finals allowed status codes; empty means any.
 */
public record Expectation(Set<Integer> finals) {
    public static final Expectation ANYTHING = new Expectation(Set.of());

    public static Expectation of(final Integer... finals) {
        return new Expectation(Set.of(finals));
    }

    boolean allows(final int status) {
        return finals.isEmpty() || finals.contains(status);
    }
}
