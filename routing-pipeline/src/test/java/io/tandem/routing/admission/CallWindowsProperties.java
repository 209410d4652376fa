package io.tandem.routing.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

/** Windows and ledger together against plain lists, over random calls. */
class CallWindowsProperties {
    private static final int RULES = 8;

    /** A call after a pause under some rules and ceilings; {@code undone} if a later stage refuses it. */
    record Step(int pauseNs, List<Integer> rules, List<Integer> ceilings, boolean undone, boolean release) {}

    @Property(tries = 2000)
    void shouldNeverAdmitMoreThanTheCountInAnyPeriodAndLeaveNoTraceOfWhatIsRefused(
            @ForAll("steps") @Size(min = 1, max = 200) final List<Step> steps) {
        final AdmissionLedger ledger = new AdmissionLedger(64);
        final CallWindows windows = new CallWindows(256, 8_192);
        final AdmissionGate gate = new AdmissionGate(ledger, windows);
        final Map<Integer, List<Long>> admitted = new TreeMap<>();
        final Map<Integer, Integer> up = new TreeMap<>();
        final List<Holds> live = new ArrayList<>();
        final List<List<Integer>> liveCeilings = new ArrayList<>();
        long now = 0;
        for (final Step step : steps) {
            now += step.pauseNs;
            if (step.release && !live.isEmpty()) {
                ledger.release(live.removeFirst());
                liveCeilings.removeFirst().forEach(key -> up.merge(key, -1, Integer::sum));
            }
            final RateRules rules = new RateRules();
            step.rules.forEach(
                    rule -> rules.add(0, rule, RateRules.ALL_NUMBERS, period(rule), maxCount(rule), isHard(rule)));
            final Ceilings ceilings = new Ceilings();
            step.ceilings.forEach(key -> ceilings.add(Dimension.TRUNK, 0, key, key));
            final int expected = expected(step, admitted, up, now);
            final List<Integer> before = counts(windows, now);
            final int usedBefore = ledger.usedCounters();

            assertThat(gate.evaluate(ceilings, rules, now)).isEqualTo(expected);
            assertThat(counts(windows, now)).isEqualTo(before);
            final Holds holds = new Holds();
            assertThat(gate.take(ceilings, rules, holds, now)).isEqualTo(expected);
            if (expected == AdmissionLedger.ADMITTED && step.undone) {
                gate.undo(rules, holds);
            }
            if (expected != AdmissionLedger.ADMITTED || step.undone) {
                assertThat(holds.isEmpty()).isTrue();
                assertThat(counts(windows, now)).isEqualTo(before);
                assertThat(ledger.usedCounters()).isEqualTo(usedBefore);
            } else {
                final long moment = now;
                step.rules.forEach(
                        rule -> admitted.computeIfAbsent(rule, r -> new ArrayList<>()).add(moment));
                step.ceilings.forEach(key -> up.merge(key, 1, Integer::sum));
                live.add(holds);
                liveCeilings.add(step.ceilings);
            }
        }
        admitted.forEach((rule, moments) -> {
            if (isHard(rule)) {
                for (final long end : moments) {
                    assertThat(within(moments, rule, end)).isLessThanOrEqualTo(maxCount(rule));
                }
            }
        });
        assertThat(windows.unrecorded()).isZero();
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        final Arbitrary<List<Integer>> rules = Arbitraries.integers()
                .between(1, RULES)
                .list()
                .uniqueElements()
                .ofMaxSize(4);
        final Arbitrary<List<Integer>> ceilings =
                Arbitraries.integers().between(1, 5).list().uniqueElements().ofMaxSize(2);
        return Combinators.combine(
                        Arbitraries.integers().between(0, 30),
                        rules,
                        ceilings,
                        Arbitraries.of(false, false, false, true),
                        Arbitraries.of(false, true))
                .as(Step::new)
                .list();
    }

    private static int expected(
            final Step step, final Map<Integer, List<Long>> admitted, final Map<Integer, Integer> up, final long now) {
        for (int i = 0; i < step.ceilings.size(); i++) {
            final int key = step.ceilings.get(i);
            if (up.getOrDefault(key, 0) >= key) {
                return i;
            }
        }
        for (int i = 0; i < step.rules.size(); i++) {
            final int rule = step.rules.get(i);
            if (isHard(rule) && within(admitted.getOrDefault(rule, List.of()), rule, now) >= maxCount(rule)) {
                return AdmissionGate.FIRST_RATE_RULE + i;
            }
        }
        return AdmissionLedger.ADMITTED;
    }

    private static long within(final List<Long> moments, final int rule, final long end) {
        return moments.stream()
                .filter(moment -> moment <= end && moment > end - period(rule))
                .count();
    }

    /** As far as a rule's count goes: beyond it a window forgets the oldest. */
    private static List<Integer> counts(final CallWindows windows, final long now) {
        return IntStream.rangeClosed(1, RULES)
                .map(rule -> Math.min(
                        windows.count(0, rule, RateRules.ALL_NUMBERS, period(rule), now), maxCount(rule)))
                .boxed()
                .toList();
    }

    private static long period(final int rule) {
        return 20L * rule;
    }

    private static int maxCount(final int rule) {
        return rule % 5;
    }

    private static boolean isHard(final int rule) {
        return rule != 3;
    }
}
