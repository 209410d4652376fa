package io.tandem.perf.rig;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What a table must say about where it was measured. */
final class Machine {
    private static final long COMMAND_MAX_S = 10;

    private Machine() {}

    static String processor() throws IOException {
        return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                .filter(line -> line.startsWith("model name") || line.startsWith("Model"))
                .map(line -> line.substring(line.indexOf(':') + 1).trim())
                .findFirst()
                .orElse("unknown");
    }

    static String kernel() throws IOException {
        return Files.readString(Path.of("/proc/sys/kernel/osrelease")).trim();
    }

    static String javaVersion() {
        return System.getProperty("java.vendor") + " " + System.getProperty("java.runtime.version");
    }

    /** Load average over one minute: above 0.5 other work took part. */
    static String load() throws IOException {
        final String averages = Files.readString(Path.of("/proc/loadavg"));
        return averages.substring(0, averages.indexOf(' '));
    }

    /** First line of what a program prints, or "unknown" when it cannot be run. */
    static String firstLine(final String... command) {
        try {
            final Process process = new ProcessBuilder(List.of(command))
                    .redirectErrorStream(true)
                    .start();
            final String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(COMMAND_MAX_S, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            } else if (process.exitValue() == 0) {
                return output.lines().findFirst().orElse("").trim();
            }
            return "unknown";
        } catch (final IOException e) {
            return "unknown";
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            return "unknown";
        }
    }

    /** The commit of the working directory, with a mark when files differ from it. */
    static String commit() {
        final String commit = firstLine("git", "rev-parse", "--short=12", "HEAD");
        final String changed = firstLine("git", "status", "--porcelain", "--untracked-files=no");
        return changed.isEmpty() || commit.equals("unknown") ? commit : commit + " with local changes";
    }
}
