package io.tandem.admin.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tandem.admin.http.HttpRig.Answer;
import io.tandem.admin.view.Refusal;
import io.tandem.routing.model.ResourceKind;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Many resources at once, revisions, and questions. */
class BulkTest {
    private HttpRig rig;

    @BeforeEach
    void start() {
        rig = new HttpRig(HttpSettings.loopback(0)
                .withLimits(HttpLimits.DEFAULT.withBodies(4096, 16_384, 50, 16_384)));
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
        assertThat(again.json().get("revision").longValue()).as("nothing differs").isEqualTo(revision);
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
        assertThat(lines(acme, "{'resource':'accounts','name':'acme','is_reseller':1}")
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
        return rig.sendBytes(
                "POST",
                "/v1/import",
                key,
                String.join("\n", lines).replace('\'', '"').getBytes(StandardCharsets.UTF_8),
                "Content-Type",
                "application/x-ndjson");
    }
}
