package io.tandem.appliance.operator;

import io.tandem.admin.view.ApplianceView;
import io.tandem.admin.view.CallDetailView;
import io.tandem.admin.view.CallRecordView;
import io.tandem.admin.view.CallView;
import io.tandem.admin.view.CallsView;
import io.tandem.admin.view.CeilingView;
import io.tandem.admin.view.ConfigurationView;
import io.tandem.admin.view.ConsideredView;
import io.tandem.admin.view.CounterView;
import io.tandem.admin.view.ExplainQuestion;
import io.tandem.admin.view.ExplanationView;
import io.tandem.admin.view.LatencyView;
import io.tandem.admin.view.ListenerView;
import io.tandem.admin.view.Refusal;
import io.tandem.admin.view.ServiceState;
import io.tandem.admin.view.StatusView;
import io.tandem.admin.view.TraceView;
import io.tandem.admin.view.VerdictView;
import io.tandem.appliance.Build;
import io.tandem.appliance.configuration.RecordedGenerations;
import io.tandem.appliance.country.RecordedCountries;
import io.tandem.appliance.driver.Appliance;
import io.tandem.appliance.driver.Step;
import io.tandem.appliance.playback.CallTrace;
import io.tandem.appliance.playback.TraceViews;
import io.tandem.appliance.record.RecordHistory;
import io.tandem.appliance.transport.Listener;
import io.tandem.appliance.transport.PeerAddress;
import io.tandem.appliance.transport.TransportCounter;
import io.tandem.appliance.transport.TransportCounters;
import io.tandem.journal.JournalSettings;
import io.tandem.journal.generation.GenerationManifest;
import io.tandem.journal.record.TransportKind;
import io.tandem.routing.admission.Dimension;
import io.tandem.routing.call.CallInspector;
import io.tandem.routing.call.CallState;
import io.tandem.routing.call.CallSummary;
import io.tandem.routing.configuration.TrunkPlan;
import io.tandem.routing.core.Core;
import io.tandem.routing.counter.CoreCounter;
import io.tandem.routing.counter.TableFill;
import io.tandem.routing.model.CallLimit;
import io.tandem.routing.model.Fields;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.number.DialString;
import io.tandem.routing.overload.Worth;
import io.tandem.routing.policy.Recording;
import io.tandem.routing.ring.InboundRing;
import io.tandem.routing.stage.CallDirection;
import io.tandem.routing.stage.CallRequest;
import io.tandem.routing.stage.Decision;
import io.tandem.routing.stage.Explanation;
import io.tandem.routing.stage.ReasonText;
import io.tandem.routing.stage.Rule;
import io.tandem.routing.stage.Stage;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.HdrHistogram.Histogram;
import org.agrona.concurrent.UnsafeBuffer;

/** The running appliance as operators see it. Questions about calls are answered by the core between two turns. */
public final class LiveView implements ApplianceView {
    /** Beyond the longest period of a limit nothing changes any more. */
    private static final long AHEAD_MAX_MS = TimeUnit.SECONDS.toMillis(2L * CallLimit.PERIOD_SEC_MAX);

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

    // ---- the whole -------------------------------------------------------------------------------------------------

