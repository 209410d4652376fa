package io.tandem.routing.core;

import io.tandem.routing.admission.CallWindows;
import io.tandem.routing.admission.WindowTable;
import io.tandem.routing.snapshot.StateKind;
import io.tandem.routing.snapshot.StateReader;
import io.tandem.routing.snapshot.StateWriter;
import java.util.Arrays;
import java.util.function.LongConsumer;

/**
 * The rate windows as records of a snapshot and back. A snapshot is of the moment at which it began: whatever is about to change
 * while it is being written is written before. Core's thread.
 */
final class WindowSnapshot {
    private static final int MOMENTS_PER_RECORD = 400;

    private final CallWindows windows;
    private final WindowTable table;
    private final StateWriter writer;
    private final long[] written;
    private final LongConsumer onMoment = this::add;
    private final long[] pending = new long[MOMENTS_PER_RECORD];
    private int capturing;
    private int pendingCount;
    private int records;
    private int cursor;
    private boolean open;

    WindowSnapshot(final CallWindows windows, final StateWriter writer) {
        this.windows = windows;
        table = windows.table();
        this.writer = writer;
        written = new long[(table.windowMax() + 63) / 64];
        windows.watch(this::beforeChange);
    }

    /** Begins a snapshot of now. */
    void begin() {
        Arrays.fill(written, 0);
        cursor = 0;
        open = true;
        writer.begin(StateKind.CALL_WINDOWS)
                .number(windows.hand())
                .number(windows.unrecorded())
                .end();
    }

    /**
     * Looks at a number of windows; one with many moments counts as often as it takes records.
     *
     * @return how many places are left; -1 when there are none, but more windows.
     */
    int writeSlice(final int places) {
        int left = places;
        for (cursor = table.nextLive(cursor); cursor >= 0; cursor = table.nextLive(cursor + 1)) {
            if (left <= 0) {
                return -1;
            }
            records = 0;
            capture(cursor);
            left -= Math.max(1, records);
        }
        cursor = table.windowMax();
        open = false;
        return Math.max(0, left);
    }

    void readWindows(final StateReader reader) {
        final int hand = reader.integer();
        windows.restore(hand, reader.number());
    }

    void readWindow(final StateReader reader) {
        final int slot = reader.integer();
        if (slot >= table.windowMax()) {
            throw new IllegalStateException(
                    "snapshot holds more than the rate table: slot=" + slot + " windows=" + table.windowMax());
        }
        final long ruleHigh = reader.number();
        final long ruleLow = reader.number();
        final long number = reader.number();
        windows.restoreWindow(slot, ruleHigh, ruleLow, number, reader.number());
        while (reader.numbersLeft() > 0) {
            if (!windows.restoreMoment(slot, reader.number())) {
                throw new IllegalStateException(
                        "snapshot holds more than the rate table: moments=" + windows.usedMoments());
            }
        }
    }

    private void beforeChange(final int slot) {
        if (open) {
            capture(slot);
        }
    }

    private void capture(final int slot) {
        final long bit = 1L << slot;
        if ((written[slot >>> 6] & bit) == 0) {
            written[slot >>> 6] |= bit;
            if (table.isLive(slot)) {
                capturing = slot;
                windows.forEachMoment(slot, onMoment);
                flush();
            }
        }
    }

    private void add(final long moment) {
        if (pendingCount == MOMENTS_PER_RECORD) {
            flush();
        }
        pending[pendingCount++] = moment;
    }

    private void flush() {
        final int slot = capturing;
        writer.begin(StateKind.CALL_WINDOW)
                .number(slot)
                .number(table.ruleHigh(slot))
                .number(table.ruleLow(slot))
                .number(table.number(slot))
                .number(table.periodNs(slot));
        for (int i = 0; i < pendingCount; i++) {
            writer.number(pending[i]);
        }
        writer.end();
        records++;
        pendingCount = 0;
    }
}
