package io.tandem.admin.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tandem.admin.http.HttpRig.Answer;
import io.tandem.admin.view.Refusal;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Many resources at once, revisions, and questions. */
class BulkTest {
    private HttpRig rig;

    @BeforeEach
    void start() {
        rig = new HttpRig(HttpSettings.loopback(0).withLimits(HttpLimits.DEFAULT.withBodies(4096, 16_384, 50, 16_384)));
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void shouldNotLetAnExportThatFailsLookWhole() {
        rig.desk.failLists(ResourceKind.FLOWS);

        assertThat(rig.ask("GET", "/v1/export", HttpRig.OPERATOR).status()).isEqualTo(500);
        for (int i = 0; i < 200; i++) {
            rig.put(ResourceKind.ACCOUNTS, "{'name':'" + "a".repeat(50) + i + "'}");
        }
        assertThatThrownBy(() -> rig.ask("GET", "/v1/export", HttpRig.OPERATOR))
                .as("part of it was sent")
                .isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void shouldImportWhatItExported() {
        final Answer imported = lines(
                HttpRig.OPERATOR,
                "{'resource':'numbers','account_id':'name:new','e164':'12025550123','dest_kind':'trunk','dest_id':'name:pbx'}",
                "",
                "{'resource':'accounts','name':'new'}",
                "{'resource':'trunks','account_id':'name:new','name':'pbx','proxy':'192.0.2.7'}\r");
        assertThat(imported.status()).as(imported.text()).isEqualTo(200);
        assertThat(imported.json().get("applied").intValue()).isEqualTo(3);
        final long revision = imported.json().get("revision").longValue();

        final Answer exported = rig.ask("GET", "/v1/export", HttpRig.OPERATOR);
        assertThat(exported.header("content-type")).startsWith("application/x-ndjson");
        assertThat(exported.text().lines()).hasSize(7).allMatch(line -> line.startsWith("{\"resource\":\""));

        final Answer again = rig.sendBytes(
                "POST",
                "/v1/import",
                HttpRig.OPERATOR,
                exported.text().getBytes(StandardCharsets.UTF_8),
                "Content-Type",
                "application/x-ndjson");
        assertThat(again.status()).as(again.text()).isEqualTo(200);
        assertThat(rig.ask("GET", "/v1/export", HttpRig.OPERATOR).text()).isEqualTo(exported.text());
        assertThat(again.json().get("revision").longValue())
                .as("nothing differs")
                .isEqualTo(revision);
    }

    @Test
    void shouldTakeAllLinesOrNone() {
        final Answer refused = lines(
                HttpRig.OPERATOR,
                "{'resource':'accounts','name':'new'}",
                "",
                "{'resource':'trunks','account_id':'name:new','name':'pbx','proxy':'nonsense','colour':1}");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.wrongFields()).containsExactlyInAnyOrder("proxy", "colour");
        assertThat(refused.json().get("errors").get(0).get("line").intValue()).isEqualTo(3);
        assertThat(rig.ask("GET", "/v1/accounts?name=new", HttpRig.OPERATOR)
                        .json()
                        .get("data"))
                .isEmpty();
    }

    @Test
    void shouldReplaceTheResourceOfTheSameNameAndKeepItsIdentifier() {
        final String key = rig.key("acme", "*");
        final String id = rig.send("POST", "/v1/numbers", key, "{'e164':'12025550123','dest_kind':'hangup'}")
                .json()
                .get("id")
                .stringValue();

        final Answer imported =
                lines(key, "{'resource':'numbers','e164':'12025550123','dest_kind':'hangup','label':'new'}");

        assertThat(imported.status()).as(imported.text()).isEqualTo(200);
        final JsonNode number = rig.ask("GET", "/v1/numbers/" + id, key).json();
        assertThat(number.get("label").stringValue()).isEqualTo("new");
    }

    @Test
    void shouldNotReplaceWhatTheKeyDoesNotReach() {
        final String other = rig.key("other", "*");
        final String id = rig.send("POST", "/v1/numbers", other, "{'e164':'12025550123','dest_kind':'hangup'}")
                .json()
                .get("id")
                .stringValue();
        final String acme = rig.key("acme", "*");

        assertThat(lines(acme, "{'resource':'numbers','e164':'12025550123','dest_kind':'hangup'}")
                        .status())
                .isEqualTo(403);
        assertThat(lines(acme, "{'resource':'numbers','id':'" + id + "','e164':'12025550124','dest_kind':'hangup'}")
                        .status())
                .isEqualTo(403);
        assertThat(lines(acme, "{'resource':'accounts','name':'acme','is_reseller':0}")
                        .status())
                .isEqualTo(403);
        assertThat(lines(rig.key("acme", "numbers:write"), "{'resource':'schedules','name':'x'}")
                        .json()
                        .get("scope")
                        .stringValue())
                .isEqualTo("schedules:write");
    }

    @Test
    void shouldNameAllLinesThatAreNone() {
        final Answer refused =
                lines(HttpRig.OPERATOR, "{'resource':'accounts','name':'a'}", "{", "{'resource':'nothing'}", "[]");

        assertThat(refused.status()).isEqualTo(400);
        final JsonNode errors = refused.json().get("errors");
        assertThat(List.of(
                        errors.get(0).get("line").intValue(),
                        errors.get(1).get("line").intValue(),
                        errors.get(2).get("line").intValue()))
                .containsExactly(2, 3, 4);
        assertThat(lines(HttpRig.OPERATOR, "").status()).isEqualTo(400);
    }

    @Test
    void shouldNameAllThatIsWrongAtOnceByLine() {
        final String[] lines = {
            "{'resource':'numbers','e164':'12x','dest_kind':'hangup'}",
            "{'resource':'schedules','name':'hours','colour':1}",
            "{",
            "{'resource':'nothing'}",
            "{'resource':'numbers','e164':'12025550177','dest_kind':'flow','dest_id':'name:none'}",
            "{'resource':'users','username':'carol'}"
        };
        for (final String who : List.of(rig.key("shop", "*"), HttpRig.OPERATOR)) {
            final String[] own = who.equals(HttpRig.OPERATOR)
                    ? Stream.of(lines)
                            .map(line -> line.replaceFirst("','", "','account_id':'name:shop','"))
                            .toArray(String[]::new)
                    : lines;
            final Answer refused = lines(who, own);
            assertThat(refused.status()).isEqualTo(400);
            assertThat(places(refused)).containsExactly("1 e164", "2 colour", "3 ", "4 resource", "5 dest_id");
        }
        assertThat(rig.ask("GET", "/v1/users", HttpRig.OPERATOR).json().get("data"))
                .isEmpty();
    }

    @Test
    void shouldNameWhatIsWrongBesideOthersTogetherWithWrongFields() {
        final String key = rig.key("shop", "*");
        final Answer refused = lines(
                key,
                "{'resource':'users','username':'agent'}",
                "{'resource':'queues','name':'support','agents':[{'user_id':'name:agent'}]}",
                "{'resource':'schedules','name':'hours','colour':1}");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(places(refused)).containsExactly("2 agents[0].user_id", "3 colour");
    }

    @Test
    void shouldFindNamesThatOtherLinesMakeInEitherOrder() {
        final String user = "{'resource':'users','username':'carol'}";
        final String extension = "{'resource':'extensions','digits':'77','dest_kind':'user','dest_id':'name:carol'}";
        final String key = rig.key("shop", "*");

        assertThat(lines(key, extension, user).status()).isEqualTo(200);
        assertThat(lines(rig.key("far", "*"), user, extension).status()).isEqualTo(200);
        final Answer reseller = lines(
                rig.key("acme", "*"),
                "{'resource':'extensions','account_id':'name:new','digits':'77','dest_kind':'user','dest_id':'name:carol'}",
                "{'resource':'users','account_id':'name:new','username':'carol'}",
                "{'resource':'accounts','parent_id':'name:acme','name':'new'}");
        assertThat(reseller.status()).as(reseller.text()).isEqualTo(200);
        assertThat(rig.ask("GET", "/v1/extensions?digits=77", HttpRig.OPERATOR)
                        .json()
                        .get("data"))
                .hasSize(3);
    }

    @Test
    void shouldNotFindNamesOfAccountsThatAreNotReached() {
        final String other = rig.key("other", "*");
        rig.send("POST", "/v1/users", other, "{'username':'dora'}");

        final Answer byName = lines(
                rig.key("shop", "*"),
                "{'resource':'extensions','digits':'78','dest_kind':'user','dest_id':'name:dora'}");
        assertThat(places(byName)).containsExactly("1 dest_id");
        final Answer within = lines(
                rig.key("shop", "*"),
                "{'resource':'users','account_id':'name:other','username':'eve'}",
                "{'resource':'extensions','account_id':'name:other','digits':'78','dest_kind':'user','dest_id':'name:eve'}");
        assertThat(within.status()).isEqualTo(400);
        assertThat(places(within)).contains("1 account_id", "2 account_id");
    }

    @Test
    @DisplayName("what a key exported it imports unchanged: a line that changes nothing is no change")
    void shouldTakeBackWhatAKeyExported() {
        final String key = rig.key("shop", "*");
        final ResourceId trunk =
                rig.put(ResourceKind.TRUNKS, "{'account_id':'name:acme','name':'shared','proxy':'192.0.2.7'}");
        rig.put(
                ResourceKind.NUMBERS,
                "{'account_id':'name:shop','e164':'12025550155','dest_kind':'trunk','dest_id':'"
                        + trunk.prefixed(ResourceKind.TRUNKS) + "'}");
        final long before = rig.desk.revision();
        final String exported = rig.ask("GET", "/v1/export", key).text();
        assertThat(exported).contains("\"resource\":\"accounts\"", "\"resource\":\"api-keys\"");

        final Answer again = lines(key, exported.split("\n"));
        assertThat(again.status()).as(again.text()).isEqualTo(200);
        assertThat(again.json().get("applied").intValue()).isEqualTo(exported.split("\n").length);
        assertThat(rig.desk.revision()).isEqualTo(before);

        final Answer changed = lines(
                key,
                exported.replace("\"name\":\"shop\"", "\"name\":\"shopping\"").split("\n"));
        assertThat(changed.status()).isEqualTo(403);
        assertThat(places(changed)).containsExactly("1 ");
    }

    @Test
    void shouldAskNoWriteScopeForLinesThatChangeNothing() {
        final String all = rig.key("shop", "*");
        rig.send("POST", "/v1/schedules", all, "{'name':'hours','rules':[]}");
        final String[] line =
                rig.ask("GET", "/v1/schedules?format=ndjson", all).text().split("\n");

        assertThat(lines(rig.key("shop", "schedules:read"), line).status()).isEqualTo(200);
        assertThat(lines(rig.key("shop", "numbers:write"), line)
                        .json()
                        .get("scope")
                        .stringValue())
                .isEqualTo("schedules:write");
        assertThat(lines(rig.key("shop", "schedules:read"), line[0].replace("hours", "days"))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void shouldNotTakeOverWhatADerivedIdentifierOrASecondNameLeadsTo() {
        final String key = rig.key("acme", "*");
        final String far = HttpRig.account("far");
        final Answer renamed = rig.send(
                "PATCH", "/v1/accounts/" + far, HttpRig.OPERATOR, "{'name':'farther','brand_domain':'far.example'}");
        assertThat(renamed.status()).as(renamed.text()).isEqualTo(200);

        assertThat(lines(key, "{'resource':'accounts','parent_id':'name:acme','name':'far'}")
                        .status())
                .as("its identifier is derived from the name that it had")
                .isEqualTo(403);
        final Answer branded = lines(
                key, "{'resource':'accounts','parent_id':'name:acme','name':'mine','brand_domain':'far.example'}");
        assertThat(branded.status()).isEqualTo(409);
        assertThat(rig.ask("GET", "/v1/accounts/" + far, HttpRig.OPERATOR)
                        .json()
                        .get("name")
                        .stringValue())
                .isEqualTo("farther");
    }

    @Test
    void shouldOnlySayWhatWouldBeWrongOnADryRun() {
        final String key = rig.key("shop", "*");
        final long before = rig.desk.revision();

        final Answer fine = post("/v1/import?dry_run=1", key, "{'resource':'users','username':'carol'}");
        assertThat(fine.status()).as(fine.text()).isEqualTo(200);
        assertThat(fine.json().get("valid").intValue()).isEqualTo(1);
        assertThat(fine.json().get("applied").intValue()).isZero();
        final Answer wrong = post("/v1/import?dry_run=1", key, "{'resource':'users','username':''}");
        assertThat(places(wrong)).containsExactly("1 username");
        assertThat(rig.desk.revision()).isEqualTo(before);
        assertThat(post("/v1/import?dry_run=perhaps", key, "{'resource':'users','username':'c'}")
                        .status())
                .isEqualTo(400);
        assertThat(post("/v1/import?dryrun=1", key, "{'resource':'users','username':'c'}")
                        .status())
                .isEqualTo(400);
        assertThat(post("/v1/import?dry_run=0", key, "{'resource':'users','username':'c'}")
                        .status())
                .isEqualTo(200);
    }

    private static List<String> places(final Answer answer) {
        final List<String> places = new ArrayList<>();
        answer.json()
                .path("errors")
                .forEach(error -> places.add(error.path("line").asString("") + " "
                        + error.get("field").stringValue()));
        return places;
    }

    private Answer post(final String path, final String key, final String... lines) {
        return rig.sendBytes(
                "POST",
                path,
                key,
                String.join("\n", lines).replace('\'', '"').getBytes(StandardCharsets.UTF_8),
                "Content-Type",
                "application/x-ndjson");
    }

    @Test
    void shouldSendLargeImportsToTheCommandLine() {
        final String[] many = new String[51];
        java.util.Arrays.setAll(many, i -> "{'resource':'accounts','name':'a" + i + "'}");
        final Answer tooMany = lines(HttpRig.OPERATOR, many);
        assertThat(tooMany.status()).isEqualTo(413);
        assertThat(tooMany.json().get("mend").stringValue()).contains("tandem import");

        final Answer tooLong = lines(HttpRig.OPERATOR, "{'resource':'accounts','name':'" + "x".repeat(20_000) + "'}");
        assertThat(tooLong.status()).isEqualTo(413);
        assertThat(tooLong.json().get("mend").stringValue()).contains("tandem import");
    }

    @Test
    void shouldStreamAListOfAnyLength() {
        final String key = rig.key("acme", "*");
        for (int i = 10; i < 32; i++) {
            rig.send("POST", "/v1/numbers", key, "{'e164':'120255501" + i + "','dest_kind':'hangup'}");
        }

        final Answer all = rig.ask("GET", "/v1/numbers?format=ndjson", key);

        assertThat(all.text().lines()).hasSize(22);
        assertThat(rig.ask("GET", "/v1/numbers?format=ndjson&e164=12025550111", key)
                        .text()
                        .lines())
                .hasSize(1);
    }

    @Test
    void shouldListAndCompareRevisionsAndGoBack() {
        final String key = rig.key("acme", "*");
        final long before = rig.desk.revision();
        final String path = rig.send("POST", "/v1/numbers", key, "{'e164':'12025550123','dest_kind':'hangup'}")
                .header("location");
        rig.send("PATCH", path, key, "{'label':'x'}");

        final JsonNode first =
                rig.ask("GET", "/v1/revisions?limit=1", HttpRig.OPERATOR).json();
        assertThat(first.get("data").get(0).get("revision").longValue()).isEqualTo(before + 2);
        final JsonNode second = rig.ask(
                        "GET",
                        "/v1/revisions?limit=1&cursor="
                                + first.get("next_cursor").stringValue(),
                        HttpRig.OPERATOR)
                .json();
        assertThat(second.get("data").get(0).get("revision").longValue()).isEqualTo(before + 1);

        final JsonNode diff = rig.ask(
                        "GET", "/v1/revisions/" + (before + 1) + "/diff/" + (before + 2), HttpRig.OPERATOR)
                .json()
                .get("data");
        assertThat(diff.size()).isEqualTo(1);
        assertThat(diff.get(0).get("before").has("label")).isFalse();
        assertThat(diff.get(0).get("after").get("label").stringValue()).isEqualTo("x");
        assertThat(rig.ask("GET", "/v1/revisions/1/diff/999999", HttpRig.OPERATOR)
                        .status())
                .isEqualTo(404);
        assertThat(rig.ask("GET", "/v1/revisions/a/diff/b", HttpRig.OPERATOR).status())
                .isEqualTo(400);

        final Answer rolledBack = rig.send("POST", "/v1/revisions/" + before + "/rollback", HttpRig.OPERATOR, "{}");
        assertThat(rolledBack.json().get("revision").longValue()).isEqualTo(before + 3);
        assertThat(rig.ask("GET", path, key).status()).isEqualTo(404);
        assertThat(rig.send("POST", "/v1/revisions/999999/rollback", HttpRig.OPERATOR, "{}")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void shouldExplainACallToNumbersThatTheKeyReaches() {
        final String key = rig.key("acme", "explain:read", "numbers:write");
        rig.send("POST", "/v1/numbers", key, "{'e164':'12025550123','dest_kind':'hangup'}");
        final String question = "{'from':'+442070000000','to':'+12025550123','at':1700000000}";

        final Answer explained = rig.send("POST", "/v1/explain", key, question);

        assertThat(explained.status()).as(explained.text()).isEqualTo(200);
        assertThat(explained.json().get("to").stringValue()).isEqualTo("+12025550123");
        assertThat(explained.json().get("at").longValue()).isEqualTo(1_700_000_000L);
        assertThat(explained.json().get("verdicts").size()).isPositive();
        rig.appliance.fault = Optional.of(new Refusal("the core did not answer: wait_ms=1", "ask again"));
        final Answer refused = rig.send("POST", "/v1/explain", key, question);
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.header("retry-after")).isEqualTo("1");
        rig.appliance.fault = Optional.of(new IllegalStateException("secret of the inside"));
        final Answer failed = rig.send("POST", "/v1/explain", key, question);
        assertThat(failed.status()).isEqualTo(500);
        assertThat(failed.text()).contains("request_id=req_").doesNotContain("inside");
        rig.appliance.fault = Optional.empty();
        assertThat(rig.send("POST", "/v1/explain", rig.key("other", "*"), question)
                        .status())
                .isEqualTo(404);
        assertThat(rig.send("POST", "/v1/explain", key, "{'from':1,'at':'x','source':'host','why':1}")
                        .wrongFields())
                .containsExactly("why", "from", "to", "at", "source");
    }

    private Answer lines(final String key, final String... lines) {
        return post("/v1/import", key, lines);
    }
}
