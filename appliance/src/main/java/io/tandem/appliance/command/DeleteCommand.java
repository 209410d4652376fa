package io.tandem.appliance.command;

import io.tandem.admin.command.CommandLine;
import io.tandem.appliance.TandemCommand;
import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tandem delete}: deletes a resource that nothing refers to. */
@Command(
        name = "delete",
        header = "Deletes a resource that nothing refers to.",
        description = "Deletes a resource of the running appliance that nothing refers to.",
        mixinStandardHelpOptions = true,
        footer = {"", "Exit status: 0 fine, 1 refused or no answer, 2 usage."})
public final class DeleteCommand implements TandemCommand {
    @Spec
    private CommandSpec spec;

    @Mixin
    private DataOptions options;

    @Parameters(index = "0", paramLabel = "COLLECTION", description = "Collection, such as numbers.")
    private String collection;

    @Parameters(index = "1", paramLabel = "ID", description = "Identifier, or name: and a name.")
    private String id;

    @Override
    public Integer call() throws IOException {
        return ConsoleCommand.run(
                options,
                spec,
                Optional.of("delete " + CommandLine.quote(collection) + " " + CommandLine.quote(id)));
    }
}
