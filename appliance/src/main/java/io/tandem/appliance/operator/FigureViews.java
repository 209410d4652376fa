package io.tandem.appliance.operator;

import io.tandem.admin.view.CounterView;
import io.tandem.admin.view.LatencyView;
import io.tandem.appliance.driver.Appliance;
import io.tandem.appliance.driver.Step;
import io.tandem.appliance.transport.TransportCounter;
import io.tandem.routing.counter.CoreCounter;
import io.tandem.routing.overload.Worth;
import io.tandem.routing.stage.Rule;
import io.tandem.routing.stage.RuleCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/** What was counted and measured, in the console's words. Any thread. */
final class FigureViews {
    private FigureViews() {}

    /**
     * Every counter.
     *
     * @param ofCore values of the core's, in the order of {@link CoreCounter}.
     * @param ofRules how often each rule concluded.
     */
    static List<CounterView> counters(final Appliance appliance, final List<Long> ofCore, final RuleCounts ofRules) {
        final List<CounterView> views = new ArrayList<>();
        for (final CoreCounter counter : CoreCounter.values()) {
            views.add(new CounterView(
                    "core." + counter.name().toLowerCase(Locale.ROOT).replace('_', '.'),
                    ofCore.get(counter.ordinal()),
                    "events",
                    counter.sentence()));
        }
        for (final Rule rule : Rule.values()) {
            views.add(new CounterView("rule." + rule.word(), ofRules.count(rule), "decisions", rule.text()));
        }
        for (final Worth worth : Worth.values()) {
            views.add(new CounterView(
                    "door.refused." + worth.word(), appliance.doorCounts().of(worth), "messages", worth.sentence()));
        }
        views.add(new CounterView(
                "door.answered",
                appliance.doorCounts().answeredCount(),
                "messages",
                "requests refused at the ring's door that were answered 503, the others were dropped"));
        views.add(new CounterView(
                "ring.refused.full", appliance.ring().refusedRingFull(), "inputs", "inputs that found no slot free"));
        views.add(new CounterView(
                "ring.refused.large",
                appliance.ring().refusedPoolEmpty(),
                "messages",
                "messages above 2 KiB that found no buffer free"));
        views.add(new CounterView(
                "ring.not-sip", appliance.ring().discardedNotSip(), "messages", "messages that were no SIP at all"));
        for (final TransportCounter counter : TransportCounter.values()) {
            views.add(new CounterView(
                    "transport." + counter.key(), appliance.count(counter), "events", counter.sentence()));
        }
        return views;
    }

    /** How long each step takes. */
    static List<LatencyView> latency(final Appliance appliance) {
        final List<LatencyView> views = new ArrayList<>();
        for (final Step step : Step.values()) {
            final Histogram histogram = appliance.latency().total(step);
            views.add(new LatencyView(
                    step.key(),
                    histogram.getTotalCount(),
                    histogram.getValueAtPercentile(50),
                    histogram.getValueAtPercentile(90),
                    histogram.getValueAtPercentile(99),
                    histogram.getValueAtPercentile(99.9),
                    histogram.getMaxValue()));
        }
        return views;
    }
}
