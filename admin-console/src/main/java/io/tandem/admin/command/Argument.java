package io.tandem.admin.command;

/**
 * One argument of a command.
 *
 * @param name     capitals, as help prints it
 * @param keyword  word that introduces it, such as {@code at}; empty when its position does
 * @param required a command without it is refused; arguments with a keyword never are
 */
record Argument(String name, String keyword, ArgumentKind kind, boolean required) {

    static Argument required(String name, ArgumentKind kind) {
        return new Argument(name, "", kind, true);
    }

    static Argument optional(String name, ArgumentKind kind) {
        return new Argument(name, "", kind, false);
    }

    static Argument keyword(String keyword, String name, ArgumentKind kind) {
        return new Argument(name, keyword, kind, false);
    }

    boolean positional() {
        return keyword.isEmpty();
    }

    String synopsis() {
        if (!positional()) {
            return "[" + keyword + " " + name + "]";
        }
        return required ? name : "[" + (kind.word().isEmpty() ? name : kind.word()) + "]";
    }
}
