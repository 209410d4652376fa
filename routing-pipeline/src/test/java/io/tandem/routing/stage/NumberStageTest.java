package io.tandem.routing.stage;

import static io.tandem.routing.stage.StageFixture.BASE;
import static io.tandem.routing.stage.StageFixture.CARRIER_ADDRESS;
import static io.tandem.routing.stage.StageFixture.PBX_ADDRESS;
import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.routing.admission.Dimension;
import io.tandem.routing.configuration.InMemoryConfiguration;
import io.tandem.routing.flow.GraphText;
import io.tandem.routing.model.ResourceKind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers that are there as prefixes and ranges. */
class NumberStageTest {
    private static final String RANGE = "12025550100..12025550199";
    private static final String MOBILE = "442071838750";
    private static final String OUT = """
            {"resource":"trunks","account_id":"name:acme","name":"out","direction":"outbound","provider":"carrier",\
            "proxy":"127.0.0.8"}
            """;

    /** One of acme that leads to its exchange, with more fields. */
    private static String block(final String e164, final String... more) {
        return "{\"resource\":\"numbers\",\"account_id\":\"name:acme\",\"e164\":\"" + e164
                + "\",\"dest_kind\":\"trunk\",\"dest_id\":\"name:pbx\""
                + (more.length == 0 ? "" : "," + String.join(",", more)) + "}\n";
    }

    private static boolean dialled(final StageFixture call, final String called) {
        return call.from(CARRIER_ADDRESS, "18005550000", called).decideAnother();
    }

    private static Rule ruleOf(final StageFixture call, final Stage stage) {
        return call.stages.explain(call.request).lines().stream()
                .filter(line -> line.stage() == stage)
                .findFirst()
                .orElseThrow()
                .rule();
    }

    // ---- what takes a number ---------------------------------------------------------------------------------------

    @ParameterizedTest
    @DisplayName(
            "the verdict says whether the number itself, a range or a prefix took the call, which shows what was dialled")
    @CsvSource({
        "12025550123, NUMBER_FOUND", "12025550100, NUMBER_IN_RANGE", "12025550150, NUMBER_IN_RANGE",
        "12025550199, NUMBER_IN_RANGE", "+1 (202) 555-0199, NUMBER_IN_RANGE", "12025550142, NUMBER_BY_PREFIX",
        "120255501421234, NUMBER_BY_PREFIX", "12025550200, NUMBER_BY_PREFIX", "1202555, NUMBER_BY_PREFIX"
    })
    void shouldSayWhatTookTheCall(final String called, final Rule rule) {
        final StageFixture call = new StageFixture(
                BASE + block("12025550123") + block(RANGE) + block("1202555*") + block("12025550142*"));

        assertThat(dialled(call, called)).as(call.reason()).isTrue();

        assertThat(call.stages.counts().count(rule)).isEqualTo(1);
        assertThat(ruleOf(call, Stage.NUMBER)).isEqualTo(rule);
        final String digits = called.replaceAll("[^0-9]", "");
        assertThat(call.decision.calledOut).hasToString(digits);
        assertThat(call.decision.dialled()).isEqualTo(Long.parseLong(digits));
        assertThat(call.decision.direction()).isEqualTo(CallDirection.INBOUND);
        assertThat(call.decision.target().name()).isEqualTo("pbx");
    }

    @ParameterizedTest
    @DisplayName("what no number, range or prefix holds is unknown to the network, and outside for an exchange")
    @CsvSource({"12025550099", "12025550200", "1202555010", "120255501000", "1303", "13035550100", "4930"})
    void shouldMissWhatNothingHolds(final String called) {
        final StageFixture call = new StageFixture(
                BASE + OUT + block("12025550123") + block(RANGE) + block("49301*") + block("1303555*"));
        final boolean isHeld = called.startsWith("1303555");

        assertThat(dialled(call, called)).isEqualTo(isHeld);
        if (!isHeld) {
            assertThat(call.decision.rule()).isEqualTo(Rule.NUMBER_UNKNOWN);
            assertThat(call.decision.status()).isEqualTo(404);
            assertThat(call.from(PBX_ADDRESS, "12025550123", called).decideAnother())
                    .as(call.reason())
                    .isTrue();
            assertThat(ruleOf(call, Stage.NUMBER)).isEqualTo(Rule.NUMBER_OUTSIDE);
            assertThat(call.decision.direction()).isEqualTo(CallDirection.OUTBOUND);
            assertThat(call.decision.target().name()).isEqualTo("out");
            assertThat(call.decision.callerOut).hasToString("12025550123");
        }
    }

