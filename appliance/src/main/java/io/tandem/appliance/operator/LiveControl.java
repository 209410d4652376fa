package io.tandem.appliance.operator;

import io.tandem.admin.view.ApplianceControl;
import io.tandem.admin.view.AuditView;
import io.tandem.admin.view.ConfigurationDesk;
import io.tandem.admin.view.ConfigurationView;
import io.tandem.admin.view.DrainView;
import io.tandem.admin.view.ImportProgress;
import io.tandem.admin.view.ImportView;
import io.tandem.admin.view.Refusal;
import io.tandem.admin.view.SecretsView;
import io.tandem.appliance.configuration.GenerationStore;
import io.tandem.appliance.driver.Appliance;
import io.tandem.appliance.settings.Setting;
import io.tandem.journal.IoReason;
import io.tandem.routing.call.CallInspector;
import io.tandem.routing.change.ChangeRequest;
import io.tandem.routing.change.ChangeResult;
import io.tandem.routing.change.ChangeResult.Outcome;
import io.tandem.routing.change.Edit;
import io.tandem.routing.configuration.ImportResult;
import io.tandem.routing.configuration.ImportSource;
import io.tandem.routing.configuration.NdjsonImport;
import io.tandem.routing.configuration.OverlaidConfiguration;
import io.tandem.routing.configuration.ResourceLines;
import io.tandem.routing.model.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** What operators do to the running appliance: everything that changes state enters through the ring. */
public final class LiveControl implements ApplianceControl {
    private static final long APPLIED_WITHIN_MS = 10_000;

    private final Appliance appliance;
    private final LiveView view;
    private final LiveDesk desk;
    private volatile Instant drainingSince;

    /** Controls a running appliance. */
    public LiveControl(final Appliance appliance, final LiveView view, final LiveDesk desk) {
        this.appliance = appliance;
        this.desk = desk;
        this.view = view;
    }

    @Override
    public DrainView drain(final boolean on) {
        if (!appliance.offerCommand(on ? "drain on" : "drain off")) {
            throw new Refusal("the ring is full", "try again in a moment");
        }
        await(() -> appliance.queries().ask(core -> core.exchange().isDraining()) == on, "drain was not applied");
        drainingSince = on ? Instant.now() : null;
        final long live = appliance.queries().ask(core -> (long) core.exchange().liveCalls());
        return new DrainView(on, Optional.ofNullable(drainingSince), live);
    }

    @Override
    public ImportView importFile(final Path file, final ImportProgress progress) {
        desk.changes().lock();
        try {
            final long startNs = System.nanoTime();
            final GenerationStore.Imported imported = appliance
                    .generations()
                    .importFrom(source(file), Instant.now().toEpochMilli(), (pass, lines) -> progress.onLines(lines));
            if (imported.generation().isEmpty()) {
                return view(file, imported.result(), startNs, Optional.empty(), List.of());
            }
            final String name = imported.generation().get();
            desk.prepareSwitch(name);
            if (!appliance.offerConfiguration(name)) {
                desk.forgetPrepared();
                throw new Refusal("the ring is full", "import the file again in a moment");
            }
            await(
                    () -> appliance.queries().ask(core -> OverlaidConfiguration.generation(core.configurationName())
                            .equals(name)),
                    "configuration was not switched to: generation=" + name);
            desk.refresh();
            return view(file, imported.result(), startNs, Optional.of(view.configuration()), unknownCountries());
        } catch (final IOException e) {
            throw new Refusal("file cannot be read: file=" + file + " reason=" + IoReason.of(e), "check the path");
        } finally {
            desk.changes().unlock();
        }
    }

    @Override
    public ChangeResult applyFile(final Path file, final String actor) {
        requireReadable(file);
        return made(ConfigurationFiles.read(file), actor, "apply " + file.getFileName(), false);
    }

    @Override
    public ChangeResult checkChange(final Path file, final String actor) {
        requireReadable(file);
        return made(ConfigurationFiles.read(file), actor, "check " + file.getFileName(), true);
    }

