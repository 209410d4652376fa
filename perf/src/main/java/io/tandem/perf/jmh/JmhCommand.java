package io.tandem.perf.jmh;

import io.tandem.appliance.TandemCommand;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tandem jmh}: JMH's own command line over our benchmarks. */
@Command(
        name = "jmh",
        header = "Runs the JMH benchmarks.",
        description = {
            "Runs the JMH benchmarks whose names match a regular expression; all of them take about half an hour.",
            "What follows are JMH's own options: -l lists the benchmarks, -prof gc adds what they allocate, -h explains",
            "the rest. Forked JVMs get the flags of this one."
        })
public final class JmhCommand implements TandemCommand {
    @Parameters(arity = "0..*", paramLabel = "REGEX|OPTION", description = "JMH's arguments")
    private List<String> arguments = new ArrayList<>();

    @Option(names = "--help", usageHelp = true, description = "show this help")
    @SuppressWarnings("UnusedVariable")
    private boolean help;

    /** Called by picocli; what it does not know is JMH's. */
    @Spec
    void spec(final CommandSpec spec) {
        spec.parser().unmatchedOptionsArePositionalParams(true);
    }

    @Override
    public Integer call() throws IOException {
        org.openjdk.jmh.Main.main(arguments.toArray(String[]::new));
        return FINE;
    }
}
