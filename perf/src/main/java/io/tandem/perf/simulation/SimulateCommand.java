package io.tandem.perf.simulation;

import io.tandem.appliance.TandemCommand;
import io.tandem.perf.simulation.network.Profile;
import io.tandem.perf.simulation.network.Unkindness;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tandem simulate}: as many simulated calls as asked for. Exit status 0 when nothing broke, 1 when something did. */
@Command(
        name = "simulate",
        header = "Runs seeded calls through the core in virtual time and checks them.",
        mixinStandardHelpOptions = true,
        description = {
            "Runs simulated calls through the core in virtual time, over a network that loses, delays, reorders and",
            "duplicates, with peers that misbehave and crashes with recovery, and checks every message and count.",
            "Every run follows from its seed; a failure prints the call's messages and the command that repeats it.",
            "Exit status: 0 nothing broke, 1 an invariant broke, 2 wrong usage."
        })
public final class SimulateCommand implements TandemCommand {
    private static final long PROGRESS_NS = 2_000_000_000L;

    @Spec
    private CommandSpec spec;

    @Option(names = "--calls", paramLabel = "N", description = "calls in all, spread over the seeds (default 10000)")
    private int calls = 10_000;

    @Option(names = "--seeds", paramLabel = "N", description = "number of seeds, one run each (default 10)")
    private int seeds = 10;

    @Option(
            names = "--seed",
            paramLabel = "S",
            description = "first seed, the others follow (default: drawn and printed)")
    private Long seed;

    @Option(
            names = "--profile",
            paramLabel = "P",
            description = "ideal, clean, lossy, hostile, or mixed for one after the other (default mixed)")
    private String profile = "mixed";

    @Option(names = "--keep-going", description = "go on after a broken invariant and count what breaks")
    private boolean keepGoing;

    @Option(names = "--ladder", description = "print whole messages of a failing call")
    private boolean ladder;

    private final Function<SimulationPlan, SimulationResult> runs;

    /** For the launcher, which finds it by its name. */
    public SimulateCommand() {
        this(plan -> Simulation.ofCore(plan).run());
    }

    SimulateCommand(final Function<SimulationPlan, SimulationResult> runs) {
        this.runs = runs;
    }

    @Override
    public Integer call() {
        if (calls < 1 || seeds < 1) {
            throw new ParameterException(spec.commandLine(), "nothing to simulate: calls=" + calls + " seeds=" + seeds);
        }
        final List<Profile> profiles = profiles();
        final long firstSeed = seed == null ? ThreadLocalRandom.current().nextInt(1, 1_000_000) : seed;
        final int callsEach = (calls + seeds - 1) / seeds;
        final PrintWriter out = spec.commandLine().getOut();
        out.printf(
                Locale.ROOT,
                "simulate: calls=%d seeds=%d first seed=%d profile=%s%n",
                callsEach * seeds,
                seeds,
                firstSeed,
                profile);
        final Tally tally = new Tally();
        long reportedNs = System.nanoTime();
        for (int i = 0; i < seeds; i++) {
            final Profile each = profiles.get(i % profiles.size());
            final SimulationResult result = runs.apply(new SimulationPlan(firstSeed + i, callsEach, each));
            tally.add(result);
            if (!result.isClean()) {
                final boolean placeless = result.broken().call() == null;
                out.print((placeless ? Shrinking.smallest(result, runs) : result).report(ladder));
                if (!keepGoing) {
                    break;
                }
            }
            if (System.nanoTime() - reportedNs > PROGRESS_NS) {
                reportedNs = System.nanoTime();
                out.println(tally);
                out.flush();
            }
        }
        out.println(tally);
        out.println(tally.isClean() ? "no invariant broken" : "broken: " + tally.broken);
        out.flush();
        return tally.isClean() ? 0 : 1;
    }

    private List<Profile> profiles() {
        if (profile.equalsIgnoreCase("mixed")) {
            return List.of(Profile.CLEAN, Profile.LOSSY, Profile.HOSTILE);
        }
        final List<Profile> known = new ArrayList<>(List.of(Profile.values()));
        known.removeIf(each -> !each.name().equalsIgnoreCase(profile));
        if (known.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "unknown profile: profile=" + profile + " known=ideal, clean, lossy, hostile, mixed");
        }
        return known;
    }

    /** Sums over runs. */
    private static final class Tally {
        private final Map<String, Integer> broken = new TreeMap<>();
        private final long startNs = System.nanoTime();
        private int seeds;
        private long calls;
        private long messages;
        private long events;
        private long crashes;
        private Unkindness unkindness = Unkindness.NONE;
        private long virtualSeconds;

        void add(final SimulationResult result) {
            seeds++;
            calls += result.calls();
            messages += result.messages();
            events += result.events();
            crashes += result.crashes();
            unkindness = unkindness.plus(result.unkindness());
            virtualSeconds += result.virtualSeconds();
            if (!result.isClean()) {
                broken.merge(result.broken().invariant().name(), 1, Integer::sum);
            }
        }

        boolean isClean() {
            return broken.isEmpty();
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "seeds=%d calls=%d messages=%d events=%d crashes=%d lost=%d duplicated=%d detoured=%d"
                            + " connections cut=%d virtual hours=%.1f elapsed s=%.1f",
                    seeds,
                    calls,
                    messages,
                    events,
                    crashes,
                    unkindness.lost(),
                    unkindness.duplicated(),
                    unkindness.detoured(),
                    unkindness.cut(),
                    virtualSeconds / 3_600.0,
                    (System.nanoTime() - startNs) / 1e9);
        }
    }
}
