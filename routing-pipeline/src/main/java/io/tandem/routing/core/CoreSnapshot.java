package io.tandem.routing.core;

import io.tandem.routing.counter.CoreCounter;
import io.tandem.routing.identifier.Slot;
import io.tandem.routing.identifier.SlotTable;
import io.tandem.routing.snapshot.SnapshotMoment;
import io.tandem.routing.snapshot.StateKind;
import io.tandem.routing.snapshot.StateReader;
import io.tandem.routing.snapshot.StateSink;
import io.tandem.routing.snapshot.StateWriter;
import io.tandem.routing.transaction.Transaction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * A core as a sequence of records and back. A core that was read goes on exactly like the one that was written: same
 * slots, same serial numbers, same order of timers, same output digest. Core's thread.
 *
 * <p>A snapshot is of the moment between two turns at which it began, and is written a slice per turn from then on. Whatever
 * an event is about to reach is written before it, so every record is of that moment.
 */
final class CoreSnapshot {
    private final Core core;
    private final StateWriter writer;
    private final SnapshotMoment moment = new SnapshotMoment();
    private final List<SlotTable<? extends Slot>> tables = new ArrayList<>();
    private final WindowSnapshot windows;
    private final FlowSnapshot flows;
    private int table;
    private int slot;
    private StateReader reader;
    private boolean complete;

    CoreSnapshot(final Core core) {
        this.core = core;
        writer = new StateWriter(core.blocks);
        core.exchange.attach(core.ledger, writer, moment);
        core.layer.attach(core.exchange.users(), writer, moment);
        windows = new WindowSnapshot(core.windows, writer);
        flows = new FlowSnapshot(core.stages().flowsWaitedIn(), writer);
        tables.addAll(core.layer.tables());
        tables.addAll(core.exchange.tables());
    }

    // ---- writing ---------------------------------------------------------------------------------------------------

    void begin(final StateSink sink) {
        if (moment.isOpen()) {
            throw new IllegalStateException("a snapshot is being written");
        }
        writer.to(sink);
        writer.begin(StateKind.GLOBALS)
                .number(core.nowNs)
                .number(core.epoch)
                .number(core.serialNumbers.last())
                .number(core.timers.orders())
                .number(core.effects.digest().value())
                .number(core.effects.digest().count())
                .flag(core.exchange.isDraining())
                .bytes(core.settings.toText().getBytes(StandardCharsets.UTF_8))
                .bytes(core.configurationName.getBytes(StandardCharsets.UTF_8))
                .end();
        for (final CoreCounter counter : CoreCounter.values()) {
            writer.begin(StateKind.COUNTER)
                    .number(core.counters.value(counter))
                    .bytes(counter.name().getBytes(StandardCharsets.US_ASCII))
                    .end();
        }
        windows.begin();
        flows.begin();
        moment.begin(core.serialNumbers.last());
        table = 0;
        slot = 0;
    }

    /** Looks at a number of places; false when there are more, true when the last record has been written. */
    boolean writeSlice(final int places) {
        int left = places;
        while (table < tables.size()) {
            final SlotTable<? extends Slot> entries = tables.get(table);
            while (slot < entries.bound()) {
                if (left-- == 0) {
                    return false;
                }
                capture(entries.get(slot++));
            }
            table++;
            slot = 0;
        }
        left = windows.writeSlice(left);
        if (left < 0 || flows.writeSlice(left) < 0) {
            return false;
        }
        moment.end();
        writer.begin(StateKind.END).number(writer.records() + 1).end();
        return true;
    }

    private void capture(final Slot entry) {
        if (entry instanceof Transaction transaction) {
            core.layer.capture(transaction);
        } else {
            core.exchange.capture(entry);
        }
    }

    /** Entries of all tables, which is what a snapshot costs. */
    int entries() {
        int entries = core.windows.usedWindows() + core.stages().flowsWaitedIn().keptCount();
        for (int i = 0; i < tables.size(); i++) {
            entries += tables.get(i).size();
        }
        return entries;
    }

    // ---- reading ---------------------------------------------------------------------------------------------------

    void beginReading() {
        reader = new StateReader(core.blocks);
        complete = false;
    }

    void read(final DirectBuffer buffer, final int offset) {
        final StateKind kind = reader.read(buffer, offset);
        if (kind == null) {
            return;
        }
        switch (kind) {
            case GLOBALS -> readGlobals();
            case COUNTER -> readCounter();
            case CALL_WINDOWS -> windows.readWindows(reader);
            case CALL_WINDOW -> windows.readWindow(reader);
            case FLOW_VERSION -> flows.read(reader);
            case END -> complete = true;
            default -> {
                if (!core.layer.read(kind, reader)) {
                    core.exchange.read(kind, reader);
                }
            }
        }
    }

    private void readGlobals() {
        core.nowNs = reader.number();
        core.epoch = reader.number();
        core.serialNumbers.restore(reader.number());
        core.timers.restoreTime(core.nowNs, reader.number());
        final long digest = reader.number();
        core.effects.digest().restore(digest, reader.number());
        final boolean draining = reader.flag();
        core.apply(CoreSettings.parse(new String(reader.bytes(), StandardCharsets.UTF_8)));
        core.exchange.drain(draining);
        final String name = new String(reader.bytes(), StandardCharsets.UTF_8);
        if (!name.isEmpty()) {
            core.configure(name);
        }
    }

    private void readCounter() {
        final long value = reader.number();
        final String name = new String(reader.bytes(), StandardCharsets.US_ASCII);
        for (final CoreCounter counter : CoreCounter.values()) {
            if (counter.name().equals(name)) {
                core.counters.restore(counter, value);
            }
        }
    }

    void endReading() {
        if (!complete) {
            throw new IllegalStateException("snapshot ends early");
        }
        core.exchange.rejoinFlows();
        reader.restoreTimers(core.timers);
        reader = null;
    }
}
