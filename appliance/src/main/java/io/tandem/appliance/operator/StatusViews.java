package io.tandem.appliance.operator;

import io.tandem.admin.view.ListenerView;
import io.tandem.admin.view.StatusView;
import io.tandem.appliance.driver.Appliance;
import io.tandem.appliance.transport.Listener;
import io.tandem.appliance.transport.PeerAddress;
import io.tandem.appliance.transport.TransportCounter;
import io.tandem.appliance.transport.TransportCounters;
import io.tandem.journal.record.TransportKind;
import io.tandem.routing.counter.TableFill;
import io.tandem.routing.ring.InboundRing;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/** Listeners, tables and memory of the appliance in the console's words. Any thread. */
final class StatusViews {
    private StatusViews() {}

    static List<ListenerView> listeners(final Appliance appliance) {
        final List<ListenerView> views = new ArrayList<>();
        for (final Listener listener : appliance.listeners()) {
            views.add(new ListenerView(
                    listener.number(),
                    listener.name(),
                    listener.transport().name().toLowerCase(Locale.ROOT),
                    PeerAddress.text(listener.bind()),
                    PeerAddress.text(listener.advertised()),
                    true,
                    sum(appliance, counters -> counters.receivedBy(listener.number())),
                    sum(appliance, counters -> counters.sentBy(listener.number())),
                    sum(appliance, counters -> counters.refusedBy(listener.number())),
                    listener.transport() == TransportKind.TCP ? appliance.connectionCount() : 0));
        }
        return views;
    }

    /** The core's tables, then those before it. */
    static List<StatusView.Table> tables(final Appliance appliance, final List<TableFill> ofCore) {
        final List<StatusView.Table> tables = new ArrayList<>();
        for (final TableFill fill : ofCore) {
            tables.add(new StatusView.Table(fill.name(), fill.used(), fill.limit(), fill.peak(), fill.refused()));
        }
        final InboundRing ring = appliance.ring();
        tables.add(new StatusView.Table(
                "ring slots",
                ring.slotsUsed(),
                ring.slotCount(),
                appliance.doorCounts().peakSlots(),
                appliance.doorCounts().refusedCount()));
        tables.add(new StatusView.Table(
                "ring large messages",
                ring.pool().bufferCount() - ring.pool().available(),
                ring.pool().bufferCount(),
                ring.pool().peak(),
                ring.refusedPoolEmpty()));
        tables.add(new StatusView.Table(
                "TCP connections",
                appliance.connectionCount(),
                appliance.connectionsMax(),
                sum(appliance, TransportCounters::connectionPeak),
                appliance.count(TransportCounter.TCP_REFUSED_FULL)));
        return tables;
    }

    static StatusView.Memory memory() {
        final MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        return new StatusView.Memory(heap.getUsed(), heap.getMax(), directBytes());
    }

    private static long directBytes() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }

    private static long sum(final Appliance appliance, final ToLongFunction<TransportCounters> count) {
        return appliance.counters().stream().mapToLong(count).sum();
    }
}
