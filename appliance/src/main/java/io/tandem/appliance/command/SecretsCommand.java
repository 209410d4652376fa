package io.tandem.appliance.command;

import io.tandem.appliance.TandemCommand;
import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tandem secrets}: which references to secrets resolve in the running appliance. */
@Command(
        name = "secrets",
        header = "Says which references to secrets resolve.",
        description = {
            "Says which references of the configuration to secrets resolve in the running appliance, those that do not",
            "first. Never prints a secret."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Exit status: 0 all resolve, 1 some do not or no answer, 2 usage."})
public final class SecretsCommand implements TandemCommand {
    @Spec
    private CommandSpec spec;

    @Mixin
    private DataOptions options;

    @Option(names = "--limit", paramLabel = "N", description = "Most references to show.")
    private Integer limit;

    @Option(names = "-j", description = "JSON.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        final String command = "secrets" + (limit == null ? "" : " limit " + limit) + (json ? " -j" : "");
        return ConsoleCommand.run(options, spec, Optional.of(command));
    }
}
