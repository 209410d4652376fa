package io.tandem.routing.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AdmissionAuditTest {
    private final AdmissionLedger ledger = new AdmissionLedger(64);

    @Test
    void shouldNameACounterThatNobodyHolds() {
        final Holds known = taken(Dimension.NUMBER, 3);
        taken(Dimension.TRUNK, 7);
        final AdmissionAudit audit = ledger.audit();
        audit.count(known);

        final List<String> differences = new ArrayList<>();
        assertThat(audit.finish(differences::add)).isEqualTo(1);
        assertThat(differences).containsExactly("counter drifted: dimension=TRUNK idHigh=1 idLow=7 counted=1 held=0");
        assertThat(audit.holds()).isEqualTo(1);
    }

    @Test
    void shouldFindNothingWhereEveryHoldIsCounted() {
        final AdmissionAudit audit = ledger.audit();
        audit.count(taken(Dimension.NUMBER, 3));
        audit.count(taken(Dimension.NUMBER, 3));
        assertThat(audit.finish(difference -> {})).isZero();
    }

    private Holds taken(final Dimension dimension, final long id) {
        final Ceilings ceilings = new Ceilings();
        ceilings.add(dimension, 1, id, Ceilings.UNLIMITED);
        final Holds holds = new Holds();
        assertThat(ledger.take(ceilings, holds)).isEqualTo(AdmissionLedger.ADMITTED);
        return holds;
    }
}
