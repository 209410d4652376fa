package io.tandem.perf.rig;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * What a server costs, from {@code /proc}: CPU time (user and system) of its process and all processes below it, and the
 * context switches of all their threads. CPU time is counted by the kernel in ticks of 10 ms.
 */
final class ServerProcess {
    private static final Path PROC = Path.of("/proc");
    private static final long TICK_NS = 10_000_000L;
    private static final int IPV4_DIGITS = 8;
    private static final String IPV4_MAPPED = kernelHex(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1});
    private static final int FIELDS_BEFORE_UTIME = 11;

    private final List<Long> pids;

    private ServerProcess(final List<Long> pids) {
        this.pids = pids;
    }

    /**
     * What was used since the processes began.
     *
     * @param cpuNs             user and system time.
     * @param contextSwitches   voluntary and not.
     */
    record Usage(long cpuNs, long contextSwitches) {
        Usage since(final Usage before) {
            return new Usage(cpuNs - before.cpuNs, contextSwitches - before.contextSwitches);
        }
    }

    /** A process and those below it as they are now. */
    static ServerProcess of(final long pid) {
        final List<Long> pids = new ArrayList<>();
        pids.add(pid);
        ProcessHandle.of(pid)
                .orElseThrow(() -> new IllegalArgumentException("no such process: pid=" + pid))
                .descendants()
                .forEach(below -> pids.add(below.pid()));
        return new ServerProcess(pids);
    }

    /** The first process that has a UDP socket bound to an address, parents before children; empty when there is none. */
    static OptionalLong listeningAt(final InetSocketAddress address) throws IOException {
        final List<String> inodes = new ArrayList<>();
        inodes.addAll(inodes("net/udp", address));
        inodes.addAll(inodes("net/udp6", address));
        if (inodes.isEmpty()) {
            return OptionalLong.empty();
        }
        final List<Long> owners = new ArrayList<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (final Path process : processes) {
                if (holds(process, inodes)) {
                    owners.add(Long.parseLong(process.getFileName().toString()));
                }
            }
        }
        return owners.stream()
                .filter(pid -> owners.stream().noneMatch(other -> isBelow(pid, other)))
                .mapToLong(Long::longValue)
                .min();
    }

    private static boolean isBelow(final long pid, final long ancestor) {
        return pid != ancestor
                && ProcessHandle.of(ancestor).stream()
                        .flatMap(ProcessHandle::descendants)
                        .anyMatch(below -> below.pid() == pid);
    }

    private static List<String> inodes(final String table, final InetSocketAddress address) throws IOException {
        final Path path = PROC.resolve(table);
        if (!Files.exists(path)) {
            return List.of();
        }
        final String port = String.format(Locale.ROOT, ":%04X", address.getPort());
        final boolean wide = table.endsWith("6");
        final String bare = kernelHex(address.getAddress().getAddress());
        final String local = (wide && bare.length() == IPV4_DIGITS ? IPV4_MAPPED + bare : bare) + port;
        final String any = "0".repeat(wide ? 4 * IPV4_DIGITS : IPV4_DIGITS) + port;
        try (Stream<String> lines = Files.lines(path)) {
            return lines.map(line -> line.trim().split("\\s+", -1))
                    .filter(fields -> fields.length > 9 && (fields[1].equals(local) || fields[1].equals(any)))
                    .map(fields -> "socket:[" + fields[9] + "]")
                    .toList();
        }
    }

    /** An address as the kernel prints it: words of 32 bits in the machine's order. */
    private static String kernelHex(final byte[] address) {
        final ByteBuffer network = ByteBuffer.wrap(address);
        final ByteBuffer machine = ByteBuffer.allocate(network.capacity()).order(ByteOrder.nativeOrder());
        while (network.hasRemaining()) {
            machine.putInt(network.getInt());
        }
        return HexFormat.of().withUpperCase().formatHex(machine.array());
    }

    private static boolean holds(final Path process, final List<String> inodes) {
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(process.resolve("fd"))) {
            for (final Path descriptor : descriptors) {
                if (Files.isSymbolicLink(descriptor)
                        && inodes.contains(Files.readSymbolicLink(descriptor).toString())) {
                    return true;
                }
            }
            return false;
        } catch (final IOException | java.nio.file.DirectoryIteratorException e) {
            return false;
        }
    }

    /** Reads what was used so far; processes that are gone count nothing. */
    Usage usage() throws IOException {
        long cpuNs = 0;
        long switches = 0;
        for (final long pid : pids) {
            final Usage one = usage(PROC.resolve(Long.toString(pid)));
            cpuNs += one.cpuNs();
            switches += one.contextSwitches();
        }
        return new Usage(cpuNs, switches);
    }

    private static Usage usage(final Path process) throws IOException {
        try {
            return new Usage(cpuNs(Files.readString(process.resolve("stat"))), switches(process));
        } catch (final NoSuchFileException e) {
            return new Usage(0, 0);
        }
    }

    /** Time in a line of {@code /proc/PID/stat}; the name in brackets may hold blanks and brackets. */
    static long cpuNs(final String stat) {
        final String[] fields = stat.substring(stat.lastIndexOf(')') + 2).trim().split(" ", -1);
        return (Long.parseLong(fields[FIELDS_BEFORE_UTIME]) + Long.parseLong(fields[FIELDS_BEFORE_UTIME + 1]))
                * TICK_NS;
    }

    private static long switches(final Path process) throws IOException {
        long switches = 0;
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(process.resolve("task"))) {
            for (final Path thread : threads) {
                switches += switches(Files.readString(thread.resolve("status")));
            }
        }
        return switches;
    }

    /** Context switches in a {@code status} file of {@code /proc}. */
    static long switches(final String status) {
        return status.lines()
                .filter(line -> line.contains("_ctxt_switches:"))
                .mapToLong(line ->
                        Long.parseLong(line.substring(line.indexOf(':') + 1).trim()))
                .sum();
    }
}
