package io.tandem.perf.rig;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A server that the comparison starts, pinned to one CPU, and stops again. Its output goes to a file in the comparison's
 * directory. Only processes started here are ever ended, by their handles.
 */
final class Contender implements AutoCloseable {
    private static final long START_MAX_MS = 120_000;
    private static final long STOP_MAX_MS = 15_000;
    private static final long POLL_MS = 50;

    private final String name;
    private final InetSocketAddress address;
    private final List<String> command;
    private final Process process;

    private Contender(
            final String name, final InetSocketAddress address, final List<String> command, final Process process) {
        this.name = name;
        this.address = address;
        this.command = command;
        this.process = process;
    }

    /**
     * Starts a server and waits until it serves.
     *
     * @param directory    for its output.
     * @param cpu          where it runs.
     * @param sayingReady  whether it prints a line that begins with {@code ready}; otherwise its socket is waited for.
     * @param command      its program and arguments.
     */
    static Contender start(
            final String name,
            final InetSocketAddress address,
            final Path directory,
            final int cpu,
            final boolean sayingReady,
            final List<String> command)
            throws IOException, InterruptedException {
        if (ServerProcess.listeningAt(address).isPresent()) {
            throw new IOException("address in use: server=" + name + " address=" + address);
        }
        final List<String> pinned = new ArrayList<>(List.of("taskset", "-c", Integer.toString(cpu)));
        pinned.addAll(command);
        final Path log = directory.resolve(name + ".log");
        final Process process = new ProcessBuilder(pinned)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        final Contender contender = new Contender(name, address, List.copyOf(command), process);
        boolean ready = false;
        try {
            contender.awaitReady(log, sayingReady);
            ready = true;
            return contender;
        } finally {
            if (!ready) {
                contender.close();
            }
        }
    }

    private void awaitReady(final Path log, final boolean sayingReady) throws IOException, InterruptedException {
        for (long waitedMs = 0; waitedMs < START_MAX_MS; waitedMs += POLL_MS) {
            final String output = Files.readString(log, StandardCharsets.ISO_8859_1);
            if (!process.isAlive()) {
                throw new IOException("server ended: server=" + name + " status=" + process.exitValue() + " output="
                        + output.strip());
            }
            final boolean said = !sayingReady || output.lines().anyMatch(line -> line.startsWith("ready"));
            if (said && ServerProcess.listeningAt(address).isPresent()) {
                return;
            }
            Thread.sleep(POLL_MS);
        }
        throw new IOException("server not ready in time: server=" + name + " ms=" + START_MAX_MS + " log=" + log);
    }

    String name() {
        return name;
    }

    InetSocketAddress address() {
        return address;
    }

    long pid() {
        return process.pid();
    }

    /** What was started, as a line for the page; of a JVM also the flags it runs with. */
    String commandLine() throws IOException {
        final String started = String.join(" ", command);
        final String flags =
                javaFlags(Files.readString(Path.of("/proc", Long.toString(pid()), "cmdline"), StandardCharsets.UTF_8));
        return flags.isEmpty() ? started : started + "` as JVM with `" + flags;
    }

    /** Flags of a JVM in a command line of {@code /proc}: all before the class path, without directories; else empty. */
    static String javaFlags(final String cmdline) {
        final List<String> arguments = List.of(cmdline.split("\0", -1));
        final int classPath = arguments.indexOf("-cp");
        if (classPath < 1 || !arguments.getFirst().endsWith("java")) {
            return "";
        }
        return arguments.subList(1, classPath).stream()
                .map(argument -> argument.replaceFirst("(?<=^@|=)/.*/", ""))
                .collect(Collectors.joining(" "));
    }

    @Override
    public void close() {
        final List<ProcessHandle> below = process.descendants().toList();
        process.destroy();
        try {
            if (!process.waitFor(STOP_MAX_MS, TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (final InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        below.stream().filter(ProcessHandle::isAlive).forEach(ProcessHandle::destroyForcibly);
    }
}
