package io.tandem.perf.population;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Options that say how large a population is. */
final class PopulationOptions {
    @Option(names = "--accounts", paramLabel = "N", description = "accounts below the first (default 100000)")
    private int accounts = 100_000;

    @Option(names = "--users", paramLabel = "N", description = "users of all of them (default 1000000)")
    private int users = 1_000_000;

    @Option(names = "--devices", paramLabel = "N", description = "devices of each user, at most 10 (default 1)")
    private int devices = 1;

    @Option(names = "--numbers", paramLabel = "N", description = "numbers of all accounts (default 10000000)")
    private int numbers = 10_000_000;

    PopulationSize size(final CommandSpec spec) {
        try {
            return new PopulationSize(accounts, users, devices, numbers);
        } catch (final IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