    @ParameterizedTest
    @DisplayName("a number that is not in service stays so inside a range or a prefix that is, and the other way round")
    @CsvSource({
        "'\"status\":\"disabled\"', NUMBER_DISABLED, 404",
        "'\"status\":\"disabled\",\"disabled_as\":\"deleted\"', NUMBER_DELETED, 404",
        "'\"status\":\"disabled\",\"disabled_as\":\"suspended\"', NUMBER_SUSPENDED, 480",
        "'\"status\":\"disabled\",\"disabled_as\":\"pending\"', NUMBER_PENDING, 404"
    })
    void shouldGoByTheStatusOfTheLongestMatch(final String status, final Rule rule, final int answer) {
        for (final String[] pair : new String[][] {
            {RANGE, "12025550123"}, {"1202555*", "12025550123"}, {"1202555*", RANGE}, {RANGE, "12025550123*"}
        }) {
            final StageFixture shut = new StageFixture(BASE + block(pair[0]) + block(pair[1], status));
            assertThat(dialled(shut, "12025550123")).isFalse();
            assertThat(shut.decision.rule()).isEqualTo(rule);
            assertThat(shut.decision.status()).isEqualTo(rule.status() == 0 ? answer : rule.status());
            assertThat(dialled(shut, pair[0].equals(RANGE) ? "12025550124" : "12025559999"))
                    .isTrue();

            final StageFixture open = new StageFixture(BASE + block(pair[0], status) + block(pair[1]));
            assertThat(dialled(open, "12025550123")).isTrue();
            assertThat(dialled(open, pair[0].equals(RANGE) ? "12025550124" : "12025559999"))
                    .isFalse();
            assertThat(open.decision.rule()).isEqualTo(rule);
        }
    }

    @Test
    @DisplayName("a number that was given up inside an active range is not found, 404")
    void shouldNotFindAGivenUpNumberThroughItsRange() {
        final StageFixture call = new StageFixture(
                BASE + block(RANGE) + block("12025550123", "\"status\":\"disabled\"", "\"disabled_as\":\"deleted\""));

        assertThat(dialled(call, "12025550123")).isFalse();
        assertThat(call.decision.rule()).isEqualTo(Rule.NUMBER_DELETED);
        assertThat(call.decision.status()).isEqualTo(404);
    }

    @Test
    @DisplayName(
            "the account of the range takes the call, even inside a prefix of another; suspended accounts take none")
    void shouldGoByTheAccountOfTheLongestMatch() {
        final String accounts = BASE + """
                {"resource":"accounts","name":"other","status":"suspended","did_default_dest_kind":"hangup"}
                """;
        final StageFixture call = new StageFixture(accounts + block("1202*") + """
                {"resource":"numbers","account_id":"name:other","e164":"12025550100..12025550199"}
                """);
        assertThat(dialled(call, "12025550200")).isTrue();
        assertThat(dialled(call, "12025550199")).isFalse();
        assertThat(call.decision.rule()).isEqualTo(Rule.ACCOUNT_SUSPENDED);
    }

    @Test
    @DisplayName("a change of ranges counts from the next call on")
    void shouldFollowAnotherRevision() {
        final StageFixture call = new StageFixture(BASE + block(RANGE));
        assertThat(dialled(call, "12025550199")).isTrue();

        call.stages.use(
                InMemoryConfiguration.of("next", 8, BASE + block("12025550100..12025550149") + block("1202556*")));

        assertThat(dialled(call, "12025550199")).isFalse();
        assertThat(dialled(call, "12025550149")).isTrue();
        assertThat(dialled(call, "12025569999")).isTrue();
    }

    // ---- one number for all of them --------------------------------------------------------------------------------

