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

/** {@code tandem apply}: makes the resources of a file as it says; the others stay. */
@Command(
        name = "apply",
        header = "Makes the resources of a file as it says; the others stay.",
        description = "Makes the resources of a file (one JSON object a line, as for import) as it says, found by identifier or name, as one change of the running appliance; the others stay.",
        mixinStandardHelpOptions = true,
        footer = {"", "Exit status: 0 fine, 1 refused or no answer, 2 usage."})
public final class ApplyCommand implements TandemCommand {
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
                Optional.of("apply " + CommandLine.quote(file.toAbsolutePath().toString())));
    }
}
