package io.tandem.appliance.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tandem.appliance.transport.Listener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SettingsTest {
    @TempDir
    private Path directory;

    @Test
    void shouldServeLoopbackByDefault() {
        assertThat(Settings.defaults().listeners().stream().map(Listener::toString))
                .containsExactly("main udp 127.0.0.1:5060", "main tcp 127.0.0.1:5060");
        assertThat(Settings.defaults()
                        .endpoint(Setting.CONSOLE_BIND)
                        .orElseThrow()
                        .getPort())
                .isEqualTo(2323);
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    void shouldHaveValidDefaults(final Setting setting) {
        if (!setting.defaultValue().isEmpty()) {
            assertThat(setting.type().problem(setting.defaultValue())).isNull();
        }
        assertThat(setting.sentence()).endsWith(".");
    }

    @Test
    void shouldReadFileAndLetAssignmentsWin() throws IOException {
        final Path file = file("""
                profile = "shared"
                calls.max = 500
                [tcp.idle]
                timeout = "90s"
                [listener.carriers]
                bind = "10.0.0.5:5060"
                advertise = "203.0.113.7:5061"
                transport = "tcp"
                dscp = 46
                """);
        final Settings settings = Settings.load(file, List.of("calls.max=600", "sip.bind=off"));
        assertThat(settings.text(Setting.PROFILE)).isEqualTo("shared");
        assertThat(settings.whole(Setting.CALLS_MAX)).isEqualTo(600);
        assertThat(settings.durationMs(Setting.TCP_IDLE_TIMEOUT)).isEqualTo(90_000);
        assertThat(settings.listeners()).singleElement().satisfies(listener -> {
            assertThat(listener).hasToString("carriers tcp 10.0.0.5:5060 as 203.0.113.7:5061");
            assertThat(listener.number()).isZero();
            assertThat(listener.dscp()).isEqualTo(46);
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    sip.bnd=1                 | unknown setting: setting=sip.bnd, did you mean sip.bind?
                    nonsense.of.great.length=1| unknown setting: setting=nonsense.of.great.length (docs/configuration.md lists all)
                    listener.a.port=5         | unknown setting: setting=listener.a.port (docs/configuration.md lists all)
                    calls.max=many            | setting must be a whole number from 16 to 1000000: setting=calls.max value=many
                    calls.max=1               | setting must be a whole number from 16 to 1000000: setting=calls.max value=1
                    ring.slots=1000           | setting must be a power of two: setting=ring.slots value=1000
                    profile=fast              | setting must be one of auto, shared, dedicated: setting=profile value=fast
                    cpus=2,99999999999        | setting must be a comma list of CPU numbers such as 2,3,4: setting=cpus value=2,99999999999
                    journal.sync=yes          | setting must be true or false: setting=journal.sync value=yes
                    udp.buffer=12             | setting must be a size such as 4MiB from 64KiB to 256MiB: setting=udp.buffer value=12
                    tcp.idle.timeout=5        | setting must be a time with unit such as 500ms, 5s, 10m or 2h from 1s to 24h: setting=tcp.idle.timeout value=5
                    sip.bind=localhost:5060   | setting must be an IP address and port such as 192.0.2.1:5060 or [2001:db8::1]:5060: setting=sip.bind value=localhost:5060
                    sip.bind=1.2.3.4:70000    | setting must be an IP address and port such as 192.0.2.1:5060 or [2001:db8::1]:5060: setting=sip.bind value=1.2.3.4:70000
                    sip.bind=off              | no listener is left: setting=sip.bind value=off and no listener.NAME.bind
                    listener.a.dscp=3         | listener has no address: setting=listener.a.bind is missing
                    sip.bind=0.0.0.0:5060     | listener on all addresses must say which one it advertises: listener=main udp 0.0.0.0:5060 missing=sip.advertise
                    sip.bind                  | --set wants key=value: given=sip.bind
                    """)
    void shouldSayInOneSentenceWhatIsWrong(final String assignment, final String sentence) {
        assertThatThrownBy(() -> Settings.load(null, List.of(assignment)))
                .isInstanceOf(SettingsException.class)
                .hasMessage(sentence);
    }

    @Test
    void shouldSayWhereFileIsBroken() throws IOException {
        final Path file = file("profile = \"shared\"\nthis is no toml\n");
        assertThatThrownBy(() -> Settings.load(file, List.of()))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("settings file is no TOML: file=" + file)
                .hasMessageEndingWith("line=2");
    }

    @Test
    void shouldSayThatFileIsMissing() {
        final Path file = directory.resolve("absent.toml");
        assertThatThrownBy(() -> Settings.load(file, List.of()))
                .hasMessageStartingWith("settings file cannot be read: file=" + file);
    }

    @Test
    void shouldRefuseListForOneValue() throws IOException {
        final Path file = file("sip.bind = [\"127.0.0.1:5060\"]\n");
        assertThatThrownBy(() -> Settings.load(file, List.of()))
                .hasMessageStartingWith("setting takes one value, not a list: setting=sip.bind");
    }

    @Test
    void shouldUnderstandIpv6() {
        assertThat(Settings.load(null, List.of("sip.bind=[2001:db8::1]:5060"))
                        .listeners()
                        .getFirst()
                        .toString())
                .isEqualTo("main udp [2001:db8::1]:5060");
    }

    @Test
    void shouldMatchTheReferencePage() throws IOException {
        final Path page = Path.of("..", "docs", "configuration.md");
        if (Boolean.getBoolean("tandem.docs.write")) {
            Files.writeString(page, SettingsReference.markdown());
        }
        assertThat(Files.readString(page))
                .as("docs/configuration.md is printed from the code: -Dtandem.docs.write=true writes it anew")
                .isEqualTo(SettingsReference.markdown());
    }

    private Path file(final String text) throws IOException {
        return Files.writeString(directory.resolve("tandem.toml"), text);
    }
}
