package io.tandem.routing.transaction;

/**
 * Sizes of the transaction tables.
 *
 * @param clientsMax live client transactions of each kind (INVITE, other).
 * @param serversMax live server transactions of each kind.
 */
public record TransactionLimits(int clientsMax, int serversMax) {}
