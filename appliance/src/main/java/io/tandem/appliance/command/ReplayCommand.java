package io.tandem.appliance.command;

import io.tandem.appliance.TandemCommand;
import io.tandem.appliance.playback.Replay;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tandem replay}: executes a journal again and compares. */
@Command(
        name = "replay",
        header = "Executes the journal again and compares it with what was recorded.",
        description = {
            "Executes the journal again in a fresh core, from its beginning or the oldest snapshot, and compares every",
            "output digest and every call record with what was recorded. Works beside a running appliance."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Exit status: 0 everything agrees, 1 something differs or cannot be read, 2 usage."})
public final class ReplayCommand implements TandemCommand {
    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Mixin
    private DataOptions options;

    @Override
    public Integer call() {
        final JournalPaths paths = JournalPaths.of(options.settings());
        final PrintWriter out = spec.commandLine().getOut();
        final PrintWriter err = spec.commandLine().getErr();
        final Replay.Result result = new Replay()
                .run(
                        paths.inputs(),
                        paths.records(),
                        paths.snapshots(),
                        paths.masterKey(),
                        paths.journalSettings(),
                        paths.configurations(),
                        paths.countries(),
                        turns -> {
                            err.println("replayed turns=" + turns);
                            err.flush();
                        });
        out.println("turns=" + result.turns() + " inputs=" + result.inputs() + " outputs=" + result.outputs());
        out.println("digests: same=" + result.digestsMatched() + " different=" + result.digestsDifferent());
        out.println("call records: same=" + result.recordsMatched() + " different=" + result.recordsDifferent());
        result.notes().forEach(out::println);
        result.differences().forEach(out::println);
        if (result.agrees() && result.digestsMatched() == 0 && result.turns() > 0) {
            out.println("no digest was recorded yet, so nothing was proven");
        }
        out.println(result.agrees() ? "replay agrees" : "replay DIFFERS");
        out.flush();
        return result.agrees() ? FINE : WRONG;
    }
}
