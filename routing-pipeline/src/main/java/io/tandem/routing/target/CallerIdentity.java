package io.tandem.routing.target;

/**
 * What the phones of an account are shown of a call that another of its users places (U-020, U-036).
 *
 * @param number extension that reaches the caller, else its user name: user part of From and P-Asserted-Identity.
 * @param displayName may be empty.
 */
public record CallerIdentity(String number, String displayName) {}
