package io.tandem.appliance.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.admin.http.key.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Three accounts ask a started appliance to explain calls: the reseller {@code peak}, its customer {@code gate}, and {@code beta}, a
 * stranger to both. Every name and identifier has the account's name in it, so that one that leaves it is found in any field.
 */
@Timeout(120)
class ExplainReachTest {
    private static final String ID = "_01jzzzzzzzzzzzzzzzzzz";

    private static final String CONFIGURATION = """
            {"resource":"accounts","id":"acc$peak0","name":"peak","is_reseller":1,"country":"US"}
            {"resource":"accounts","id":"acc$gate0","name":"gate","parent_id":"name:peak","country":"US","default_cid_number":"12025550123"}
            {"resource":"accounts","id":"acc$beta0","name":"beta","media_trunk_id":"name:beta-media","country":"US","is_reseller":1}
            {"resource":"api-keys","account_id":"name:peak","name":"k","hash":"%peak%","scopes":["*"]}
            {"resource":"api-keys","account_id":"name:gate","name":"k","hash":"%gate%","scopes":["*"]}
            {"resource":"api-keys","account_id":"name:beta","name":"k","hash":"%beta%","scopes":["*"]}
            {"resource":"trunks","id":"tr$peak1","account_id":"name:peak","name":"peak-carrier","proxy":"127.0.0.8","acl":["127.0.0.8/32"]}
            {"resource":"trunks","id":"tr$gate1","account_id":"name:gate","name":"gate-pbx","role":"pbx","proxy":"127.0.0.21","acl":["127.0.0.21/32"]}
            {"resource":"trunks","id":"tr$beta1","account_id":"name:beta","name":"beta-pbx","role":"pbx","proxy":"127.0.0.31","acl":["127.0.0.31/32"]}
            {"resource":"trunks","id":"tr$beta2","account_id":"name:beta","name":"beta-media","direction":"outbound","proxy":"127.0.0.39"}
            {"resource":"voicemail-boxes","id":"vm$beta3","account_id":"name:beta","name":"beta-box"}
            {"resource":"numbers","id":"did$beta7","account_id":"name:beta","e164":"13035550102","dest_kind":"voicemail","dest_id":"name:beta-box"}
            {"resource":"outbound-routes","id":"route$peak2","account_id":"name:peak","name":"peak-route","match_prefix":"44","via":"trunk","trunk_id":"name:peak-carrier"}
            {"resource":"number-transforms","id":"xf$peak3","account_id":"name:peak","scope_kind":"trunk","scope_id":"name:peak-carrier",\
            "direction":"outbound_dst","match_regex":"^(peak)?44","replacement":"991144"}
            {"resource":"policies/acl-rules","id":"acl$peak4","account_id":"name:peak","rule_type":"ip_allow","value":"127.0.0.0/8"}
            {"resource":"policies/geo-policies","id":"geo$peak5","account_id":"name:peak","mode":"denylist","countries":["FR"]}
            {"resource":"policies/recording-rules","id":"rec$peak6","account_id":"name:peak","mode":"on"}
            {"resource":"policies/acl-rules","id":"acl$beta4","account_id":"name:beta","rule_type":"ip_deny","value":"127.0.0.9/32"}
            {"resource":"policies/phone-lists","id":"pl$beta5","account_id":"name:beta","name":"beta-list","kind":"dnc_in","entries":["44*"]}
            {"resource":"policies/recording-rules","id":"rec$beta6","account_id":"name:beta","mode":"on"}
            {"resource":"schedules","id":"sch$beta7","account_id":"name:beta","name":"beta-hours","rules":[{"kind":"date","start_date":"2001-01-01"}]}
            {"resource":"forwards","id":"fwd$beta8","account_id":"name:beta","name":"beta-forward","number":"13035550199"}
            {"resource":"numbers","id":"did$gate9","account_id":"name:gate","e164":"12025550123","label":"gate","dest_kind":"trunk","dest_id":"name:gate-pbx"}
            {"resource":"numbers","id":"did$beta9","account_id":"name:beta","e164":"13035550100","label":"beta","dest_kind":"hangup",\
            "schedule_id":"name:beta-hours","closed_dest_kind":"trunk","closed_dest_id":"name:beta-pbx"}
            {"resource":"numbers","id":"did$beta8","account_id":"name:beta","e164":"13035550101","label":"beta","status":"disabled","dest_kind":"hangup"}
            """;

    private static ApplianceProcess appliance;
    private static String base;

    private final HttpClient client = HttpClient.newHttpClient();

    private record Answer(int status, String text) {
        JsonNode json() {
            return JsonMapper.shared().readTree(text);
        }
    }

    @BeforeAll
    static void start(@TempDir final Path directory) throws IOException, InterruptedException {
        String configuration = CONFIGURATION.replace("$", ID);
        for (final String account : new String[] {"peak", "gate", "beta"}) {
            configuration = configuration.replace('%' + account + '%', Secret.hash(secret(account)));
        }
        appliance = ApplianceProcess.startWithHttp(directory, configuration);
        base = appliance.httpBase();
    }

    @AfterAll
    static void stop() throws Exception {
        appliance.close();
    }

