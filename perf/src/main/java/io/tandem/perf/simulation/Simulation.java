package io.tandem.perf.simulation;

import io.tandem.perf.simulation.check.BrokenInvariant;
import io.tandem.perf.simulation.check.CallTrace;
import io.tandem.perf.simulation.check.Invariant;
import io.tandem.perf.simulation.check.Watch;
import io.tandem.perf.simulation.network.Endpoint;
import io.tandem.perf.simulation.network.Network;
import io.tandem.perf.simulation.network.VirtualTime;
import io.tandem.perf.simulation.peer.Numbers;
import io.tandem.perf.simulation.peer.Population;
import java.util.List;
import java.util.SplittableRandom;

/** One world from one seed: places the calls, lets time pass, looks closely, and reports the first thing that is wrong. */
public final class Simulation {
    /** Where the system under test listens, for datagrams and streams. */
    public static final Endpoint SYSTEM = Endpoint.of("127.0.0.1", 5060);

    private static final int AUDIT_EVENTS = 1_000;
    private static final long START_NS = 1_000 * VirtualTime.SECOND;
    /** Longest that calls may go on after the last was placed. */
    private static final long WIND_DOWN_NS = 3_600 * VirtualTime.SECOND;
    /** After the last peer is done, the longest chain of the system's own timers runs out in this time. */
    private static final long SETTLE_NS = (Watch.LONGEST_CALL_SEC + 300) * VirtualTime.SECOND;

    private final SimulationPlan plan;
    private final SystemUnderTest system;
    private final SplittableRandom random;
    private final VirtualTime time = new VirtualTime(START_NS);
    private final Network network;
    private final Watch watch;
    private final Population population;
    private final Host host;
    private final long meanGapNs;
    private long auditedEvents;

    public Simulation(final SimulationPlan plan, final SystemUnderTest system) {
        this.plan = plan;
        this.system = system;
        random = new SplittableRandom(plan.seed());
        network = new Network(time, plan.profile(), random.split());
        watch = new Watch(time, network, plan.profile(), List.of(SYSTEM), Numbers.ceilings());
        population = new Population(time, network, watch, plan.profile(), SYSTEM, random.split());
        host = new Host(system, SYSTEM, time, network, watch, random.split());
        meanGapNs = (20 + random.nextInt(400)) * VirtualTime.MILLISECOND;
    }

    /** A simulation of the real core. */
    public static Simulation ofCore(final SimulationPlan plan) {
        return new Simulation(plan, new JournaledSystem(CoreEngine::new));
    }

    /** Runs to the end, or to the first broken invariant. */
    public SimulationResult run() {
        BrokenInvariant broken = null;
        try {
            host.start();
            placeAll();
            windDown();
            prove();
        } catch (final BrokenInvariant e) {
            broken = e;
        } catch (final RuntimeException e) {
            broken = BrokenInvariant.of(e);
        }
        return new SimulationResult(
                plan,
                population.placed(),
                time.executed(),
                watch.checked(),
                host.crashCount(),
                network.unkindness(),
                (time.nowNs() - START_NS) / VirtualTime.SECOND,
                watch.lastEntered(),
                broken);
    }

    private void placeAll() {
        final double crashProbability = plan.profile().crashesPerThousandCalls() / 1_000.0;
        for (int i = 0; i < plan.calls(); i++) {
            final long gapNs = (long) (-Math.log(1 - random.nextDouble()) * meanGapNs);
            passTime(time.nowNs() + gapNs);
            population.place();
            if (random.nextDouble() < crashProbability) {
                time.after(random.nextLong(VirtualTime.SECOND), host::crash);
            }
            if (!plan.profile().exact() && random.nextInt(200) == 0) {
                host.stepWallClock();
            }
        }
    }

    private void windDown() {
        final long limitNs = time.nowNs() + WIND_DOWN_NS;
        while (time.nowNs() < limitNs && !allOver()) {
            passTime(time.nowNs() + VirtualTime.SECOND);
        }
        network.beKind();
        passTime(time.nowNs() + SETTLE_NS);
        watch.finish(system.census());
    }

    private boolean allOver() {
        for (final CallTrace call : watch.calls()) {
            if (!call.isOver()) {
                return false;
            }
        }
        return true;
    }

    private void passTime(final long untilNs) {
        while (time.step(untilNs)) {
            if (time.executed() - auditedEvents >= AUDIT_EVENTS) {
                auditedEvents = time.executed();
                if (!host.isDown()) {
                    watch.audit(system.census());
                    population.forgetSettled();
                }
            }
        }
    }

    private void prove() {
        final String difference = system.replay();
        if (difference != null) {
            throw watch.broken(Invariant.REPLAY, difference, null);
        }
    }
}
