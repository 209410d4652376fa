package io.tandem.admin.command;

import io.tandem.admin.view.Refusal;
import java.util.List;
import java.util.Locale;

/** Commands about the console itself. */
final class HelpCommands {

    private HelpCommands() {}

    static Answer help(Invocation invocation) {
        return invocation.given("COMMAND")
                ? help(invocation.table().require(invocation.text("COMMAND")))
                : overview(invocation.table());
    }

    /** The connection ends after this answer; see {@link Interpreter#execute}. */
    static Answer quit(Invocation invocation) {
        return Answer.of(List.of());
    }

    private static Answer help(Command command) {
        var facts = new Facts()
                .fact("usage", command.synopsis() + " [-j] [| match TEXT]")
                .fact("does", command.help())
                .fact("example", command.example())
                .fact("role", command.role().name().toLowerCase(Locale.ROOT))
                .fact("audited", command.changesState() ? "yes, it changes the state of the appliance" : "no");
        command.arguments()
                .forEach(argument -> facts.fact(argument.name(), argument.kind().meaning()));
        return Answer.of(Row.of(command), facts);
    }

    private static Answer overview(CommandTable table) {
        var rows = new TextTable().words("command", "does");
        table.commands().forEach(command -> rows.row(command.synopsis(), command.help()));
        return Answer.of(
                table.commands().stream().map(Row::of).toList(),
                rows,
                Prose.of(
                        "",
                        "Every command takes -j for JSON and \"| match TEXT\" for the lines that contain TEXT.",
                        "help COMMAND or COMMAND ? says more."));
    }

    /** A command as JSON shows it. */
    private record Row(String name, String usage, String help, String example, Role role, boolean changesState) {

        static Row of(Command command) {
            return new Row(
                    command.name(),
                    command.synopsis(),
                    command.help(),
                    command.example(),
                    command.role(),
                    command.changesState());
        }
    }

    /** The refusal of a name that is no command, with the nearest one. */
    static Refusal unknown(String name, String nearest) {
        return new Refusal(
                "unknown command: name=" + name,
                nearest.isEmpty()
                        ? "help lists the commands"
                        : "did you mean " + nearest + "? help lists the commands");
    }
}