    @ParameterizedTest
    @DisplayName("all calls to a range or a prefix share its ceiling; a number of its own inside has its own")
    @CsvSource({"12025550100..12025550199", "120255501*"})
    void shouldShareTheCeiling(final String block) {
        final StageFixture call = new StageFixture(
                BASE + block(block, "\"max_channels\":2") + block("12025550123", "\"max_channels\":1"));

        assertThat(call.from(CARRIER_ADDRESS, "18005550000", "12025550100").decide())
                .isTrue();
        assertThat(dialled(call, "12025550199")).isTrue();
        assertThat(call.ledger.count(Dimension.NUMBER, call.decision.numberHigh(), call.decision.numberLow()))
                .isEqualTo(2);
        assertThat(dialled(call, "12025550150")).isFalse();
        assertThat(call.decision.rule()).isEqualTo(Rule.NUMBER_CEILING);
        assertThat(call.decision.status()).isEqualTo(486);
        assertThat(dialled(call, "12025550123")).isTrue();
        assertThat(dialled(call, "12025550123")).isFalse();
        call.stages.release(call.callHolds);
        assertThat(dialled(call, "12025550150")).isTrue();
        assertThat(dialled(call, "12025550151")).isFalse();
    }

    @Test
    @DisplayName("hours, anonymity and its own target are those of the range for every number in it")
    void shouldHaveOneScheduleAndOneTarget() {
        final StageFixture call = new StageFixture(BASE + """
                {"resource":"schedules","account_id":"name:acme","name":"never","rules":[\
                {"kind":"date","start_date":"1999-01-01"}]}
                """
                + block(
                        RANGE,
                        "\"allow_anonymous\":0",
                        "\"schedule_id\":\"name:never\"",
                        "\"closed_dest_kind\":\"hangup\"",
                        "\"closed_dest_xform\":{\"sip_code\":480}"));
        for (final String called : new String[] {"12025550100", "12025550199"}) {
            assertThat(dialled(call, called)).isFalse();
            assertThat(call.decision.status()).isEqualTo(480);
            assertThat(call.from(CARRIER_ADDRESS, "", called).decideAnother()).isFalse();
            assertThat(call.decision.status()).isEqualTo(433);
        }
    }

    @Test
    @DisplayName("transforms of a range or a prefix rewrite both numbers of its calls")
    void shouldRunItsTransforms() {
        final StringBuilder lines = new StringBuilder(BASE + block(RANGE) + block("1303*") + block("12025550123"));
        for (final String name : new String[] {RANGE, "1303*"}) {
            for (final String[] transform :
                    new String[][] {{"inbound_dst", "^1(.*)$", "$1"}, {"inbound_cid", "^", "9"}}) {
                lines.append("""
                        {"resource":"number-transforms","account_id":"name:acme","scope_kind":"did","scope_id":"name:%s",\
                        "direction":"%s","match_regex":"%s","replacement":"%s"}
                        """.formatted(name, transform[0], transform[1], transform[2]));
            }
        }
        final StageFixture call = new StageFixture(lines.toString());
        for (final String called : new String[] {"12025550100", "12025550199", "13035550000"}) {
            assertThat(dialled(call, called)).as(call.reason()).isTrue();
            assertThat(call.decision.calledOut).hasToString(called.substring(1));
            assertThat(call.decision.callerOut).hasToString("918005550000");
            assertThat(call.decision.dialled()).isEqualTo(Long.parseLong(called));
        }
        assertThat(dialled(call, "12025550123")).isTrue();
        assertThat(call.decision.calledOut).hasToString("12025550123");
        assertThat(call.decision.callerOut).hasToString("18005550000");
    }

    @Test
    @DisplayName("limits and lists name a range like a number, and count all calls to it together")
    void shouldCountAndScreenAllItsCalls() {
        final StageFixture call = new StageFixture(BASE + block(RANGE) + block("12025550123") + """
                {"resource":"policies/call-limits","account_id":"name:acme","scope_kind":"did",\
                "scope_id":"name:12025550100..12025550199","direction":"in","period_sec":60,"max_count":2}
                {"resource":"policies/phone-lists","account_id":"name:acme","scope_kind":"did",\
                "scope_id":"name:12025550100..12025550199","kind":"dnc_in","entries":["44*"]}
                """);
        call.request.nowNs = TimeUnit.SECONDS.toNanos(100);
        final List<Boolean> passed = new ArrayList<>();
        for (final String called : new String[] {"12025550100", "12025550199", "12025550150", "12025550123"}) {
            call.request.called.setAscii(called);
            passed.add(call.decideAnother());
        }
        assertThat(passed).containsExactly(true, true, false, true);
        for (final String called : new String[] {"12025550101", "12025550123"}) {
            assertThat(call.from(CARRIER_ADDRESS, "442071838750", called).decideAnother())
                    .isEqualTo(called.endsWith("23"));
        }
        assertThat(call.stages.counts().count(Rule.CALLER_BLOCKED)).isEqualTo(1);
    }

