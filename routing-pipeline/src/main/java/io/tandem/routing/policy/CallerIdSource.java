package io.tandem.routing.policy;

/** Where a number to show comes from, in the usual order of precedence. */
public enum CallerIdSource {
    /** A forward's {@code cid_mode}. */
    FORWARD,
    /** A caller-ID rule. */
    RULE,
    /** What the caller itself shows: an exchange that has numbers of ours. */
    ASSERTED,
    /** The user's {@code out_cid_number}. */
    USER,
    /** The trunk's {@code cid_number}. */
    TRUNK,
    /** The account's {@code default_cid_number}. */
    ACCOUNT,
    /** That of an account above it. */
    ANCESTOR
}
