package io.tandem.routing.call;

import static io.tandem.routing.call.Texts.invite;
import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.routing.core.CoreSettings;
import io.tandem.routing.counter.CoreCounter;
import io.tandem.routing.policy.CountriesVersion;
import io.tandem.routing.stage.Rule;
import io.tandem.routing.stage.StageSettings;
import io.tandem.sip.SipLimits;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Where the box is set so, an address that belongs to no trunk hears nothing (D2). */
@AlsoThroughSnapshots
class UnansweredSourceTest {
    private static final long STRANGER = 0xFFFF_7F00_0009L;
    private static final int PORT = 5060;

    private final CoreRig rig;

    UnansweredSourceTest(final boolean throughSnapshots) {
        rig = new CoreRig(throughSnapshots, new RigConfiguration());
        final CoreSettings defaults = CoreSettings.of(CoreRig.listeners());
        rig.restart(new CoreSettings(
                defaults.listeners(),
                defaults.timers(),
                defaults.callsMax(),
                defaults.transactionsMax(),
                defaults.storeBytesMax(),
                SipLimits.DEFAULT,
                CountriesVersion.NONE,
                new StageSettings(404, true)));
    }

    @Test
    @DisplayName("D2 a call from an unknown address is counted and recorded, and not answered, however often it comes")
    void shouldNotAnswerACall() {
        rig.from(STRANGER, PORT, invite("s", "", ""));
        rig.from(STRANGER, PORT, invite("s", "", ""));

        assertThat(rig.records).containsExactly("403 3 refused");
        assertThat(rig.rules).containsExactly(Rule.SOURCE_UNKNOWN);
        assertThat(rig.count(CoreCounter.CALLS_OFFERED)).isOne();
        assertThat(rig.count(CoreCounter.CALLS_REFUSED)).isOne();
        rig.pass(40_000);
        assertThat(rig.toOthers).isEmpty();
        rig.over();
    }

    @Test
    @DisplayName("D2 nor does a fault in such a call get an answer")
    void shouldNotAnswerWhatIsWrongWithACall() {
        rig.from(STRANGER, PORT, invite("s", "Require: teleport\n", ""));
        rig.from(STRANGER, PORT, invite("t", "", "").replace("Max-Forwards: 70", "Max-Forwards: 0"));

        assertThat(rig.rules).containsExactly(Rule.SOURCE_UNKNOWN, Rule.SOURCE_UNKNOWN);
        rig.pass(40_000);
        assertThat(rig.toOthers).isEmpty();
        rig.over();
    }

    @Test
    void shouldNotAnswerAMessage() {
        rig.from(
                STRANGER, PORT, invite("s", "", "").replace("INVITE", "MESSAGE").replaceFirst("Contact: [^\n]*\n", ""));

        rig.pass(40_000);
        assertThat(rig.toOthers).isEmpty();
        rig.over();
    }

    @Test
    void shouldAnswerWhoeverHasATrunk() {
        rig.up("one");

        assertThat(rig.toOthers).isEmpty();
    }
}
