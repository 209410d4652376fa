package io.tandem.admin;

import io.tandem.admin.command.CommandLine;
import java.io.PrintStream;

/** Reads one answer of line mode and prints it; the line that ends a text answer is not part of it. */
final class AnswerReader {

    private static final String JSON_ERROR = "{\"error\":";

    private final boolean json;
    private final PrintStream out;
    private final PrintStream err;
    private boolean complete;
    private boolean failed;

    AnswerReader(String command, PrintStream out, PrintStream err) {
        this.json = CommandLine.asksForJson(command);
        this.out = out;
        this.err = err;
    }

    void onLine(String line) {
        if (json) {
            out.println(line);
            failed = isError(line);
            complete = true;
        } else if (line.equals(LineMode.OK)) {
            complete = true;
        } else if (line.startsWith(LineMode.ERROR)) {
            err.println("error:" + line.substring(LineMode.ERROR.length()));
            failed = true;
            complete = true;
        } else {
            out.println(line);
        }
        if (complete) {
            out.flush();
            err.flush();
        }
    }

    boolean complete() {
        return complete;
    }

    boolean failed() {
        return failed;
    }

    /** Whether a line says that a command failed, in text or JSON. */
    static boolean isError(String line) {
        return line.startsWith(LineMode.ERROR) || line.startsWith(JSON_ERROR);
    }
}
