package io.tandem.appliance.command;

import io.tandem.appliance.TandemCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code tandem prepare}: the launcher does it, which has to start a process of its own; the words about it are here. */
@Command(
        name = "prepare",
        header = "Notes what later starts need, which halves their time.",
        description = {
            "Starts the appliance once on an empty directory and notes beside the jars what a start loads, which takes some",
            "seconds and halves the time of later starts. Repeat it after every upgrade, of Tandem or of the JDK."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Exit status: 0 prepared, 1 something was in the way, 2 usage."})
public final class PrepareCommand implements TandemCommand {
    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine()
                .getErr()
                .println("tandem: a start is prepared by the launcher: run the script `tandem` itself");
        return WRONG;
    }
}
