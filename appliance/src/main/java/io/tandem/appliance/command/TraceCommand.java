package io.tandem.appliance.command;

import io.tandem.admin.command.Ladder;
import io.tandem.admin.view.TraceView;
import io.tandem.appliance.TandemCommand;
import io.tandem.appliance.playback.CallTrace;
import io.tandem.appliance.playback.TraceViews;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

/** {@code tandem trace}: one call as a ladder. */
@Command(
        name = "trace",
        header = "Prints one call as a ladder of both legs.",
        description = {
            "Prints one call as a ladder of both legs with the verdict of every stage, by executing the journal again.",
            "The nanoseconds beside a verdict are those of this re-execution, not those of the live call.",
            "Works beside a running appliance."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Exit status: 0 fine, 1 the journal knows no such call, 2 usage."})
public final class TraceCommand implements TandemCommand {
    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Mixin
    private DataOptions options;

    @Parameters(paramLabel = "CALL-ID", description = "Call-ID of either leg.")
    private String callId;

    @Option(names = "-j", description = "One JSON object instead of a ladder.")
    private boolean json;

    @Override
    public Integer call() {
        final JournalPaths paths = JournalPaths.of(options.settings());
        final PrintWriter out = spec.commandLine().getOut();
        final List<CallTrace.Step> steps = new CallTrace()
                .run(
                        callId,
                        paths.inputs(),
                        paths.snapshots(),
                        paths.masterKey(),
                        paths.journalSettings(),
                        paths.configurations(),
                        paths.countries(),
                        System::nanoTime);
        if (steps.isEmpty()) {
            spec.commandLine().getErr().println("tandem: no such call in the journal: call-id=" + callId);
            return WRONG;
        }
        final TraceView trace = TraceViews.of(callId, steps);
        if (json) {
            out.println(new JsonMapper().writeValueAsString(trace));
        } else {
            Ladder.lines(trace).forEach(out::println);
        }
        out.flush();
        return FINE;
    }
}
