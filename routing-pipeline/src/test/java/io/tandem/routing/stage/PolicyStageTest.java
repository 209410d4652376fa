package io.tandem.routing.stage;

import static io.tandem.routing.stage.StageFixture.CARRIER_ADDRESS;
import static io.tandem.routing.stage.StageFixture.PBX_ADDRESS;
import static io.tandem.routing.stage.StageFixture.number;
import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.routing.policy.AddressCountriesFile;
import io.tandem.routing.policy.MmdbWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What operators forbid, asked for calls. */
class PolicyStageTest {
    /** Acme below a reseller, with a way out and a number of its own to show. */
    private static final String ACCOUNTS = """
            {"resource":"accounts","name":"reseller"}
            {"resource":"accounts","name":"acme","parent_id":"name:reseller"}
            """ + StageFixture.CARRIER + StageFixture.PBX + """
            {"resource":"trunks","account_id":"name:acme","name":"out","direction":"outbound","provider":"carrier","proxy":"127.0.0.8"}
            """ + number("");

    private static StageFixture call(final String... policies) {
        return new StageFixture(ACCOUNTS + String.join("\n", policies));
    }

    private static String policy(final String kind, final String account, final String more) {
        return "{\"resource\":\"policies/" + kind + "\",\"account_id\":\"name:" + account + "\"," + more + "}\n";
    }

    private static StageFixture outward(final StageFixture call, final String called) {
        return call.from(PBX_ADDRESS, "12025550123", called);
    }

    @Test
    @DisplayName("R-161 D2 a source that the account's rules deny is answered 403, though its trunk is known")
    void shouldRefuseASourceThatIsDenied() {
        final StageFixture call =
                call(policy("acl-rules", "acme", "\"rule_type\":\"ip_deny\",\"value\":\"127.0.0.2/32\""));

        assertThat(call.decide()).isFalse();
        assertThat(call.decision.rule()).isEqualTo(Rule.SOURCE_FORBIDDEN);
        assertThat(call.decision.status()).isEqualTo(403);
        assertThat(call.from(PBX_ADDRESS, "12025550100", "12025550123").decide())
                .isTrue();
    }

    @Test
    @DisplayName(
            "R-161 what an account above denies its customers cannot allow, and silence is for unknown sources only")
    void shouldAskTheAccountsAbove() {
        final StageFixture call = new StageFixture(
                ACCOUNTS
                        + policy("acl-rules", "acme", "\"rule_type\":\"ip_allow\",\"value\":\"127.0.0.0/8\"")
                        + policy("acl-rules", "reseller", "\"rule_type\":\"ip_deny\",\"value\":\"127.0.0.2/32\""),
                new StageSettings(404, true));

        assertThat(call.decide()).isFalse();
        assertThat(call.decision.rule()).isEqualTo(Rule.SOURCE_FORBIDDEN);
        assertThat(call.stages.leavesUnanswered(0, call.request.addressLow)).isFalse();
        assertThat(call.from(0xffff_7f00_0009L, "1", "12025550123").decide()).isFalse();
        assertThat(call.stages.leavesUnanswered(0, 0xffff_7f00_0009L)).isTrue();
    }

    @Test
    @DisplayName("a redirected call is not screened again: its source is somebody else's trunk")
    void shouldNotScreenARedirectedCall() {
        final StageFixture call =
                call(policy("acl-rules", "acme", "\"rule_type\":\"ip_deny\",\"value\":\"127.0.0.2/32\""));
        final var trunk = call.stages.trunkOfSource(0, PBX_ADDRESS);
        call.request.ingressTrunkHigh = trunk.idHigh();
        call.request.ingressTrunkLow = trunk.idLow();

        assertThat(call.decide()).isTrue();
    }

    @Test
    @DisplayName("R-161 geo rules ask for the country of the source address; without a file none is known")
    void shouldAskForTheCountryOfTheSource(@TempDir final Path directory) throws IOException {
        final StageFixture denied = call(policy("acl-rules", "acme", "\"rule_type\":\"geo_deny\",\"value\":\"DE\""));
        assertThat(denied.decide()).isTrue();
        denied.stages.release(denied.callHolds);
        final Path file = directory.resolve("countries.mmdb");
        Files.write(file, new MmdbWriter(4).country("127.0.0.0/24", "DE").bytes());
        denied.stages.use(AddressCountriesFile.read(file));

        assertThat(denied.decide()).isFalse();
        assertThat(denied.decision.rule()).isEqualTo(Rule.SOURCE_FORBIDDEN);
        final StageFixture allowed = call(policy("acl-rules", "acme", "\"rule_type\":\"geo_allow\",\"value\":\"DE\""));
        assertThat(allowed.decide()).as("unknown country").isFalse();
        allowed.stages.use(AddressCountriesFile.read(file));
        assertThat(allowed.decide()).isTrue();
    }

