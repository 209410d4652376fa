package io.tandem.admin.command;

import io.tandem.admin.view.ApplianceControl;
import io.tandem.admin.view.ApplianceView;
import io.tandem.admin.view.CounterView;
import io.tandem.admin.view.OperatorAudit;
import io.tandem.admin.view.Refusal;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns a line into an answer. Used by every client's thread at once; one client's lines come one after the other. */
public final class Interpreter {

    private static final Logger LOG = LoggerFactory.getLogger(Interpreter.class);

    private final CommandTable table;
    private final ApplianceView view;
    private final ApplianceControl control;
    private final OperatorAudit audit;
    private final InstantSource clock;
    private final Supplier<List<CounterView>> ownCounters;
    private final LongAdder commands = new LongAdder();
    private final LongAdder refusals = new LongAdder();
    private final LongAdder faults = new LongAdder();

    public Interpreter(
            CommandTable table,
            ApplianceView view,
            ApplianceControl control,
            OperatorAudit audit,
            InstantSource clock,
            Supplier<List<CounterView>> ownCounters) {
        this.table = table;
        this.view = view;
        this.control = control;
        this.audit = audit;
        this.clock = clock;
        this.ownCounters = ownCounters;
    }

    /**
     * Carries out one line. An empty line has no answer; every other line has exactly one, ended by {@code json},
     * {@code done} or {@code failed} of the sink.
     *
     * @return false when the client asked to leave
     */
    public boolean execute(String line, Caller caller, AnswerSink sink) {
        var json = CommandLine.asksForJson(line);
        try {
            var commandLine = CommandLine.parse(line);
            if (commandLine.words().isEmpty()) {
                if (commandLine.json() || !commandLine.match().isEmpty()) {
                    throw new Refusal("no command in the line", "help lists the commands");
                }
                return true;
            }
            commands.increment();
            var command = command(commandLine.words());
            var answer = answer(command, commandLine, caller, line, sink);
            write(answer, commandLine, sink);
            return !command.name().equals(CommandTable.QUIT);
        } catch (Refusal refusal) {
            refuse(refusal, json, sink);
            return true;
        } catch (RuntimeException fault) {
            faults.increment();
            LOG.error("console command failed: line={}", Printable.of(line), fault);
            refuse(
                    new Refusal(
                            "the command failed by a fault of the appliance: fault="
                                    + Printable.of(String.valueOf(fault)),
                            "the log has the details"),
                    json,
                    sink);
            return true;
        }
    }

    /** Counters of the commands entered. */
    public List<CounterView> counters() {
        return List.of(
                new CounterView("console.commands", commands.sum(), "commands", "Commands entered by all clients."),
                new CounterView("console.refusals", refusals.sum(), "answers", "Commands answered by an error."),
                new CounterView("console.faults", faults.sum(), "answers", "Commands that failed by a fault of ours."));
    }

    /** What may come next in a line for {@link #execute}. */
    public Completion completion() {
        return new Completion(table, view, ownCounters);
    }

    private Command command(List<String> words) {
        return table.require(words.getFirst().equals("?") ? CommandTable.HELP : words.getFirst());
    }

    private Answer answer(Command command, CommandLine line, Caller caller, String text, AnswerSink sink) {
        if (line.words().size() > 1 && line.words().getLast().equals("?")) {
            var help = Map.of("COMMAND", command.name());
            return HelpCommands.help(invocation(help, line, caller, sink));
        }
        if (!command.changesState()) {
            return run(command, line, caller, sink);
        }
        var entered = new OperatorAudit.Entry(clock.instant(), caller.who(), text);
        audit.onCommand(entered);
        try {
            var answer = run(command, line, caller, sink);
            audit.onAnswer(
                    entered,
                    answer.failure().isEmpty(),
                    answer.failure().map(Refusal::what).orElse("OK"));
            return answer;
        } catch (RuntimeException refused) {
            audit.onAnswer(entered, false, Printable.of(String.valueOf(refused.getMessage())));
            throw refused;
        }
    }

    private Answer run(Command command, CommandLine line, Caller caller, AnswerSink sink) {
        if (!caller.role().includes(command.role())) {
            throw new Refusal(
                    "this client may not run the command: command=" + command.name() + " role=" + caller.role()
                            + " needed=" + command.role(),
                    "enter it on a console whose role allows it");
        }
        var values = bind(command, line.words().subList(1, line.words().size()));
        return command.action().run(invocation(values, line, caller, sink));
    }

    private Invocation invocation(Map<String, String> values, CommandLine line, Caller caller, AnswerSink sink) {
        return new Invocation(
                table,
                values,
                view,
                control,
                ownCounters,
                text -> {
                    if (!line.json()) {
                        sink.line(Printable.of(text));
                    }
                },
                "console " + caller.who(),
                clock.instant());
    }

    private static Map<String, String> bind(Command command, List<String> words) {
        var values = new LinkedHashMap<String, String>();
        var positional = new ArrayList<>(command.positional());
        for (int i = 0; i < words.size(); i++) {
            var word = words.get(i);
            var keyword = keyword(command, word);
            boolean due = keyword.isPresent()
                    && (positional.isEmpty() || !positional.getFirst().required());
            if (due) {
                var argument = keyword.get();
                if (i + 1 == words.size() || values.containsKey(argument.name())) {
                    throw usage(
                            command,
                            "argument is " + (i + 1 == words.size() ? "missing" : "given twice") + ": " + word + "="
                                    + argument.name());
                }
                values.put(argument.name(), words.get(++i));
            } else if (positional.isEmpty()) {
                throw usage(command, "argument is not understood: argument=" + word);
            } else {
                var argument = positional.removeFirst();
                var only = argument.kind().word();
                if (!only.isEmpty() && !word.equals(only)) {
                    throw usage(command, "argument is not understood: argument=" + word);
                }
                values.put(argument.name(), word);
            }
        }
        if (!positional.isEmpty() && positional.getFirst().required()) {
            throw usage(
                    command,
                    "argument is missing: argument=" + positional.getFirst().name());
        }
        return values;
    }

    private static Optional<Argument> keyword(Command command, String word) {
        return command.arguments().stream()
                .filter(argument -> !argument.positional() && argument.keyword().equals(word))
                .findFirst();
    }

    private static Refusal usage(Command command, String what) {
        return new Refusal(what, "use: " + command.synopsis());
    }

    private void write(Answer answer, CommandLine line, AnswerSink sink) {
        answer.failure().ifPresent(why -> refusals.increment());
        if (line.json()) {
            sink.json(Json.of(answer), answer.failure().isPresent());
            return;
        }
        for (var block : answer.blocks()) {
            block.lines(line.match()).forEach(sink::line);
        }
        answer.failure().ifPresentOrElse(sink::failed, sink::done);
    }

    private void refuse(Refusal refusal, boolean json, AnswerSink sink) {
        refusals.increment();
        if (json) {
            sink.json(Json.error(refusal), true);
        } else {
            sink.failed(refusal);
        }
    }
}
