package io.tandem.appliance.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * kill -9 at seeded points with 2,000 calls up, 200 ringing and others in every state a call can be in: service is back
 * in time, no call is lost, every ceiling is given back, and every call has its record once. Settings of the test are
 * system properties, see CONTRIBUTING.md: {@code tandem.seed}, {@code tandem.kills}, {@code tandem.ready.ms.max},
 * {@code tandem.launcher}.
 */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class KilledUnderLoadIT {
    private static final int KILLS = Integer.getInteger("tandem.kills", 2);

    /** A bound for busy machines; what it took is printed. */
    private static final int READY_MS_MAX = Integer.getInteger("tandem.ready.ms.max", 20_000);

    private static final int CALLS_UP = 2_000;
    private static final int CALLS_RINGING = 200;

    /** Calls that are being set up when the process dies; they also keep its socket busy while it does. */
    private static final int BURST = 40;

    private static final int ASKED_PER_KILL = 25;
    private static final int PICKED_UP_PER_KILL = 20;
    private static final int DELAY_US_MAX = 4_000;
    private static final Pattern LIVE = Pattern.compile("live=(\\d+) ringing=(\\d+)");
    private static final Pattern CALL_ID = Pattern.compile("\"caller_call_id\":\"([^\"]*)\"");

    @TempDir
    private Path directory;

    private final List<ScriptedCall> up = new ArrayList<>();
    private final Deque<ScriptedCall> ringing = new ArrayDeque<>();
    private final List<String> names = new ArrayList<>();
    private final Map<KillPoint, Integer> points = new TreeMap<>();
    private final List<Long> readyMs = new ArrayList<>();
    private ApplianceProcess appliance;
    private SipPeer caller;
    private SipPeer callee;
    private String bind = "127.0.0.1:0";

    /** A build that has just made new jars leaves the launcher's cache stale, and a start without it takes twice as long. */
    @BeforeAll
    static void prepareTheLauncher() throws Exception {
        if (!System.getProperty("tandem.launcher", "").isEmpty()) {
            assertThat(ApplianceProcess.run("prepare")).startsWith("0 ");
        }
    }

    @Test
    void shouldKeepCallsAndRecordsThroughKills() throws Exception {
        final long seed = Long.getLong("tandem.seed", System.nanoTime());
        System.out.println("KilledUnderLoadIT: -Dtandem.seed=" + seed + " -Dtandem.kills=" + KILLS);
        final Random random = new Random(seed);
        try (SipPeer ownCallee = new SipPeer("127.0.0.3", null);
                SipPeer ownCaller = new SipPeer("127.0.0.2", null)) {
            callee = ownCallee;
            caller = ownCaller;
            final Path configuration =
                    Files.writeString(directory.resolve("configuration.ndjson"), WholeCallTest.configuration(callee));
            assertThat(ApplianceProcess.run("import", "--data", data(), configuration.toString()))
                    .contains("imported: ");
            start(random);
            bind = "127.0.0.1:" + appliance.sipPort();
            for (int i = 0; i < CALLS_UP; i++) {
                up.add(answered(call("up")));
            }
            for (int i = 0; i < CALLS_RINGING; i++) {
                ringing.add(rang(call("ringing")));
            }
            for (int kill = 1; kill <= KILLS; kill++) {
                killOnce(kill, random);
            }
            for (final ScriptedCall call : ringing) {
                up.add(pickedUp(call));
            }
            up.forEach(KillPoint::finishUp);
            assertLive(0, 0);
            assertThat(appliance.stop()).isZero();
            assertRecords();
            assertReplay();
            System.out.println(
                    "KilledUnderLoadIT: calls=" + names.size() + " readyMs=" + readyMs + " points=" + points);
            assertThat(points.keySet()).isEqualTo(EnumSet.allOf(KillPoint.class));
        } finally {
            if (appliance != null) {
                appliance.close();
            }
        }
    }

    /** One kill: calls in every state, the last messages in the last instant, and all of them brought to their end after. */
    private void killOnce(final int kill, final Random random) throws Exception {
        final Map<ScriptedCall, KillPoint> probes = new LinkedHashMap<>();
        for (final KillPoint point : KillPoint.values()) {
            probes.put(call("k" + kill + "-" + point), point);
        }
        probes.forEach((call, point) -> point.prepare(call));
        final List<ScriptedCall> last = new ArrayList<>(probes.keySet());
        for (int i = 0; i < BURST; i++) {
            final ScriptedCall call = call("k" + kill + "-burst");
            probes.put(call, KillPoint.INVITE_SENT);
            last.add(call);
        }
        Collections.shuffle(last, random);
        last.forEach(call -> probes.get(call).lastInstant(call));
        final int delayUs = random.nextInt(4) == 0 ? 0 : random.nextInt(DELAY_US_MAX);
        final long killNs = System.nanoTime() + delayUs * 1_000L;
        while (System.nanoTime() < killNs) {
            Thread.onSpinWait();
        }
        appliance.kill();
        probes.replaceAll((call, point) -> point.seen(call));
        probes.values().forEach(point -> points.merge(point, 1, Integer::sum));

        start(random);
        readyMs.add(appliance.readyMs());
        System.out.println("KilledUnderLoadIT: kill=" + kill + " delayUs=" + delayUs + " " + appliance.ready());
        assertThat(appliance.readyMs()).isLessThan(READY_MS_MAX);
        assertThat(appliance.figure("calls")).isGreaterThanOrEqualTo(CALLS_UP + CALLS_RINGING);

        probes.forEach((call, point) -> point.finish(call));
        for (int i = 0; i < ASKED_PER_KILL; i++) {
            up.get(random.nextInt(up.size())).asked("OPTIONS");
        }
        for (int i = 0; i < PICKED_UP_PER_KILL; i++) {
            up.add(pickedUp(ringing.removeFirst()));
            KillPoint.finishUp(up.remove(random.nextInt(up.size())));
            ringing.addLast(rang(call("ringing")));
        }
        assertLive(CALLS_UP + CALLS_RINGING, CALLS_RINGING);
        caller.forget();
        callee.forget();
    }

    private String data() {
        return directory.resolve("data").toString();
    }

    /** Starts it with a snapshot every now and then, or with none for long, so that tails of all lengths occur. */
    private void start(final Random random) throws Exception {
        appliance = ApplianceProcess.start(
                Path.of(data()),
                "sip.bind=" + bind,
                "console.bind=127.0.0.1:0",
                "profile=shared",
                "journal.block=4MiB",
                "journal.reserve=0B",
                "snapshot.tail=" + (random.nextBoolean() ? "2000" : "10000"),
                "udp.buffer=4MiB");
        final InetSocketAddress address =
                new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), appliance.sipPort());
        caller.towards(address);
        callee.towards(address);
    }

    private ScriptedCall call(final String kind) {
        final String name = kind + "-" + names.size();
        names.add(name);
        return new ScriptedCall(name, caller, callee);
    }

    private static ScriptedCall rang(final ScriptedCall call) {
        call.tried();
        call.rang();
        return call;
    }

    private static ScriptedCall answered(final ScriptedCall call) {
        return pickedUp(rang(call));
    }

    private static ScriptedCall pickedUp(final ScriptedCall call) {
        call.answered();
        call.acknowledged();
        return call;
    }

    private void assertLive(final int live, final int inRinging) {
        final Matcher status = LIVE.matcher(appliance.ask("status"));
        assertThat(status.find()).isTrue();
        assertThat(status.group()).isEqualTo("live=" + live + " ringing=" + inRinging);
        assertThat(appliance.ask("audit")).startsWith("0 ");
    }

    private void assertRecords() throws Exception {
        final String records = ApplianceProcess.run("cdr", "--data", data());
        final Set<String> recorded = new HashSet<>();
        final List<String> doubled = new ArrayList<>();
        final Matcher callIds = CALL_ID.matcher(records);
        while (callIds.find()) {
            if (!recorded.add(callIds.group(1))) {
                doubled.add(callIds.group(1));
            }
        }
        assertThat(doubled).isEmpty();
        assertThat(recorded).containsExactlyInAnyOrderElementsOf(names);
    }

    /** The journal replays to the same outputs in a virtual machine whose identity hashes differ. */
    private void assertReplay() throws Exception {
        final String replay = ApplianceProcess.run(
                List.of("-XX:+UnlockExperimentalVMOptions", "-XX:hashCode=2"), "replay", "--data", data());
        System.out.println("KilledUnderLoadIT: " + replay.lines().toList());
        assertThat(replay).contains("replay agrees").contains("different=0");
    }
}
