package io.tandem.admin.command;

import static io.tandem.admin.command.Argument.keyword;
import static io.tandem.admin.command.Argument.optional;
import static io.tandem.admin.command.Argument.required;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Every command of the console, in the order in which help lists them. */
public final class CommandTable {

    static final String HELP = "help";
    static final String QUIT = "quit";

    private static final int NEAR = 2;

    private static final CommandTable STANDARD = new CommandTable(List.of(
            reads(
                    HELP,
                    List.of(optional("COMMAND", ArgumentKind.COMMAND)),
                    "Lists the commands, or says more about one.",
                    "help explain",
                    HelpCommands::help),
            reads(
                    "status",
                    List.of(),
                    "Shows the appliance as a whole: state, calls, configuration, journal, listeners, fill of every table.",
                    "status",
                    StatusCommands::status),
            reads(
                    "calls",
                    List.of(optional("FILTER", ArgumentKind.TEXT), keyword("limit", "LIMIT", ArgumentKind.COUNT)),
                    "Lists live calls, newest first: those whose id, numbers, account or trunks contain FILTER, at most "
                            + CallCommands.CALLS_SHOWN + " or LIMIT.",
                    "calls 12025550123 limit 10",
                    CallCommands::calls),
            reads(
                    "call",
                    List.of(required("ID", ArgumentKind.CALL_ID)),
                    "Shows one live call: its legs, the rule that decided, what it holds, its timers.",
                    "call call_01jd3q7v5m2k8r9t4w6x0y1z2a",
                    CallCommands::call),
            reads(
                    "counters",
                    List.of(optional("PREFIX", ArgumentKind.COUNTER)),
                    "Lists the counters whose names begin with PREFIX, or all.",
                    "counters console.",
                    StatusCommands::counters),
            reads(
                    "latency",
                    List.of(),
                    "Shows percentiles of the time every step of a message's way took since the start.",
                    "latency",
                    StatusCommands::latency),
            reads(
                    "cac",
                    List.of(optional("DIMENSION", ArgumentKind.DIMENSION)),
                    "Shows the admission counters in use with their ceilings, of one dimension or all.",
                    "cac trunk",
                    ServiceCommands::cac),
            reads(
                    "explain",
                    List.of(
                            required("FROM", ArgumentKind.PHONE_NUMBER),
                            required("TO", ArgumentKind.PHONE_NUMBER),
                            keyword("at", "TIME", ArgumentKind.TIME),
                            keyword("source", "IP", ArgumentKind.IP_ADDRESS)),
                    "Says what would become of a call, now or at TIME, by a dry run through the live stages; without"
                            + " source the screening of sources is left out, with TIME whether the box drains or is full.",
                    "explain 442071838750 12025550123 at 2026-12-25T17:30:00Z source 127.0.0.2",
                    CallCommands::explain),
            reads(
                    "trace",
                    List.of(required("CALL-ID", ArgumentKind.CALL_ID)),
                    "Prints a call of the journal as a SIP ladder with the verdict of every stage; its nanoseconds"
                            + " are those of executing the journal again, not those of the live call.",
                    "trace 1-4711@127.0.0.2",
                    CallCommands::trace),
            reads(
                    "cdr",
                    List.of(keyword("last", "N", ArgumentKind.COUNT)),
                    "Lists the last " + CallCommands.RECORDS_SHOWN + " or N call records, newest first.",
                    "cdr last 5",
                    CallCommands::callRecords),
            reads(
                    "listeners",
                    List.of(),
                    "Lists the sockets that take calls, with what passed through them.",
                    "listeners",
                    StatusCommands::listeners),
            reads(
                    "config",
                    List.of(),
                    "Shows the generation and revision that new calls see and how much is in it.",
                    "config",
                    ServiceCommands::configuration),
            reads(
                    "secrets",
                    List.of(keyword("limit", "LIMIT", ArgumentKind.COUNT)),
                    "Says which references to secrets resolve, those that do not first, at most "
                            + ServiceCommands.SECRETS_SHOWN + " or LIMIT; never a secret itself.",
                    "secrets",
                    ServiceCommands::secrets),
            reads(
                    "check",
                    List.of(required("FILE", ArgumentKind.FILE), optional("CHANGE", ArgumentKind.CHANGE)),
                    "Validates a configuration file as import does, or with change as apply does beside the configuration in"
                            + " force, naming every problem, and changes nothing.",
                    "check /etc/tandem/changes.ndjson change",
                    ServiceCommands::checkFile),
            changes(
                    "import",
                    List.of(required("FILE", ArgumentKind.FILE)),
                    "Validates a configuration file and switches new calls to it; a file with problems changes nothing.",
                    "import /etc/tandem/configuration.ndjson",
                    ServiceCommands::importFile),
            reads(
                    "get",
                    List.of(
                            required("COLLECTION", ArgumentKind.COLLECTION),
                            optional("ID", ArgumentKind.RESOURCE),
                            keyword("limit", "LIMIT", ArgumentKind.COUNT),
                            keyword("after", "AFTER", ArgumentKind.RESOURCE)),
                    "Shows a resource, or the first " + ConfigurationCommands.RESOURCES_SHOWN
                            + " or LIMIT of a collection, behind AFTER.",
                    "get numbers name:12025550123",
                    ConfigurationCommands::get),
            changes(
                    "apply",
                    List.of(required("FILE", ArgumentKind.FILE)),
                    "Makes the resources of a file as it says, the others stay; one change, whole or not at all.",
                    "apply /etc/tandem/changes.ndjson",
                    ConfigurationCommands::apply),
            changes(
                    "delete",
                    List.of(required("COLLECTION", ArgumentKind.COLLECTION), required("ID", ArgumentKind.RESOURCE)),
                    "Deletes a resource that nothing refers to.",
                    "delete schedules sch_01jd3q7v5m2k8r9t4w6x0y1z2a",
                    ConfigurationCommands::delete),
            changes(
                    "export",
                    List.of(required("FILE", ArgumentKind.FILE)),
                    "Writes the whole configuration to a file that import takes; readable by its owner only.",
                    "export /var/lib/tandem/export.ndjson",
                    ConfigurationCommands::export),
            reads(
                    "show",
                    List.of(
                            required("WHAT", ArgumentKind.SHOWN),
                            required("ID", ArgumentKind.RESOURCE),
                            keyword("next", "DAYS", ArgumentKind.DAYS)),
                    "Shows when a schedule will be open, closed or on holiday, with changes of the clocks, for the next 30 days or"
                            + " DAYS.",
                    "show schedule sch_01jd3q7v5m2k8r9t4w6x0y1z2a next 30d",
                    ScheduleCommands::show),
            reads(
                    "revisions",
                    List.of(keyword("last", "N", ArgumentKind.COUNT)),
                    "Lists the last " + ConfigurationCommands.REVISIONS_SHOWN
                            + " or N revisions of the configuration: when, who, what.",
                    "revisions last 5",
                    ConfigurationCommands::revisions),
            reads(
                    "diff",
                    List.of(required("A", ArgumentKind.REVISION), required("B", ArgumentKind.REVISION)),
                    "Shows what differs between two revisions.",
                    "diff 17 19",
                    ConfigurationCommands::diff),
            changes(
                    "rollback",
                    List.of(required("A", ArgumentKind.REVISION)),
                    "Makes everything as it was at a revision, as a new revision.",
                    "rollback 17",
                    ConfigurationCommands::rollback),
            changes(
                    "drain",
                    List.of(optional("OFF", ArgumentKind.OFF)),
                    "Refuses new calls and lets those in progress go on; drain off takes new calls again.",
                    "drain",
                    ServiceCommands::drain),
            reads(
                    "audit",
                    List.of(),
                    "Recounts what live calls hold of the ceilings and compares the counters with it.",
                    "audit",
                    ServiceCommands::audit),
            reads(QUIT, List.of(), "Ends this connection.", QUIT, HelpCommands::quit)));