    @Test
    @DisplayName("R-165 D2 a caller on a dnc_in list is answered 603, unless an allow list names it")
    void shouldRefuseACallerOnAList() {
        final String blocked = policy("phone-lists", "acme", "\"kind\":\"dnc_in\",\"entries\":[\"1202555*\"]");
        final StageFixture call = call(blocked);

        assertThat(call.decide()).isFalse();
        assertThat(call.decision.rule()).isEqualTo(Rule.CALLER_BLOCKED);
        assertThat(call.decision.status()).isEqualTo(603);
        assertThat(call.ledger.usedCounters()).isZero();
        assertThat(call.from(CARRIER_ADDRESS, "442071838750", "12025550123").decide())
                .isTrue();
        assertThat(call.from(CARRIER_ADDRESS, "", "12025550123").decideAnother())
                .as("nobody is on no list")
                .isTrue();
        final StageFixture allowed =
                call(blocked, policy("phone-lists", "acme", "\"kind\":\"allow\",\"entries\":[\"12025550100\"]"));
        assertThat(allowed.decide()).isTrue();
    }

    @Test
    @DisplayName("R-165 a list of the called number is for that number alone")
    void shouldAskTheListsOfTheNumber() {
        final String list = policy(
                "phone-lists",
                "acme",
                "\"scope_kind\":\"did\",\"scope_id\":\"name:12025550123\",\"kind\":\"dnc_in\",\"entries\":[\"1202555*\"]");
        final StageFixture call = call(number("").replace("12025550123", "12025550124"), list);

        assertThat(call.decide()).isFalse();
        assertThat(call.from(CARRIER_ADDRESS, "12025550100", "12025550124").decide())
                .isTrue();
    }

    @Test
    @DisplayName("R-164 R-167 D2 a number on a dnc_out list is not called, 403, unless an allow list names it")
    void shouldNotCallANumberOnAList() {
        final String blocked = policy("phone-lists", "acme", "\"kind\":\"dnc_out\",\"entries\":[\"44*\"]");
        final StageFixture call = outward(call(blocked), "442071838750");

        assertThat(call.decide()).isFalse();
        assertThat(call.decision.rule()).isEqualTo(Rule.CALLED_BLOCKED);
        assertThat(call.decision.status()).isEqualTo(403);
        assertThat(call.ledger.usedCounters()).as("nothing is held").isZero();
        assertThat(outward(call, "493012345").decide()).isTrue();
        final StageFixture allowed =
                call(blocked, policy("phone-lists", "acme", "\"kind\":\"allow\",\"entries\":[\"442071838750\"]"));
        assertThat(outward(allowed, "442071838750").decide()).isTrue();
    }

    @Test
    @DisplayName("R-168 D2 a country that a policy of the account or of one above it forbids is not called, 403")
    void shouldNotCallAForbiddenCountry() {
        final StageFixture call = outward(
                call(
                        policy("geo-policies", "acme", "\"mode\":\"allowlist\",\"countries\":[\"GB\",\"FR\"]"),
                        policy("geo-policies", "reseller", "\"mode\":\"denylist\",\"countries\":[\"FR\"]")),
                "442071838750");

        assertThat(call.decide()).as(call.reason()).isTrue();
        for (final String called : new String[] {"493012345", "33144556677"}) {
            assertThat(outward(call, called).decideAnother()).isFalse();
            assertThat(call.decision.rule()).isEqualTo(Rule.COUNTRY_FORBIDDEN);
            assertThat(call.decision.status()).isEqualTo(403);
        }
        assertThat(call.from(CARRIER_ADDRESS, "33144556677", "12025550123").decideAnother())
                .as("a call that comes in goes to no country")
                .isTrue();
    }

    @Test
    @DisplayName("R-168 a call that is forwarded outside asks the policies of the number that forwards it")
    void shouldAskThePoliciesOfAForward() {
        final StageFixture call = new StageFixture(
                ACCOUNTS.replace(number(""), "")
                        + """
                {"resource":"forwards","account_id":"name:acme","name":"mobile","number":"442071838750"}
                {"resource":"numbers","account_id":"name:acme","e164":"12025550123","dest_kind":"forward","dest_id":"name:mobile"}
                """
                        + policy(
                                "geo-policies",
                                "acme",
                                "\"scope_kind\":\"did\",\"scope_id\":\"name:12025550123\",\"mode\":\"denylist\",\"countries\":[\"GB\"]"));

        assertThat(call.decide()).isFalse();
        assertThat(call.decision.rule()).isEqualTo(Rule.COUNTRY_FORBIDDEN);
        assertThat(call.ledger.usedCounters()).isZero();
    }
}
