package io.tandem.appliance.command;

import io.tandem.admin.command.CommandLine;
import io.tandem.appliance.TandemCommand;
import io.tandem.appliance.configuration.GenerationStore;
import io.tandem.appliance.operator.FileFault;
import io.tandem.appliance.settings.Setting;
import io.tandem.appliance.settings.Settings;
import io.tandem.appliance.transport.PeerAddress;
import io.tandem.journal.DataDirectory;
import io.tandem.routing.configuration.ImportResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tandem import}: a configuration file, through the running appliance or into the data directory. */
@Command(
        name = "import",
        header = "Imports a configuration, whole or not at all.",
        description = {
            "Imports a configuration, one JSON object a line, whole or not at all. Goes through the running appliance if",
            "there is one; otherwise the next start takes it."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Exit status: 0 imported, 1 refused, 2 usage."})
public final class ImportCommand implements TandemCommand {
    private static final int CONNECT_MS = 500;

    @Spec
    private CommandSpec spec;

    @Mixin
    private DataOptions options;

    @Parameters(paramLabel = "FILE", description = "The file.")
    private Path file;

    @Override
    public Integer call() throws IOException {
        final Settings settings = options.settings();
        final Optional<FileFault> fault = FileFault.of(file);
        if (fault.isPresent()) {
            spec.commandLine().getErr().println("tandem: " + fault.get().sentence(file));
            return WRONG;
        }
        final Path data = Path.of(settings.text(Setting.DATA));
        if (DataDirectory.isInUse(data)) {
            return throughConsole(settings);
        }
        return intoDirectory(data);
    }

    private int throughConsole(final Settings settings) throws IOException {
        final Optional<InetSocketAddress> console = ConsoleAddress.of(settings);
        if (console.isEmpty() || !answers(console.get())) {
            spec.commandLine()
                    .getErr()
                    .println("tandem: the data directory is in use but no console answers: console="
                            + console.map(PeerAddress::text).orElse("off")
                            + " (give its address by --set console.bind=...)");
            return WRONG;
        }
        return ConsoleCommand.run(
                options,
                spec,
                Optional.of("import " + CommandLine.quote(file.toAbsolutePath().toString())));
    }

    private static boolean answers(final InetSocketAddress console) {
        try (Socket socket = new Socket()) {
            socket.connect(console, CONNECT_MS);
            return true;
        } catch (final IOException e) {
            return false;
        }
    }

    private int intoDirectory(final Path data) throws IOException {
        final PrintWriter out = spec.commandLine().getOut();
        final PrintWriter err = spec.commandLine().getErr();
        try (DataDirectory directory = DataDirectory.open(data);
                GenerationStore generations = new GenerationStore(directory.config())) {
            final GenerationStore.Imported imported = generations.importFrom(
                    () -> Files.newInputStream(file), System.currentTimeMillis(), CheckCommand.progress("import", err));
            final ImportResult result = imported.result();
            if (imported.generation().isEmpty()) {
                CheckCommand.printProblems(result, err);
                err.println("refused, nothing was changed: file=" + file + " problems="
                        + result.problems().count());
                err.flush();
                return WRONG;
            }
            generations.setPending(imported.generation().get());
            out.println("imported: generation=" + imported.generation().get() + " " + CheckCommand.counts(result)
                    + " (the next start takes it)");
            out.flush();
            return FINE;
        }
    }
}
