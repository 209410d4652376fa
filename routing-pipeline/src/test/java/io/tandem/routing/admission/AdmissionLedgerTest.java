package io.tandem.routing.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class AdmissionLedgerTest {
    private final AdmissionLedger ledger = new AdmissionLedger(64);
    private final Ceilings ceilings = new Ceilings();

    @Test
    @DisplayName("N-071 N calls admitted, N+1 refused, one more after one has ended")
    void shouldAdmitUpToTheCeilingAndAgainAfterRelease() {
        ceilings.add(Dimension.NUMBER, 1, 2, 2);
        final Holds first = new Holds();
        final Holds second = new Holds();
        final Holds third = new Holds();

        assertThat(ledger.take(ceilings, first)).isEqualTo(AdmissionLedger.ADMITTED);
        assertThat(ledger.take(ceilings, second)).isEqualTo(AdmissionLedger.ADMITTED);
        assertThat(ledger.take(ceilings, third)).isZero();
        assertThat(third.isEmpty()).isTrue();

        ledger.release(first);
        assertThat(ledger.take(ceilings, third)).isEqualTo(AdmissionLedger.ADMITTED);
        assertThat(ledger.count(Dimension.NUMBER, 1, 2)).isEqualTo(2);
    }

    @Test
    @DisplayName("N-072 all or nothing, the first ceiling that fails is named")
    void shouldTakeNothingWhenOneOfSeveralFails() {
        ceilings.add(Dimension.ACCOUNT_IN, 1, 1, Ceilings.UNLIMITED);
        ceilings.add(Dimension.TRUNK, 2, 2, 0);
        ceilings.add(Dimension.NUMBER, 3, 3, 0);

        assertThat(ledger.take(ceilings, new Holds())).isEqualTo(1);
        assertThat(ledger.usedCounters()).isZero();
    }

    @Test
    void shouldCountWithoutCeilingAndRefuseAllWithCeilingZero() {
        ceilings.add(Dimension.NUMBER, 1, 1, Ceilings.UNLIMITED);
        final Holds holds = new Holds();
        assertThat(ledger.take(ceilings, holds)).isEqualTo(AdmissionLedger.ADMITTED);
        assertThat(ledger.count(Dimension.NUMBER, 1, 1)).isEqualTo(1);

        ceilings.clear();
        ceilings.add(Dimension.NUMBER, 9, 9, 0);
        assertThat(ledger.take(ceilings, new Holds())).isZero();
    }

    @Test
    void shouldHandOverWhatIsHeldToHoldsThatAreEmpty() {
        ceilings.add(Dimension.TRUNK, 5, 6, 3);
        final Holds from = new Holds();
        final Holds to = new Holds();
        ledger.take(ceilings, from);

        ledger.handOver(from, to);
        assertThat(from.isEmpty()).isTrue();
        assertThat(to.count()).isEqualTo(1);
        assertThat(ledger.count(Dimension.TRUNK, 5, 6)).isEqualTo(1);
        assertThatThrownBy(() -> ledger.handOver(from, to)).hasMessage("holds not empty: count=1");
        ledger.release(from);
        assertThat(ledger.count(Dimension.TRUNK, 5, 6)).isEqualTo(1);
        ledger.release(to);
        assertThat(ledger.usedCounters()).isZero();
    }

    @Test
    void shouldReleaseOnce() {
        ceilings.add(Dimension.TRUNK, 5, 6, 3);
        final Holds holds = new Holds();
        final Holds other = new Holds();
        ledger.take(ceilings, holds);
        ledger.take(ceilings, other);

        ledger.release(holds);
        ledger.release(holds);

        assertThat(ledger.count(Dimension.TRUNK, 5, 6)).isEqualTo(1);
        ledger.release(other);
        assertThat(ledger.usedCounters()).isZero();
    }

    @Test
    void shouldCountTwiceACounterThatIsNamedTwice() {
        ceilings.add(Dimension.TRUNK, 5, 6, 1);
        ceilings.add(Dimension.TRUNK, 5, 6, 1);

        assertThat(ledger.take(ceilings, new Holds())).isEqualTo(1);
        assertThat(ledger.usedCounters()).isZero();
    }

    @Test
    void shouldAnswerFullWhenNoCounterIsLeft() {
        final List<Holds> all = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            ceilings.clear();
            ceilings.add(Dimension.NUMBER, 0, i + 1, Ceilings.UNLIMITED);
            final Holds holds = new Holds();
            assertThat(ledger.take(ceilings, holds)).isEqualTo(AdmissionLedger.ADMITTED);
            all.add(holds);
        }
        ceilings.clear();
        ceilings.add(Dimension.NUMBER, 0, 1, Ceilings.UNLIMITED);
        ceilings.add(Dimension.NUMBER, 0, 1000, Ceilings.UNLIMITED);
        assertThat(ledger.take(ceilings, new Holds())).isEqualTo(AdmissionLedger.FULL);
        assertThat(ledger.count(Dimension.NUMBER, 0, 1)).isEqualTo(1);

        ledger.release(all.get(30));
        assertThat(ledger.take(ceilings, new Holds())).isEqualTo(AdmissionLedger.ADMITTED);
    }

    @Test
    void shouldRefuseHoldsThatAreInUse() {
        ceilings.add(Dimension.NUMBER, 1, 1, 5);
        final Holds holds = new Holds();
        ledger.take(ceilings, holds);

        assertThatThrownBy(() -> ledger.take(ceilings, holds)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void shouldComeBackFromASnapshot() {
        ceilings.add(Dimension.ACCOUNT_IN, 1, 1, 5);
        ceilings.add(Dimension.NUMBER, 2, 2, 5);
        final Holds holds = new Holds();
        ledger.take(ceilings, holds);

        final AdmissionLedger next = new AdmissionLedger(64);
        final Holds restored = new Holds();
        ledger.forEachHold(holds, (dimension, high, low) -> assertThat(next.restore(restored, dimension, high, low))
                .isTrue());

        assertThat(next.count(Dimension.ACCOUNT_IN, 1, 1)).isEqualTo(1);
        assertThat(next.count(Dimension.NUMBER, 2, 2)).isEqualTo(1);
        next.release(restored);
        assertThat(next.usedCounters()).isZero();
    }

    @Test
    void shouldShowCountersToAReader() {
        ceilings.add(Dimension.TRUNK, 7, 8, 4);
        ledger.take(ceilings, new Holds());
        ledger.take(ceilings, new Holds());

        final List<String> seen = new ArrayList<>();
        final AdmissionReader reader = ledger.reader();
        reader.forEach((dimension, high, low, count, limit) ->
                seen.add(dimension + " " + high + " " + low + " " + count + "/" + limit));

        assertThat(seen).containsExactly("TRUNK 7 8 2/4");
        assertThat(reader.count(Dimension.TRUNK, 7, 8)).isEqualTo(2);
        assertThat(reader.freeCounters()).isEqualTo(63);
    }
}
