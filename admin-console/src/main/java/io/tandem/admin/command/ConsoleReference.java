package io.tandem.admin.command;

import java.util.Locale;

/** The reference page of the console, written from the command table. */
public final class ConsoleReference {

    private static final String INTRODUCTION = """
            # The console

            Generated from the command table by `ConsoleReference`; do not edit.

            The console listens on 127.0.0.1:2323 until `console.bind` says otherwise. It has no login and therefore refuses to
            listen beyond loopback; come by way of ssh. Up to 100 clients at once, lines up to 4096 bytes. A client is closed
            when it is silent for an hour or leaves an answer unread for 10 seconds.

            ## Ways in

            | from | how | what you get |
            |---|---|---|
            | a person | `./tandem console`, or `telnet 127.0.0.1 2323` | a prompt with history (arrow keys, Ctrl-R), completion (TAB) and help (`help`, or `?` behind a command) |
            | a shell | `./tandem console -e 'COMMAND'` | the answer; exit status 0, 1 when the answer is an error or the console cannot be reached, 2 when the argument is not one command |
            | a program | a plain socket: `nc -N 127.0.0.1 2323 <<< status` | line mode |

            The first byte decides: a telnet command (255) means a terminal, anything else line mode. A TCP client that stays
            silent for 200 ms is asked for its terminal type: eight bytes that a telnet client answers, that a terminal
            without telnet overwrites with spaces, and that a program never sees if it sends its first command as soon as it is
            connected (an empty line will do; it has no answer).

            ## Line mode

            One command a line, UTF-8, ended by LF or CR LF. Commands may be sent ahead; answers come in their order. The
            answer to an empty line is nothing. Every other answer ends with a line that says how it went:

            ```
            > drain off
            < serving: new calls are taken, calls in progress=3
            < OK
            > frobnicate
            < ERROR unknown command: name=frobnicate (help lists the commands)
            ```

            Read lines until one is `OK` or begins with `ERROR`; a line of the text that would be mistaken for it is indented
            by a space. With `-j` the answer is exactly one line of JSON and no `OK`: the value, or an object with the member
            `error` (`what`, `mend`) and, where the command got as far as that, `answer`. Names are snake_case, moments
            ISO 8601 in UTC, durations in the unit that ends the name, null for what is absent. `quit`, or the end of the
            client's input, ends the connection after the last answer. After a line that is too long or is HTTP, the
            connection is closed behind the error.

            Text answers name units in their column headings; a dash stands for what is absent. What peers sent is shown with
            control characters replaced by dots.

            ## Words and options

            Words are parted by spaces; quote what holds spaces or a bar: `"my trunk"`, with `\\"` and `\\\\` inside.
            Every command takes `-j` for JSON, and `| match TEXT` to keep the lines of the text that contain TEXT, upper and
            lower case alike (headings stay).

            """;

    private ConsoleReference() {}

    /** The page in Markdown. */
    public static String markdown() {
        var page = new StringBuilder(INTRODUCTION);
        page.append("## Commands\n\n| command | does |\n|---|---|\n");
        for (var command : CommandTable.standard().commands()) {
            page.append("| [`")
                    .append(command.synopsis())
                    .append("`](#")
                    .append(command.name())
                    .append(") | ")
                    .append(command.help())
                    .append(" |\n");
        }
        for (var command : CommandTable.standard().commands()) {
            section(page, command);
        }
        page.append("\n## Changes of state\n\nCommands of role operator that change the state of the appliance (")
                .append(String.join(
                        ", ",
                        CommandTable.standard().commands().stream()
                                .filter(Command::changesState)
                                .map(command -> "`" + command.name() + "`")
                                .toList()))
                .append(
                        ") are reported to the audit twice, when they are entered and when they are answered: who (the peer's"
                                + " address), when, the line, and how it went.\n");
        return page.toString();
    }

    private static void section(StringBuilder page, Command command) {
        page.append("\n### ")
                .append(command.name())
                .append("\n\n")
                .append(command.help())
                .append("\n\n```\n");
        page.append(command.synopsis()).append("\n```\n\n");
        for (var argument : command.arguments()) {
            page.append("- `")
                    .append(argument.name())
                    .append("`: ")
                    .append(argument.kind().meaning())
                    .append(".\n");
        }
        page.append(command.arguments().isEmpty() ? "" : "\n")
                .append("Example: `")
                .append(command.example())
                .append("`. Role: ")
                .append(command.role().name().toLowerCase(Locale.ROOT))
                .append(".\n");
    }
}
