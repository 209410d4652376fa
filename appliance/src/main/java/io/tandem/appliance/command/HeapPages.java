package io.tandem.appliance.command;

import io.tandem.journal.SystemCalls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fills the page tables of the Java heap after the start, in the background: what {@code AlwaysPreTouch} does before the first
 * line of Java runs. Contents never change, whoever uses the memory meanwhile.
 */
final class HeapPages {
    private static final Logger LOG = LoggerFactory.getLogger(HeapPages.class);
    private static final Path MAPS = Path.of("/proc/self/maps");

    /** A step holds the lock on the address space, some tens to hundreds of microseconds. */
    private static final long STEP_BYTES = 64 << 10;

    /** The heap's mappings are a good part of it; nothing else of the process without a file is that large. */
    private static final int HEAP_PARTS = 4;

    /** Below ordinary threads: calls come first. */
    private static final int NICE = 5;

    private HeapPages() {}

    /** Addresses from {@code start} to {@code end}, which is not part of it. */
    record Range(long start, long end) {}

    /** Starts the thread; it ends when it is done. Where the system cannot do it, pages come as they are used. */
    static void fillInBackground() {
        Thread.ofPlatform().name("heap-pages").daemon().start(HeapPages::run);
    }

    private static void run() {
        SystemCalls.nice(NICE);
        try (var lines = Files.lines(MAPS)) {
            fill(writableMemory(lines.toList(), Runtime.getRuntime().totalMemory() / HEAP_PARTS));
        } catch (final IOException e) {
            LOG.info("heap is not touched ahead: path={} reason={}", MAPS, e.toString());
        }
    }

    /**
     * Private writable mappings without a file among the lines of {@code /proc/PID/maps}.
     *
     * @param bytesMin least length
     */
    static List<Range> writableMemory(final List<String> lines, final long bytesMin) {
        final List<Range> ranges = new ArrayList<>();
        for (final String line : lines) {
            // address-address permissions offset device inode [name]
            final String[] fields = line.strip().split("\\s+", -1);
            if (fields.length == 5 && fields[1].equals("rw-p") && fields[4].equals("0")) {
                final int dash = fields[0].indexOf('-');
                final Range range = new Range(
                        Long.parseUnsignedLong(fields[0], 0, dash, 16),
                        Long.parseUnsignedLong(fields[0], dash + 1, fields[0].length(), 16));
                if (range.end() - range.start() >= bytesMin) {
                    ranges.add(range);
                }
            }
        }
        return ranges;
    }

    /** Fills the ranges; false when the system refused, and the rest was left. */
    static boolean fill(final List<Range> ranges) {
        for (final Range range : ranges) {
            for (long at = range.start(); at < range.end(); at += STEP_BYTES) {
                final int error = SystemCalls.populateForWrite(at, Math.min(STEP_BYTES, range.end() - at));
                if (error != 0) {
                    LOG.info("heap is not touched ahead: errno={}", error);
                    return false;
                }
            }
        }
        return true;
    }
}
