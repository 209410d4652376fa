package io.tandem.routing.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.journal.record.MessageHeaderEncoder;
import io.tandem.journal.record.RestartedEncoder;
import java.util.Arrays;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class RestartTest {
    private static final Restart RESTART =
            new Restart(7, 123, 456, "1.2.3", CoreSettings.of(List.of()).toText(), "2025b", "25.0.3+9");

    @Test
    void shouldReadWhatItWrote() {
        assertThat(Restart.decode(new UnsafeBuffer(RESTART.encode()), 0)).isEqualTo(RESTART);
    }

    /** Bytes of schema version 1 end after the settings (docs/decisions/0004). */
    @Test
    void shouldReadTheVersionBefore() {
        final byte[] now = RESTART.encode();
        final int added = 4 + RESTART.timeZones().length() + 4 + RESTART.java().length();
        final byte[] before = Arrays.copyOf(now, now.length - added);
        new MessageHeaderEncoder().wrap(new UnsafeBuffer(before), 0).version(1);
        final Restart read = Restart.decode(new UnsafeBuffer(before), 0);
        assertThat(read.settings()).isEqualTo(RESTART.settings());
        assertThat(read.timeZones()).isEmpty();
        assertThat(read.java()).isEmpty();
        assertThat(RestartedEncoder.SCHEMA_VERSION).isEqualTo(4);
    }
}
