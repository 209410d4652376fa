package io.tandem.perf.population;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tandem bench population}: an import file of any size. */
@Command(
        name = "population",
        header = "Writes a made-up configuration of any size.",
        mixinStandardHelpOptions = true,
        description = {
            "Writes an import file: an account with a trunk that brings calls and one that takes them, and below it accounts",
            "with users, an extension and devices for each user, and numbers. Every number can be called. The same options",
            "write the same file. Exit status: 0 written, 2 wrong usage."
        })
public final class PopulationCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "the file to write")
    private Path file;

    @Mixin
    private PopulationOptions population;

    @Option(names = "--carrier", paramLabel = "BLOCK", description = "where calls come from (default 127.0.0.2/32)")
    private String carrier = "127.0.0.2/32";

    @Option(names = "--pbx", paramLabel = "ADDRESS:PORT", description = "where calls go (default 127.0.0.3:5080)")
    private String pbx = "127.0.0.3:5080";

    @Override
    public Integer call() throws IOException {
        final PopulationSize size = population.size(spec);
        try (OutputStream out = Files.newOutputStream(file)) {
            Population.write(size, carrier, pbx, out);
        }
        return 0;
    }
}
