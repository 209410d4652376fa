package io.tandem.appliance;

import io.tandem.appliance.driver.ApplianceException;
import io.tandem.appliance.settings.SettingsException;
import io.tandem.journal.IoReason;
import io.tandem.journal.JournalException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceLoader;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** The program: finds its subcommands, runs one, and turns what goes wrong into one sentence and an exit status. */
@Command(
        name = "tandem",
        description = "A SIP routing appliance.",
        mixinStandardHelpOptions = true,
        versionProvider = Build.class,
        synopsisSubcommandLabel = "COMMAND")
public final class Main implements Runnable {
    private static final String SUFFIX = "Command";

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    private Main() {}

    /** Runs a command line and ends the process with its status. */
    public static void main(final String[] arguments) {
        System.exit(run(arguments));
    }

    /** Runs a command line and returns its exit status. */
    static int run(final String... arguments) {
        final CommandLine line = new CommandLine(new Main());
        wanted(arguments).forEach(command -> line.addSubcommand(name(command.type()), command.get()));
        tellVersion(line);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionExceptionHandler((error, failed, parsed) -> report(error, failed));
        line.setParameterExceptionHandler((error, given) -> usage(error));
        return line.execute(arguments);
    }

    /** Every command has the option, and all of them are of one build. */
    private static void tellVersion(final CommandLine line) {
        line.getCommandSpec().versionProvider(new Build());
        line.getSubcommands().values().forEach(Main::tellVersion);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }

    /** The one command that is named, so that a start does not load what the others need; all of them otherwise. */
    private static List<ServiceLoader.Provider<TandemCommand>> wanted(final String... arguments) {
        final List<ServiceLoader.Provider<TandemCommand>> commands = ServiceLoader.load(TandemCommand.class).stream()
                .sorted(Comparator.comparing(command -> name(command.type())))
                .toList();
        final Optional<ServiceLoader.Provider<TandemCommand>> named = commands.stream()
                .filter(command -> arguments.length > 0 && name(command.type()).equals(arguments[0]))
                .findFirst();
        return named.map(List::of).orElse(commands);
    }

    /** What its class is named after: reading annotations of every command costs each start some ten milliseconds. */
    static String name(final Class<? extends TandemCommand> command) {
        final String name = command.getSimpleName();
        return name.substring(0, name.length() - SUFFIX.length()).toLowerCase(Locale.ROOT);
    }

    private static int usage(final ParameterException error) {
        final CommandLine line = error.getCommandLine();
        line.getErr().println(error.getMessage());
        line.getErr().println("Try: " + line.getCommandSpec().qualifiedName() + " --help");
        return TandemCommand.USAGE;
    }

    /** One sentence for what an operator can mend, the whole stack for what is our defect. */
    private static int report(final Exception error, final CommandLine line) {
        final boolean expected =
                switch (error) {
                    case SettingsException e -> true;
                    case JournalException e -> true;
                    case ApplianceException e -> true;
                    case UncheckedIOException e -> true;
                    case IOException e -> true;
                    default -> false;
                };
        if (expected) {
            line.getErr().println("tandem: " + sentence(error));
        } else {
            error.printStackTrace(line.getErr());
        }
        return error instanceof SettingsException ? TandemCommand.USAGE : TandemCommand.WRONG;
    }

    private static String sentence(final Exception error) {
        return switch (error) {
            case FileSystemException e -> "file cannot be used: file=" + e.getFile() + " reason=" + IoReason.of(e);
            case UncheckedIOException e when e.getCause() instanceof FileSystemException cause -> sentence(cause);
            default -> error.getMessage();
        };
    }
}
