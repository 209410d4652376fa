package io.tandem.routing.core;

import io.tandem.journal.record.InputKind;
import io.tandem.routing.address.Transports;
import io.tandem.routing.admission.AdmissionLedger;
import io.tandem.routing.admission.CallWindows;
import io.tandem.routing.call.Exchange;
import io.tandem.routing.call.ServerAnswer;
import io.tandem.routing.change.PreparedPlans;
import io.tandem.routing.configuration.ConfigurationSource;
import io.tandem.routing.configuration.OverlaidConfiguration;
import io.tandem.routing.configuration.RoutingPlans;
import io.tandem.routing.counter.CoreCounter;
import io.tandem.routing.counter.CoreCounters;
import io.tandem.routing.counter.TableFill;
import io.tandem.routing.effect.Effects;
import io.tandem.routing.identifier.SerialNumbers;
import io.tandem.routing.policy.AddressCountriesSource;
import io.tandem.routing.snapshot.StateSink;
import io.tandem.routing.stage.RoutingStages;
import io.tandem.routing.stage.StageClock;
import io.tandem.routing.store.BlockStore;
import io.tandem.routing.timer.TimerWheel;
import io.tandem.routing.transaction.Peer;
import io.tandem.routing.transaction.TransactionLayer;
import io.tandem.sip.SipLimits;
import io.tandem.sip.SipMessage;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * The deterministic core: one input after the other, one turn of time after the other, everything it wants done in
 * {@link Effects}. It owns no socket, thread, clock or random source; the same inputs give the same outputs, byte for byte.
 *
 * <p>A driver goes through turns: {@link #beginTurn}, {@link #onInput} for each input of the batch, {@link #fireTimers}
 * until it returns less than its limit, {@link #endTurn}; it drains the effects whenever {@link Effects#needsDrain()} and
 * at the end of the turn. The first input ever is {@code RESTARTED}; without it nothing else is understood. One thread.
 */
public final class Core {
    private static final int COUNTER_SLOTS = 262_144;
    private static final int RATE_WINDOWS = 32_768;
    private static final int RATE_MOMENTS = 524_288;

    private final CoreKeys keys;
    private final ConfigurationSource configurations;
    private final AddressCountriesSource countries;
    final Effects effects;
    private final CoreErrorHandler errorHandler;
    final CoreCounters counters = new CoreCounters();
    final TimerWheel timers = new TimerWheel();
    final SerialNumbers serialNumbers;
    final BlockStore blocks;
    final AdmissionLedger ledger = new AdmissionLedger(COUNTER_SLOTS);
    final CallWindows windows = new CallWindows(RATE_WINDOWS, RATE_MOMENTS);
    private final RoutingStages stages;
    final TransactionLayer layer;
    final Exchange exchange;
    private final RequestDispatch dispatch;
    private SipMessage message = new SipMessage(SipLimits.DEFAULT);
    private final Peer source = new Peer();
    private final CoreSnapshot snapshot;
    private final Revisions revisions;
    long inputIndex;
    long wallMs;
    long nowNs;
    long epoch;
    CoreSettings settings = CoreSettings.of(List.of());
    String configurationName = "";

    /** An empty core that finds no file of source countries, so that it knows none. */
    public Core(
            final CoreKeys keys,
            final ConfigurationSource configurations,
            final Effects effects,
            final StageClock clock,
            final CoreErrorHandler errorHandler) {
        this(keys, configurations, AddressCountriesSource.NONE, effects, clock, errorHandler);
    }

    /**
     * Creates an empty core.
     *
     * @param keys           secrets.
     * @param configurations opens the configuration that a {@code CONFIGURATION} input names.
     * @param countries      opens the file of source countries that {@code RESTARTED} and snapshots name.
     * @param effects        where outputs go.
     * @param clock          measures stages; its value reaches no output.
     * @param errorHandler   told of our own defects.
     */
    public Core(
            final CoreKeys keys,
            final ConfigurationSource configurations,
            final AddressCountriesSource countries,
            final Effects effects,
            final StageClock clock,
            final CoreErrorHandler errorHandler) {
        this.keys = keys;
        this.configurations = configurations;
        this.countries = countries;
        this.effects = effects;
        this.errorHandler = errorHandler;
        serialNumbers = new SerialNumbers(keys.identifiers(0));
        blocks = new BlockStore(settings.storeBytesMax());
        stages = new RoutingStages(ledger, windows, clock);
        layer = new TransactionLayer(
                settings.transactionLimits(),
                settings.timers(),
                serialNumbers,
                keys.requestTable(),
                keys.statelessTags(),
                timers,
                blocks,
                effects,
                counters);
        stages.flowsWaitedIn().onMovedOn(calls -> counters.add(CoreCounter.FLOW_VERSIONS_MOVED_ON, calls));
        exchange = new Exchange(settings.callsMax(), serialNumbers, layer, stages, timers, blocks, effects, counters);
        dispatch = new RequestDispatch(layer, exchange, counters);
        snapshot = new CoreSnapshot(this);
        revisions = new Revisions(this, stages);
    }

    /** Takes plans that were compiled beforehand; without it, the core compiles every change itself. */
    public void prepareBy(final PreparedPlans prepared) {
        revisions.prepareBy(prepared);
    }

    /**
     * Begins a turn.
     *
     * @param index      index of the batch in the inputs queue.
     * @param turnNowNs  monotonic time, never less than that of the turn before.
     * @param turnWallMs wall clock, ms since 1970 UTC; may jump.
     */
    public void beginTurn(final long index, final long turnNowNs, final long turnWallMs) {
        inputIndex = index;
        wallMs = turnWallMs;
        nowNs = Math.max(nowNs, turnNowNs);
        layer.beginTurn(nowNs);
        exchange.beginTurn(index, turnWallMs);
    }

    /**
     * Handles one input.
     *
     * @param kind    an {@link InputKind} value.
     * @param indexed the message already indexed without a problem over the same bytes, or null.
     */
    public void onInput(
            final byte kind,
            final byte transport,
            final int listener,
            final long flow,
            final long addressHigh,
            final long addressLow,
            final int port,
            final DirectBuffer buffer,
            final int offset,
            final int length,
            final SipMessage indexed) {
        try {
            switch (InputKind.get(kind)) {
                case MESSAGE -> {
                    source.set(transport, listener, flow, addressHigh, addressLow, port);
                    onMessage(buffer, offset, length, indexed);
                }
                case TRANSPORT_FAILURE -> layer.onTransportFailure(buffer, offset, length);
                case CONFIGURATION -> switchTo(buffer.getStringWithoutLengthUtf8(offset, length));
                case CONFIGURATION_CHANGE -> revisions.change(buffer, offset);
                case SERVER_ANSWER -> exchange.onServerAnswer(ServerAnswer.decode(buffer, offset));
                case OPERATOR_COMMAND -> onCommand(buffer.getStringWithoutLengthUtf8(offset, length));
                case RESTARTED -> onRestarted(buffer, offset);
                // a transport looks for the connection again whenever something is sent to it
                case FLOW_CLOSED, NULL_VAL -> {}
            }
        } catch (final RuntimeException e) {
            onDefect(e);
        }
    }

    /**
     * Fires due timers.
     *
     * @return the limit when more may be left, perhaps only because the effects have to be drained; else how many fired.
     */
    public int fireTimers(final int limit) {
        int fired = 0;
        while (fired < limit && !effects.needsDrain()) {
            try {
                if (timers.fire(nowNs, 1) == 0) {
                    return fired;
                }
            } catch (final RuntimeException e) {
                onDefect(e);
            }
            fired++;
        }
        return limit;
    }

    /** Ends a turn. */
    public void endTurn() {
        // everything is done at once; the method keeps drivers honest about turns
    }

    /** When the next turn is due even without inputs, monotonic ns; {@link Long#MAX_VALUE} for never. */
    public long nextDeadlineNs() {
        return timers.nextDeadlineNs();
    }

    /**
     * Begins a snapshot of this moment, between turns; the sink hears of records until {@link #writeSnapshot(int)} has
     * returned true, within turns as well. One at a time.
     */
    public void beginSnapshot(final StateSink sink) {
        snapshot.begin(sink);
    }

    /**
     * Goes on writing the snapshot that was begun, between turns.
     *
     * @param places places of tables to look at, which bounds the time.
     * @return true when the snapshot is whole.
     */
    public boolean writeSnapshot(final int places) {
        return snapshot.writeSlice(places);
    }

    /** Entries that a snapshot of now would have. */
    public int snapshotEntries() {
        return snapshot.entries();
    }

    /** Begins to read a snapshot into this core, which must be new; end with {@link #endReadingSnapshot}. */
    public void beginReadingSnapshot() {
        snapshot.beginReading();
    }

    /** Reads one record of a snapshot. */
    public void readSnapshot(final DirectBuffer buffer, final int offset) {
        snapshot.read(buffer, offset);
    }

    /**
     * Ends the reading of a snapshot.
     *
     * @throws IllegalStateException when records are missing; the core is of no use then.
     */
    public void endReadingSnapshot() {
        snapshot.endReading();
    }

    /** Name of the configuration in use, empty for none. */
    public String configurationName() {
        return configurationName;
    }

    /** How full the core is. Core's thread only. */
    public CoreStats stats() {
        return new CoreStats(
                exchange.liveCalls(),
                exchange.tableCalls(),
                exchange.tableLegs(),
                exchange.tableDialogs(),
                layer.clientCount(),
                layer.serverCount(),
                timers.size(),
                blocks.count(),
                blocks.usedBytes(),
                ledger.usedCounters());
    }

    /** How full every table is, with peaks and refusals of this process life. Core's thread only. */
    public List<TableFill> fills() {
        final List<TableFill> fills = new ArrayList<>(exchange.fills());
        fills.addAll(layer.fills());
        fills.add(ledger.fill("admission counters"));
        fills.add(windows.windowFill("rate windows"));
        fills.add(windows.momentFill("rate windows, calls remembered"));
        fills.add(blocks.fill("messages kept, bytes"));
        fills.add(stages.flowsWaitedIn().fill("flow versions kept for calls"));
        return fills;
    }

    /** Counters; any thread may read them. */
    public CoreCounters counters() {
        return counters;
    }

    /** The routing stages, for dry runs on the core's thread. */
    public RoutingStages stages() {
        return stages;
    }

    /** The admission counters; {@link AdmissionLedger#reader()} gives other threads a view. */
    public AdmissionLedger ledger() {
        return ledger;
    }

    /** When calls were admitted, for rules that limit their number in a period. */
    public CallWindows windows() {
        return windows;
    }

    /** The call engine, for questions on the core's thread. */
    public Exchange exchange() {
        return exchange;
    }

    /** Monotonic time of the turn. */
    public long nowNs() {
        return nowNs;
    }

    /** The process life that the core is in. */
    public long epoch() {
        return epoch;
    }

    private void onMessage(final DirectBuffer buffer, final int offset, final int length, final SipMessage indexed) {
        if (indexed != null) {
            dispatch.onMessage(indexed, source);
        } else {
            dispatch.onUnchecked(
                    message, message.wrap(buffer, offset, length, Transports.isStream(source.transport)), source);
        }
    }

    private void onCommand(final String command) {
        switch (command) {
            case "drain on" -> exchange.drain(true);
            case "drain off" -> exchange.drain(false);
            default -> throw new IllegalArgumentException("operator command unknown to the core: command=" + command);
        }
    }

    private void onRestarted(final DirectBuffer buffer, final int offset) {
        final Restart restart = Restart.decode(buffer, offset);
        epoch = restart.epoch();
        apply(CoreSettings.parse(restart.settings()));
        exchange.drain(false);
    }

    void apply(final CoreSettings newSettings) {
        if (!newSettings.countries().equals(settings.countries())) {
            stages.use(countries.open(newSettings.countries()));
        }
        settings = newSettings;
        serialNumbers.key(keys.identifiers(epoch));
        blocks.limitBytes(settings.storeBytesMax());
        layer.use(settings.transactionLimits(), settings.timers());
        stages.use(settings.answers());
        message = new SipMessage(settings.sipLimits());
        exchange.use(settings.listenerTable(), settings.callsMax());
    }

    private void switchTo(final String name) {
        final long before = stages.configuration().revision();
        final RoutingPlans prepared = revisions.takePrepared(name);
        // revisions only grow, also when a file was imported while changes went beyond its number
        configure(
                prepared != null
                        ? prepared
                        : RoutingPlans.of(OverlaidConfiguration.after(before, configurations.open(name))));
        revisions.recordSwitch(before);
    }

    private void configure(final RoutingPlans plans) {
        stages.use(plans);
        configurationName = plans.configuration().name();
    }

    /** Takes up a configuration that a snapshot names. */
    void configure(final String name) {
        configure(RoutingPlans.of(configurations.open(name)));
    }

    private void onDefect(final RuntimeException error) {
        counters.increment(CoreCounter.ERRORS_INTERNAL);
        errorHandler.onError(inputIndex, error);
    }
}
