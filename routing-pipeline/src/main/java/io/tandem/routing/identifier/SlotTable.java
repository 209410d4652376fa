package io.tandem.routing.identifier;

import io.tandem.routing.counter.TableFill;
import java.util.function.Supplier;

/**
 * A bounded table of reused objects. Objects are made in chunks until the limit is reached, then only reused, so that a
 * steady state allocates nothing. Core's thread only.
 *
 * @param <T> occupant.
 */
public final class SlotTable<T extends Slot> {
    private static final int CHUNK = 1024;

    private final byte table;
    private final Supplier<T> maker;
    private final SerialNumbers serialNumbers;
    private final SlotAllocator allocator;
    private Slot[] slots = new Slot[0];
    private int highWater;
    private long refused;

    /**
     * Creates an empty table.
     *
     * @param table         letter of the table in tokens.
     * @param limit         most occupants at a time.
     * @param serialNumbers counter and key shared by the tables of a core.
     * @param maker         makes one free occupant.
     */
    public SlotTable(final byte table, final int limit, final SerialNumbers serialNumbers, final Supplier<T> maker) {
        this.table = table;
        this.maker = maker;
        this.serialNumbers = serialNumbers;
        allocator = new SlotAllocator(limit);
    }

    /** Changes the most occupants at a time; those beyond a lower limit stay until they are freed. */
    public void limit(final int limit) {
        allocator.limit(limit);
    }

    /** Takes a free object, or returns null when the table is full (counted). */
    public T take() {
        final int slot = allocator.allocate();
        if (slot == SlotAllocator.NO_SLOT) {
            refused++;
            return null;
        }
        final T occupant = at(slot);
        final long serial = serialNumbers.next();
        occupant.occupy(serial, serialNumbers.proof(table, slot, serial));
        highWater = Math.max(highWater, allocator.taken());
        return occupant;
    }

    /** Puts an occupant back in its slot (restoring a snapshot). */
    public T restore(final int slot, final long serial, final long proof) {
        allocator.take(slot);
        highWater = Math.max(highWater, allocator.taken());
        final T occupant = at(slot);
        occupant.occupy(serial, proof);
        return occupant;
    }

    /** The object of a slot, whether it is occupied or not (restoring references of a snapshot). */
    public T place(final int slot) {
        return at(slot);
    }

    /** Frees an occupant's slot. */
    public void free(final T occupant) {
        occupant.vacate();
        allocator.release(occupant.slot());
    }

    /** The occupant that a token names, or null when it is gone or was never ours. */
    public T find(final Token token) {
        final int slot = token.slot();
        if (slot >= slots.length) {
            return null;
        }
        @SuppressWarnings("unchecked")
        final T occupant = (T) slots[slot];
        return occupant.serial() == token.serial() && occupant.proof() == token.proof() && occupant.isLive()
                ? occupant
                : null;
    }

    /** The occupant of a slot, or null when the slot is free. */
    public T get(final int slot) {
        if (slot < 0 || slot >= slots.length) {
            return null;
        }
        @SuppressWarnings("unchecked")
        final T occupant = (T) slots[slot];
        return occupant.isLive() ? occupant : null;
    }

    /** Slots that may be occupied lie below this number. */
    public int bound() {
        return slots.length;
    }

    /** Occupants now. */
    public int size() {
        return allocator.taken();
    }

    /** Most occupants at a time. */
    public int limit() {
        return allocator.limit();
    }

    /** Most occupants there have been. */
    public int highWater() {
        return highWater;
    }

    /** How often the table was full. */
    public long refused() {
        return refused;
    }

    /** How full the table is. */
    public TableFill fill(final String name) {
        return new TableFill(name, size(), limit(), highWater, refused);
    }

    private T at(final int slot) {
        if (slot >= slots.length) {
            grow(slot);
        }
        @SuppressWarnings("unchecked")
        final T occupant = (T) slots[slot];
        return occupant;
    }

    private void grow(final int slot) {
        final int length = (slot / CHUNK + 1) * CHUNK;
        final Slot[] grown = new Slot[length];
        System.arraycopy(slots, 0, grown, 0, slots.length);
        for (int i = slots.length; i < length; i++) {
            grown[i] = maker.get();
            grown[i].place(i);
        }
        slots = grown;
    }
}
