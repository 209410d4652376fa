package io.tandem.appliance.command;

import io.tandem.appliance.TandemCommand;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tandem explain}: a dry run through the live stages of the running appliance. */
@Command(
        name = "explain",
        header = "Says what the running appliance would do with a call.",
        description = "Says what the running appliance would do with a call, stage by stage, without doing it.",
        mixinStandardHelpOptions = true,
        footer = {"", "Exit status: 0 fine, 1 no answer, 2 usage."})
public final class ExplainCommand implements TandemCommand {
    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Mixin
    private DataOptions options;

    @Parameters(index = "0", paramLabel = "FROM", description = "Calling number.")
    private String from;

    @Parameters(index = "1", paramLabel = "TO", description = "Called number.")
    private String to;

    @Option(names = "--at", paramLabel = "TIME", description = "Another time, ISO-8601.")
    private String at;

    @Option(names = "--source", paramLabel = "IP", description = "Source address to screen.")
    private String source;

    @Option(names = "-j", description = "JSON.")
    private boolean json;

    @Override
    public Integer call() {
        final StringBuilder command =
                new StringBuilder("explain ").append(from).append(' ').append(to);
        if (at != null) {
            command.append(" at ").append(at);
        }
        if (source != null) {
            command.append(" source ").append(source);
        }
        if (json) {
            command.append(" -j");
        }
        return ConsoleCommand.run(options, spec, Optional.of(command.toString()));
    }
}
