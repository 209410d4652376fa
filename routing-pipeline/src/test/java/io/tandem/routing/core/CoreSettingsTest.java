package io.tandem.routing.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tandem.journal.record.TransportKind;
import io.tandem.routing.address.Listener;
import io.tandem.routing.policy.CountriesVersion;
import io.tandem.routing.stage.StageSettings;
import io.tandem.routing.transaction.TimerValues;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What the core depends on, as text in the journal. */
class CoreSettingsTest {
    private static final CoreSettings SETTINGS = new CoreSettings(
            List.of(
                    new Listener(0, "inside", TransportKind.UDP, "10.0.0.1", 5060, true),
                    new Listener(1, "outside", TransportKind.TCP, "[2001:db8::1]", 5070, false)),
            new TimerValues(
                    TimeUnit.MILLISECONDS.toNanos(250),
                    TimeUnit.MILLISECONDS.toNanos(2_000),
                    TimeUnit.MILLISECONDS.toNanos(2_500),
                    TimeUnit.MILLISECONDS.toNanos(181_000)),
            7,
            8,
            9_000);

    @Test
    void shouldReadWhatItWrote() {
        assertThat(CoreSettings.parse(SETTINGS.toText())).isEqualTo(SETTINGS);
    }

    @Test
    void shouldNameTheCountryFileOnlyWhenThereIsOne() {
        final CoreSettings told = new CoreSettings(
                SETTINGS.listeners(),
                SETTINGS.timers(),
                7,
                8,
                9_000,
                SETTINGS.sipLimits(),
                new CountriesVersion("0123456789abcdef".repeat(4), 1_700_000_000),
                new StageSettings(410, true));

        assertThat(CoreSettings.parse(told.toText())).isEqualTo(told);
        assertThat(told.toText()).contains("\ncountries.sha256=0123456789abcdef", "\ncountries.built-sec=1700000000\n");
        assertThat(SETTINGS.toText()).doesNotContain("countries");
    }

    @Test
    void shouldPassOverWhatANewerBuildWroteAndFillInWhatAnElderDidNot() {
        assertThat(CoreSettings.parse("timer.q-ms=5\nlimit.calls=3\n\n"))
                .isEqualTo(new CoreSettings(
                        List.of(),
                        TimerValues.DEFAULT,
                        3,
                        CoreSettings.TRANSACTIONS_MAX_DEFAULT,
                        CoreSettings.STORE_BYTES_MAX_DEFAULT));
    }

    @Test
    void shouldNameTheLineThatCannotBeRead() {
        assertThatThrownBy(() -> CoreSettings.parse("limit.calls"))
                .hasMessage("core setting without '=': line=limit.calls");
        assertThatThrownBy(() -> CoreSettings.parse("listener.0=main UDP"))
                .hasMessage("core setting of a listener unreadable: id=0 value=main UDP");
    }

    @Test
    void shouldRefuseAMasterKeyThatIsTooShort() {
        assertThatThrownBy(() -> new CoreKeys(new byte[15])).hasMessage("master key too short: bytes=15 minimum=16");
    }

    @Test
    void shouldMintOtherIdentifiersInEveryLifeAndFromEveryMaster() {
        final CoreKeys keys = new CoreKeys(new byte[16]);
        final long first = keys.identifiers(1).begin().number(7).end().low();
        assertThat(keys.identifiers(1).begin().number(7).end().low()).isEqualTo(first);
        assertThat(keys.identifiers(2).begin().number(7).end().low()).isNotEqualTo(first);
        final byte[] other = new byte[16];
        other[15] = 1;
        assertThat(new CoreKeys(other).identifiers(1).begin().number(7).end().low())
                .isNotEqualTo(first);
        assertThat(keys.requestTable().begin().number(7).end().low())
                .isNotEqualTo(keys.statelessTags().begin().number(7).end().low());
    }
}
