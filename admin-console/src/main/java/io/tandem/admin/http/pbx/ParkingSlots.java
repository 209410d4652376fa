package io.tandem.admin.http.pbx;

import io.tandem.admin.http.resource.TenantDesk;
import io.tandem.admin.http.wire.ApiProblem;
import io.tandem.routing.change.StoredResource;
import io.tandem.routing.model.ParkingLot;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Slots of a new parking lot, of which this shape says nothing: the first ones that no other lot of the account has. */
final class ParkingSlots {
    /** Slots of one lot. */
    static final int COUNT = 9;

    private static final int FIRST_USUAL = 701;

    private ParkingSlots() {}

    /** Writes them into a lot; 409 when none are left. */
    static void choose(final TenantDesk desk, final ResourceId account, final ObjectNode lot) {
        final List<StoredResource> there = desk.list(
                        ResourceKind.PARKING_LOTS, account, null, ParkingLot.LOTS_MAX, stored -> true)
                .resources();
        final int first = first(there.stream()
                .map(stored -> (ParkingLot) stored.resource())
                .sorted(Comparator.comparingInt(ParkingLot::firstSlot))
                .toList());
        lot.put("first_slot", first);
        lot.put("last_slot", first + COUNT - 1);
    }

    /** The first slot beside lots in the order of their slots: from the usual one on, else from the beginning. */
    static int first(final List<ParkingLot> lots) {
        if (lots.size() == ParkingLot.LOTS_MAX) {
            throw new ApiProblem(409, "the account has all parking lots that it may have: lots=" + lots.size())
                    .mend("delete one of them");
        }
        final int usual = firstFree(lots, FIRST_USUAL);
        final int first = usual == 0 ? firstFree(lots, 1) : usual;
        if (first == 0) {
            throw new ApiProblem(409, "the parking lots of the account leave no room for another: slots=" + COUNT)
                    .mend("delete one of them, or give it fewer slots: PATCH /v1/parking-lots");
        }
        return first;
    }

    /** The first of so many free slots from a number on, or 0. */
    private static int firstFree(final List<ParkingLot> lots, final int from) {
        int first = from;
        for (final ParkingLot lot : lots) {
            if (lot.firstSlot() - first >= COUNT) {
                break;
            }
            first = Math.max(first, lot.lastSlot() + 1);
        }
        return first + COUNT - 1 <= ParkingLot.SLOT_NUMBER_MAX ? first : 0;
    }
}
