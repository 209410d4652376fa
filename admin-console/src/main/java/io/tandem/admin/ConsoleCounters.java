package io.tandem.admin;

import io.tandem.admin.view.CounterView;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** What happened at the console's sockets. Written by every client's thread. */
final class ConsoleCounters {

    final LongAdder accepted = new LongAdder();
    final LongAdder terminals = new LongAdder();
    final LongAdder full = new LongAdder();
    final LongAdder overlong = new LongAdder();
    final LongAdder unreadable = new LongAdder();
    final LongAdder http = new LongAdder();
    final LongAdder stalled = new LongAdder();
    final LongAdder idle = new LongAdder();

    List<CounterView> views(int clients) {
        return List.of(
                new CounterView("console.clients", clients, "clients", "Clients connected now."),
                of("console.accepted", accepted, "clients", "Clients that were let in."),
                of("console.terminals", terminals, "clients", "Clients that negotiated a terminal."),
                of("console.refused.full", full, "clients", "Clients refused because the limit was reached."),
                of("console.lines.overlong", overlong, "lines", "Lines beyond the limit; the client is closed."),
                of("console.lines.unreadable", unreadable, "lines", "Lines that are not text."),
                of("console.http", http, "clients", "Clients closed because they speak HTTP."),
                of("console.closed.stalled", stalled, "clients", "Clients closed because they left an answer unread."),
                of("console.closed.idle", idle, "clients", "Clients closed because they were silent for too long."));
    }

    private static CounterView of(String name, LongAdder value, String unit, String help) {
        return new CounterView(name, value.sum(), unit, help);
    }
}