    @Test
    @DisplayName("messages to any number of a range or a prefix follow its flow for messages")
    void shouldFollowItsFlowForMessages() {
        final String flow = new GraphText()
                .node("in", "entry")
                .node("out", "route", "'dest_kind':'trunk','dest_id':'name:pbx'")
                .edge("in", "out")
                .json();
        for (final String block : new String[] {RANGE, "120255501*"}) {
            final StageFixture call = new StageFixture(BASE
                    + "{\"resource\":\"flows\",\"account_id\":\"name:acme\",\"name\":\"texts\",\"is_published\":1,\"graph\":"
                    + flow.replace('\'', '"') + "}\n"
                    + "{\"resource\":\"numbers\",\"account_id\":\"name:acme\",\"e164\":\"" + block
                    + "\",\"dest_kind\":\"hangup\",\"message_flow_id\":\"name:texts\"}\n");
            for (final String called : new String[] {"12025550100", "12025550199", "12025550100"}) {
                assertThat(dialled(call, called)).as("a call").isFalse();
                call.from(CARRIER_ADDRESS, "18005550000", called);
                call.request.holdsNothing = true;
                assertThat(call.decideAnother()).as(call.reason()).isTrue();
                assertThat(call.decision.target().name()).isEqualTo("pbx");
                assertThat(call.decision.calledOut).hasToString(called);
            }
        }
    }

    // ---- what is shown ---------------------------------------------------------------------------------------------

    @ParameterizedTest
    @DisplayName("a forward that shows the number shows the one that was dialled, not the range")
    @CsvSource({"12025550100..12025550199", "120255501*"})
    void shouldShowTheDialledNumberOfAForward(final String block) {
        final StageFixture call = new StageFixture(BASE + OUT + """
                {"resource":"forwards","account_id":"name:acme","name":"mobile","number":"442071838750","cid_mode":"did"}
                {"resource":"numbers","account_id":"name:acme","e164":"%s","dest_kind":"forward","dest_id":"name:mobile"}
                """.formatted(block));
        for (final String called : new String[] {"12025550100", "12025550150", "12025550199"}) {
            assertThat(dialled(call, called)).as(call.reason()).isTrue();
            assertThat(call.decision.calledOut).hasToString(MOBILE);
            assertThat(call.decision.callerOut).hasToString(called);
            assertThat(call.decision.dialled()).isEqualTo(Long.parseLong(called));
        }
    }

    @ParameterizedTest
    @DisplayName(
            "an account may show every number in its ranges and prefixes, and those of accounts above it, no others")
    @CsvSource({
        "12025550100, true",
        "12025550199, true",
        "12025550200, false",
        "13035551234, true",
        "1303555123412, true",
        "1303, false",
        "4930123, true",
        "33140000000, false",
        "33140000055, false",
        "12025550142, false",
        "12025550143, false",
        "13035559999, false"
    })
    void shouldShowNumbersOfItsBlocks(final String shown, final boolean may) {
        final StageFixture call =
                new StageFixture("""
                {"resource":"accounts","name":"reseller","did_default_dest_kind":"hangup"}
                {"resource":"accounts","name":"acme","parent_id":"name:reseller","default_cid_number":"12025550177"}
                {"resource":"accounts","name":"other","did_default_dest_kind":"hangup"}
                """ + StageFixture.CARRIER + StageFixture.PBX + OUT + block(RANGE) + block("1303555*")
                        + block("12025550142", "\"status\":\"disabled\"")
                        + block("13035559*", "\"status\":\"disabled\"") + """
                {"resource":"numbers","account_id":"name:reseller","e164":"4930*"}
                {"resource":"numbers","account_id":"name:other","e164":"33140000000..33140000099"}
                {"resource":"numbers","account_id":"name:other","e164":"12025550143"}
                """);

        assertThat(call.from(PBX_ADDRESS, shown, MOBILE).decide())
                .as(call.reason())
                .isTrue();

        assertThat(call.decision.callerOut).hasToString(may ? shown : "12025550177");
    }

    // ---- what exchanges dial ---------------------------------------------------------------------------------------

