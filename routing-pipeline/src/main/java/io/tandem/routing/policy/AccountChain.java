package io.tandem.routing.policy;

/** An account and all that stand above it, itself first. */
public interface AccountChain {
    /** How many accounts the chain has. */
    int depth();

    /** Upper half of an identifier in the chain; 0 is the account itself. */
    long idHigh(int index);

    /** Lower half of an identifier in the chain. */
    long idLow(int index);
}
