package io.tandem.appliance.system;

import io.tandem.admin.ConsoleClient;
import io.tandem.appliance.Main;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Tandem in a JVM of its own, started the way the launcher starts it. */
final class ApplianceProcess implements AutoCloseable {
    private static final long READY_SECONDS = 60;
    private static final Pattern UDP = Pattern.compile("udp[ =/:]+127\\.0\\.0\\.1:(\\d+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern CONSOLE =
            Pattern.compile("console[ =/:]+127\\.0\\.0\\.1:(\\d+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern HTTP = Pattern.compile("http=127\\.0\\.0\\.1:(\\d+)");

    private final Path data;
    private final Process process;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final List<String> output = new ArrayList<>();
    private final String ready;

    private ApplianceProcess(final Path data, final Process process) throws InterruptedException {
        this.data = data;
        this.process = process;
        Thread.ofVirtual().start(this::read);
        ready = awaitReady();
    }

    /** Starts one and waits until it serves. */
    static ApplianceProcess start(final Path data, final String... settings) throws IOException, InterruptedException {
        return start(List.of(), data, settings);
    }

    /** Starts another build, whose classes stand in front of ours, and waits until it serves. */
    static ApplianceProcess startBuild(final Optional<Path> classes, final Path data, final String... settings)
            throws IOException, InterruptedException {
        return start(
                classes.map(path -> List.of("-cp", path + File.pathSeparator + System.getProperty("java.class.path")))
                        .orElse(List.of()),
                data,
                settings);
    }

    /** Starts one whose virtual machine gets further options, and waits until it serves. */
    static ApplianceProcess start(final List<String> options, final Path data, final String... settings)
            throws IOException, InterruptedException {
        final List<String> arguments = new ArrayList<>(List.of("run", "--data", data.toString()));
        for (final String setting : settings) {
            arguments.add("--set");
            arguments.add(setting);
        }
        return new ApplianceProcess(
                data, command(options, arguments).redirectErrorStream(true).start());
    }

    /** Imports a configuration, and starts one that serves it and HTTP, on ports of the system's choice. */
    static ApplianceProcess startWithHttp(final Path directory, final String configuration)
            throws IOException, InterruptedException {
        final Path file = Files.writeString(directory.resolve("configuration.ndjson"), configuration);
        final Path data = directory.resolve("data");
        final String imported = run("import", "--data", data.toString(), file.toString());
        if (!imported.startsWith("0 ")) {
            throw new AssertionError("configuration was refused: " + imported);
        }
        return start(
                data,
                "sip.bind=127.0.0.1:0",
                "console.bind=127.0.0.1:0",
                "http.bind=127.0.0.1:0",
                "journal.block=1MiB",
                "journal.reserve=0B",
                "start.warmup=0ms");
    }

    /** Runs a command to its end and returns its output behind its exit status: {@code 0 text}. */
    static String run(final String... arguments) throws IOException, InterruptedException {
        return run(List.of(), arguments);
    }

    /** Runs a command whose virtual machine gets further options. */
    static String run(final List<String> options, final String... arguments) throws IOException, InterruptedException {
        final Process process =
                command(options, List.of(arguments)).redirectErrorStream(true).start();
        final String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() + " " + text;
    }

    /** Starts one as a command of another program, which takes rights from it, and waits until it serves. */
    static ApplianceProcess startBy(final List<String> program, final Path data, final String... settings)
            throws IOException, InterruptedException {
        final List<String> arguments = new ArrayList<>(List.of("run", "--data", data.toString()));
        for (final String setting : settings) {
            arguments.add("--set");
            arguments.add(setting);
        }
        return new ApplianceProcess(
                data, by(program, arguments).redirectErrorStream(true).start());
    }

    /** Runs a command to its end as a command of another program. */
    static String runBy(final List<String> program, final String... arguments)
            throws IOException, InterruptedException {
        final Process process =
                by(program, List.of(arguments)).redirectErrorStream(true).start();
        final String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() + " " + text;
    }

    private static ProcessBuilder by(final List<String> program, final List<String> arguments) {
        final ProcessBuilder builder = command(List.of(), arguments);
        builder.command().addAll(0, program);
        return builder;
    }

    private static ProcessBuilder command(final List<String> options, final List<String> arguments) {
        final List<String> command = new ArrayList<>();
        final String launcher = System.getProperty("tandem.launcher", "");
        if (!launcher.isEmpty()) {
            command.add(launcher);
            command.addAll(arguments);
            final ProcessBuilder launched = new ProcessBuilder(command);
            launched.environment().put("TANDEM_JAVA_OPTS", String.join(" ", options));
            return launched;
        }
        command.add(ProcessHandle.current().info().command().orElseThrow());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--") || argument.startsWith("-D"))
                .filter(argument -> !argument.startsWith("-Dsurefire") && !argument.startsWith("-Dbasedir"))
                .forEach(command::add);
        command.addAll(List.of("-Xmx1g", "-XX:+UseSerialGC"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(options);
        command.add(Main.class.getName());
        command.addAll(arguments);
        return new ProcessBuilder(command);
    }

    private void read() {
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(line);
            }
        } catch (final IOException e) {
            lines.add("output ended: " + e);
        }
    }

    private String awaitReady() throws InterruptedException {
        final long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(READY_SECONDS);
        while (true) {
            final String line = lines.poll(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            if (line == null) {
                process.destroyForcibly();
                throw new AssertionError("appliance is not ready: output=" + String.join("\n", output));
            }
            output.add(line);
            if (line.startsWith("ready")) {
                return line;
            }
            if (!process.isAlive() && lines.isEmpty()) {
                throw new AssertionError("appliance ended: output=" + String.join("\n", output));
            }
        }
    }

    /** The line that said so. */
    String ready() {
        return ready;
    }

    /** What it has printed since it served. */
    List<String> said() {
        return List.copyOf(lines);
    }

    /** Port of the UDP listener. */
    int sipPort() {
        return port(UDP);
    }

    /** Port of the console. */
    int consolePort() {
        return port(CONSOLE);
    }

    /** Where HTTP is served. */
    String httpBase() {
        return "http://127.0.0.1:" + port(HTTP);
    }

    private int port(final Pattern pattern) {
        final Matcher matcher = pattern.matcher(ready);
        if (!matcher.find()) {
            throw new AssertionError("no such port in: " + ready);
        }
        return Integer.parseInt(matcher.group(1));
    }

    /** Answer of one console command, with its exit status in front. */
    String console(final String command) throws IOException, InterruptedException {
        return run("console", "--data", data.toString(), "-e", command);
    }

    /** Answer of one console command, asked from this process. */
    String ask(final String command) {
        final ByteArrayOutputStream answer = new ByteArrayOutputStream();
        final int status = ConsoleClient.run(
                "127.0.0.1",
                consolePort(),
                Optional.of(command),
                new PrintStream(answer, true, StandardCharsets.UTF_8));
        return status + " " + answer.toString(StandardCharsets.UTF_8);
    }

    /** From exec until it served, by its own clock. */
    long readyMs() {
        return figure("sinceExecMs");
    }

    /** A number of the ready line. */
    long figure(final String name) {
        final Matcher matcher = Pattern.compile(name + "=(\\d+)").matcher(ready);
        if (!matcher.find()) {
            throw new AssertionError("no such figure in: name=" + name + " line=" + ready);
        }
        return Long.parseLong(matcher.group(1));
    }

    /** Kills it without a warning. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Asks it to end and returns its exit status. */
    int stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(15, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("appliance does not end on SIGTERM");
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
