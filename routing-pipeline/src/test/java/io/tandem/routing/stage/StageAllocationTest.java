package io.tandem.routing.stage;

import static io.tandem.routing.stage.StageFixture.BASE;
import static io.tandem.routing.stage.StageFixture.CARRIER_ADDRESS;
import static io.tandem.routing.stage.StageFixture.number;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class StageAllocationTest {
    private static final int CALLS = 100_000;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final UnsafeBuffer text = new UnsafeBuffer(new byte[ReasonText.LENGTH_MAX]);
    private long accepted;
    private long source = CARRIER_ADDRESS;
    private long called = 12025550123L;
    private String caller;
    private String dialled;

    @Test
    void shouldAllocateNothingPerCall() {
        final StageFixture call = new StageFixture(BASE
                + """
                {"resource":"schedules","account_id":"name:acme","name":"hours","timezone":"America/New_York","rules":[\
                {"kind":"weekly","dow":1,"start_time":"22:00","end_time":"06:00"},\
                {"kind":"date","start_date":"2026-12-28","is_closed":1}]}
                """
                + number("\"max_channels\":3,\"schedule_id\":\"name:hours\",\"closed_dest_kind\":\"trunk\","
                        + "\"closed_dest_id\":\"name:pbx\""));
        assertThat(allocated(call)).isLessThan(CALLS / 10);
        assertThat(accepted).isEqualTo(3L * CALLS);
    }

    @Test
    void shouldAllocateNothingWhenNoTransformCanMatch() {
        final StageFixture call = new StageFixture(BASE + number("") + """
                {"resource":"number-transforms","account_id":"name:acme","scope_kind":"trunk","scope_id":"name:carrier",\
                "direction":"inbound_dst","match_regex":"^011(\\\\d+)$","replacement":"$1"}
                {"resource":"number-transforms","account_id":"name:acme","scope_kind":"account",\
                "direction":"inbound_cid","match_regex":"^\\\\+49(\\\\d+)$","replacement":"0$1"}
                """);
        assertThat(allocated(call)).isLessThan(CALLS / 10);
        assertThat(accepted).isEqualTo(3L * CALLS);
    }

    @Test
    void shouldAllocateNothingWhereOperatorsForbidAndLimit() {
        final StageFixture call = new StageFixture(BASE + number("") + """
                {"resource":"policies/acl-rules","account_id":"name:acme","rule_type":"ip_allow","value":"127.0.0.0/8"}
                {"resource":"policies/phone-lists","account_id":"name:acme","kind":"dnc_in","entries":["44*"]}
                {"resource":"policies/geo-policies","account_id":"name:acme","mode":"denylist","countries":["FR"]}
                {"resource":"policies/recording-rules","account_id":"name:acme","mode":"on"}
                {"resource":"policies/call-limits","account_id":"name:acme","period_sec":60,"max_count":1,"hard":0}
                """);
        assertThat(allocated(call)).isLessThan(CALLS / 10);
        assertThat(accepted).isEqualTo(3L * CALLS);
    }

    @Test
    void shouldAllocateNothingForNumbersOfRangesAndPrefixes() {
        for (final String block : new String[] {"12025550100..12025550199", "120255*"}) {
            final StageFixture call = new StageFixture(BASE
                    + number("\"max_channels\":3").replace("12025550123", block)
                    + number("").replace("12025550123", "1202*")
                    + number("").replace("12025550123", "12025550200..12025550299"));
            assertThat(allocated(call)).isLessThan(CALLS / 10);
            assertThat(accepted).isEqualTo(3L * CALLS);
        }
    }

    @Test
    void shouldAllocateNothingForACallThatLeaves() {
        final StageFixture call = new StageFixture(BASE.replace(StageFixture.ACME, """
                {"resource":"accounts","name":"acme","country":"US"}
                """) + number("") + """
                {"resource":"trunks","account_id":"name:acme","name":"out","direction":"outbound","proxy":"127.0.0.8"}
                {"resource":"outbound-routes","account_id":"name:acme","match_prefix":"44","via":"trunk","trunk_id":"name:out"}
                {"resource":"policies/geo-policies","account_id":"name:acme","mode":"allowlist","countries":["GB"]}
                {"resource":"policies/caller-id-rules","account_id":"name:acme","match_country":"GB","cid_number":"12025550123"}
                """);
        source = StageFixture.PBX_ADDRESS;
        called = 442071838750L;
        assertThat(allocated(call)).isLessThan(CALLS / 10);
        assertThat(accepted).isEqualTo(3L * CALLS);
    }

    @Test
    void shouldAllocateNothingWhereNumbersAreReadInACountry() {
        final String configuration = BASE.replace(StageFixture.ACME, """
                {"resource":"accounts","name":"acme","country":"US"}
                """) + number("");
        for (final String[] shown : new String[][] {
            {"12025550100", "12025550123"},
            {"2025550100", "2025550123"},
            {"00442071838750", "01112025550123"},
            {"011442071838750", "2025550123"},
            {"4795550100", "2025550123"}
        }) {
            caller = shown[0];
            dialled = shown[1];
            assertThat(allocated(new StageFixture(configuration))).as(caller).isLessThan(CALLS / 10);
            assertThat(accepted).isEqualTo(3L * CALLS);
        }
    }

    @Test
    void shouldAllocateNothingForACallForHelp() {
        final StageFixture call =
                new StageFixture(BASE.replace(StageFixture.ACME, """
                {"resource":"accounts","name":"acme","country":"US","default_cid_number":"12025550123"}
                """) + number("\"emergency_enabled\":1") + """
                {"resource":"trunks","account_id":"name:acme","name":"out","direction":"outbound","proxy":"127.0.0.8"}
                {"resource":"outbound-routes","account_id":"name:acme","match_prefix":"911","via":"trunk","trunk_id":"name:out"}
                """);
        source = StageFixture.PBX_ADDRESS;
        called = 112;
        assertThat(allocated(call)).isLessThan(CALLS / 10);
        assertThat(accepted).isEqualTo(3L * CALLS);
    }

    @Test
    void shouldAllocateLittleWhenATransformIsTried() {
        final StageFixture call = new StageFixture(BASE + number("") + """
                {"resource":"number-transforms","account_id":"name:acme","scope_kind":"trunk","scope_id":"name:carrier",\
                "direction":"inbound_dst","match_regex":"^(\\\\d+)$","replacement":"$1"}
                """);
        assertThat(allocated(call) / CALLS).isBetween(1L, 1024L);
    }

    /** Bytes allocated by as many calls as {@link #CALLS}, after as many twice to warm up. */
    private long allocated(final StageFixture call) {
        accepted = 0;
        run(call);
        run(call);
        final long before = THREADS.getCurrentThreadAllocatedBytes();
        run(call);
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    private void run(final StageFixture call) {
        for (int i = 0; i < CALLS; i++) {
            call.request.caller.setE164(12025550100L + (i & 63));
            call.request.called.setE164(called);
            if (caller != null) {
                call.request.caller.setAscii(caller);
                call.request.called.setAscii(dialled);
            }
            call.request.wallMs += 977;
            call.request.addressLow = source;
            if (call.decide() && call.admitLeg()) {
                accepted++;
            }
            call.decision.writeReasonText(text, 0);
            call.stages.release(call.legHolds);
            call.stages.release(call.callHolds);
        }
    }
}
