package io.tandem.appliance.driver;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.journal.JournalSettings;
import io.tandem.journal.snapshot.SnapshotStore;
import io.tandem.routing.configuration.InMemoryConfiguration;
import io.tandem.routing.core.Core;
import io.tandem.routing.core.CoreKeys;
import io.tandem.routing.effect.Effects;
import io.tandem.routing.stage.StageClock;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotsTest {
    @TempDir
    private Path directory;

    @Test
    void shouldCountTheTailOfFormerLives() {
        final Core core = new Core(
                new CoreKeys(new byte[32]),
                name -> InMemoryConfiguration.of(name, 1, "{\"resource\":\"accounts\",\"name\":\"acme\"}"),
                new Effects(1 << 20),
                StageClock.NONE,
                (inputIndex, error) -> {
                    throw new IllegalStateException(error);
                });
        try (SnapshotStore store = SnapshotStore.open(directory, JournalSettings.small())) {
            final Snapshots snapshots = new Snapshots(store, "test", 900, overlay -> {});
            assertThat(snapshots.isDue(core, 99, 1_000)).isFalse();
            assertThat(snapshots.isDue(core, 100, 1_000)).isTrue();
        }
    }
}
