package io.tandem.routing.admission;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * The counters seen from a thread that does not own them: console, metrics, explanations. Walks all slots, so a look-up
 * costs as much as the table is long; never disturbs the writer.
 */
public final class AdmissionReader implements AdmissionCounts {
    private static final int TRIES_MAX = 64;

    private final UnsafeBuffer slots;
    private final int slotLimit;

    AdmissionReader(final UnsafeBuffer slots, final int slotLimit) {
        this.slots = slots;
        this.slotLimit = slotLimit;
    }

    /** Names every counter in use, each as it was at one instant, all of them at slightly different ones. */
    public void forEach(final CounterConsumer consumer) {
        for (int slot = 0; slot < slotLimit; slot++) {
            read(slot * AdmissionLedger.SLOT_BYTES, consumer);
        }
    }

    @Override
    public int count(final Dimension dimension, final long idHigh, final long idLow) {
        final int[] found = new int[1];
        forEach((d, high, low, count, limit) -> {
            if (d == dimension && high == idHigh && low == idLow) {
                found[0] = count;
            }
        });
        return found[0];
    }

    @Override
    public int freeCounters() {
        final int[] used = new int[1];
        forEach((d, high, low, count, limit) -> used[0]++);
        return slotLimit - used[0];
    }

    private void read(final int at, final CounterConsumer consumer) {
        for (int i = 0; i < TRIES_MAX; i++) {
            final long stamp = slots.getLongVolatile(at + AdmissionLedger.STAMP);
            final long idHigh = slots.getLongVolatile(at + AdmissionLedger.ID_HIGH);
            final long idLow = slots.getLongVolatile(at + AdmissionLedger.ID_LOW);
            final int code = slots.getIntVolatile(at + AdmissionLedger.DIMENSION);
            final int limit = slots.getIntVolatile(at + AdmissionLedger.LIMIT);
            final int count = slots.getIntVolatile(at + AdmissionLedger.COUNT);
            if ((stamp & 1) == 0 && slots.getLongVolatile(at + AdmissionLedger.STAMP) == stamp) {
                final Dimension dimension = Dimension.ofCode(code);
                if (dimension != null && count > 0) {
                    consumer.onCounter(dimension, idHigh, idLow, count, limit);
                }
                return;
            }
        }
    }
}
