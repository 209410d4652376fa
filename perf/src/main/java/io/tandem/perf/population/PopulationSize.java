package io.tandem.perf.population;

/**
 * How much a made-up configuration has.
 *
 * @param accounts accounts below the one that owns the trunks.
 * @param users users of all accounts together, shared out evenly; each has an extension.
 * @param devices devices of each user.
 * @param numbers numbers of all accounts together, shared out evenly; the first of an account lead to its users.
 */
public record PopulationSize(int accounts, int users, int devices, int numbers) {
    /** Accounts, users and numbers that have a place in the names that are made up. */
    static final int COUNT_MAX = 100_000_000;

    /** Most devices that the model lets a user have. */
    private static final int DEVICES_MAX = 10;

    /** Checks that the parts fit together. */
    public PopulationSize {
        if (accounts < 1
                || accounts > COUNT_MAX
                || users < 0
                || users > COUNT_MAX
                || numbers < 0
                || numbers > COUNT_MAX) {
            throw new IllegalArgumentException("counts must be from 0, accounts from 1, to " + COUNT_MAX + ": accounts="
                    + accounts + " users=" + users + " numbers=" + numbers);
        }
        if (devices < 0 || devices > DEVICES_MAX) {
            throw new IllegalArgumentException(
                    "devices of a user must be from 0 to " + DEVICES_MAX + ": devices=" + devices);
        }
    }

    /** The first user, or number, of an account when so many are shared out evenly; that of the next one ends them. */
    int first(final int account, final int ofAll) {
        return (int) ((long) ofAll * account / accounts);
    }
}
