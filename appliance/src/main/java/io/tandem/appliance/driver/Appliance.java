package io.tandem.appliance.driver;

import io.tandem.admin.view.StatusView;
import io.tandem.appliance.JavaRuntime;
import io.tandem.appliance.configuration.GenerationStore;
import io.tandem.appliance.country.CountryFiles;
import io.tandem.appliance.secret.SecretStore;
import io.tandem.appliance.settings.Setting;
import io.tandem.appliance.settings.Settings;
import io.tandem.appliance.transport.Listener;
import io.tandem.appliance.transport.MessageTap;
import io.tandem.appliance.transport.PeerAddress;
import io.tandem.appliance.transport.TransportCounter;
import io.tandem.appliance.transport.TransportCounters;
import io.tandem.appliance.transport.TransportLimits;
import io.tandem.journal.DataDirectory;
import io.tandem.journal.JournalException;
import io.tandem.journal.JournalSettings;
import io.tandem.journal.MasterKey;
import io.tandem.journal.SystemCalls;
import io.tandem.journal.queue.InputsQueue;
import io.tandem.journal.queue.RecordsQueue;
import io.tandem.journal.queue.StartRoom;
import io.tandem.journal.record.InputKind;
import io.tandem.journal.snapshot.SnapshotStore;
import io.tandem.routing.call.ServerAnswer;
import io.tandem.routing.configuration.OverlaidConfiguration;
import io.tandem.routing.core.Core;
import io.tandem.routing.core.CoreKeys;
import io.tandem.routing.core.CoreSettings;
import io.tandem.routing.core.Restart;
import io.tandem.routing.effect.Effects;
import io.tandem.routing.number.NumberingPlan;
import io.tandem.routing.overload.DoorCounts;
import io.tandem.routing.overload.InboundDoor;
import io.tandem.routing.policy.CountriesVersion;
import io.tandem.routing.ring.InboundRing;
import io.tandem.routing.ring.LargeMessagePool;
import io.tandem.routing.ring.StageGraph;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.agrona.concurrent.UnsafeBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The appliance: recovers, serves, and ends without losing a call. The thread that calls {@link #open} is the core's
 * thread until {@link #close}; what other threads may call says so.
 */
public final class Appliance implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Appliance.class);
    private static final int EFFECTS_BYTES = 8 << 20;
    private static final int DEDICATED_CORES_MIN = 4;
    private static final int ANSWER_TRIES_MAX = 50;
    private static final long ANSWER_PAUSE_NS = 10_000_000L;

    /** Below ordinary threads: calls come first. */
    private static final int NICE_LATER = 5;

    /** Inputs of a journal's tail that have warmed the code up as well as a warm-up would. */
    private static final int WARM_INPUTS = 5_000;

    private static final byte RESTARTED = (byte) InputKind.RESTARTED.value();
    private static final byte CONFIGURATION = (byte) InputKind.CONFIGURATION.value();
    private static final byte CONFIGURATION_CHANGE = (byte) InputKind.CONFIGURATION_CHANGE.value();
    private static final byte SERVER_ANSWER = (byte) InputKind.SERVER_ANSWER.value();
    private static final byte OPERATOR_COMMAND = (byte) InputKind.OPERATOR_COMMAND.value();

    private final Settings settings;
    private final String build;
    private final long startedMs = System.currentTimeMillis();
    private final List<AutoCloseable> toClose;
    private final CountDownLatch ended = new CountDownLatch(1);

    private final DataDirectory directory;
    private final InputsQueue inputs;
    private final RecordsQueue recordsQueue;
    private final SnapshotStore snapshotStore;
    private final GenerationStore generations;
    private final CountriesVersion countries;
    private final SecretStore secrets;
    private final Core core;
    private final InboundRing ring;
    private final DoorCounts doorCounts = new DoorCounts();
    private final StageLatency latency = new StageLatency();
    private final Profile profile;
    private final TurnClock clock;
    private final Sequencer sequencer;
    private final LiveDriver driver;
    private final RecordAppender records;
    private final Snapshots snapshots;
    private final CoreQueries queries;
    private final ServerClient servers;
    private final List<Listener> listeners;
    private final Recovery.Outcome recovered;
    private final CompletableFuture<WarmUp.Outcome> warmUp;
    private final long epoch;
    private volatile boolean stopping;

    private Appliance(
            final Settings settings, final String build, final MessageTap tap, final List<AutoCloseable> toClose)
            throws IOException {
        this.toClose = toClose;
        this.settings = settings;
        this.build = build;
        secrets = SecretStore.of(settings);
        final JournalSettings journalSettings = settings.journalSettings();
        final Path data = Path.of(settings.text(Setting.DATA));
        StartRoom.require(data, journalSettings);
        directory = closing(DataDirectory.open(data));
        final MasterKey masterKey = MasterKey.open(directory);
        snapshotStore = closing(SnapshotStore.open(directory.snapshots(), journalSettings));
        inputs = closing(InputsQueue.open(directory.inputs(), journalSettings));
        recordsQueue = closing(RecordsQueue.open(directory.records(), journalSettings));
        generations = closing(new GenerationStore(directory.config()));

        final CountryFiles countryFiles = new CountryFiles(directory.countries(), startedMs);
        final String countriesFile = settings.text(Setting.SIP_COUNTRIES);
        countries = countriesFile.isEmpty()
                ? CountriesVersion.NONE
                : countryFiles.take(Path.of(countriesFile)).version();

        final Effects effects = new Effects(EFFECTS_BYTES);
        final DefectLog defects = new DefectLog();
        final CoreKeys keys = new CoreKeys(masterKey.bytes());
        core = new Core(keys, generations, countryFiles, effects, System::nanoTime, defects);
        records = new RecordAppender(recordsQueue);
        recovered = Recovery.run(core, effects, inputs, records, snapshotStore);
        countryFiles.prune(settings.durationMs(Setting.JOURNAL_RETENTION_TIME));
        epoch = recovered.epoch() + 1;
        warmUp = warmUp(recovered.state().liveCalls() > 0 || recovered.inputs() >= WARM_INPUTS);

        ring = new InboundRing(
                settings.whole(Setting.RING_SLOTS),
                new LargeMessagePool(settings.whole(Setting.RING_LARGE_MESSAGES)),
                settings.sipLimits(),
                System::nanoTime);
        profile = closing(
                profile(() -> new InboundDoor(ring, doorCounts, settings.sipLimits(), keys.statelessTags()), tap));
        listeners = profile.open(settings.listeners());
        clock = TurnClock.system(recovered.nowNs(), recovered.wallMs());
        sequencer = new Sequencer(
                inputs, clock, System::nanoTime, epoch, recovered.lastIndex(), journalSettings.syncEveryBatch());
        snapshots = new Snapshots(snapshotStore, build, recovered.inputs(), this::store);
        final ConfigurationSwitches switches = new ConfigurationSwitches();
        final Upkeep upkeep = new Upkeep(
                snapshotStore,
                inputs,
                generations,
                switches,
                directory.config().resolve("switches"),
                recovered.lastIndex());
        snapshotStore.whenFinished(upkeep::run);
        // its thread reads the inputs queue, so it ends before the queue is unmapped
        toClose.removeAll(List.of(snapshotStore, profile));
        closing(snapshotStore);
        closing(upkeep);
        closing(profile);
        servers = closing(new ServerClient(
                settings.whole(Setting.FLOWS_REQUESTS_MAX),
                settings.flag(Setting.FLOWS_PRIVATE_SERVERS),
                build,
                this::offerAnswer));
        driver = new LiveDriver(
                core,
                effects,
                profile.outbound(),
                records,
                snapshots,
                servers,
                latency,
                System::nanoTime,
                sequencer,
                switches,
                settings.whole(Setting.SNAPSHOT_TAIL),
                defects);
        queries = new CoreQueries(profile::wakeup);
        profile.attach(
                new Stages(ring, new StageGraph(ring, sequencer, driver, latency), sequencer, driver, queries, clock));
    }

    /**
     * Recovers what the last life left and opens the listeners; nothing is served yet.
     *
     * @param build version of this build, for the journal
     * @throws ApplianceException in one sentence, when something is in the way
     */
    public static Appliance open(final Settings settings, final String build, final MessageTap tap) {
        final List<AutoCloseable> toClose = new ArrayList<>();
        try {
            return new Appliance(settings, build, tap, toClose);
        } catch (final JournalException | IllegalStateException | IOException e) {
            closeAll(toClose);
            throw new ApplianceException(e.getMessage(), e);
        }
    }

    private <T extends AutoCloseable> T closing(final T resource) {
        toClose.addFirst(resource);
        return resource;
    }

    /** Begins the calls that warm up, on a thread of their own: they go on while console and HTTP are opened. */
    private CompletableFuture<WarmUp.Outcome> warmUp(final boolean needless) {
        final long limitMs = needless ? 0 : settings.durationMs(Setting.START_WARMUP);
        return CompletableFuture.supplyAsync(
                () -> WarmUp.run(limitMs, System::nanoTime),
                task -> Thread.ofPlatform().name("warm-up").daemon().start(task));
    }

    private Profile profile(final Supplier<InboundDoor> doors, final MessageTap tap) {
        final TransportLimits limits = new TransportLimits(
                (int) settings.size(Setting.UDP_BUFFER),
                settings.whole(Setting.TCP_CONNECTIONS_MAX),
                (int) settings.size(Setting.TCP_QUEUE_MAX),
                (int) settings.durationMs(Setting.TCP_CONNECT_TIMEOUT),
                (int) settings.durationMs(Setting.TCP_MESSAGE_TIMEOUT),
                (int) settings.durationMs(Setting.TCP_IDLE_TIMEOUT),
                settings.sipLimits());
        final boolean dedicated = settings.text(Setting.PROFILE).equals("dedicated")
                || (settings.text(Setting.PROFILE).equals("auto")
                        && Runtime.getRuntime().availableProcessors() >= DEDICATED_CORES_MIN);
        return dedicated
                ? new DedicatedProfile(settings.whole(Setting.IO_THREADS), cpus(), (int) epoch, limits, doors, tap)
                : new SharedProfile((int) epoch, limits, doors.get(), tap);
    }

    private int[] cpus() {
        final String text = settings.text(Setting.CPUS);
        return text.isEmpty()
                ? new int[0]
                : Arrays.stream(text.split(",", -1)).mapToInt(Integer::parseInt).toArray();
    }

    /**
     * Begins the new life: says so to the core and switches to a configuration that waits.
     *
     * @param configuration generation to switch to, or empty to go on with the one in force
     */
    public void begin(final Optional<String> configuration) {
        offerRestarted();
        configuration.ifPresent(this::offerConfiguration);
        try {
            profile.settle();
        } catch (final Exception e) {
            throw new ApplianceException("appliance cannot begin: reason=" + e, e);
        }
        warnOfUnknownCountries();
    }

    /** Begins to read from the listeners, when the warm-up has ended; {@link #run()} acts on what comes. */
    public void serve() {
        warmUp.join();
        profile.serve();
    }

    /** Does in the background what the first calls to need it would otherwise wait for, and a start need not; any thread. */
    public void prepareForLater() {
        Thread.ofPlatform().name("prepare").daemon().start(() -> {
            SystemCalls.nice(NICE_LATER);
            NumberingPlan.shared();
            servers.client();
        });
    }

    /** Whether there is a file that tells countries of source addresses; any thread. */
    public boolean knowsCountries() {
        return !countries.isNone();
    }

    private void warnOfUnknownCountries() {
        if (countries.isNone() && core.stages().plans().policies().access().needsCountry()) {
            LOG.warn(
                    "rules ask for the country of a source and no file tells it: geo_deny denies nobody, geo_allow"
                            + " allows nobody: setting={}",
                    Setting.SIP_COUNTRIES.key());
        }
    }

    private void offerRestarted() {
        final CoreSettings defaults = CoreSettings.of(coreListeners());
        final CoreSettings coreSettings = new CoreSettings(
                defaults.listeners(),
                defaults.timers(),
                settings.whole(Setting.CALLS_MAX),
                defaults.transactionsMax(),
                defaults.storeBytesMax(),
                settings.sipLimits(),
                countries,
                settings.answers());
        final byte[] bytes = new Restart(
                        epoch,
                        recovered.nowNs(),
                        startedMs,
                        build,
                        coreSettings.toText(),
                        JavaRuntime.HERE.timeZones(),
                        JavaRuntime.HERE.version())
                .encode();
        if (!ring.offer(
                RESTARTED, (byte) 0, 0, 0, 0, 0, 0, new UnsafeBuffer(bytes), 0, bytes.length, System.nanoTime())) {
            throw new ApplianceException("settings of the core too long: bytes=" + bytes.length, null);
        }
    }

    private List<io.tandem.routing.address.Listener> coreListeners() {
        return listeners.stream()
                .map(listener -> new io.tandem.routing.address.Listener(
                        listener.number(),
                        listener.name(),
                        listener.transport(),
                        PeerAddress.host(listener.advertised().getAddress()),
                        listener.advertised().getPort(),
                        listener.bind().getAddress().getAddress().length == 4))
                .toList();
    }

    private void store(final OverlaidConfiguration overlay) {
        try {
            generations.store(overlay);
        } catch (final IOException e) {
            LOG.warn(
                    "changes of the configuration not written: revision={} reason={}",
                    overlay.revision(),
                    e.toString());
            throw new UncheckedIOException(e);
        }
    }

    /** Hands the core a {@link io.tandem.routing.change.ChangeCommand}; any thread. False when the ring is full. */
    public boolean offerChange(final byte[] command) {
        return offer(CONFIGURATION_CHANGE, command);
    }

    /** Tells the core to switch to a generation; any thread. False when the ring is full. */
    public boolean offerConfiguration(final String generation) {
        return offer(CONFIGURATION, generation);
    }

    /** Hands the core a command that changes state; any thread. False when the ring is full. */
    public boolean offerCommand(final String command) {
        return offer(OPERATOR_COMMAND, command);
    }

    /** Waits a little for room in the ring: the answer of a server is not asked for twice. */
    private void offerAnswer(final ServerAnswer answer) {
        final byte[] bytes = answer.encode();
        for (int i = 0; !offer(SERVER_ANSWER, bytes) && i < ANSWER_TRIES_MAX; i++) {
            LockSupport.parkNanos(ANSWER_PAUSE_NS);
        }
    }

    private boolean offer(final byte kind, final String text) {
        return offer(kind, text.getBytes(StandardCharsets.UTF_8));
    }

    private boolean offer(final byte kind, final byte[] bytes) {
        final boolean taken =
                ring.offer(kind, (byte) 0, 0, 0, 0, 0, 0, new UnsafeBuffer(bytes), 0, bytes.length, System.nanoTime());
        profile.wakeup();
        return taken;
    }

    /** Serves until {@link #stop()}; then ends cleanly: calls are in the journal and in a snapshot for the next life. */
    public void run() {
        try {
            while (!stopping) {
                profile.turn();
            }
            profile.closeSockets();
            profile.settle();
            driver.finish();
            inputs.sync();
            recordsQueue.sync();
        } catch (final Exception e) {
            throw new ApplianceException("appliance failed: reason=" + e, e);
        }
    }

    /** Asks {@link #run()} to end; any thread. */
    public void stop() {
        stopping = true;
        profile.wakeup();
    }

    /** Waits until everything is closed; any thread. False when it takes longer. */
    public boolean awaitEnd(final long timeoutMs) throws InterruptedException {
        return ended.await(timeoutMs, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        closeAll(toClose);
        ended.countDown();
    }

    private static void closeAll(final List<AutoCloseable> resources) {
        for (final AutoCloseable resource : resources) {
            try {
                resource.close();
            } catch (final Exception e) {
                LOG.warn(
                        "not closed cleanly: what={} reason={}",
                        resource.getClass().getSimpleName(),
                        e.toString());
            }
        }
    }

    /** Listeners with the ports that the system chose. */
    public List<Listener> listeners() {
        return listeners;
    }

    /** What recovery found and the warm-up reached, for the ready line. */
    public String recoveredText() {
        return recovered.text() + " warmUpCalls=" + warmUp.join().calls();
    }

    /** Whether the core found a configuration in the journal. */
    public boolean isConfigured() {
        return core.stages().configuration().revision() != 0;
    }

    public GenerationStore generations() {
        return generations;
    }

    /** Monotonic time that a turn of now would carry; the core itself knows only that of its last turn. Any thread. */
    public long nowNs() {
        return clock.nowNs();
    }

    /** Questions to the core; any thread. */
    public CoreQueries queries() {
        return queries;
    }

    /** Settings of the journal, to read it beside its writer. */
    public JournalSettings journalSettings() {
        return settings.journalSettings();
    }

    /** A count over all sip-io threads; any thread. */
    public long count(final TransportCounter counter) {
        return profile.count(counter);
    }

    /** Counts of every sip-io thread; any thread. */
    public List<TransportCounters> counters() {
        return profile.counters();
    }

    /** Most stream connections over all sip-io threads. */
    public long connectionsMax() {
        return (long) settings.whole(Setting.TCP_CONNECTIONS_MAX)
                * profile.counters().size();
    }

    /** Open stream connections; any thread. */
    public int connectionCount() {
        return profile.connectionCount();
    }

    public InboundRing ring() {
        return ring;
    }

    /** What was refused at the ring's door; any thread. */
    public DoorCounts doorCounts() {
        return doorCounts;
    }

    public StageLatency latency() {
        return latency;
    }

    /** Name of the threading profile. */
    public String profileName() {
        return profile instanceof DedicatedProfile ? "dedicated" : "shared";
    }

    /** The inputs queue and the last snapshot, for operators; any thread. */
    public StatusView.Journal journalStatus() {
        final OptionalLong newestMs = snapshotStore.newestMs();
        return new StatusView.Journal(
                directory.root().toString(),
                driver.inputCount(),
                inputs.lastIndex(),
                DirectorySize.bytes(directory.inputs()),
                inputs.writable(),
                newestMs.isPresent()
                        ? OptionalLong.of(Math.max(0, System.currentTimeMillis() - newestMs.getAsLong()))
                        : OptionalLong.empty());
    }

    /** Secrets that the configuration names; any thread. */
    public SecretStore secrets() {
        return secrets;
    }

    public DataDirectory directory() {
        return directory;
    }
}
