package io.tandem.appliance.operator;

import io.tandem.admin.view.ApplianceView;
import io.tandem.admin.view.CallDetailView;
import io.tandem.admin.view.CallRecordView;
import io.tandem.admin.view.CallsView;
import io.tandem.admin.view.CeilingView;
import io.tandem.admin.view.ConfigurationView;
import io.tandem.admin.view.CounterView;
import io.tandem.admin.view.ExplainQuestion;
import io.tandem.admin.view.ExplanationView;
import io.tandem.admin.view.LatencyView;
import io.tandem.admin.view.ListenerView;
import io.tandem.admin.view.Refusal;
import io.tandem.admin.view.ServiceState;
import io.tandem.admin.view.StatusView;
import io.tandem.admin.view.TraceView;
import io.tandem.appliance.Build;
import io.tandem.appliance.configuration.RecordedGenerations;
import io.tandem.appliance.country.RecordedCountries;
import io.tandem.appliance.driver.Appliance;
import io.tandem.appliance.playback.CallTrace;
import io.tandem.appliance.playback.TraceViews;
import io.tandem.appliance.record.RecordHistory;
import io.tandem.journal.JournalSettings;
import io.tandem.journal.generation.GenerationManifest;
import io.tandem.routing.call.CallInspector;
import io.tandem.routing.core.Core;
import io.tandem.routing.counter.CoreCounter;
import io.tandem.routing.counter.TableFill;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** The running appliance as operators see it. Questions about calls are answered by the core between two turns. */
public final class LiveView implements ApplianceView {
    private final Appliance appliance;
    private final JournalSettings journalSettings;
    private final byte[] masterKey;
    private final Instant started = Instant.now();

    /** Looks at a running appliance. */
    public LiveView(final Appliance appliance, final JournalSettings journalSettings, final byte[] masterKey) {
        this.appliance = appliance;
        this.journalSettings = journalSettings;
        this.masterKey = masterKey.clone();
    }

    private <T> T ask(final Function<Core, T> question) {
        try {
            return appliance.queries().ask(question);
        } catch (final IllegalStateException e) {
            throw new Refusal(e.getMessage(), "try again in a moment");
        }
    }

    @Override
    public StatusView status() {
        record Now(int live, int ringing, boolean draining, List<TableFill> fills) {}
        final Now now = ask(core -> new Now(
                core.exchange().liveCalls(),
                new CallInspector(core.exchange()).ringing(),
                core.exchange().isDraining(),
                core.fills()));
        final ConfigurationView configuration = configuration();
        return new StatusView(
                Build.version(),
                now.draining() ? ServiceState.DRAINING : ServiceState.SERVING,
                appliance.profileName(),
                started,
                Instant.now().toEpochMilli() - started.toEpochMilli(),
                now.live(),
                now.ringing(),
                configuration,
                listeners(),
                StatusViews.tables(appliance, now.fills()),
                appliance.journalStatus(),
                StatusViews.memory());
    }

    @Override
    public List<ListenerView> listeners() {
        return StatusViews.listeners(appliance);
    }

    @Override
    public ConfigurationView configuration() {
        record Named(String name, long revision) {}
        final Named named = ask(core -> new Named(
                core.configurationName(), core.stages().configuration().revision()));
        if (named.name().isEmpty()) {
            return new ConfigurationView("", 0, Optional.empty(), List.of());
        }
        final GenerationManifest manifest = appliance.generations().manifest(named.name());
        return new ConfigurationView(
                named.name(),
                named.revision(),
                Optional.of(Instant.ofEpochMilli(manifest.createdMs())),
                List.of(
                        new ConfigurationView.Collection("numbers", manifest.numberCount()),
                        new ConfigurationView.Collection("resources", manifest.resourceCount())));
    }

    @Override
    public CallsView calls(final int limit, final String filter) {
        return ask(core -> filter.isEmpty()
                ? new CallViews(core).newest(limit)
                : new CallViews(core).matching(filter.toLowerCase(Locale.ROOT), limit));
    }

    @Override
    public Optional<CallDetailView> call(final String id) {
        return ask(core -> new CallViews(core).find(id));
    }

    @Override
    public List<CounterView> counters() {
        final List<Long> ofCore = ask(core -> Arrays.stream(CoreCounter.values())
                .map(counter -> core.counters().value(counter))
                .toList());
        return FigureViews.counters(appliance, ofCore);
    }

    @Override
    public List<LatencyView> latency() {
        return FigureViews.latency(appliance);
    }

    @Override
    public List<CeilingView> ceilings(final String dimension) {
        return ask(core -> CeilingViews.of(core, dimension));
    }

    @Override
    public List<String> ceilingDimensions() {
        return CeilingViews.dimensions();
    }

    @Override
    public ExplanationView explain(final ExplainQuestion question) {
        final Instant at = question.at().orElseGet(Instant::now);
        return ask(core -> ExplanationViews.of(question, at, core, appliance.nowNs()));
    }

    @Override
    public Optional<TraceView> trace(final String id) {
        final List<CallTrace.Step> steps;
        try (RecordedGenerations generations =
                new RecordedGenerations(appliance.directory().config())) {
            steps = new CallTrace()
                    .run(
                            id,
                            appliance.directory().inputs(),
                            appliance.directory().snapshots(),
                            masterKey,
                            journalSettings,
                            generations,
                            new RecordedCountries(appliance.directory().countries()),
                            System::nanoTime);
        }
        return steps.isEmpty() ? Optional.empty() : Optional.of(TraceViews.of(id, steps));
    }

    @Override
    public List<CallRecordView> callRecords(final int limit) {
        return RecordHistory.newest(appliance.directory().records(), journalSettings, limit).stream()
                .map(RecordViews::of)
                .toList();
    }
}
