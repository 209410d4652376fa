package io.tandem.appliance.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * To the next version and back with calls up, as docs/decisions/0004-journal-versions.md promises: each build reads the
 * other's snapshots and the other's journal.
 */
@Timeout(240)
class UpgradeIT {
    private static final int SNAPSHOT_SCHEMA = 14;

    @TempDir
    private Path directory;

    private final List<String> names = new ArrayList<>();
    private final List<ScriptedCall> up = new ArrayList<>();
    private final List<ScriptedCall> ringing = new ArrayList<>();
    private ApplianceProcess appliance;
    private SipPeer caller;
    private SipPeer callee;
    private String bind = "127.0.0.1:0";

    @Test
    void shouldKeepCallsThroughAnUpgradeAndBack() throws Exception {
        final int version = NextVersion.current();
        final Optional<Path> next = Optional.of(NextVersion.build(directory));
        try (SipPeer ownCallee = new SipPeer("127.0.0.3", null);
                SipPeer ownCaller = new SipPeer("127.0.0.2", null)) {
            callee = ownCallee;
            caller = ownCaller;
            final Path configuration =
                    Files.writeString(directory.resolve("configuration.ndjson"), WholeCallTest.configuration(callee));
            assertThat(ApplianceProcess.run("import", "--data", data(), configuration.toString()))
                    .contains("imported: ");
            start(Optional.empty());
            bind = "127.0.0.1:" + appliance.sipPort();
            live();

            assertThat(appliance.stop()).isZero();
            assertThat(snapshotSchema()).isEqualTo(version);
            start(next);
            assertThat(appliance.figure("snapshotRecords")).isPositive();
            live();
            appliance.kill();
            start(next);
            assertThat(appliance.figure("tailInputs")).isPositive();
            live();

            assertThat(appliance.stop()).isZero();
            assertThat(snapshotSchema()).isEqualTo(version + 1);
            start(Optional.empty());
            assertThat(appliance.figure("snapshotRecords")).isPositive();
            live();
            appliance.kill();
            start(next);
            live();
            appliance.kill();
            start(Optional.empty());
            assertThat(appliance.figure("tailInputs")).isPositive();
            live();

            for (final ScriptedCall call : ringing) {
                call.answered();
                call.acknowledged();
                up.add(call);
            }
            up.forEach(KillPoint::finishUp);
            assertThat(appliance.ask("status")).contains("live=0 ringing=0");
            assertThat(appliance.ask("audit")).startsWith("0 ");
            assertThat(appliance.stop()).isZero();
            assertThat(recorded()).containsExactlyInAnyOrderElementsOf(names);
        } finally {
            if (appliance != null) {
                appliance.close();
            }
        }
    }

    /** Calls of former lives answer and ring on, one ends, and new ones join them. */
    private void live() {
        assertThat(appliance.figure("calls")).isEqualTo(up.size() + ringing.size());
        for (final ScriptedCall call : up) {
            call.asked("OPTIONS");
        }
        if (!ringing.isEmpty()) {
            final ScriptedCall call = ringing.removeFirst();
            call.answered();
            call.acknowledged();
            KillPoint.finishUp(call);
        }
        for (int i = 0; i < 3; i++) {
            final ScriptedCall answered = call();
            answered.tried();
            answered.rang();
            answered.answered();
            answered.acknowledged();
            up.add(answered);
            final ScriptedCall rung = call();
            rung.tried();
            rung.rang();
            ringing.add(rung);
        }
        assertThat(appliance.ask("status"))
                .contains("live=" + (up.size() + ringing.size()) + " ringing=" + ringing.size());
    }

    private ScriptedCall call() {
        final String name = "call-" + names.size();
        names.add(name);
        return new ScriptedCall(name, caller, callee);
    }

    private String data() {
        return directory.resolve("data").toString();
    }

    private void start(final Optional<Path> classes) throws Exception {
        appliance = ApplianceProcess.startBuild(
                classes,
                Path.of(data()),
                "sip.bind=" + bind,
                "console.bind=127.0.0.1:0",
                "profile=shared",
                "journal.block=1MiB",
                "journal.reserve=0B");
        final InetSocketAddress address =
                new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), appliance.sipPort());
        caller.towards(address);
        callee.towards(address);
    }

    /** Schema version in the header of the newest snapshot. */
    private int snapshotSchema() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(data(), "snapshots"))) {
            final Path newest =
                    files.max(Comparator.comparing(Path::getFileName)).orElseThrow();
            return ByteBuffer.wrap(Files.readAllBytes(newest))
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .getShort(SNAPSHOT_SCHEMA);
        }
    }

    private List<String> recorded() throws Exception {
        return Pattern.compile("\"caller_call_id\":\"([^\"]*)\"")
                .matcher(ApplianceProcess.run("cdr", "--data", data()))
                .results()
                .map((MatchResult result) -> result.group(1))
                .toList();
    }
}
