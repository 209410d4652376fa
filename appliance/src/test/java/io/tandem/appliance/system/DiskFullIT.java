package io.tandem.appliance.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A disk that fills up while calls are up: a small file system of its own, which takes the right to mount one. */
@Timeout(180)
class DiskFullIT {
    private static final int FILE_SYSTEM_MIB = 96;
    private static final int STEPS_MAX = 4_000;
    private static final int LOOK_EVERY = 50;
    private static final int LESS_THAN_RESERVE_BYTES = 4 << 20;
    private static final long FIRST_SECONDS_NS = 8_000_000_000L;
    private static final String PADDING = ("X-Padding: " + "x".repeat(7_000) + "\n").repeat(3);

    @TempDir
    private Path directory;

    private final List<String> names = new ArrayList<>();
    private ApplianceProcess appliance;
    private SipPeer caller;
    private SipPeer callee;
    private boolean mounted;

    @BeforeEach
    void mount() throws Exception {
        Files.createDirectory(small());
        mounted =
                run("mount", "-t", "tmpfs", "-o", "size=" + FILE_SYSTEM_MIB + "m,mode=700", "tmpfs", small().toString())
                        == 0;
        assumeTrue(mounted, "not run: a file system cannot be mounted here, which takes root or CAP_SYS_ADMIN");
    }

    @AfterEach
    void unmount() throws Exception {
        if (appliance != null) {
            appliance.kill();
        }
        if (mounted) {
            assertThat(run("umount", "-l", small().toString())).isZero();
        }
    }

    @Test
    void shouldKeepCallsUpOnAFullDiskAndGoOnJournalingBehindAGap() throws Exception {
        try (SipPeer ownCallee = new SipPeer("127.0.0.3", null);
                SipPeer ownCaller = new SipPeer("127.0.0.2", null)) {
            callee = ownCallee;
            caller = ownCaller;
            importConfiguration();
            start("127.0.0.1:0");
            final String bind = "127.0.0.1:" + appliance.sipPort();
            final ScriptedCall up = answered(rang());
            final ScriptedCall ringing = rang();

            final Path filler = fill(LESS_THAN_RESERVE_BYTES);
            exchangeUntil(up, "NOT WRITABLE");
            answered(ringing);
            KillPoint.finishUp(answered(rang()));
            final ScriptedCall begunInGap = answered(rang());
            assertThat(appliance.ask("status")).contains("NOT WRITABLE").contains("live=3 ringing=0");

            makeRoom(filler, up);
            appliance.kill();

            start(bind);
            assertThat(appliance.figure("calls")).isEqualTo(3);
            for (final ScriptedCall call : List.of(up, ringing, begunInGap)) {
                call.asked("OPTIONS");
                KillPoint.finishUp(call);
            }
            assertThat(appliance.ask("status")).contains("live=0 ringing=0");
            assertThat(appliance.ask("audit")).startsWith("0 ");
            assertThat(appliance.stop()).isZero();
            assertThat(recorded()).containsExactlyInAnyOrderElementsOf(names);
            assertReplayAgreesBehindTheGap();
        }
    }

    /** Gives the disk its room back, and waits until the gap is closed by a snapshot. */
    private void makeRoom(final Path filler, final ScriptedCall up) throws Exception {
        final int snapshots = snapshots();
        Files.delete(filler);
        exchangeUntil(up, " writable");
        for (int i = 0; i < STEPS_MAX && snapshots() == snapshots; i++) {
            up.asked("OPTIONS");
        }
        assertThat(snapshots()).as("%s", appliance.said()).isGreaterThan(snapshots);
    }

    private void assertReplayAgreesBehindTheGap() throws Exception {
        assertThat(ApplianceProcess.run("replay", "--data", data()))
                .contains("journal has a gap")
                .contains("replay agrees")
                .startsWith("0 ");
    }

    /** In its first seconds a process rehearses a roll on a scratch queue of its own. */
    @Test
    void shouldGoOnJournalingWhenTheDiskWasFullInTheFirstSecondsAfterAStart() throws Exception {
        try (SipPeer ownCallee = new SipPeer("127.0.0.3", null);
                SipPeer ownCaller = new SipPeer("127.0.0.2", null)) {
            callee = ownCallee;
            caller = ownCaller;
            importConfiguration();
            start("127.0.0.1:0");
            final long startedNs = System.nanoTime();
            final Path filler = fill(0);
            final ScriptedCall up = answered(rang());
            exchangeUntil(up, "NOT WRITABLE");
            while (System.nanoTime() - startedNs < FIRST_SECONDS_NS) {
                assertThat(appliance.ask("status")).contains("NOT WRITABLE");
            }
            makeRoom(filler, up);
            KillPoint.finishUp(up);
            assertThat(appliance.stop()).isZero();
            assertThat(appliance.said()).noneMatch(line -> line.contains("DiskSpaceMonitor"));
            assertReplayAgreesBehindTheGap();
        }
    }

