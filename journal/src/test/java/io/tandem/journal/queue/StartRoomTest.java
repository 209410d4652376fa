package io.tandem.journal.queue;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tandem.journal.JournalFullException;
import io.tandem.journal.JournalSettings;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartRoomTest {
    private static final JournalSettings SETTINGS = JournalSettings.small().withReserveBytes(1_000_000);
    private static final long START_BYTES = StartRoom.bytes(SETTINGS);

    @TempDir
    Path parent;

    @Test
    void shouldAskForWhatAStartTakesBesideTheReserve() {
        assertThatCode(() -> StartRoom.require(parent, SETTINGS, () -> START_BYTES + 1_000_000))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> StartRoom.require(parent, SETTINGS, () -> START_BYTES + 999_999))
                .isInstanceOf(JournalFullException.class)
                .hasMessage(
                        "disk has less free space than a start takes and the journal leaves to others: path=" + parent
                                + " freeBytes=" + (START_BYTES + 999_999) + " startBytes=" + START_BYTES
                                + " journal.reserve=1000000 (free some space, or set journal.reserve lower)");
    }

    @Test
    void shouldNotAdviseASettingThatWouldNotHelp() {
        assertThatThrownBy(() -> StartRoom.require(parent, SETTINGS.withReserveBytes(0), () -> 0))
                .isInstanceOf(JournalFullException.class)
                .hasMessageEndingWith(" journal.reserve=0 (free some space)");
    }

    @Test
    void shouldLookAtTheDiskOfADirectoryThatIsYetToBeMade() {
        final JournalSettings all = SETTINGS.withReserveBytes(Long.MAX_VALUE / 2);
        assertThatThrownBy(() -> StartRoom.require(parent.resolve("a/b"), all))
                .isInstanceOf(JournalFullException.class)
                .hasMessageContaining("path=" + parent.resolve("a/b") + " freeBytes=");
    }
}