    @ParameterizedTest
    @DisplayName("national digits are read as in the country before prefixes and ranges of elsewhere are asked")
    @CsvSource({
        "US, pbx, 2025550123, 12025550123, NUMBER_OUTSIDE",
        "US, pbx, 2025550199, 12025550199, NUMBER_OUTSIDE",
        "US, pbx, +2025550123, 2025550123, NUMBER_BY_PREFIX",
        "US, pbx, 011 20 25550123, 2025550123, NUMBER_BY_PREFIX",
        "US, pbx, 2026660123, 12026660123, NUMBER_IN_RANGE",
        "US, pbx, 2027770123, 12027770123, NUMBER_BY_PREFIX",
        "US, pbx, 2028880123, 2028880123, NUMBER_FOUND",
        "US, pbx, 2029990123, 12029990123, NUMBER_OUTSIDE",
        "'', pbx, 2025550123, 2025550123, NUMBER_BY_PREFIX",
        "'', pbx, 2029990123, 2029990123, NUMBER_IN_RANGE",
        "US, carrier, 2025550123, 2025550123, NUMBER_BY_PREFIX",
        "US, carrier, 2029990123, 2029990123, NUMBER_IN_RANGE"
    })
    void shouldReadNationalDigitsFirst(
            final String country, final String from, final String dialled, final String called, final Rule rule) {
        final StageFixture call =
                new StageFixture("""
                {"resource":"accounts","name":"acme","default_cid_number":"12025550100"%s}
                """.formatted(country.isEmpty() ? "" : ",\"country\":\"" + country + "\"")
                        + StageFixture.CARRIER
                        + StageFixture.PBX
                        + OUT
                        + block("12025550100")
                        + block("202555*")
                        + block("2028880123")
                        + block("1202888*")
                        + block("2029990000..2029999999")
                        + block("12026660000..12026669999")
                        + block("202666*")
                        + block("1202777*"));

        call.from(from.equals("pbx") ? PBX_ADDRESS : CARRIER_ADDRESS, "12025550100", dialled);
        assertThat(call.decide()).as(call.reason()).isTrue();

        assertThat(ruleOf(call, Stage.NUMBER)).isEqualTo(rule);
        assertThat(call.decision.calledOut).hasToString(called);
        assertThat(call.decision.target().name()).isEqualTo(rule == Rule.NUMBER_OUTSIDE ? "out" : "pbx");
    }

    // ---- why -------------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @DisplayName("an explanation names all that hold the number: one decides, another comes first for the rest")
    @CsvSource({
        "12025550123, did_1 decides|did_4 later|did_2 later|did_3 later",
        "12025550124, did_4 decides|did_2 later|did_3 later",
        "12025550150, did_2 decides|did_3 later",
        "12025550200, did_3 decides",
        "13035550100, ''"
    })
    void shouldNameAllThatHoldTheNumber(final String called, final String named) {
        final StageFixture call = new StageFixture(BASE
                + block("12025550123", "\"id\":\"did_00000000000000000000000001\"")
                + block(RANGE, "\"id\":\"did_00000000000000000000000002\"")
                + block("1202555*", "\"id\":\"did_00000000000000000000000003\"")
                + block("1202555012*", "\"id\":\"did_00000000000000000000000004\"")
                + block("4930*"));
        call.from(CARRIER_ADDRESS, "18005550000", called);

        final Explanation explanation = call.stages.explain(call.request);

        assertThat(explanation.considered().stream()
                        .filter(rule -> rule.kind() == ResourceKind.NUMBERS)
                        .map(rule -> {
                            assertThat(rule.stage()).isEqualTo(Stage.NUMBER);
                            return rule.id().replaceFirst("0+", "") + " "
                                    + rule.finding().replace("another rule comes first", "later");
                        }))
                .containsExactly(named.isEmpty() ? new String[0] : named.split("\\|"));
        assertThat(explanation.accepted()).isEqualTo(!named.isEmpty());
        assertThat(call.ledger.usedCounters()).isZero();
    }

    @Test
    @DisplayName("where there are single numbers alone, an explanation names none")
    void shouldNameNothingWithoutBlocks() {
        final StageFixture call = new StageFixture(BASE + block("12025550123"));

        assertThat(call.stages.explain(call.request).considered())
                .noneMatch(rule -> rule.kind() == ResourceKind.NUMBERS);
    }
}
