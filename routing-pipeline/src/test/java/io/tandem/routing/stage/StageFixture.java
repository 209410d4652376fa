package io.tandem.routing.stage;

import io.tandem.routing.admission.AdmissionLedger;
import io.tandem.routing.admission.CallWindows;
import io.tandem.routing.admission.Holds;
import io.tandem.routing.configuration.InMemoryConfiguration;
import java.time.Instant;
import org.agrona.concurrent.UnsafeBuffer;

/** Stages over a configuration written as lines of JSON, and one reused call. */
final class StageFixture {
    static final String ACME = """
            {"resource":"accounts","name":"acme"}
            """;
    static final String CARRIER = """
            {"resource":"trunks","account_id":"name:acme","name":"carrier","direction":"inbound","acl":["127.0.0.2/32"]}
            """;
    static final String PBX = """
            {"resource":"trunks","account_id":"name:acme","name":"pbx","role":"pbx","proxy":"127.0.0.3:5080",\
            "acl":["127.0.0.3/32"]}
            """;
    static final String BASE = ACME + CARRIER + PBX;
    static final long CARRIER_ADDRESS = 0xffff_7f00_0002L;
    static final long PBX_ADDRESS = 0xffff_7f00_0003L;

    final AdmissionLedger ledger = new AdmissionLedger(256);
    final CallWindows windows = new CallWindows(64, 256);
    final RoutingStages stages;
    final CallRequest request = new CallRequest();
    final Decision decision = new Decision();
    final Holds callHolds = new Holds();
    final Holds legHolds = new Holds();

    StageFixture(final String lines) {
        this(lines, StageSettings.DEFAULT);
    }

    StageFixture(final String lines, final StageSettings settings) {
        stages = new RoutingStages(ledger, windows, StageClock.NONE);
        stages.use(settings);
        stages.use(InMemoryConfiguration.of("test", 7, lines));
        from(CARRIER_ADDRESS, "12025550100", "12025550123");
        at("2026-03-02T12:00:00Z");
    }

    /** A number of acme that points at the PBX, with more fields. */
    static String number(final String more) {
        return """
                {"resource":"numbers","account_id":"name:acme","e164":"12025550123","dest_kind":"trunk","dest_id":"name:pbx"%s}
                """.replace("%s", more.isEmpty() ? "" : "," + more);
    }

    StageFixture from(final long source, final String caller, final String called) {
        request.clear();
        request.addressLow = source;
        request.caller.setAscii(caller);
        request.called.setAscii(called);
        return at("2026-03-02T12:00:00Z");
    }

    StageFixture at(final String instant) {
        request.wallMs = Instant.parse(instant).toEpochMilli();
        return this;
    }

    /** Decides the call; what it holds is kept. */
    boolean decide() {
        return stages.decide(request, decision, callHolds);
    }

    /** Decides the call for holds of its own, as if it were another one. */
    boolean decideAnother() {
        return stages.decide(request, decision, new Holds());
    }

    boolean admitLeg() {
        return stages.admitLeg(decision, decision.target(), legHolds);
    }

    String reason() {
        final UnsafeBuffer text = new UnsafeBuffer(new byte[ReasonText.LENGTH_MAX]);
        return text.getStringWithoutLengthAscii(0, decision.writeReasonText(text, 0));
    }
}
