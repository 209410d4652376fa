package io.tandem.journal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Another JVM with the flags of this one, which a test reads from and kills. */
public final class ChildProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader output;

    private ChildProcess(final Process process) {
        this.process = process;
        output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    public static ChildProcess start(final Class<?> main, final String... arguments) throws IOException {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (final String argument : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (!argument.startsWith("-Xmx") && !argument.startsWith("-agentlib")) {
                command.add(argument);
            }
        }
        command.add("-Xmx256m");
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(main.getName());
        command.addAll(List.of(arguments));
        return new ChildProcess(
                new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    /** Next line that is a number; other lines are what the child complains about. */
    public long nextNumber() throws IOException {
        final StringBuilder complaints = new StringBuilder();
        String line = output.readLine();
        while (line != null && !line.matches("-?\\d+")) {
            complaints.append(line).append('\n');
            line = output.readLine();
        }
        if (line == null) {
            throw new IOException("child ended: output=" + complaints);
        }
        return Long.parseLong(line);
    }

    /** Kills the child as kill -9 does and returns the last number it had written, or {@code otherwise}. */
    public long kill(final long otherwise) throws IOException, InterruptedException {
        process.toHandle().destroyForcibly();
        long last = otherwise;
        String line = output.readLine();
        while (line != null) {
            if (line.matches("-?\\d+")) {
                last = Long.parseLong(line);
            }
            line = output.readLine();
        }
        process.waitFor();
        return last;
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        output.close();
    }
}
