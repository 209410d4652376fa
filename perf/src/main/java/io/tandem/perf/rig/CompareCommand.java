package io.tandem.perf.rig;

import io.tandem.appliance.TandemCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tandem bench compare}: a raw UDP relay, Kamailio and Tandem, in turns, in one run. */
@Command(
        name = "compare",
        header = "Measures Tandem beside a raw relay and Kamailio.",
        mixinStandardHelpOptions = true,
        description = {
            "Starts a raw UDP relay in C, Kamailio (tm and dialog modules, -x tlsf) and Tandem, each pinned to one CPU,",
            "offers each of them the same calls in turns from another CPU, and prints a Markdown table of CPU time per",
            "call and latency: medians over the rounds, least and greatest in brackets. Needs cc, taskset, and Kamailio",
            "unless --servers leaves it out. Exit status: 0 done, 1 a server did not start, 2 wrong usage."
        })
final class CompareCommand implements Callable<Integer> {
    private static final String RELAY = "relay";
    private static final String KAMAILIO = "kamailio";
    private static final String TANDEM = "tandem";
    private static final int HEAT_RATE_MAX = 1_000;
    private static final long PAUSE_MS = 1_000;
    private static final long GRACE_MS = 5_000;
    private static final String CALLER = "127.0.0.2:5070";
    private static final String CALLEE = "127.0.0.3:5080";
    private static final String NUMBER = "12025550123";

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--rates",
            split = ",",
            paramLabel = "CPS",
            description = "calls a second, ascending (default 200,500,1000,2000)")
    private List<Integer> rates = List.of(200, 500, 1_000, 2_000);

    @Option(names = "--seconds", paramLabel = "N", description = "measured time of a run (default 20)")
    private int seconds = 20;

    @Option(names = "--warmup", paramLabel = "SEC", description = "time at the same rate before it (default 3)")
    private int warmup = 3;

    @Option(
            names = "--heat",
            paramLabel = "SEC",
            description = "calls to each server before the first run (default 60)")
    private int heat = 60;

    @Option(names = "--rounds", paramLabel = "N", description = "runs of each server at each rate (default 3)")
    private int rounds = 3;

    @Option(names = "--hold", paramLabel = "MS", description = "from answer to BYE (default 0)")
    private long holdMs;

    @Option(
            names = "--servers",
            split = ",",
            paramLabel = "NAME",
            description = "relay, kamailio, tandem (default all three)")
    private List<String> servers = List.of(RELAY, KAMAILIO, TANDEM);

    @Option(names = "--server-cpu", paramLabel = "CPU", description = "CPU of the servers (default 0)")
    private int serverCpu;

    @Option(names = "--rig-cpu", paramLabel = "CPU", description = "CPU of this process (default 1)")
    private int rigCpu = 1;

    @Option(names = "--tandem", paramLabel = "PROGRAM", description = "Tandem's launcher (default ./tandem)")
    private String tandem = "./tandem";

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "further setting of Tandem, as in 'tandem run --set'; may be repeated")
    private List<String> settings = List.of();

    @Option(
            names = "--kamailio-children",
            paramLabel = "N",
            description = "UDP worker processes of Kamailio (default 1)")
    private int kamailioChildren = 1;

    @Option(names = "--out", paramLabel = "FILE", description = "page that receives the table (default: only printed)")
    private Path out;

    private final Comparison comparison = new Comparison();

    @Override
    public Integer call() throws IOException, InterruptedException {
        check();
        pinMyself();
        final Path directory = Files.createTempDirectory("tandem-compare");
        final List<Contender> started = new ArrayList<>();
        final Thread stopOnSignal = new Thread(() -> started.forEach(Contender::close), "compare-stop");
        Runtime.getRuntime().addShutdownHook(stopOnSignal);
        try {
            for (final String server : servers) {
                started.add(start(server, directory));
            }
            final String commands = commands(started, directory);
            measure(started);
            final String section = section(commands);
            final PrintWriter writer = spec.commandLine().getOut();
            writer.print(section);
            writer.flush();
            if (out != null) {
                BenchmarkPage.write(out, section);
            }
            return TandemCommand.FINE;
        } finally {
            started.forEach(Contender::close);
            Runtime.getRuntime().removeShutdownHook(stopOnSignal);
            delete(directory);
        }
    }

    private void check() {
        if (rates.isEmpty() || seconds < 1 || warmup < 0 || heat < 0 || rounds < 1 || kamailioChildren < 1) {
            throw new ParameterException(
                    spec.commandLine(),
                    "nothing to measure: rates=" + rates + " seconds=" + seconds + " rounds=" + rounds);
        }
        for (final String server : servers) {
            if (!List.of(RELAY, KAMAILIO, TANDEM).contains(server)) {
                throw new ParameterException(spec.commandLine(), "unknown server: server=" + server);
            }
        }
        if (serverCpu == rigCpu) {
            throw new ParameterException(
                    spec.commandLine(),
                    "rig and servers need a CPU each: server-cpu=" + serverCpu + " rig-cpu=" + rigCpu);
        }
    }

    private void pinMyself() throws IOException {
        final String pid = Long.toString(ProcessHandle.current().pid());
        if (Machine.firstLine("taskset", "-a", "-c", "-p", Integer.toString(rigCpu), pid)
                .equals("unknown")) {
            throw new ParameterException(spec.commandLine(), "cannot be pinned: cpu=" + rigCpu);
        }
    }

    private Contender start(final String server, final Path directory) throws IOException, InterruptedException {
        System.err.println("compare: starting " + server);
        return switch (server) {
            case RELAY -> startRelay(directory);
            case KAMAILIO -> startKamailio(directory);
            default -> startTandem(directory);
        };
    }

    private Contender startRelay(final Path directory) throws IOException, InterruptedException {
        final Path program = compileRelay(directory);
        final InetSocketAddress address = BenchCommand.address("127.0.0.1:5064");
        final List<String> command = new ArrayList<>(List.of(program.toString(), "127.0.0.1", "5064"));
        command.addAll(List.of(CALLER.split(":", 2)));
        command.addAll(List.of(CALLEE.split(":", 2)));
        return Contender.start(RELAY, address, directory, serverCpu, true, command);
    }

    /** Compiles the relay with the system's compiler. */
    static Path compileRelay(final Path directory) throws IOException, InterruptedException {
        final Path source = directory.resolve("relay.c");
        final Path program = directory.resolve("relay");
        Files.writeString(source, BenchmarkPage.resource("/relay.c"));
        final Path log = directory.resolve("cc.log");
        final int status = new ProcessBuilder(
                        "cc", "-O2", "-Wall", "-Wextra", "-Werror", "-o", program.toString(), source.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
        if (status != 0) {
            throw new IOException("relay does not compile: status=" + status + " output=" + Files.readString(log));
        }
        return program;
    }

    private Contender startKamailio(final Path directory) throws IOException, InterruptedException {
        final Path configuration = directory.resolve("kamailio.cfg");
        final String address = "127.0.0.1:5062";
        Files.writeString(
                configuration,
                BenchmarkPage.resource("/kamailio.cfg")
                        .replace("@CHILDREN@", Integer.toString(kamailioChildren))
                        .replace("@LISTEN@", address)
                        .replace("@CALLEE@", CALLEE));
        return Contender.start(
                KAMAILIO,
                BenchCommand.address(address),
                directory,
                serverCpu,
                false,
                List.of(
                        "kamailio",
                        "-DD",
                        "-E",
                        "-x",
                        "tlsf",
                        "-m",
                        "1024",
                        "-M",
                        "32",
                        "-b",
                        "4194304",
                        "-Y",
                        directory.toString(),
                        "-f",
                        configuration.toString()));
    }

    private Contender startTandem(final Path directory) throws IOException, InterruptedException {
        final String address = "127.0.0.1:5060";
        final List<String> command = new ArrayList<>(
                List.of(tandem, "run", "--data", directory.resolve("data").toString(), "--set", "profile=shared"));
        final List<String> all = new ArrayList<>(List.of("sip.bind=" + address, "console.bind=off", "log.level=warn"));
        all.addAll(settings);
        all.forEach(setting -> command.addAll(List.of("--set", setting)));
        return Contender.start(TANDEM, BenchCommand.address(address), directory, serverCpu, true, command);
    }

    private void measure(final List<Contender> contenders) throws IOException, InterruptedException {
        for (final Contender contender : contenders) {
            if (heat > 0) {
                final int rate = Math.min(HEAT_RATE_MAX, rates.getLast());
                report(contender, "heat", run(contender, rate, 0, heat));
            }
        }
        for (final int rate : rates) {
            final List<Contender> able = new ArrayList<>(contenders);
            able.removeIf(contender -> leftOut(contender, rate));
            for (int round = 0; round < rounds; round++) {
                for (int i = 0; i < able.size(); i++) {
                    final Contender contender = able.get((i + round) % able.size());
                    final RigResult result = run(contender, rate, warmup, seconds);
                    comparison.add(contender.name(), result);
                    report(contender, "round " + (round + 1), result);
                    Thread.sleep(PAUSE_MS);
                }
            }
        }
    }

    /** Whether a server failed every round at the rate before; then this rate is marked as left out too. */
    private boolean leftOut(final Contender contender, final int rate) {
        final int index = rates.indexOf(rate);
        final boolean failed = index > 0 && comparison.failed(contender.name(), rates.get(index - 1));
        if (failed) {
            comparison.leaveOut(contender.name(), rate);
        }
        return failed;
    }

    private RigResult run(final Contender contender, final int rate, final int warmupSeconds, final int measuredSeconds)
            throws IOException {
        final RigSettings run = new RigSettings(
                rate,
                warmupSeconds,
                measuredSeconds,
                holdMs,
                GRACE_MS,
                contender.address(),
                BenchCommand.address(CALLER),
                BenchCommand.address(CALLEE),
                NUMBER,
                contender.pid());
        try (LoadRig rig = LoadRig.open(run, Progress.silent())) {
            return rig.run();
        }
    }

    private static void report(final Contender contender, final String what, final RigResult result) {
        System.err.printf(
                Locale.ROOT,
                "compare: %s %s at %d/s: CPU us per call=%.1f INVITE to callee p50 us=%.0f p99 us=%.0f %s%n",
                contender.name(),
                what,
                result.settings().callsPerSecond(),
                result.cpuUsPerCall(),
                result.latencyUs(Latencies.Span.INVITE_TO_CALLEE, 50),
                result.latencyUs(Latencies.Span.INVITE_TO_CALLEE, 99),
                result.isOk() ? "OK" : "FAIL " + result.failure());
    }

    private static String commands(final List<Contender> contenders, final Path directory) throws IOException {
        final StringBuilder text = new StringBuilder();
        for (final Contender contender : contenders) {
            text.append("- ").append(contender.name()).append(": `");
            text.append(contender.commandLine().replace(directory.toString(), "DIR"))
                    .append("`\n");
        }
        return text.toString();
    }

    private String section(final String commands) throws IOException {
        final String failures = comparison.failures();
        return "\nMeasured " + LocalDate.now(ZoneOffset.UTC) + " at commit " + Machine.commit() + " on "
                + Machine.processor() + ", " + Machine.firstLine("nproc", "--all") + " CPUs, Linux "
                + Machine.kernel() + ", "
                + Machine.javaVersion() + ", " + Machine.firstLine("kamailio", "-v") + ". Load average at the end: "
                + Machine.load() + ".\n\n"
                + "Command: `" + commandLine() + "`\n\n"
                + "Servers, each after `taskset -c " + serverCpu + "`:\n\n" + commands + '\n'
                + comparison.toMarkdown() + '\n'
                + (failures.isEmpty() ? "" : "Failed rounds:\n\n" + failures + '\n');
    }

    private String commandLine() {
        final StringBuilder text = new StringBuilder("./tandem bench compare");
        text.append(" --rates ")
                .append(String.join(",", rates.stream().map(String::valueOf).toList()));
        text.append(" --seconds ").append(seconds).append(" --warmup ").append(warmup);
        text.append(" --heat ")
                .append(heat)
                .append(" --rounds ")
                .append(rounds)
                .append(" --hold ")
                .append(holdMs);
        text.append(" --servers ").append(String.join(",", servers));
        text.append(" --kamailio-children ").append(kamailioChildren);
        settings.forEach(setting -> text.append(" --set ").append(setting));
        return text.toString();
    }

    private static void delete(final Path directory) {
        try (Stream<Path> paths = Files.walk(directory)) {
            for (final Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
