package io.tandem.perf.rig;

import io.tandem.appliance.TandemCommand;
import io.tandem.perf.population.ChangesCommand;
import io.tandem.perf.population.PopulationCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code tandem bench}: offers calls to a server at a fixed rate. Exit status 0 OK, 1 FAIL, 2 wrong usage. */
@Command(
        name = "bench",
        header = "Offers calls at a rate and measures latency and CPU time.",
        mixinStandardHelpOptions = true,
        subcommands = {CompareCommand.class, PopulationCommand.class, ChangesCommand.class},
        description = {
            "Offers calls at scheduled times to a server over UDP, being caller and callee itself, and prints latencies",
            "from when each message was due, and the server's CPU time per call. The server must send calls for the",
            "number to the callee's address, as the sample configuration does. The rig spins: give it a core.",
            "Exit status: 0 every call succeeded at the offered rate, 1 not so, 2 wrong usage."
        })
public final class BenchCommand implements TandemCommand {
    @Spec
    private CommandSpec spec;

    @Option(names = "--rate", paramLabel = "CPS", description = "calls a second (default 100)")
    private int rate = 100;

    @Option(names = "--seconds", paramLabel = "N", description = "measured time (default 10)")
    private int seconds = 10;

    @Option(names = "--warmup", paramLabel = "SEC", description = "time at the same rate before that (default 3)")
    private int warmup = 3;

    @Option(names = "--hold", paramLabel = "MS", description = "from answer to BYE (default 0)")
    private long holdMs;

    @Option(names = "--target", paramLabel = "ADDRESS:PORT", description = "the server (default 127.0.0.1:5060)")
    private String target = "127.0.0.1:5060";

    @Option(names = "--caller", paramLabel = "ADDRESS:PORT", description = "caller's address (default 127.0.0.2:5070)")
    private String caller = "127.0.0.2:5070";

    @Option(names = "--callee", paramLabel = "ADDRESS:PORT", description = "callee's address (default 127.0.0.3:5080)")
    private String callee = "127.0.0.3:5080";

    @Option(names = "--number", paramLabel = "DIGITS", description = "called number (default 12025550123)")
    private String number = "12025550123";

    @Option(
            names = "--pid",
            paramLabel = "PID",
            description = "process whose CPU time is taken (default: the one that listens at the target)")
    private long pid = RigSettings.FIND_PID;

    @Option(names = "--grace", paramLabel = "MS", description = "how long calls may end late (default 5000)")
    private long graceMs = 5_000;

    @Option(names = "--json", description = "print one JSON object instead of text")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        final RigResult result;
        final Progress progress = new Progress(System.err, "bench");
        try (LoadRig rig = LoadRig.open(settings(), progress)) {
            result = rig.run();
        }
        final PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(JsonMapper.shared().writeValueAsString(result.toMap()));
        } else {
            out.print(result.toText());
        }
        out.flush();
        return result.isOk() ? FINE : WRONG;
    }

    private RigSettings settings() {
        try {
            return new RigSettings(
                    rate,
                    warmup,
                    seconds,
                    holdMs,
                    graceMs,
                    address(target),
                    address(caller),
                    address(callee),
                    number,
                    pid);
        } catch (final IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    /** Reads {@code address:port}, IPv6 in brackets; names are not looked up. */
    static InetSocketAddress address(final String text) {
        try {
            final int colon = text.lastIndexOf(':');
            final String host = text.substring(0, colon).replace("[", "").replace("]", "");
            return new InetSocketAddress(InetAddress.ofLiteral(host), Integer.parseInt(text.substring(colon + 1)));
        } catch (final IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("not an address: wanted=address:port got=" + text, e);
        }
    }
}
