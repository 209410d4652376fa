package io.tandem.appliance.command;

import io.tandem.admin.ConsoleServer;
import io.tandem.admin.ConsoleSettings;
import io.tandem.admin.http.HttpServer;
import io.tandem.appliance.Build;
import io.tandem.appliance.TandemCommand;
import io.tandem.appliance.configuration.GenerationStore;
import io.tandem.appliance.configuration.SampleConfiguration;
import io.tandem.appliance.driver.Appliance;
import io.tandem.appliance.driver.ApplianceException;
import io.tandem.appliance.operator.AuditLog;
import io.tandem.appliance.operator.LiveControl;
import io.tandem.appliance.operator.LiveDesk;
import io.tandem.appliance.operator.LiveView;
import io.tandem.appliance.secret.SecretStore;
import io.tandem.appliance.settings.Setting;
import io.tandem.appliance.settings.Settings;
import io.tandem.appliance.transport.Listener;
import io.tandem.appliance.transport.MessageTap;
import io.tandem.appliance.transport.PcapTap;
import io.tandem.appliance.transport.PeerAddress;
import io.tandem.journal.MasterKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.StringJoiner;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tandem run}: the appliance itself, in the foreground. */
@Command(
        name = "run",
        header = "Runs the appliance in the foreground.",
        description = {
            "Runs the appliance in the foreground. Prints one line that begins with 'ready' once it serves; ends cleanly on",
            "SIGTERM and keeps calls for the next start. An empty data directory begins with a sample configuration."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Exit status: 0 ended on request, 1 something was in the way, 2 usage."})
public final class RunCommand implements TandemCommand {
    private static final long END_WITHIN_MS = 9_000;
    private static final int SECRET_FAULTS_MAX = 20;
    private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Mixin
    private DataOptions options;

    @Override
    public Integer call() throws IOException {
        final Settings settings = options.settings();
        System.setProperty("tandem.log.level", settings.text(Setting.LOG_LEVEL));
        final PrintWriter out = spec.commandLine().getOut();
        final Optional<PcapTap> tap = tap(settings);
        final Appliance appliance =
                Appliance.open(settings, Build.version(), tap.isPresent() ? tap.get() : MessageTap.NONE);
        final Thread end = new Thread(() -> end(appliance, tap), "end");
        try (appliance;
                LiveDesk desk = new LiveDesk(appliance)) {
            final boolean first = !appliance.isConfigured();
            appliance.begin(configuration(appliance, first));
            appliance.generations().clearPending();
            final LiveView view = new LiveView(
                    appliance,
                    settings.journalSettings(),
                    MasterKey.open(appliance.directory()).bytes());
            final Optional<ConsoleServer> console = console(settings, appliance, view, desk);
            final Path data = appliance.directory().root();
            ConsoleAddress.remove(data);
            if (console.isPresent()) {
                ConsoleAddress.write(data, console.get().address());
            }
            final Optional<HttpServer> http = HttpApi.start(settings, data, desk, view);
            appliance.serve();
            Runtime.getRuntime().addShutdownHook(end);
            out.println(ready(appliance, console, http.map(server -> HttpApi.address(settings, server))));
            if (first) {
                out.println(SampleConfiguration.firstCall(appliance.listeners()));
            }
            out.flush();
            HeapPages.fillInBackground();
            appliance.prepareForLater();
            Thread.ofPlatform().name("secret-faults").daemon().start(() -> warnOfSecrets(appliance.secrets()));
            appliance.run();
            http.ifPresent(HttpServer::close);
            console.ifPresent(ConsoleServer::close);
            ConsoleAddress.remove(data);
        }
        return FINE;
    }

    private static void warnOfSecrets(final SecretStore secrets) {
        secrets.faults(SECRET_FAULTS_MAX).forEach(LOG::warn);
    }

    /** The generation that an import left, or the sample when there is nothing yet. */
    private static Optional<String> configuration(final Appliance appliance, final boolean first) throws IOException {
        final GenerationStore generations = appliance.generations();
        final Optional<String> pending = generations.pending();
        return pending.isPresent() || !first ? pending : Optional.of(SampleConfiguration.importInto(generations));
    }

    private static Optional<ConsoleServer> console(
            final Settings settings, final Appliance appliance, final LiveView view, final LiveDesk desk)
            throws IOException {
        final Optional<InetSocketAddress> bind = settings.endpoint(Setting.CONSOLE_BIND);
        if (bind.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(ConsoleServer.start(
                    ConsoleSettings.loopback(0).withBind(bind.get()),
                    view,
                    new LiveControl(appliance, view, desk),
                    new AuditLog(),
                    InstantSource.system()));
        } catch (final IOException e) {
            throw new ApplianceException(
                    e.getMessage() + " (set " + Setting.CONSOLE_BIND.key() + " to another address, or to off)", e);
        } catch (final IllegalArgumentException e) {
            throw new ApplianceException(
                    "console cannot be opened: " + Setting.CONSOLE_BIND.key() + "=" + PeerAddress.text(bind.get())
                            + " reason=" + e.getMessage(),
                    e);
        }
    }

    private static String ready(
            final Appliance appliance, final Optional<ConsoleServer> console, final Optional<String> http)
            throws IOException {
        final StringJoiner line = new StringJoiner(" ");
        line.add("ready");
        for (final Listener listener : appliance.listeners()) {
            line.add(listener.transport().name().toLowerCase(Locale.ROOT) + "=" + PeerAddress.text(listener.bind()));
        }
        console.ifPresent(server -> line.add("console=" + PeerAddress.text(server.address())));
        http.ifPresent(address -> line.add("http=" + address));
        line.add(appliance.recoveredText());
        line.add("sinceExecMs=" + ProcessAge.ms());
        return line.toString();
    }

    private static Optional<PcapTap> tap(final Settings settings) throws IOException {
        final String file = settings.text(Setting.TAP_PCAP);
        return file.isEmpty() ? Optional.empty() : Optional.of(new PcapTap(Path.of(file), settings.listeners()));
    }

    private static void end(final Appliance appliance, final Optional<PcapTap> tap) {
        appliance.stop();
        try {
            if (appliance.awaitEnd(END_WITHIN_MS)) {
                tap.ifPresent(PcapTap::close);
                Runtime.getRuntime().halt(FINE);
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(WRONG);
    }
}