    @Override
    public StatusView status() {
        record Now(int live, int ringing, boolean draining, List<TableFill> fills) {}
        final Now now = ask(core -> new Now(
                core.exchange().liveCalls(),
                new CallInspector(core.exchange()).ringing(),
                core.exchange().isDraining(),
                core.fills()));
        final MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
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
                tables(now.fills()),
                appliance.journalStatus(),
                new StatusView.Memory(heap.getUsed(), heap.getMax(), directBytes()));
    }

    private List<StatusView.Table> tables(final List<TableFill> ofCore) {
        final List<StatusView.Table> tables = new ArrayList<>();
        for (final TableFill fill : ofCore) {
            tables.add(new StatusView.Table(fill.name(), fill.used(), fill.limit(), fill.peak(), fill.refused()));
        }
        final InboundRing ring = appliance.ring();
        tables.add(new StatusView.Table(
                "ring slots",
                ring.slotsUsed(),
                ring.slotCount(),
                appliance.doorCounts().peakSlots(),
                appliance.doorCounts().refusedCount()));
        tables.add(new StatusView.Table(
                "ring large messages",
                ring.pool().bufferCount() - ring.pool().available(),
                ring.pool().bufferCount(),
                ring.pool().peak(),
                ring.refusedPoolEmpty()));
        tables.add(new StatusView.Table(
                "TCP connections",
                appliance.connectionCount(),
                appliance.connectionsMax(),
                sum(TransportCounters::connectionPeak),
                appliance.count(TransportCounter.TCP_REFUSED_FULL)));
        return tables;
    }

    private static long directBytes() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }

    @Override
    public List<ListenerView> listeners() {
        final List<ListenerView> views = new ArrayList<>();
        for (final Listener listener : appliance.listeners()) {
            views.add(new ListenerView(
                    listener.number(),
                    listener.name(),
                    listener.transport().name().toLowerCase(Locale.ROOT),
                    PeerAddress.text(listener.bind()),
                    PeerAddress.text(listener.advertised()),
                    true,
                    sum(counters -> counters.receivedBy(listener.number())),
                    sum(counters -> counters.sentBy(listener.number())),
                    sum(counters -> counters.refusedBy(listener.number())),
                    listener.transport() == TransportKind.TCP ? appliance.connectionCount() : 0));
        }
        return views;
    }

    private long sum(final ToLongFunction<TransportCounters> count) {
        return appliance.counters().stream().mapToLong(count).sum();
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

    // ---- calls -----------------------------------------------------------------------------------------------------

    @Override
    public CallsView calls(final int limit, final String filter) {
        final String wanted = filter.toLowerCase(Locale.ROOT);
        return ask(core -> {
            final Names names = new Names(core);
            if (wanted.isEmpty()) {
                final List<CallView> newest = new CallInspector(core.exchange())
                        .newest(limit).stream().map(call -> view(call, names)).toList();
                final int live = core.exchange().liveCalls();
                return new CallsView(live, live, newest);
            }
            final List<CallView> all = new CallInspector(core.exchange())
                    .calls(call -> true).stream().map(call -> view(call, names)).toList();
            final List<CallView> matched =
                    all.stream().filter(call -> matches(call, wanted)).toList();
            return new CallsView(all.size(), matched.size(), matched.subList(0, Math.min(limit, matched.size())));
        });
    }

    private static boolean matches(final CallView call, final String wanted) {
        return wanted.isEmpty()
                || String.join(
                                " ",
                                call.id(),
                                call.caller(),
                                call.called(),
                                call.account(),
                                call.ingressTrunk(),
                                call.egressTrunk().orElse(""))
                        .toLowerCase(Locale.ROOT)
                        .contains(wanted);
    }

    private static CallView view(final CallSummary call, final Names names) {
        final Instant start = Instant.ofEpochMilli(call.startMs());
        final String egress = names.trunk(call.egressTrunkHigh(), call.egressTrunkLow());
        return new CallView(
                Long.toString(call.serial()),
                state(call.state()),
                direction(call.direction()),
                call.caller(),
                call.called(),
                names.account(call.accountHigh(), call.accountLow()),
                names.trunk(call.ingressTrunkHigh(), call.ingressTrunkLow()),
                egress.isEmpty() ? Optional.empty() : Optional.of(egress),
                start,
                Math.max(call.ageMs(), System.currentTimeMillis() - call.startMs()),
                call.answeredMs() < 0 ? Optional.empty() : Optional.of(start.plusMillis(call.answeredMs())));
    }

    private static String state(final CallState state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private static String direction(final int code) {
        return Arrays.stream(CallDirection.values())
                .filter(direction -> direction.code() == code)
                .map(direction -> direction.name().toLowerCase(Locale.ROOT))
                .findFirst()
                .orElse("");
    }

    @Override
    public Optional<CallDetailView> call(final String id) {
        return ask(core -> {
            final CallInspector inspector = new CallInspector(core.exchange());
            final Names names = new Names(core);
            return inspector
                    .calls(call -> Long.toString(call.serial()).equals(id)
                            || call.legs().stream().anyMatch(leg -> leg.callId().equals(id)))
                    .stream()
                    .findFirst()
                    .map(call -> detail(core, inspector, call, names));
        });
    }

    private static CallDetailView detail(
            final Core core, final CallInspector inspector, final CallSummary call, final Names names) {
        final List<CallDetailView.Leg> legs = call.legs().stream()
                .map(leg -> new CallDetailView.Leg(
                        leg.towardsCaller() ? "caller" : "callee",
                        leg.state(),
                        Names.peer(leg.transport(), leg.addressHigh(), leg.addressLow(), leg.port()),
                        leg.towardsCaller()
                                ? names.trunk(call.ingressTrunkHigh(), call.ingressTrunkLow())
                                : names.trunk(leg.trunkHigh(), leg.trunkLow()),
                        leg.callId(),
                        leg.localTag(),
                        leg.remoteTag(),
                        leg.lastStatus()))
                .toList();
        final List<CallDetailView.Hold> holds = new ArrayList<>();
        inspector.forEachHold(
                call.serial(),
                core.ledger(),
                (dimension, high, low) ->
                        holds.add(new CallDetailView.Hold(word(dimension), id(dimension, high, low))));
        final Rule rule = Rule.ofCode(call.rule());
        final Stage stage = Stage.ofCode(call.stage());
        final List<VerdictView> verdicts = rule == null || stage == null
                ? List.of()
                : List.of(new VerdictView(stage.word(), rule.word(), !rule.rejects(), rule.text(), 0));
        final CallView view = view(call, names);
        final List<CallDetailView.Timer> timers = call.timers().stream()
                .map(timer -> new CallDetailView.Timer(timer.name(), timer.afterStartMs() - view.ageMs()))
                .toList();
        return new CallDetailView(view, call.revision(), legs, verdicts, holds, timers);
    }

    // ---- figures ---------------------------------------------------------------------------------------------------

    @Override
    public List<CounterView> counters() {
        final List<CounterView> views = new ArrayList<>();
        record Counted(List<Long> values) {}
        final Counted counted = ask(core -> new Counted(Arrays.stream(CoreCounter.values())
                .map(counter -> core.counters().value(counter))
                .toList()));
        for (final CoreCounter counter : CoreCounter.values()) {
            views.add(new CounterView(
                    "core." + counter.name().toLowerCase(Locale.ROOT).replace('_', '.'),
                    counted.values().get(counter.ordinal()),
                    "events",
                    counter.sentence()));
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

    @Override
    public List<LatencyView> latency() {
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

    @Override
    public List<CeilingView> ceilings(final String dimension) {
        return ask(core -> {
            final Names names = new Names(core);
            final List<CeilingView> views = new ArrayList<>();
            core.ledger().reader().forEach((counted, high, low, count, limit) -> {
                if (dimension.isEmpty() || word(counted).equals(dimension)) {
                    views.add(new CeilingView(
                            word(counted),
                            id(counted, high, low),
                            name(names, counted, high, low),
                            count,
                            limit < 0 ? OptionalLong.empty() : OptionalLong.of(limit)));
                }
            });
            views.sort(Comparator.comparing(CeilingView::dimension).thenComparing(CeilingView::id));
            return views;
        });
    }

    @Override
    public List<String> ceilingDimensions() {
        return Arrays.stream(Dimension.values()).map(LiveView::word).toList();
    }

    static String word(final Dimension dimension) {
        return dimension.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static String id(final Dimension dimension, final long high, final long low) {
        return new ResourceId(high, low).prefixed(kind(dimension));
    }

    private static ResourceKind kind(final Dimension dimension) {
        return switch (dimension.name()) {
            case "NUMBER" -> ResourceKind.NUMBERS;
            case "TRUNK", "IDENTICAL" -> ResourceKind.TRUNKS;
            case "CONFERENCE" -> ResourceKind.CONFERENCES;
            case "QUEUE" -> ResourceKind.QUEUES;
            default -> ResourceKind.ACCOUNTS;
        };
    }

    private static String name(final Names names, final Dimension dimension, final long high, final long low) {
        return switch (kind(dimension)) {
            case NUMBERS -> names.number(high, low);
            case TRUNKS -> names.trunk(high, low);
            default -> names.of(kind(dimension), high, low);
        };
    }

    // ---- explanations ----------------------------------------------------------------------------------------------

    @Override
    public ExplanationView explain(final ExplainQuestion question) {
        final Instant at = question.at().orElseGet(Instant::now);
        return ask(core -> {
            final Rule refusal =
                    question.at().isPresent() ? null : core.exchange().newCallRefusal();
            if (refusal != null) {
                return refused(question, at, refusal, core);
            }
            final CallRequest request = new CallRequest();
            request.clear();
            request.dryRun = true;
            request.wallMs = at.toEpochMilli();
            request.called.setAscii(question.to());
            request.caller.setAscii(question.from());
            request.sourceGiven = question.source().isPresent();
            question.source().ifPresent(source -> source(request, source));
            final Decision decision = new Decision();
            request.nowNs = appliance.nowNs() + ahead(question);
            final List<Explanation.Considered> considered = core.stages().consider(request, decision);
            return explanation(question, at, decision, considered, new Names(core));
        });
    }

    /** How far ahead of now the question looks, ns: limits on calls in a period forget meanwhile. Never back. */
    private static long ahead(final ExplainQuestion question) {
        final long ms = question.at()
                .map(at -> at.toEpochMilli() - System.currentTimeMillis())
                .orElse(0L);
        return TimeUnit.MILLISECONDS.toNanos(Math.clamp(ms, 0, AHEAD_MAX_MS));
    }

    private static void source(final CallRequest request, final InetAddress source) {
        request.addressHigh = PeerAddress.high(source);
        request.addressLow = PeerAddress.low(source);
    }

    /** What the box itself answers to any new call, before a stage is asked. */
    private static ExplanationView refused(
            final ExplainQuestion question, final Instant at, final Rule rule, final Core core) {
        return new ExplanationView(
                question.from(),
                question.to(),
                at,
                question.source().map(InetAddress::getHostAddress),
                false,
                rule.status(),
                rule.text(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                core.stages().configuration().revision(),
                List.of(new VerdictView(rule.stage().word(), rule.word(), false, rule.text(), 0)),
                List.of());
    }

    /** Where an accepted call goes first: to a trunk, or no further until a server has answered its flow. */
    private static String target(final Decision decision) {
        if (decision.question() != null) {
            return "server " + decision.question().url();
        }
        final TrunkPlan trunk = decision.target();
        return "trunk " + trunk.name() + " "
                + Names.peer((byte) trunk.transport().value(), trunk.addressHigh(), trunk.addressLow(), trunk.port());
    }

    private static ExplanationView explanation(
            final ExplainQuestion question,
            final Instant at,
            final Decision decision,
            final List<Explanation.Considered> considered,
            final Names names) {
        final UnsafeBuffer phrase = new UnsafeBuffer(new byte[128]);
        final List<VerdictView> verdicts = new ArrayList<>();
        for (int i = 0; i < decision.verdictCount(); i++) {
            final Rule rule = decision.verdictRule(i);
            final int length = ReasonText.write(rule, decision.verdictLimit(i), phrase, 0);
            verdicts.add(new VerdictView(
                    decision.verdictStage(i).word(),
                    rule.word(),
                    !rule.rejects(),
                    phrase.getStringWithoutLengthAscii(0, length),
                    decision.verdictNs(i)));
        }
        final int length = decision.writeReasonText(phrase, 0);
        final String account = names.account(decision.accountHigh(), decision.accountLow());
        return new ExplanationView(
                question.from(),
                question.to(),
                at,
                question.source().map(InetAddress::getHostAddress),
                decision.accepted(),
                decision.status(),
                phrase.getStringWithoutLengthAscii(0, length),
                account.isEmpty() ? Optional.empty() : Optional.of(account),
                decision.accepted() ? Optional.of(target(decision)) : Optional.empty(),
                decision.accepted() ? text(decision.calledOut) : Optional.empty(),
                decision.accepted() ? text(decision.callerOut) : Optional.empty(),
                recording(decision.recording()),
                decision.revision(),
                verdicts,
                considered.stream().map(LiveView::considered).toList());
    }

    private static ConsideredView considered(final Explanation.Considered rule) {
        return new ConsideredView(
                rule.stage().word(),
                rule.kind().collection(),
                rule.id(),
                rule.finding().text());
    }

    private static Optional<String> recording(final Recording recording) {
        return recording.rule().isNil()
                ? Optional.empty()
                : Optional.of(Fields.word(recording.mode()) + (recording.stereo() ? " stereo" : ""));
    }

    private static Optional<String> text(final DialString value) {
        return Optional.of(value.toString());
    }

    // ---- the past --------------------------------------------------------------------------------------------------

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
