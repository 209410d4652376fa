package io.tandem.appliance.command;

import io.tandem.appliance.TandemCommand;
import io.tandem.appliance.record.CallRecordFormat;
import io.tandem.appliance.record.CallRecordView;
import io.tandem.appliance.record.RecordHistory;
import io.tandem.appliance.settings.Settings;
import java.io.PrintWriter;
import java.util.ArrayDeque;
import java.util.Deque;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code tandem cdr}: the call records, oldest first. */
@Command(
        name = "cdr",
        header = "Prints call records, oldest first.",
        description = "Prints call records, oldest first. Works beside a running appliance.",
        mixinStandardHelpOptions = true,
        footer = {"", "Exit status: 0 fine, 1 the journal could not be read, 2 usage."})
public final class CdrCommand implements TandemCommand {
    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Mixin
    private DataOptions options;

    @Option(
            names = "--format",
            defaultValue = "ndjson",
            description = "ndjson or csv. Default: ${DEFAULT-VALUE}.",
            paramLabel = "FORMAT")
    private CallRecordFormat format;

    @Option(names = "--last", paramLabel = "N", description = "Only the last N records.")
    private Integer last;

    @Option(names = "--call-id", paramLabel = "ID", description = "Only records with this Call-ID on either leg.")
    private String callId;

    @Override
    public Integer call() {
        if (last != null && last < 1) {
            throw new ParameterException(spec.commandLine(), "--last must be a whole number from 1 on: given=" + last);
        }
        final Settings settings = options.settings();
        final JournalPaths paths = JournalPaths.of(settings);
        final PrintWriter out = spec.commandLine().getOut();
        final Deque<CallRecordView> kept = new ArrayDeque<>();
        if (!format.header().isEmpty()) {
            out.println(format.header());
        }
        RecordHistory.forEach(paths.records(), paths.journalSettings(), record -> {
            if (callId != null && !callId.equals(record.callerCallId()) && !callId.equals(record.calleeCallId())) {
                return;
            }
            if (last == null) {
                out.println(format.line(record));
            } else {
                kept.addLast(record);
                if (kept.size() > last) {
                    kept.removeFirst();
                }
            }
        });
        kept.forEach(record -> out.println(format.line(record)));
        out.flush();
        return FINE;
    }
}
