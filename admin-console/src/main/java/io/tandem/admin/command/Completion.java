package io.tandem.admin.command;

import io.tandem.admin.view.ApplianceView;
import io.tandem.admin.view.CounterView;
import io.tandem.admin.view.Refusal;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What may come next in a line that is being entered. Asks the appliance, so it runs on the client's thread. */
public final class Completion {

    private static final int SUGGESTIONS_MAX = 200;

    private final CommandTable table;
    private final ApplianceView view;
    private final Supplier<List<CounterView>> ownCounters;

    Completion(CommandTable table, ApplianceView view, Supplier<List<CounterView>> ownCounters) {
        this.table = table;
        this.view = view;
        this.ownCounters = ownCounters;
    }

    /**
     * A word that fits.
     *
     * @param meaning a few words; empty when the word says it
     */
    public record Suggestion(String word, String meaning) {}

    /**
     * Words that begin with {@code typed} and may stand behind the words before it; empty when nothing is known, also when
     * the appliance cannot be asked now.
     */
    public List<Suggestion> suggestions(List<String> before, String typed) {
        try {
            return candidates(before, typed)
                    .filter(suggestion -> suggestion.word().startsWith(typed))
                    .limit(SUGGESTIONS_MAX)
                    .toList();
        } catch (Refusal notNow) {
            return List.of();
        }
    }

    private Stream<Suggestion> candidates(List<String> before, String typed) {
        if (before.isEmpty()) {
            return commandNames();
        }
        if (before.getLast().equals("|")) {
            return Stream.of(new Suggestion("match", "keep the lines that contain a text"));
        }
        return table.find(before.getFirst()).stream()
                .flatMap(command -> arguments(command, before.subList(1, before.size()), typed));
    }

    private Stream<Suggestion> arguments(Command command, List<String> given, String typed) {
        if (given.contains("|")) {
            return Stream.of();
        }
        var introduced = given.isEmpty() ? Optional.<Argument>empty() : keyword(command, given.getLast());
        if (introduced.isPresent()) {
            return values(introduced.get(), typed);
        }
        var next = new ArrayList<Suggestion>();
        int position = positionals(command, given);
        var positional = command.positional();
        if (position < positional.size()) {
            values(positional.get(position), typed).forEach(next::add);
        }
        if (position >= positional.size() || !positional.get(position).required()) {
            command.arguments().stream()
                    .filter(argument -> !argument.positional() && !given.contains(argument.keyword()))
                    .forEach(argument -> next.add(
                            new Suggestion(argument.keyword(), argument.kind().meaning())));
            if (!given.contains("-j")) {
                next.add(new Suggestion("-j", "answer in JSON"));
            }
        }
        return next.stream();
    }

    private static Optional<Argument> keyword(Command command, String word) {
        return command.arguments().stream()
                .filter(argument -> !argument.positional() && argument.keyword().equals(word))
                .findFirst();
    }

    private static int positionals(Command command, List<String> given) {
        int count = 0;
        for (int i = 0; i < given.size(); i++) {
            if (keyword(command, given.get(i)).isPresent()) {
                i++;
            } else if (!given.get(i).equals("-j")) {
                count++;
            }
        }
        return count;
    }

    private Stream<Suggestion> values(Argument argument, String typed) {
        return switch (argument.kind()) {
            case COMMAND -> commandNames();
            case CALL_ID ->
                view.calls(SUGGESTIONS_MAX, typed).calls().stream()
                        .map(call -> new Suggestion(
                                call.id(), Printable.of(call.caller() + " -> " + call.called() + " " + call.state())));
            case COUNTER ->
                Stream.concat(view.counters().stream(), ownCounters.get().stream())
                        .map(counter -> new Suggestion(counter.name(), counter.help()));
            case DIMENSION -> view.ceilingDimensions().stream().map(name -> new Suggestion(name, ""));
            case CHANGE, OFF -> Stream.of(new Suggestion(argument.kind().word(), ""));
            case FILE -> files(typed).stream();
            case COLLECTION -> ConfigurationCommands.collections().stream().map(name -> new Suggestion(name, ""));
            case SHOWN -> Stream.of(new Suggestion(ScheduleCommands.SCHEDULE, ""));
            case COUNT, DAYS, IP_ADDRESS, PHONE_NUMBER, RESOURCE, REVISION, TEXT, TIME -> Stream.of();
        };
    }

    private Stream<Suggestion> commandNames() {
        return table.commands().stream().map(command -> new Suggestion(command.name(), command.help()));
    }

    private static List<Suggestion> files(String typed) {
        int slash = typed.lastIndexOf('/') + 1;
        var folder = typed.substring(0, slash);
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(Path.of(folder.isEmpty() ? "." : folder))) {
            return StreamSupport.stream(entries.spliterator(), false)
                    .map(entry -> folder + entry.getFileName() + (Files.isDirectory(entry) ? "/" : ""))
                    .filter(name -> name.startsWith(typed))
                    .limit(SUGGESTIONS_MAX)
                    .sorted()
                    .map(name -> new Suggestion(name, ""))
                    .toList();
        } catch (IOException | InvalidPathException unreadable) {
            return List.of();
        }
    }
}