    @Test
    @DisplayName("addresses of nobody, of a stranger and of the account above are refused in the same words")
    void shouldRefuseSourcesThatAreNotReached() throws Exception {
        final Answer nobody = explain("gate", "12025550123", "192.0.2.9");
        for (final String source : new String[] {"127.0.0.31", "127.0.0.8"}) {
            final Answer refused = explain("gate", "12025550123", source);
            assertThat(refused.status).as(refused.text).isEqualTo(400);
            assertThat(withoutValue(refused, source)).isEqualTo(withoutValue(nobody, "192.0.2.9"));
            assertThat(refused.json().get("errors").get(0).get("field").stringValue())
                    .isEqualTo("source");
        }
        assertThat(explain("beta", "13035550100", "127.0.0.21").text).doesNotContain("gate", "peak");
    }

    @Test
    @DisplayName(
            "a call that leaves by the carrier of the account above says so, without naming carrier, route or policies")
    void shouldHideTheCarrierOfTheAccountAbove() throws Exception {
        final Answer asGate = explain("gate", "442071838750", "127.0.0.21");

        assertThat(asGate.status).as(asGate.text).isEqualTo(200);
        assertThat(asGate.text).doesNotContain("peak", "beta", "127.0.0.8", "9911");
        final JsonNode body = asGate.json();
        assertThat(body.get("accepted").intValue()).as(asGate.text).isEqualTo(1);
        assertThat(body.get("account").stringValue()).isEqualTo("gate");
        assertThat(body.get("target").stringValue()).isEqualTo("trunk of another account");
        assertThat(body.get("called_out").stringValue()).isEqualTo("442071838750");
        assertThat(body.get("recording").isNull()).isTrue();

        final Answer asPeak = explain("peak", "442071838750", "127.0.0.21");
        assertThat(asPeak.text)
                .contains("peak-carrier", "acl" + ID + "peak4", "geo" + ID + "peak5", "route" + ID + "peak2");
        assertThat(asPeak.json().get("called_out").stringValue()).isEqualTo("991144" + "2071838750");
        assertThat(asPeak.json().get("recording").stringValue()).isEqualTo("on");
    }

    @Test
    @DisplayName("a call to a stranger's number shows whether it goes on, and nothing that the stranger has set up")
    void shouldHideWhatStrangersHaveSetUp() throws Exception {
        for (final String key : new String[] {"gate", "peak"}) {
            for (final String to : new String[] {"13035550100", "13035550101"}) {
                final Answer answer = explain(key, to, "127.0.0.21");
                assertThat(answer.status).as(answer.text).isEqualTo(200);
                assertThat(answer.text)
                        .doesNotContain("beta", "disabled", "closed", "schedule-", "127.0.0.31", "number-found");
                assertThat(answer.json().get("account").isNull()).isTrue();
                assertThat(answer.json().get("target").isNull()).isTrue();
                assertThat(answer.json().get("recording").isNull()).isTrue();
            }
        }
        assertThat(explain("gate", "13035550101", "127.0.0.21")
                        .json()
                        .get("status")
                        .intValue())
                .isEqualTo(404);
    }

    @Test
    @DisplayName("whoever reaches the number reads all of it")
    void shouldShowTheOwnerEverything() throws Exception {
        final Answer own = explain("beta", "13035550100", null);
        assertThat(own.json().get("account").stringValue()).isEqualTo("beta");
        assertThat(own.text).contains("beta-pbx").doesNotContain("peak", "gate");
        assertThat(explain("gate", "13035550100", null).status).isEqualTo(404);
        assertThat(explain("gate", "12025550123", null).text)
                .contains("gate-pbx")
                .doesNotContain("peak");
        assertThat(explain("peak", "12025550123", null).text)
                .contains("gate-pbx")
                .doesNotContain("beta");
    }

    @Test
    @DisplayName("for a target that a media server serves the address is shown that the server is asked by")
    void shouldShowTheAddressOfMedia() throws Exception {
        final JsonNode own = explain("beta", "13035550102", null).json();
        assertThat(own.get("called_out").stringValue()).startsWith("sip:voicemail@127.0.0.39:5060;target=");
        assertThat(own.get("considered").toString()).contains("\"name\":\"beta-box\"", "takes the call");
        assertThat(explain("gate", "13035550102", "127.0.0.21").text).doesNotContain("beta", "voicemail", "127.0.0.39");
    }

    /** A problem without the value that was asked for and the number of the request. */
    private static String withoutValue(final Answer answer, final String source) {
        return answer.text
                .replace(source, "?")
                .replaceAll("req_[0-9a-z]+", "req")
                .replaceAll("\"request_id\":\"[^\"]*\"", "");
    }

    private Answer explain(final String account, final String to, final String source)
            throws IOException, InterruptedException {
        final String question = "{\"from\":\"12025550123\",\"to\":\"" + to + '"'
                + (source == null ? "" : ",\"source\":\"" + source + '"') + '}';
        final HttpResponse<String> response = client.send(
                HttpRequest.newBuilder(URI.create(base + "/v1/explain"))
                        .version(HttpClient.Version.HTTP_1_1)
                        .header("x-api-key", secret(account))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(question))
                        .build(),
                BodyHandlers.ofString());
        return new Answer(response.statusCode(), response.body());
    }

    private static String secret(final String account) {
        return "sk_" + "0".repeat(48) + account.charAt(0) + account.charAt(1) + account.charAt(2) + account.charAt(3);
    }
}
