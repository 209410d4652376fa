package io.tandem.appliance;

import java.util.concurrent.Callable;

/**
 * A subcommand of {@code tandem}: a class with picocli's {@code @Command}, found through {@link java.util.ServiceLoader}, so that
 * other modules bring their own. Returns the exit status: 0 fine, 1 something was found wrong, 2 usage.
 */
public interface TandemCommand extends Callable<Integer> {
    /** Everything is fine. */
    int FINE = 0;

    /** Something was found wrong, and said. */
    int WRONG = 1;

    /** The command was not understood. */
    int USAGE = 2;
}