    private final List<Command> commands;

    CommandTable(List<Command> commands) {
        this.commands = List.copyOf(commands);
    }

    /** The table of the product. */
    public static CommandTable standard() {
        return STANDARD;
    }

    public List<Command> commands() {
        return commands;
    }

    /** The command of exactly this name. */
    public Optional<Command> find(String name) {
        return commands.stream().filter(command -> command.name().equals(name)).findFirst();
    }

    /** As {@link #find}, but throws a Refusal that names the nearest command. */
    Command require(String name) {
        return find(name).orElseThrow(() -> HelpCommands.unknown(name, nearest(name)));
    }

    /** Name of the command that a mistyped name most likely means; empty when none is near. */
    String nearest(String name) {
        if (name.length() > 16) {
            return "";
        }
        return commands.stream()
                .map(Command::name)
                .filter(known -> begins(known, name) || distance(known, name) <= NEAR)
                .min(Comparator.comparingInt(known -> begins(known, name) ? 0 : distance(known, name)))
                .orElse("");
    }

    private static boolean begins(String known, String name) {
        return name.length() > 1 && known.startsWith(name);
    }

    /** Insertions, deletions, substitutions and swaps of neighbours that turn one word into the other. */
    private static int distance(String a, String b) {
        var d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                int substitution = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                d[i][j] = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + substitution);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }

    private static Command reads(
            String name, List<Argument> arguments, String help, String example, Command.Action action) {
        return new Command(name, arguments, help, example, Role.OBSERVER, false, action);
    }

    private static Command changes(
            String name, List<Argument> arguments, String help, String example, Command.Action action) {
        return new Command(name, arguments, help, example, Role.OPERATOR, true, action);
    }
}
