package io.tandem.routing.model;

import java.util.List;

/**
 * Where calls are parked and taken back from: slots, each with a number to dial.
 *
 * @param firstSlot number of the first slot.
 * @param lastSlot number of the last one.
 * @param timeoutSec how long a call may stay, after which {@code timeout} takes it.
 * @param timeout where it goes then; {@link RouteTarget#NONE} for back to whoever parked it.
 * @param mohMediaId what it hears, or {@link ResourceId#NIL} for the account's music.
 */
public record ParkingLot(
        ResourceId id,
        ResourceId accountId,
        String name,
        int firstSlot,
        int lastSlot,
        int timeoutSec,
        RouteTarget timeout,
        ResourceId mohMediaId)
        implements Resource {

    /** Most slots of one lot. */
    public static final int SLOTS_MAX = 100;

    /** Most lots of one account. */
    public static final int LOTS_MAX = 1_000;

    /** Greatest number of a slot. */
    public static final int SLOT_NUMBER_MAX = 99_999;

    /** Reads one and reports what is wrong with it. */
    public static ParkingLot read(final Fields fields) {
        final ResourceId account = fields.requiredReference("account_id", ResourceKind.ACCOUNTS, ResourceId.NIL);
        final String name = fields.required("name");
        final ParkingLot lot = new ParkingLot(
                fields.identity(ResourceKind.PARKING_LOTS, Trunk.naturalKey(account, name)),
                account,
                name,
                fields.integer("first_slot", 701, 1, SLOT_NUMBER_MAX),
                fields.integer("last_slot", 709, 1, SLOT_NUMBER_MAX),
                fields.integer("timeout_sec", 120, 1, Queue.SECONDS_MAX),
                RouteTarget.readStem(fields, "timeout_dest", account),
                fields.reference("moh_media_id", ResourceKind.MEDIA, account));
        if (lot.lastSlot < lot.firstSlot || lot.lastSlot - lot.firstSlot >= SLOTS_MAX) {
            fields.refuse(
                    "last_slot",
                    "must lie behind first_slot, and at most " + SLOTS_MAX + " slots make a lot",
                    "make a second lot for more");
        }
        fields.finish();
        return lot;
    }

    @Override
    public List<UniqueName> names() {
        return List.of(UniqueName.within(ResourceKind.PARKING_LOTS, accountId, name));
    }

    @Override
    public void check(final Fields fields, final Resources others) {
        timeout.checkStem(fields, "timeout_dest", accountId, others);
        checkSlots(fields, others);
        Ownership.check(fields, "moh_media_id", ResourceKind.MEDIA, mohMediaId, accountId, others);
    }

    /** Of two lots that have a slot in common, the later one is wrong. */
    private void checkSlots(final Fields fields, final Resources others) {
        int before = 0;
        for (final Resource other : others.referring(ResourceKind.PARKING_LOTS, ResourceKind.ACCOUNTS, accountId)) {
            if (other.id().equals(id)) {
                return;
            }
            if (other instanceof ParkingLot lot) {
                if (++before == LOTS_MAX) {
                    fields.refuse("account_id", "must have at most " + LOTS_MAX + " parking lots", "merge some");
                    return;
                }
                if (lot.firstSlot <= lastSlot && lot.lastSlot >= firstSlot) {
                    fields.refuse(
                            "first_slot",
                            "overlaps the slots of another lot of the account: " + lot.name + " has " + lot.firstSlot
                                    + " to " + lot.lastSlot,
                            "choose slots that no other lot has");
                }
            }
        }
    }

    @Override
    public byte[] json() {
        final CanonicalJson json = new CanonicalJson();
        json.id("id", id, ResourceKind.PARKING_LOTS.prefix());
        json.id("account_id", accountId, ResourceKind.ACCOUNTS.prefix());
        json.text("name", name);
        json.number("first_slot", firstSlot);
        json.number("last_slot", lastSlot);
        json.number("timeout_sec", timeoutSec);
        timeout.writeStem(json, "timeout_dest");
        json.id("moh_media_id", mohMediaId, ResourceKind.MEDIA.prefix());
        return json.finish();
    }
}
