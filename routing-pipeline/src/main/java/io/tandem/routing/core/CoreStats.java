package io.tandem.routing.core;

/**
 * How full the core is, at one instant. Read on the core's thread.
 *
 * @param liveCalls          calls up or being set up.
 * @param tableCalls         entries in the call table.
 * @param tableLegs          entries in the leg table.
 * @param tableDialogs       entries in the dialog table.
 * @param clientTransactions live client transactions.
 * @param serverTransactions live server transactions.
 * @param timers             timers scheduled.
 * @param blocks             byte strings kept.
 * @param blockBytes         bytes of blocks in use.
 * @param admissionCounters  admission counters above zero.
 */
public record CoreStats(
        int liveCalls,
        int tableCalls,
        int tableLegs,
        int tableDialogs,
        int clientTransactions,
        int serverTransactions,
        int timers,
        int blocks,
        long blockBytes,
        int admissionCounters) {}
