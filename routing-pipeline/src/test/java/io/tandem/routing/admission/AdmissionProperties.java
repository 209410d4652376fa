package io.tandem.routing.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

/** The ledger against a plain map, over random calls that begin and end. */
class AdmissionProperties {
    private static final int SLOTS = 32;
    private static final int KEYS = 48;

    record Step(boolean begin, int which, List<Integer> keys) {}

    @Property(tries = 2000)
    void shouldNeverExceedACeilingAndGiveBackExactlyWhatItTook(
            @ForAll("steps") @Size(min = 1, max = 200) final List<Step> steps) {
        final AdmissionLedger ledger = new AdmissionLedger(SLOTS);
        final Map<Integer, Integer> model = new LinkedHashMap<>();
        final List<Holds> live = new ArrayList<>();
        final List<List<Integer>> taken = new ArrayList<>();
        final Ceilings ceilings = new Ceilings();
        for (final Step step : steps) {
            if (step.begin) {
                ceilings.clear();
                step.keys.forEach(key -> ceilings.add(dimension(key), key % 3, key, limit(key)));
                final int expected = expected(step.keys, model);
                final Holds holds = new Holds();
                assertThat(ledger.evaluate(ceilings)).isEqualTo(expected);
                assertThat(ledger.take(ceilings, holds)).isEqualTo(expected);
                if (expected == AdmissionLedger.ADMITTED) {
                    step.keys.forEach(key -> model.merge(key, 1, Integer::sum));
                    live.add(holds);
                    taken.add(step.keys);
                } else {
                    assertThat(holds.isEmpty()).isTrue();
                }
            } else if (!live.isEmpty()) {
                final int ending = step.which % live.size();
                final Holds holds = live.remove(ending);
                ledger.release(holds);
                ledger.release(holds);
                taken.remove(ending).forEach(key -> model.computeIfPresent(key, (k, n) -> n == 1 ? null : n - 1));
            }
            check(ledger, model, live);
        }
        live.forEach(ledger::release);
        assertThat(ledger.usedCounters()).isZero();
    }

    @Property(tries = 300)
    void shouldAgreeBetweenLedgerReaderAndRestoredLedger(
            @ForAll("steps") @Size(min = 1, max = 60) final List<Step> steps) {
        final AdmissionLedger ledger = new AdmissionLedger(256);
        final AdmissionLedger restored = new AdmissionLedger(256);
        final List<Holds> live = new ArrayList<>();
        final Ceilings ceilings = new Ceilings();
        for (final Step step : steps) {
            ceilings.clear();
            step.keys.forEach(key -> ceilings.add(dimension(key), key % 3, key, Ceilings.UNLIMITED));
            final Holds holds = new Holds();
            assertThat(ledger.take(ceilings, holds)).isEqualTo(AdmissionLedger.ADMITTED);
            live.add(holds);
            if (!step.begin) {
                ledger.release(live.remove(step.which % live.size()));
            }
        }
        for (final Holds holds : live) {
            final Holds copy = new Holds();
            ledger.forEachHold(holds, (dimension, high, low) -> restored.restore(copy, dimension, high, low));
        }
        assertThat(counters(restored)).isEqualTo(counters(ledger));
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        final Arbitrary<List<Integer>> keys =
                Arbitraries.integers().between(1, KEYS).list().ofMinSize(1).ofMaxSize(6);
        return Combinators.combine(
                        Arbitraries.of(true, true, false),
                        Arbitraries.integers().between(0, 1000),
                        keys)
                .as(Step::new)
                .list();
    }

    private static int expected(final List<Integer> keys, final Map<Integer, Integer> model) {
        final Map<Integer, Integer> after = new LinkedHashMap<>(model);
        for (int i = 0; i < keys.size(); i++) {
            final int key = keys.get(i);
            if (limit(key) != Ceilings.UNLIMITED && after.getOrDefault(key, 0) >= limit(key)) {
                return i;
            }
            after.merge(key, 1, Integer::sum);
        }
        return after.size() > SLOTS ? AdmissionLedger.FULL : AdmissionLedger.ADMITTED;
    }

    private static void check(final AdmissionLedger ledger, final Map<Integer, Integer> model, final List<Holds> live) {
        assertThat(ledger.usedCounters()).isEqualTo(model.size());
        for (int key = 1; key <= KEYS; key++) {
            final int count = ledger.count(dimension(key), key % 3, key);
            assertThat(count).isEqualTo(model.getOrDefault(key, 0));
            if (limit(key) != Ceilings.UNLIMITED) {
                assertThat(count).isLessThanOrEqualTo(limit(key));
            }
        }
        final AdmissionAudit audit = ledger.audit();
        live.forEach(audit::count);
        assertThat(audit.finish(difference -> assertThat(difference).isNull())).isZero();
    }

    private static Map<String, Integer> counters(final AdmissionLedger ledger) {
        final Map<String, Integer> counters = new TreeMap<>();
        ledger.reader()
                .forEach((dimension, high, low, count, limit) ->
                        counters.put(dimension + " " + high + " " + low, count));
        return counters;
    }

    private static Dimension dimension(final int key) {
        return Dimension.ofCode(1 + key % 7);
    }

    private static int limit(final int key) {
        return key % 4 == 0 ? Ceilings.UNLIMITED : key % 4 + key % 2;
    }
}
