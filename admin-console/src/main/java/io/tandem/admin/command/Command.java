package io.tandem.admin.command;

import java.util.List;
import java.util.stream.Collectors;

/**
 * One row of the command table.
 *
 * @param help         one sentence
 * @param example      a whole line that an operator might enter
 * @param changesState reported to the audit
 */
public record Command(
        String name,
        List<Argument> arguments,
        String help,
        String example,
        Role role,
        boolean changesState,
        Action action) {

    /** Carries the command out on the client's thread; throws Refusal for what cannot be done. */
    @FunctionalInterface
    interface Action {
        Answer run(Invocation invocation);
    }

    /** The command with its arguments, as help prints it. */
    public String synopsis() {
        return arguments.isEmpty()
                ? name
                : name + " " + arguments.stream().map(Argument::synopsis).collect(Collectors.joining(" "));
    }

    List<Argument> positional() {
        return arguments.stream().filter(Argument::positional).toList();
    }
}
