package io.tandem.appliance.system;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** SIPp, the test tool of its authors, as caller or callee. */
final class Sipp implements AutoCloseable {
    private static final String PROGRAM = "sipp";

    private final Process process;
    private final Path log;

    private Sipp(final Process process, final Path log) {
        this.process = process;
        this.log = log;
    }

    /** Leaves the test out on a machine without SIPp, which is no part of what a build needs. */
    static void require() {
        final boolean found = Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, PROGRAM)));
        assumeTrue(found, "not run: sipp is not on the PATH (Debian package sip-tester)");
    }

    /** Starts SIPp with a scenario ({@code -sn NAME} or {@code -sf FILE}) and further arguments. */
    static Sipp start(
            final Path directory,
            final String address,
            final int port,
            final List<String> scenario,
            final String... more)
            throws IOException {
        final List<String> command = new ArrayList<>(List.of(PROGRAM));
        command.addAll(scenario);
        command.addAll(List.of("-i", address, "-p", Integer.toString(port), "-nostdin"));
        command.addAll(List.of(more));
        final Path log = Files.createTempFile(directory, "sipp", ".log");
        return new Sipp(
                new ProcessBuilder(command)
                        .directory(directory.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start(),
                log);
    }

    /** A UDP port of an address that is free now. */
    static int freePort(final String address) throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getByName(address))) {
            return socket.getLocalPort();
        }
    }

    /** Exit status: 0 when every call went as the scenario says. */
    int await(final int seconds) throws InterruptedException {
        if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            return -1;
        }
        return process.exitValue();
    }

    /** Whether it still runs. */
    boolean isRunning() {
        return process.isAlive();
    }

    /** The end of what it printed. */
    String log() throws IOException {
        final String text = Files.readString(log);
        return text.substring(Math.max(0, text.length() - 4000));
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
