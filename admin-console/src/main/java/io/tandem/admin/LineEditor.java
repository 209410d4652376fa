package io.tandem.admin;

import io.tandem.admin.command.AnswerSink;
import io.tandem.admin.command.Caller;
import io.tandem.admin.command.Completion;
import io.tandem.admin.command.Interpreter;
import io.tandem.admin.view.Refusal;
import java.io.IOError;
import java.io.PrintWriter;
import java.util.List;
import org.jline.reader.Candidate;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.ParsedLine;
import org.jline.reader.Reference;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal;

/** Reads lines at one terminal with history and completion and prints their answers, until the operator leaves. */
final class LineEditor implements AnswerSink {

    static final String PROMPT = "tandem> ";

    private final Terminal terminal;
    private final Interpreter interpreter;
    private final Caller caller;
    private final ConsoleHistory history;
    private final Completion completion;
    private final PrintWriter writer;

    LineEditor(Terminal terminal, Interpreter interpreter, Caller caller, ConsoleHistory history) {
        this.terminal = terminal;
        this.interpreter = interpreter;
        this.caller = caller;
        this.history = history;
        this.completion = interpreter.completion();
        this.writer = terminal.writer();
    }

    /** Blocks until the operator quits, ends the input or is gone. */
    void run() {
        writer.println("Tandem console. help lists the commands, TAB completes, quit leaves.");
        writer.flush();
        var reader = reader();
        try {
            while (step(reader)) {}
        } catch (EndOfFileException | IOError left) {
            writer.flush();
        }
    }

    private boolean step(LineReader reader) {
        String line;
        try {
            line = reader.readLine(PROMPT);
        } catch (UserInterruptException discarded) {
            return true;
        }
        history.add(line);
        return interpreter.execute(line, caller, this);
    }

    private LineReader reader() {
        var parser = new DefaultParser().escapeChars(new char[0]).quoteChars(new char[] {'"'});
        var reader = LineReaderBuilder.builder()
                .terminal(terminal)
                .appName("tandem")
                .parser(parser)
                .completer(this::complete)
                .variable(LineReader.HISTORY_SIZE, ConsoleHistory.LINES_MAX)
                .variable(LineReader.BELL_STYLE, "none")
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .option(LineReader.Option.HISTORY_TIMESTAMPED, false)
                .option(LineReader.Option.BRACKETED_PASTE, false)
                .option(LineReader.Option.INSERT_TAB, false)
                .build();
        bindArrows(reader);
        bindBreak(reader);
        history.lines().forEach(reader.getHistory()::add);
        return reader;
    }

    /** Terminfo names one of the two modes that a terminal's arrow keys have; not every terminal is in it. */
    private static void bindArrows(LineReader reader) {
        var keys = reader.getKeyMaps().get(LineReader.MAIN);
        for (var mode : new String[] {"\u001b[", "\u001bO"}) {
            keys.bind(new Reference(LineReader.UP_LINE_OR_HISTORY), mode + "A");
            keys.bind(new Reference(LineReader.DOWN_LINE_OR_HISTORY), mode + "B");
            keys.bind(new Reference(LineReader.FORWARD_CHAR), mode + "C");
            keys.bind(new Reference(LineReader.BACKWARD_CHAR), mode + "D");
            keys.bind(new Reference(LineReader.BEGINNING_OF_LINE), mode + "H");
            keys.bind(new Reference(LineReader.END_OF_LINE), mode + "F");
        }
    }

    /**
     * Ctrl-C is a key like any other here: as a signal it overtakes what was typed before it and may come after an Enter
     * that was typed behind it, and the line that was to be discarded is run.
     */
    private void bindBreak(LineReader reader) {
        var attributes = terminal.getAttributes();
        attributes.setLocalFlag(Attributes.LocalFlag.ISIG, false);
        terminal.setAttributes(attributes);
        reader.getKeyMaps().get(LineReader.MAIN).bind(new Reference(LineReader.SEND_BREAK), "\u0003");
    }

    private void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        var typed = line.word().substring(0, line.wordCursor());
        var before = line.words().subList(0, line.wordIndex());
        completion
                .suggestions(before, typed)
                .forEach(suggestion -> candidates.add(new Candidate(
                        suggestion.word(), suggestion.word(), null, suggestion.meaning(), null, null, true)));
    }

    @Override
    public void line(String text) {
        writer.println(text);
    }

    @Override
    public void json(String json, boolean failed) {
        writer.println(json);
        writer.flush();
    }

    @Override
    public void done() {
        writer.flush();
    }

    @Override
    public void failed(Refusal why) {
        writer.println("error: " + why.what());
        if (!why.mend().isEmpty()) {
            writer.println("       " + why.mend());
        }
        writer.flush();
    }
}