    /** Makes a change of lines, unless some are none; all that is wrong is named by line. */
    private ChangeResult made(
            final ResourceLines lines, final String actor, final String action, final boolean onlyChecked) {
        final ChangeRequest request = new ChangeRequest(
                actor,
                action,
                lines.lines().stream()
                        .map(line -> new Edit(line.kind(), null, line.fields(), "", false))
                        .toList());
        final ChangeResult result =
                onlyChecked || !lines.problems().isEmpty() ? desk.check(request) : desk.change(request);
        return result.with(
                lines.problems().isEmpty() ? result.outcome() : Outcome.INVALID,
                ResourceLines.together(lines.problems(), ResourceLines.placed(result.problems(), lines.lines())));
    }

    @Override
    public long exportFile(final Path file, final ImportProgress progress) {
        return desk.reading(configuration -> ConfigurationFiles.write(file, configuration, progress));
    }

    @Override
    public SecretsView secrets(final int limit) {
        return desk.reading(configuration -> SecretViews.of(configuration, appliance.secrets(), limit));
    }

    @Override
    public ConfigurationDesk desk() {
        return desk;
    }

    @Override
    public ImportView checkFile(final Path file, final ImportProgress progress) {
        final long startNs = System.nanoTime();
        try {
            final ImportResult result = NdjsonImport.check(source(file), (pass, lines) -> progress.onLines(lines));
            return view(file, result, startNs, Optional.empty(), List.of());
        } catch (final IOException e) {
            throw new Refusal("file cannot be read: file=" + file + " reason=" + IoReason.of(e), "check the path");
        }
    }

    private static void requireReadable(final Path file) {
        final Optional<FileFault> fault = FileFault.of(file);
        if (fault.isPresent()) {
            throw fault.get().refusal(file);
        }
    }

    private static ImportSource source(final Path file) {
        requireReadable(file);
        return () -> Files.newInputStream(file);
    }

    private static ImportView view(
            final Path file,
            final ImportResult result,
            final long startNs,
            final Optional<ConfigurationView> configuration,
            final List<String> warnings) {
        final List<ImportView.Problem> problems = new ArrayList<>();
        for (final Problem problem : result.problems().kept()) {
            problems.add(new ImportView.Problem(
                    problem.line(), problem.field(), problem.value(), problem.rule(), problem.mend()));
        }
        return new ImportView(
                file.toString(),
                result.accepted(),
                result.lines(),
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNs),
                configuration,
                problems,
                result.problems().count(),
                warnings);
    }

    /** What the configuration in force asks for that this machine does not have. */
    private List<String> unknownCountries() {
        final boolean needed = appliance
                .queries()
                .ask(core -> core.stages().plans().policies().access().needsCountry());
        return needed && !appliance.knowsCountries()
                ? List.of("rules ask for the country of a source and no file tells it; name one by "
                        + Setting.SIP_COUNTRIES.key())
                : List.of();
    }

    @Override
    public AuditView audit() {
        return appliance.queries().ask(core -> {
            final Map<String, Long> held = new TreeMap<>();
            final long[] holds = new long[1];
            new CallInspector(core.exchange()).forEachHold(core.ledger(), (dimension, high, low) -> {
                holds[0]++;
                held.merge(CeilingViews.word(dimension) + " " + CeilingViews.id(dimension, high, low), 1L, Long::sum);
            });
            final Map<String, Long> counted = new TreeMap<>();
            core.ledger()
                    .reader()
                    .forEach((dimension, high, low, count, limit) -> counted.put(
                            CeilingViews.word(dimension) + " " + CeilingViews.id(dimension, high, low), (long) count));
            final List<AuditView.Drift> drifts = new ArrayList<>();
            final Map<String, Long> keys = new TreeMap<>(counted);
            keys.putAll(held);
            for (final String key : keys.keySet()) {
                final long is = counted.getOrDefault(key, 0L);
                final long should = held.getOrDefault(key, 0L);
                if (is != should) {
                    final String[] parts = key.split(" ", 2);
                    drifts.add(new AuditView.Drift(parts[0], parts[1], is, should));
                }
            }
            return new AuditView(core.exchange().liveCalls(), holds[0], counted.size(), drifts);
        });
    }

    private interface Condition {
        boolean holds();
    }

    private static void await(final Condition condition, final String otherwise) {
        final long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(APPLIED_WITHIN_MS);
        while (!condition.holds()) {
            if (System.nanoTime() > deadline) {
                throw new Refusal(otherwise, "see the log");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }
}
