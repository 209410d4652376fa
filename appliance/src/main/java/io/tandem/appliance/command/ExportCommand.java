package io.tandem.appliance.command;

import io.tandem.admin.command.CommandLine;
import io.tandem.appliance.TandemCommand;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tandem export}: writes the whole configuration to a file that import takes. */
@Command(
        name = "export",
        header = "Writes the whole configuration to a file that import takes.",
        description = "Writes the whole configuration of the running appliance to a file that import takes; only its owner may read it.",
        mixinStandardHelpOptions = true,
        footer = {"", "Exit status: 0 fine, 1 refused or no answer, 2 usage."})
public final class ExportCommand implements TandemCommand {
    @Spec
    private CommandSpec spec;

    @Mixin
    private DataOptions options;

    @Parameters(paramLabel = "FILE", description = "The file.")
    private Path file;

    @Override
    public Integer call() throws IOException {
        return ConsoleCommand.run(
                options,
                spec,
                Optional.of("export " + CommandLine.quote(file.toAbsolutePath().toString())));
    }
}
