package io.tandem.appliance.command;

import io.tandem.appliance.TandemCommand;
import java.io.IOException;
import java.net.InetAddress;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code tandem explain}: a dry run through the live stages of the running appliance. */
@Command(
        name = "explain",
        header = "Says what the running appliance would do with a call.",
        description = "Says what the running appliance would do with a call, stage by stage, without doing it.",
        mixinStandardHelpOptions = true,
        footer = {"", "Exit status: 0 fine, 1 no answer, 2 usage."})
public final class ExplainCommand implements TandemCommand {
    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .optionalStart()
            .appendOffsetId()
            .toFormatter(Locale.ROOT);

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
    public Integer call() throws IOException {
        requireTime();
        requireAddress();
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

    private void requireTime() {
        if (at != null && !isTime(at)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--at is not a time: given=" + at
                            + " (write it as 2026-12-25T17:30:00Z, 2026-12-25T17:30+01:00, or without a zone for UTC)");
        }
    }

    private void requireAddress() {
        if (source != null && !isAddress(source)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--source is not an IP address: given=" + source + " (write it as 192.0.2.1 or 2001:db8::1)");
        }
    }

    private static boolean isTime(final String text) {
        try {
            return TIME.parse(text) != null;
        } catch (final DateTimeParseException e) {
            return false;
        }
    }

    private static boolean isAddress(final String text) {
        try {
            return InetAddress.ofLiteral(text) != null;
        } catch (final IllegalArgumentException e) {
            return false;
        }
    }
}
