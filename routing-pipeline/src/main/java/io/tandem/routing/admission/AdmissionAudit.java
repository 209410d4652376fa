package io.tandem.routing.admission;

import java.util.function.Consumer;

/**
 * Proves the counters against what live calls and legs hold: count every one of them, then ask for the differences. There are
 * none unless something is wrong with the appliance. Core's thread, between two inputs.
 */
public final class AdmissionAudit {
    private final AdmissionLedger ledger;
    private final int[] held;
    private long holds;

    AdmissionAudit(final AdmissionLedger ledger, final int slotLimit) {
        this.ledger = ledger;
        held = new int[slotLimit];
    }

    /** Counts what one live call or leg holds. */
    public void count(final Holds live) {
        for (int i = 0; i < live.count; i++) {
            held[live.slots[i]]++;
            holds++;
        }
    }

    /** Counters held in all. */
    public long holds() {
        return holds;
    }

    /**
     * Compares.
     *
     * @return how many counters differ; each is told to {@code differences} as {@code counter drifted: ...}.
     */
    public int finish(final Consumer<String> differences) {
        int drifted = 0;
        for (int slot = 0; slot < held.length; slot++) {
            final int counted = ledger.countAt(slot);
            if (counted != held[slot]) {
                drifted++;
                differences.accept(
                        "counter drifted: " + ledger.describe(slot) + " counted=" + counted + " held=" + held[slot]);
            }
        }
        return drifted;
    }
}
