package io.tandem.routing.policy;

/** Which numbers an account may show: how {@link CallerId} asks the configuration. */
@FunctionalInterface
public interface CallerNumbers {
    /** Whether a number is an active number of the account or of one above it. */
    boolean mayShow(long e164, AccountChain account);
}
