package io.tandem.admin.command;

import io.tandem.admin.view.ApplianceControl;
import io.tandem.admin.view.ConfigurationView;
import io.tandem.admin.view.ImportProgress;
import io.tandem.admin.view.ImportView;
import io.tandem.admin.view.Refusal;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Commands about ceilings, configuration and the state of service. */
final class ServiceCommands {

    /** References to secrets that are shown unless a number is given. */
    static final int SECRETS_SHOWN = 100;

    private static final int SECRETS_MAX = 100_000;

    private ServiceCommands() {}

    static Answer cac(Invocation invocation) {
        var dimension = invocation.text("DIMENSION");
        var known = invocation.view().ceilingDimensions();
        if (!dimension.isEmpty() && !known.contains(dimension)) {
            throw new Refusal("unknown dimension: dimension=" + dimension, "use one of " + String.join(", ", known));
        }
        var ceilings = invocation.view().ceilings(dimension);
        var table = new TextTable().words("dimension", "id", "name").figures("count", "limit", "fill %");
        ceilings.forEach(ceiling -> table.row(
                ceiling.dimension(),
                ceiling.id(),
                Units.text(ceiling.name()),
                ceiling.count(),
                Units.count(ceiling.limit()),
                Units.percent(ceiling.count(), ceiling.limit().orElse(0))));
        return Answer.of(ceilings, table);
    }

    static Answer configuration(Invocation invocation) {
        var configuration = invocation.view().configuration();
        return Answer.of(configuration, facts(configuration));
    }

    static Answer secrets(Invocation invocation) {
        var secrets = invocation.control().secrets(invocation.count("LIMIT", SECRETS_SHOWN, SECRETS_MAX));
        long unresolved = secrets.missing() + secrets.refused();
        var facts = new Facts()
                .fact("references", secrets.references())
                .fact("resolved", secrets.references() - unresolved)
                .fact("missing", secrets.missing())
                .fact("refused", secrets.refused());
        var table = new TextTable().words("name", "state", "collection", "id", "field", "to mend");
        secrets.shown()
                .forEach(reference -> table.row(
                        reference.name(),
                        reference.state(),
                        reference.collection(),
                        reference.id(),
                        reference.field(),
                        Units.text(reference.mend())));
        var answer = Answer.of(secrets, facts, Prose.of(""), table);
        return unresolved == 0
                ? answer
                : answer.failing(new Refusal(
                        "references to secrets do not resolve: missing=" + secrets.missing() + " refused="
                                + secrets.refused(),
                        "mend what is named; docs/operations.md says how"));
    }

    static Answer drain(Invocation invocation) {
        var drain = invocation.control().drain(!invocation.given("OFF"));
        return Answer.of(
                drain,
                Prose.of(
                        drain.draining()
                                ? "draining: new calls are refused since " + Units.moment(drain.since())
                                        + ", calls in progress=" + drain.callsLive()
                                : "serving: new calls are taken, calls in progress=" + drain.callsLive()));
    }

    static Answer audit(Invocation invocation) {
        var audit = invocation.control().audit();
        var facts = new Facts()
                .fact("calls", audit.calls())
                .fact("holds", audit.holds())
                .fact("counters", audit.counters())
                .fact("drifts", audit.drifts().size());
        if (audit.drifts().isEmpty()) {
            return Answer.of(audit, facts);
        }
        var table = new TextTable().words("dimension", "id").figures("counted", "held");
        audit.drifts().forEach(drift -> table.row(drift.dimension(), drift.id(), drift.counted(), drift.held()));
        return Answer.of(audit, facts, Prose.of(""), table)
                .failing(new Refusal(
                        "counters disagree with live calls: drifts="
                                + audit.drifts().size(),
                        "this is a defect: keep the data directory, its journal reproduces it"));
    }

    static Answer importFile(Invocation invocation) {
        return imported(invocation, invocation.control()::importFile, "imported");
    }

    static Answer checkFile(Invocation invocation) {
        if (invocation.given("CHANGE")) {
            return ConfigurationCommands.checkChange(invocation);
        }
        return imported(invocation, invocation.control()::checkFile, "checked");
    }

    private static Answer imported(Invocation invocation, Import action, String verb) {
        var path = path(invocation.text("FILE"));
        var outcome = action.run(path, lines -> invocation.progress().accept("read lines=" + lines));
        var facts = new Facts()
                .fact("file", outcome.file())
                .fact("lines", outcome.lines())
                .fact("took s", Units.seconds(outcome.durationMs()));
        outcome.warnings().forEach(warning -> facts.fact("warning", warning));
        if (!outcome.accepted()) {
            return Answer.of(outcome, facts, Prose.of(""), problems(outcome))
                    .failing(new Refusal(
                            "the file is refused as a whole: problems=" + outcome.problemCount() + " shown="
                                    + outcome.problems().size(),
                            "mend the lines named and enter the command again; nothing was changed"));
        }
        return outcome.configuration().isEmpty()
                ? Answer.of(outcome, facts, Prose.of(verb + ": no problems"))
                : Answer.of(
                        outcome,
                        facts,
                        Prose.of(verb, ""),
                        facts(outcome.configuration().get()));
    }

    static Path path(String file) {
        try {
            return Path.of(file);
        } catch (InvalidPathException unreadable) {
            throw new Refusal("not a path: file=" + file, "give the path of a file that the appliance can read");
        }
    }

    private static TextTable problems(ImportView outcome) {
        var table = new TextTable().figures("line").words("field", "value", "problem", "to mend");
        outcome.problems()
                .forEach(problem -> table.row(
                        problem.line(),
                        Units.text(problem.field()),
                        Units.text(problem.value()),
                        problem.rule(),
                        problem.mend()));
        return table;
    }

    private static Facts facts(ConfigurationView configuration) {
        var facts = new Facts()
                .fact("generation", configuration.generation())
                .fact("revision", configuration.revision())
                .fact("loaded", Units.moment(configuration.loaded()));
        configuration.collections().forEach(collection -> facts.fact(collection.name(), collection.count()));
        return facts;
    }

    /** What import and check differ in; see {@link ApplianceControl}. */
    @FunctionalInterface
    private interface Import {
        ImportView run(Path file, ImportProgress progress);
    }
}
