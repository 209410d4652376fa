package io.tandem.routing.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.routing.admission.AdmissionLedger;
import io.tandem.routing.admission.Dimension;
import io.tandem.routing.admission.Holds;
import io.tandem.routing.configuration.InMemoryConfiguration;
import io.tandem.routing.configuration.NumberRow;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.model.TargetKind;
import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class FirstCallTest {
    private static final ResourceId ACCOUNT = new ResourceId(1, 1);
    private static final ResourceId CARRIER = new ResourceId(2, 1);
    private static final ResourceId PBX = new ResourceId(2, 2);

    private final AdmissionLedger ledger = new AdmissionLedger(64);
    private final RoutingStages stages = new RoutingStages(ledger, StageClock.NONE);
    private final CallRequest request = new CallRequest();
    private final Decision decision = new Decision();
    private final Holds callHolds = new Holds();
    private final Holds legHolds = new Holds();

    @Test
    void shouldSendACallFromTheCarrierToThePbx() {
        call(0xffff_7f00_0002L, "+12025550123");

        assertThat(stages.decide(request, decision, callHolds)).isTrue();
        assertThat(decision.target().name()).isEqualTo("pbx");
        assertThat(decision.target().port()).isEqualTo(5080);
        assertThat(decision.target().addressLow()).isEqualTo(0xffff_7f00_0003L);
        assertThat(decision.calledOut).hasToString("12025550123");
        assertThat(decision.revision()).isEqualTo(7);
        assertThat(stages.admitLeg(decision, decision.target(), legHolds)).isTrue();
        assertThat(ledger.count(Dimension.NUMBER, 3, 1)).isEqualTo(1);
        assertThat(ledger.count(Dimension.TRUNK, 2, 1)).isEqualTo(1);
        assertThat(ledger.count(Dimension.TRUNK, 2, 2)).isEqualTo(1);

        stages.release(callHolds);
        stages.release(legHolds);
        assertThat(ledger.usedCounters()).isZero();
    }

    @Test
    void shouldNameTheCeilingThatIsReached() {
        call(0xffff_7f00_0002L, "12025550123");
        stages.decide(request, decision, callHolds);

        assertThat(stages.decide(request, decision, new Holds())).isFalse();
        assertThat(decision.rule()).isEqualTo(Rule.NUMBER_CEILING);
        assertThat(decision.status()).isEqualTo(486);
        final UnsafeBuffer text = new UnsafeBuffer(new byte[96]);
        final int length = decision.writeReasonText(text, 0);
        assertThat(text.getStringWithoutLengthAscii(0, length)).isEqualTo("number ceiling 1 reached");
    }

    @Test
    void shouldRefuseUnknownSourceAndUnknownNumber() {
        call(0xffff_7f00_0009L, "12025550123");
        assertThat(stages.decide(request, decision, callHolds)).isFalse();
        assertThat(decision.rule()).isEqualTo(Rule.SOURCE_UNKNOWN);

        call(0xffff_7f00_0002L, "12025550124");
        assertThat(stages.decide(request, decision, callHolds)).isFalse();
        assertThat(decision.rule()).isEqualTo(Rule.NUMBER_UNKNOWN);
        assertThat(decision.status()).isEqualTo(404);
        assertThat(ledger.usedCounters()).isZero();
    }

    private void call(final long source, final String called) {
        request.clear();
        request.addressLow = source;
        request.called.setAscii(called);
        request.caller.setAscii("12025550100");
        stages.use(configuration());
    }

    private static InMemoryConfiguration configuration() {
        final String account = ACCOUNT.prefixed(ResourceKind.ACCOUNTS);
        final NumberRow row = new NumberRow();
        row.clear();
        row.e164 = 12025550123L;
        row.idHigh = 3;
        row.idLow = 1;
        row.accountHigh = ACCOUNT.high();
        row.accountLow = ACCOUNT.low();
        row.maxChannels = 1;
        row.destKind = (byte) TargetKind.TRUNK.code();
        row.destHigh = PBX.high();
        row.destLow = PBX.low();
        return InMemoryConfiguration.builder("test", 7)
                .resource(ResourceKind.ACCOUNTS, ACCOUNT.high(), ACCOUNT.low(), json("""
                        {"id":"%s","name":"acme"}""".replace("%s", account)))
                .resource(ResourceKind.TRUNKS, CARRIER.high(), CARRIER.low(), json("""
                        {"id":"%s","account_id":"%a","name":"carrier","direction":"inbound","acl":["127.0.0.2/32"]}""".replace(
                                "%s", CARRIER.prefixed(ResourceKind.TRUNKS))
                        .replace("%a", account)))
                .resource(ResourceKind.TRUNKS, PBX.high(), PBX.low(), json("""
                        {"id":"%s","account_id":"%a","name":"pbx","direction":"outbound","proxy":"127.0.0.3:5080"}""".replace(
                                "%s", PBX.prefixed(ResourceKind.TRUNKS))
                        .replace("%a", account)))
                .number(row, json("{}"))
                .build();
    }

    private static byte[] json(final String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
