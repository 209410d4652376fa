package io.tandem.admin.command;

import io.tandem.admin.view.ConfigurationView;
import io.tandem.admin.view.CounterView;
import io.tandem.admin.view.ListenerView;
import io.tandem.admin.view.StatusView;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Commands that read the appliance as a whole. */
final class StatusCommands {

    private StatusCommands() {}

    static Answer status(Invocation invocation) {
        var status = invocation.view().status();
        var journal = status.journal();
        var memory = status.memory();
        var facts = new Facts()
                .fact("version", status.version())
                .fact("state", status.state().name().toLowerCase(Locale.ROOT))
                .fact("profile", status.profile())
                .fact("started", Units.moment(status.started()))
                .fact("uptime", Units.span(status.uptimeMs()))
                .fact("calls", "live=" + status.callsLive() + " ringing=" + status.callsRinging())
                .fact("configuration", named(status.configuration()))
                .fact(
                        "journal",
                        "inputs=" + journal.inputs() + " last_index=" + journal.lastIndex() + " size="
                                + Units.bytes(journal.bytes()) + (journal.writable() ? " writable" : " NOT WRITABLE")
                                + " in " + journal.directory())
                .fact(
                        "snapshot",
                        journal.snapshotAgeMs().isPresent()
                                ? "age=" + Units.span(journal.snapshotAgeMs().getAsLong())
                                : "none yet")
                .fact(
                        "memory",
                        "heap=" + Units.bytes(memory.heapUsed()) + " of " + Units.bytes(memory.heapLimit()) + " direct="
                                + Units.bytes(memory.direct()));
        return Answer.of(status, facts, Prose.of(""), table(status.listeners()), Prose.of(""), fill(status.tables()));
    }

    static Answer listeners(Invocation invocation) {
        var listeners = invocation.view().listeners();
        return Answer.of(listeners, table(listeners));
    }

    static Answer counters(Invocation invocation) {
        var prefix = invocation.text("PREFIX");
        var counters = new ArrayList<CounterView>(invocation.view().counters());
        counters.addAll(invocation.ownCounters().get());
        counters.removeIf(counter -> !counter.name().startsWith(prefix));
        var table = new TextTable().words("counter").figures("value").words("unit", "meaning");
        counters.forEach(counter -> table.row(counter.name(), counter.value(), counter.unit(), counter.help()));
        return Answer.of(counters, table);
    }

    static Answer latency(Invocation invocation) {
        var rows = invocation.view().latency();
        var table = new TextTable().words("stage").figures("count", "p50 us", "p90 us", "p99 us", "p99.9 us", "max us");
        rows.forEach(row -> table.row(
                row.stage(),
                row.count(),
                Units.microseconds(row.p50Ns()),
                Units.microseconds(row.p90Ns()),
                Units.microseconds(row.p99Ns()),
                Units.microseconds(row.p999Ns()),
                Units.microseconds(row.maxNs())));
        return Answer.of(rows, table);
    }

    private static String named(ConfigurationView configuration) {
        return "revision=" + configuration.revision() + " generation=" + configuration.generation();
    }

    private static TextTable table(List<ListenerView> listeners) {
        var table = new TextTable()
                .words("listener", "transport", "bind", "advertised", "state")
                .figures("received", "sent", "dropped", "connections");
        listeners.forEach(listener -> table.row(
                listener.name(),
                listener.transport(),
                listener.bind(),
                listener.advertised(),
                listener.open() ? "open" : "closed",
                listener.received(),
                listener.sent(),
                listener.dropped(),
                listener.connections()));
        return table;
    }

    private static TextTable fill(List<StatusView.Table> tables) {
        var table = new TextTable().words("table").figures("used", "limit", "fill %", "peak", "refused");
        tables.forEach(row -> table.row(
                row.name(),
                row.used(),
                row.limit(),
                Units.percent(row.used(), row.limit()),
                row.peak(),
                row.refused()));
        return table;
    }
}
