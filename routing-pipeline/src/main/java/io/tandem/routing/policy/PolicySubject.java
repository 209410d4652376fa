package io.tandem.routing.policy;

/**
 * Whose policies a call meets: those of a user, of a number, and of an account with all above it. Filled for each call and
 * reused; core's thread. Zeros stand for no user and no number.
 */
public final class PolicySubject {
    /** The account; null only before the first call. */
    public AccountChain account;

    /** The user, upper half. */
    public long userHigh;

    /** The user, lower half. */
    public long userLow;

    /** The number, upper half. */
    public long didHigh;

    /** The number, lower half. */
    public long didLow;

    /** Makes it an account alone. */
    public PolicySubject of(final AccountChain newAccount) {
        account = newAccount;
        userHigh = 0;
        userLow = 0;
        didHigh = 0;
        didLow = 0;
        return this;
    }

    /** Adds the user. */
    public PolicySubject user(final long idHigh, final long idLow) {
        userHigh = idHigh;
        userLow = idLow;
        return this;
    }

    /** Adds the number. */
    public PolicySubject did(final long idHigh, final long idLow) {
        didHigh = idHigh;
        didLow = idLow;
        return this;
    }

    /** Scopes, from the most specific: user, number, account, and the accounts above it. */
    int scopes() {
        return 2 + account.depth();
    }
}
