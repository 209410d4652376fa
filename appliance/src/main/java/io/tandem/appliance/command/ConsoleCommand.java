package io.tandem.appliance.command;

import io.tandem.admin.ConsoleClient;
import io.tandem.appliance.TandemCommand;
import io.tandem.appliance.settings.Setting;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tandem console}: the operator's console of a running appliance. */
@Command(
        name = "console",
        header = "Opens the console, or runs one command there.",
        description = "Opens the console of the running appliance, or runs one command there and prints its answer.",
        mixinStandardHelpOptions = true,
        footer = {"", "Exit status: 0 fine, 1 the command answered an error or nothing listens, 2 usage."})
public final class ConsoleCommand implements TandemCommand {
    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Mixin
    private DataOptions options;

    @Option(names = "-e", paramLabel = "COMMAND", description = "Run this one command, such as 'status' or 'calls -j'.")
    private String command;

    @Override
    public Integer call() throws IOException {
        return run(options, spec, Optional.ofNullable(command));
    }

    /** Runs a command on the console of the appliance that the options mean. */
    static int run(final DataOptions options, final CommandLine.Model.CommandSpec spec, final Optional<String> command)
            throws IOException {
        final Optional<InetSocketAddress> address = ConsoleAddress.of(options.settings());
        if (address.isEmpty()) {
            spec.commandLine().getErr().println("tandem: the console is off: setting=" + Setting.CONSOLE_BIND.key());
            return USAGE;
        }
        return ConsoleClient.run(address.get().getHostString(), address.get().getPort(), command, System.out);
    }
}
