package io.tandem.routing.core;

import io.tandem.routing.counter.CoreCounter;
import io.tandem.routing.snapshot.StateKind;
import io.tandem.routing.snapshot.StateReader;
import io.tandem.routing.snapshot.StateSink;
import io.tandem.routing.snapshot.StateWriter;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;

/**
 * A core as a sequence of records and back. A core that was read goes on exactly like the one that was written: same
 * slots, same serial numbers, same order of timers, same output digest. Between turns, core's thread.
 */
final class CoreSnapshot {
    private final Core core;
    private final StateReader reader;
    private boolean complete;

    CoreSnapshot(final Core core) {
        this.core = core;
        reader = new StateReader(core.blocks);
    }

    long write(final StateSink sink) {
        final StateWriter writer = new StateWriter(core.blocks, sink);
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
        core.layer.write(writer, core.exchange.users());
        core.exchange.write(writer, core.ledger);
        writer.begin(StateKind.END).number(writer.records() + 1).end();
        return writer.records();
    }

    void read(final DirectBuffer buffer, final int offset) {
        final StateKind kind = reader.read(buffer, offset);
        if (kind == null) {
            return;
        }
        switch (kind) {
            case GLOBALS -> readGlobals();
            case COUNTER -> readCounter();
            case END -> complete = true;
            default -> {
                if (!core.layer.read(kind, reader, core.exchange.users())) {
                    core.exchange.read(kind, reader, core.ledger);
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

    void end() {
        if (!complete) {
            throw new IllegalStateException("snapshot ends early");
        }
        reader.restoreTimers(core.timers);
    }
}
