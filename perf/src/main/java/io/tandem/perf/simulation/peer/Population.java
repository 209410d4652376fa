package io.tandem.perf.simulation.peer;

import io.tandem.perf.simulation.check.CallTrace;
import io.tandem.perf.simulation.check.Invariant;
import io.tandem.perf.simulation.check.Watch;
import io.tandem.perf.simulation.network.Endpoint;
import io.tandem.perf.simulation.network.Network;
import io.tandem.perf.simulation.network.Profile;
import io.tandem.perf.simulation.network.SipText;
import io.tandem.perf.simulation.network.VirtualTime;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Everybody around the system under test: the carrier's machines that call and the PBX machines that are called. */
public final class Population {
    public static final String CARRIER_HOST = "127.0.0.2";
    public static final Endpoint PBX = Endpoint.of("127.0.0.3", 5080);
    public static final Endpoint STREAM_PBX = Endpoint.of("127.0.0.4", 5080);
    public static final Endpoint CLOSED_PBX = Endpoint.of("127.0.0.5", 5080);
    private static final int CARRIER_COUNT = 3;
    private static final double STRAY_SHARE = 0.08;

    private final VirtualTime time;
    private final Watch watch;
    private final Profile profile;
    private final SplittableRandom random;
    private final ScriptWriter writer;
    private final Endpoint system;
    private final List<UserAgent> carriers = new ArrayList<>();
    private final List<UserAgent> agents = new ArrayList<>();
    private final List<Script> scripts = new ArrayList<>();
    private int placed;

    /** @param system where the system under test listens, for datagrams and streams alike. */
    public Population(
            final VirtualTime time,
            final Network network,
            final Watch watch,
            final Profile profile,
            final Endpoint system,
            final SplittableRandom random) {
        this.time = time;
        this.watch = watch;
        this.profile = profile;
        this.random = random;
        this.system = system;
        this.writer = new ScriptWriter(profile, random.split());
        for (int i = 0; i < CARRIER_COUNT; i++) {
            carriers.add(new UserAgent(
                    Endpoint.of(CARRIER_HOST, 5070 + i), time, network, watch, (agent, invite, stream) -> null));
        }
        agents.addAll(carriers);
        agents.add(new UserAgent(PBX, time, network, watch, this::callee));
        agents.add(new UserAgent(STREAM_PBX, time, network, watch, this::callee));
        network.attachClosedPort(CLOSED_PBX);
    }

    /** Calls and stray requests placed so far. */
    public int placed() {
        return placed;
    }

    /** Places the next call, or the next stray request. */
    public void place() {
        final int serial = placed++;
        final UserAgent agent = carriers.get(random.nextInt(carriers.size()));
        final String callerNumber = Long.toString(12_060_000_000L + serial);
        if (random.nextDouble() < STRAY_SHARE) {
            final StrayParty.Kind[] kinds = StrayParty.Kind.values();
            final StrayParty.Kind kind = kinds[random.nextInt(kinds.length)];
            scripts.add(null);
            final CallTrace call = new CallTrace(serial, "stray " + kind, callerNumber, Numbers.UNKNOWN);
            watch.enter(call);
            new StrayParty(agent, call, kind, system, random.split()).start();
            return;
        }
        final Script script = writer.write();
        scripts.add(script);
        final String number = writer.calledNumber();
        final CallTrace call = new CallTrace(serial, script.label(), callerNumber, number);
        call.expect(ScriptWriter.expectation(script, number, profile.exact()));
        watch.enter(call);
        new CallerParty(agent, call, script, system, random.split()).start();
    }

    private Party callee(final UserAgent agent, final SipText invite, final boolean stream) {
        final String callerNumber = SipText.userOf(SipText.uriOf(invite.first("from")));
        final CallTrace call = watch.call(callerNumber);
        if (call == null || scripts.get(call.serial()) == null) {
            throw watch.broken(Invariant.REQUEST_DIALOG, "an INVITE of no call\n" + invite, call);
        }
        final List<Script.CalleePlan> plans = scripts.get(call.serial()).callees();
        final int attempt = call.sides().size() - 1;
        return new CalleeParty(
                agent,
                call,
                invite.callId(),
                plans.get(Math.min(attempt, plans.size() - 1)),
                attempt,
                stream,
                random.split());
    }

    /** Lets go of the parties of calls that are settled. */
    public void forgetSettled() {
        for (final UserAgent agent : agents) {
            for (final Party party : agent.parties()) {
                if (watch.call(party.call().callerNumber()) == null) {
                    agent.leave(party);
                }
            }
        }
    }

    /** Time of the clock that everybody shares. */
    VirtualTime time() {
        return time;
    }
}