    @Test
    void shouldSayInOneSentenceThatTheDiskIsFullAtStart() throws Exception {
        final Path filler = fill(LESS_THAN_RESERVE_BYTES);
        assertThat(refused("8MiB")).startsWith(sentence()).contains(" journal.reserve=8388608 ");
        assertThat(refused("0B")).startsWith(sentence()).contains(" journal.reserve=0 ");
        assertThat(Path.of(data())).as("nothing was written").doesNotExist();
        Files.delete(filler);
        fill(0);
        assertThat(refused("0B")).startsWith(sentence()).contains(" freeBytes=0 ");
    }

    @Test
    void shouldSayInOneSentenceThatTheDiskIsFullWhenThereAreCallsOfAnEarlierLife() throws Exception {
        try (SipPeer ownCallee = new SipPeer("127.0.0.3", null);
                SipPeer ownCaller = new SipPeer("127.0.0.2", null)) {
            callee = ownCallee;
            caller = ownCaller;
            importConfiguration();
            start("127.0.0.1:0");
            final ScriptedCall up = answered(rang());
            final String bind = "127.0.0.1:" + appliance.sipPort();
            appliance.kill();
            final Path filler = fill(0);
            assertThat(refused("8MiB")).startsWith(sentence());
            assertThat(refused("0B")).startsWith(sentence());
            Files.delete(filler);
            start(bind);
            KillPoint.finishUp(up);
            assertThat(appliance.stop()).isZero();
        }
    }

    private String sentence() {
        return "1 tandem: disk has less free space than a start takes and the journal leaves to others: path=" + data()
                + " ";
    }

    /** What a start says that must be refused, which is one line. */
    private String refused(final String reserve) throws Exception {
        final String said = ApplianceProcess.run(
                "run",
                "--data",
                data(),
                "--set",
                "sip.bind=127.0.0.1:0",
                "--set",
                "console.bind=off",
                "--set",
                "http.bind=off",
                "--set",
                "journal.block=1MiB",
                "--set",
                "journal.reserve=" + reserve);
        assertThat(said.lines()).as(said).hasSize(1);
        return said;
    }

    private void importConfiguration() throws Exception {
        final Path configuration =
                Files.writeString(directory.resolve("configuration.ndjson"), WholeCallTest.configuration(callee));
        assertThat(ApplianceProcess.run("import", "--data", data(), configuration.toString()))
                .contains("imported: ");
    }

    /** Leaves so many bytes free. */
    private Path fill(final int leftBytes) throws IOException {
        final Path filler = small().resolve("filler");
        final long free = Files.getFileStore(small()).getUsableSpace();
        Files.write(filler, new byte[(int) (free - leftBytes)]);
        return filler;
    }

    /** In-dialog requests, which work all the time, until the journal is in a state. */
    private void exchangeUntil(final ScriptedCall call, final String state) {
        for (int i = 0; i < STEPS_MAX; i++) {
            if (i % LOOK_EVERY == 0 && appliance.ask("status").contains(state)) {
                return;
            }
            call.asked("OPTIONS", PADDING);
        }
        throw new AssertionError("journal does not become so: state=" + state + " " + appliance.ask("status"));
    }

    private int snapshots() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(data(), "snapshots"))) {
            return (int)
                    files.filter(file -> file.toString().endsWith(".snapshot")).count();
        }
    }

    private ScriptedCall rang() {
        final String name = "call-" + names.size();
        names.add(name);
        final ScriptedCall call = new ScriptedCall(name, caller, callee);
        call.tried();
        call.rang();
        return call;
    }

    private static ScriptedCall answered(final ScriptedCall call) {
        call.answered();
        call.acknowledged();
        return call;
    }

    private void start(final String bind) throws Exception {
        appliance = ApplianceProcess.start(
                Path.of(data()),
                "sip.bind=" + bind,
                "console.bind=127.0.0.1:0",
                "profile=shared",
                "journal.block=1MiB",
                "journal.reserve=8MiB");
        final InetSocketAddress address =
                new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), appliance.sipPort());
        caller.towards(address);
        callee.towards(address);
    }

    private Path small() {
        return directory.resolve("small");
    }

    private String data() {
        return small().resolve("data").toString();
    }

    private List<String> recorded() throws Exception {
        return Pattern.compile("\"caller_call_id\":\"([^\"]*)\"")
                .matcher(ApplianceProcess.run("cdr", "--data", data()))
                .results()
                .map((MatchResult result) -> result.group(1))
                .toList();
    }

    private static int run(final String... command) throws Exception {
        final Process process =
                new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getInputStream().readAllBytes();
        return process.waitFor(10, TimeUnit.SECONDS) ? process.exitValue() : -1;
    }
}
