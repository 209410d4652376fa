package io.tandem.perf.simulation.check;

import java.util.Map;

/**
 * What the system says it holds.
 *
 * @param calls        calls in memory, ended ones that linger included.
 * @param holds        admission counter by dimension and name, zero ones left out.
 * @param remainders   whatever must be zero in an idle system, by name: transactions, timers, stored bytes.
 */
public record Census(long calls, Map<String, Long> holds, Map<String, Long> remainders) {}
