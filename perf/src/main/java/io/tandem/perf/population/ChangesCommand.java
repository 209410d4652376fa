package io.tandem.perf.population;

import io.tandem.appliance.configuration.GenerationStore;
import io.tandem.journal.DataDirectory;
import io.tandem.journal.generation.GenerationManifest;
import io.tandem.routing.configuration.Configuration;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tandem bench changes}: what one change costs the core's thread, whatever is configured. */
@Command(
        name = "changes",
        header = "Measures what one change of the configuration costs the core's thread.",
        mixinStandardHelpOptions = true,
        description = {
            "Makes changes of single resources over an imported population, and prints the CPU time of the core's thread for",
            "each of them, for the decision of a call after each, for fixed work after that, whose dearest is the machine's,",
            "and the rows that were read. DIR is the data directory of a stopped appliance that imported what 'bench population'",
            "wrote with the same counts; it is read only. Exit status: 0 no change cost more than --most, 1 one did, 2 wrong",
            "usage."
        })
public final class ChangesCommand implements Callable<Integer> {
    private static final int PER_MILLE_HALF = 500;
    private static final int PER_MILLE_MOST = 999;
    private static final double US = 1_000;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "data directory")
    private Path data;

    @Mixin
    private PopulationOptions population;

    @Option(names = "--changes", paramLabel = "N", description = "changes that are measured (default 10000)")
    private int count = 10_000;

    @Option(names = "--warmup", paramLabel = "N", description = "changes before that (default 2000)")
    private int warmUp = 2_000;

    @Option(names = "--rounds", paramLabel = "N", description = "how often (default 3)")
    private int rounds = 3;

    @Option(names = "--seed", paramLabel = "N", description = "what the changes are drawn by (default 1)")
    private long seed = 1;

    @Option(names = "--most", paramLabel = "MICROS", description = "what a change may cost (default 1000)")
    private int mostUs = 1_000;

    @Override
    public Integer call() {
        final PrintWriter out = spec.commandLine().getOut();
        final PopulationSize size = population.size(spec);
        boolean within = true;
        try (DataDirectory directory = DataDirectory.open(data);
                GenerationStore generations = new GenerationStore(directory.config())) {
            if (generations.names().isEmpty()) {
                throw new ParameterException(spec.commandLine(), "nothing was imported: data=" + data);
            }
            final String name = generations.names().getLast();
            final GenerationManifest manifest = generations.manifest(name);
            out.println("generation=" + name + " numbers=" + manifest.numberCount() + " rows="
                    + manifest.resourceCount() + " changes=" + count + " warmup=" + warmUp + " seed=" + seed);
            final Configuration generation = generations.open(name);
            try (ChangeCosts costs = new ChangeCosts(generation, size, seed)) {
                costs.run(warmUp);
                for (int round = 1; round <= rounds; round++) {
                    final ChangeCosts.Result result = costs.run(count);
                    out.println(line(round, result));
                    out.flush();
                    within &= result.atMost(1_000) <= mostUs * 1_000L;
                }
            }
        }
        return within ? 0 : 1;
    }

    private static String line(final int round, final ChangeCosts.Result result) {
        return String.format(
                Locale.ROOT,
                "round=%d us: half=%.1f 999of1000=%.1f all=%.1f; calls between: half=%.1f 999of1000=%.1f all=%.1f;"
                        + " fixed work between: half=%.1f 999of1000=%.1f all=%.1f;"
                        + " rows read: core=%d check at most=%d",
                round,
                result.atMost(PER_MILLE_HALF) / US,
                result.atMost(PER_MILLE_MOST) / US,
                result.atMost(1_000) / US,
                result.callsAtMost(PER_MILLE_HALF) / US,
                result.callsAtMost(PER_MILLE_MOST) / US,
                result.callsAtMost(1_000) / US,
                result.fixedAtMost(PER_MILLE_HALF) / US,
                result.fixedAtMost(PER_MILLE_MOST) / US,
                result.fixedAtMost(1_000) / US,
                result.coreRows(),
                result.checkRowsMax());
    }
}
