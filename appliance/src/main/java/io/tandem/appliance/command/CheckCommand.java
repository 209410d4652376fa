package io.tandem.appliance.command;

import io.tandem.admin.command.CommandLine;
import io.tandem.appliance.TandemCommand;
import io.tandem.appliance.configuration.MachineNeeds;
import io.tandem.appliance.operator.FileFault;
import io.tandem.routing.configuration.ImportProgress;
import io.tandem.routing.configuration.ImportResult;
import io.tandem.routing.configuration.NdjsonImport;
import io.tandem.routing.model.Problem;
import io.tandem.routing.model.Problems;
import io.tandem.routing.model.ResourceKind;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tandem check}: what an import would say of a configuration file, without an appliance or a data directory. */
@Command(
        name = "check",
        header = "Validates a configuration file and changes nothing.",
        description = {
            "Validates a configuration file as import does, naming every problem, and changes nothing. Needs neither a",
            "running appliance nor a data directory. Warns of what the file needs of this machine, as the settings",
            "say, and does not find: secrets, a file of source countries.",
            "With --change, asks the running appliance what apply would say of the file beside the configuration in",
            "force."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Exit status: 0 import or apply would take it, 1 it has problems or cannot be read, 2 usage."})
public final class CheckCommand implements TandemCommand {
    private static final long PROGRESS_LINES = 1_000_000;

    @Spec
    private CommandSpec spec;

    @Mixin
    private DataOptions options;

    @Option(names = "--change", description = "The file is a change, as for apply.")
    private boolean change;

    @Parameters(paramLabel = "FILE", description = "The file.")
    private Path file;

    @Override
    public Integer call() throws IOException {
        final PrintWriter out = spec.commandLine().getOut();
        final PrintWriter err = spec.commandLine().getErr();
        final Optional<FileFault> fault = FileFault.of(file);
        if (fault.isPresent()) {
            err.println("tandem: " + fault.get().sentence(file));
            return WRONG;
        }
        if (change) {
            return ConsoleCommand.run(
                    options,
                    spec,
                    Optional.of(
                            "check " + CommandLine.quote(file.toAbsolutePath().toString()) + " change"));
        }
        final MachineNeeds needs = new MachineNeeds(options.settings());
        final ImportResult result = NdjsonImport.run(() -> Files.newInputStream(file), needs, progress("check", err));
        printWarnings(result.warnings(), err);
        printWarnings(needs.warnings(), err);
        if (!result.accepted()) {
            printProblems(result, err);
            err.println("has problems: file=" + file + " problems="
                    + result.problems().count());
            err.flush();
            return WRONG;
        }
        err.flush();
        out.println("fine: file=" + file + " " + counts(result) + " (nothing was changed)");
        out.flush();
        return FINE;
    }

    /** Tells people every so many lines how far the reading of a file has come. */
    static ImportProgress progress(final String command, final PrintWriter err) {
        return (pass, lines) -> {
            if (lines % PROGRESS_LINES == 0) {
                err.println(command + ": pass=" + pass + " lines=" + lines);
                err.flush();
            }
        };
    }

    /** Every problem that was kept, a line each, and how many more there are. */
    static void printProblems(final ImportResult result, final PrintWriter err) {
        for (final Problem problem : result.problems().kept()) {
            err.println(problem);
        }
        if (result.problems().notKept() > 0) {
            err.println("and " + result.problems().notKept() + " further problems");
        }
    }

    private static void printWarnings(final Problems warnings, final PrintWriter err) {
        for (final Problem warning : warnings.kept()) {
            err.println("warning: " + warning);
        }
        if (warnings.notKept() > 0) {
            err.println("and " + warnings.notKept() + " further warnings");
        }
    }

    /** Lines, and resources of each kind that the file has: {@code lines=4 accounts=1 numbers=1}. */
    static String counts(final ImportResult result) {
        final StringBuilder text = new StringBuilder("lines=").append(result.lines());
        for (final ResourceKind kind : ResourceKind.values()) {
            if (result.count(kind) > 0) {
                text.append(' ').append(kind.collection()).append('=').append(result.count(kind));
            }
        }
        return text.toString();
    }
}
