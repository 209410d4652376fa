package io.tandem.admin.http.pbx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tandem.admin.http.wire.ApiProblem;
import io.tandem.routing.model.ParkingLot;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.RouteTarget;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ParkingSlotsTest {
    private static ParkingLot lot(final int first, final int last) {
        return new ParkingLot(
                new ResourceId(1, first),
                new ResourceId(2, 1),
                "lot " + first,
                first,
                last,
                120,
                RouteTarget.NONE,
                ResourceId.NIL);
    }

    @Test
    void shouldTakeTheFirstGapThatIsWideEnough() {
        assertThat(ParkingSlots.first(List.of())).isEqualTo(701);
        assertThat(ParkingSlots.first(List.of(lot(1, 100), lot(701, 709)))).isEqualTo(710);
        assertThat(ParkingSlots.first(List.of(lot(650, 702), lot(711, 720)))).isEqualTo(721);
        assertThat(ParkingSlots.first(List.of(lot(650, 702), lot(712, 720)))).isEqualTo(703);
    }

    @Test
    void shouldBeginAnewWhenNoneAreLeftBehindTheUsualOnes() {
        final List<ParkingLot> lots = new ArrayList<>();
        for (int first = 701; first <= ParkingLot.SLOT_NUMBER_MAX; first += 108) {
            lots.add(lot(first, Math.min(first + 99, ParkingLot.SLOT_NUMBER_MAX)));
        }
        assertThat(ParkingSlots.first(lots)).isEqualTo(1);

        for (int first = 1; first < 701; first += 100) {
            lots.add(lot(first, first + 99));
        }
        lots.sort((one, other) -> Integer.compare(one.firstSlot(), other.firstSlot()));
        assertThatThrownBy(() -> ParkingSlots.first(lots))
                .isInstanceOfSatisfying(ApiProblem.class, problem -> assertThat(problem.status())
                        .isEqualTo(409))
                .hasMessageContaining("leave no room");
    }

    @Test
    void shouldSayWhenThereAreAsManyLotsAsThereMayBe() {
        final List<ParkingLot> lots = Collections.nCopies(ParkingLot.LOTS_MAX, lot(1, 1));
        assertThatThrownBy(() -> ParkingSlots.first(lots))
                .isInstanceOfSatisfying(ApiProblem.class, problem -> assertThat(problem.status())
                        .isEqualTo(409))
                .hasMessageContaining("lots=1000");
    }
}
