package io.tandem.appliance.command;

import io.tandem.admin.command.CommandLine;
import io.tandem.appliance.TandemCommand;
import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tandem get}: shows a resource of the running appliance, or the first of a collection. */
@Command(
        name = "get",
        header = "Shows resources of the running appliance.",
        description = "Shows a resource of the running appliance, or the first of a collection, as JSON.",
        mixinStandardHelpOptions = true,
        footer = {"", "Exit status: 0 fine, 1 refused or no answer, 2 usage."})
public final class GetCommand implements TandemCommand {
    @Spec
    private CommandSpec spec;

    @Mixin
    private DataOptions options;

    @Parameters(index = "0", paramLabel = "COLLECTION", description = "Collection, such as numbers.")
    private String collection;

    @Parameters(index = "1", arity = "0..1", paramLabel = "ID", description = "Identifier, or name: and a name.")
    private String id;

    @Option(names = "--limit", paramLabel = "N", description = "Most resources to show.")
    private Integer limit;

    @Option(names = "--after", paramLabel = "ID", description = "Only those behind this one.")
    private String after;

    @Option(names = "-j", description = "JSON.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        final StringBuilder command = new StringBuilder("get ").append(CommandLine.quote(collection));
        if (id != null) {
            command.append(' ').append(CommandLine.quote(id));
        }
        if (limit != null) {
            command.append(" limit ").append(limit);
        }
        if (after != null) {
            command.append(" after ").append(CommandLine.quote(after));
        }
        if (json) {
            command.append(" -j");
        }
        return ConsoleCommand.run(options, spec, Optional.of(command.toString()));
    }
}
