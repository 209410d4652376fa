package io.tandem.admin.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.admin.http.HttpRig.Answer;
import io.tandem.routing.configuration.InMemoryConfiguration;
import io.tandem.routing.model.ResourceKind;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Lists in the shape of VoIPBIN: newest first, a page behind a moment. */
class VoipbinPagesTest {
    private static final String TIME = "20[0-9]{2}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{6}";
    private static final String UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

    /** Two accounts of a file without times, and one number in it that has one. */
    private static final String FILE = """
            {"resource":"accounts","name":"shop"}
            {"resource":"accounts","name":"old"}
            {"resource":"numbers","account_id":"name:shop","e164":"12025550001","dest_kind":"hangup"}
            {"resource":"numbers","account_id":"name:shop","e164":"12025550002","dest_kind":"hangup"}
            {"resource":"numbers","account_id":"name:shop","e164":"12025550003","dest_kind":"hangup",\
            "created_us":1600000000000000}
            {"resource":"numbers","account_id":"name:old","e164":"12025550004","dest_kind":"hangup"}
            {"resource":"numbers","account_id":"name:old","e164":"12025550005","dest_kind":"hangup"}
            {"resource":"numbers","account_id":"name:old","e164":"12025550006","dest_kind":"hangup"}
            """;

    private HttpRig rig;
    private String key;

    @BeforeEach
    void start() {
        rig = new HttpRig(InMemoryConfiguration.of("file", 1, FILE));
        key = rig.key("acme", "*");
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    private void make(final int number) {
        assertThat(rig.send("POST", "/numbers", key, "{'number':'+12025551" + number + "'}")
                        .status())
                .isEqualTo(200);
    }

    /** Numbers made by one change, all in the same microsecond. */
    private void makeTogether(final int from, final int to) {
        final StringBuilder lines = new StringBuilder();
        for (int i = from; i <= to; i++) {
            lines.append("{\"resource\":\"numbers\",\"e164\":\"12025551")
                    .append(i)
                    .append("\",\"dest_kind\":\"hangup\"}\n");
        }
        final Answer made = rig.sendBytes(
                "POST",
                "/v1/import",
                key,
                lines.toString().getBytes(StandardCharsets.UTF_8),
                "Content-Type",
                "application/x-ndjson");
        assertThat(made.status()).as(made.text()).isEqualTo(200);
    }

    private JsonNode page(final String path, final int size, final String token) {
        final Answer page = rig.ask(
                "GET",
                path + "?page_size=" + size + "&page_token=" + URLEncoder.encode(token, StandardCharsets.UTF_8),
                key);
        assertThat(page.status()).as(page.text()).isEqualTo(200);
        return page.json();
    }

    private static List<String> values(final JsonNode page, final String field) {
        return page.get("result")
                .valueStream()
                .map(row -> row.get(field).stringValue())
                .toList();
    }

    private static String token(final JsonNode page) {
        return page.get("next_page_token").stringValue();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 7, 100})
    @DisplayName("a walk shows everything once, newest first, also what was made in the same microsecond")
    void shouldWalkNewestFirst(final int size) {
        make(100);
        makeTogether(101, 105);
        make(106);
        makeTogether(107, 108);

        final List<JsonNode> rows = new ArrayList<>();
        String token = "";
        JsonNode page;
        do {
            page = page("/v1.0/numbers", size, token);
            assertThat(page.get("result").size()).isLessThanOrEqualTo(size);
            page.get("result").forEach(rows::add);
            token = token(page);
            if (!page.get("result").isEmpty()) {
                assertThat(token).startsWith(rows.getLast().get("tm_create").stringValue());
            }
        } while (!page.get("result").isEmpty());

        assertThat(token).isEmpty();
        assertThat(rows)
                .extracting(row -> row.get("number").stringValue())
                .doesNotHaveDuplicates()
                .hasSize(9);
        assertThat(rows)
                .isSortedAccordingTo(Comparator.<JsonNode, String>comparing(
                                row -> row.get("tm_create").stringValue())
                        .thenComparing(row -> row.get("id").stringValue())
                        .reversed());
        assertThat(rows.subList(2, 4))
                .extracting(row -> row.get("number").stringValue())
                .first()
                .isEqualTo("+12025551106");
    }

    @Test
    @DisplayName("what is made, changed and deleted while somebody walks neither moves nor hides the rest")
    void shouldWalkOnWhileNumbersComeAndGo() {
        for (int i = 100; i < 106; i++) {
            make(i);
        }
        final JsonNode first = page("/numbers", 2, "");
        assertThat(values(first, "number")).containsExactly("+12025551105", "+12025551104");

        makeTogether(110, 112);
        final String third =
                page("/numbers", 1, token(first)).get("result").get(0).get("id").stringValue();
        assertThat(rig.send(
                                "PUT",
                                "/numbers/" + third,
                                key,
                                "{'call_flow_id':'','message_flow_id':'','name':'changed','detail':''}")
                        .status())
                .isEqualTo(200);
        assertThat(rig.ask("DELETE", "/numbers/" + values(first, "id").get(1), key)
                        .status())
                .isEqualTo(200);

        final JsonNode second = page("/numbers", 2, token(first));
        assertThat(values(second, "number")).containsExactly("+12025551103", "+12025551102");
        assertThat(values(second, "name").getFirst()).isEqualTo("changed");
        assertThat(rig.ask("DELETE", "/numbers/" + values(second, "id").get(1), key)
                        .status())
                .isEqualTo(200);
        final JsonNode last = page("/numbers", 100, token(second));
        assertThat(values(last, "number")).containsExactly("+12025551101", "+12025551100");
        assertThat(page("/numbers", 100, token(last)).toString()).isEqualTo("{\"result\":[],\"next_page_token\":\"\"}");
        assertThat(values(page("/numbers", 100, ""), "number").subList(3, 7))
                .containsExactly("+12025551105", "+12025551103", "+12025551101", "+12025551100");
    }

    @Test
    @DisplayName("the token is the last tm_create, and names an identifier only where another of that moment follows")
    void shouldNameAnIdentifierOnlyForTies() {
        make(100);
        makeTogether(101, 103);
        make(104);

        assertThat(token(page("/numbers", 1, ""))).matches(TIME);
        assertThat(token(page("/numbers", 2, ""))).matches(TIME + ',' + UUID);
        assertThat(token(page("/numbers", 3, ""))).matches(TIME + ',' + UUID);
        assertThat(token(page("/numbers", 4, ""))).matches(TIME);
        assertThat(token(page("/numbers", 5, ""))).matches(TIME);
    }

    @Test
    @DisplayName("a token is taken as it is given or as ISO spells it, with an identifier or without")
    void shouldTakeBothSpellings() {
        make(100);
        makeTogether(101, 103);
        make(104);
        final JsonNode all = page("/numbers", 5, "");
        final List<String> numbers = values(all, "number");
        final String tied = values(all, "tm_create").get(2);
        final String id = values(all, "id").get(2);

        for (final String time : List.of(tied, tied.replace(' ', 'T') + "Z")) {
            assertThat(values(page("/numbers", 5, time), "number"))
                    .as("strictly before")
                    .containsExactly("+12025551100");
            assertThat(values(page("/numbers", 5, time + ',' + id), "number")).isEqualTo(numbers.subList(3, 5));
            assertThat(values(page("/numbers", 5, time + ',' + id.toUpperCase(Locale.ROOT)), "number"))
                    .isEqualTo(numbers.subList(3, 5));
        }
        assertThat(values(page("/numbers", 5, "9999-01-01 00:00:00.000000"), "number"))
                .isEqualTo(numbers);
        assertThat(values(page("/numbers", 5, "1969-12-31T23:59:59.999999Z"), "number"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "01890a5d-ac96-774b-bcce-b302099a8057",
                "2023-11-14",
                "2023-11-14 22:13:21",
                "2023-11-14 22:13:21.00001",
                "2023-11-14 22:13:21.0000011",
                "2023-11-14T22:13:21.000001",
                "2023-11-14 22:13:21.000001Z",
                "2023-11-14T22:13:21.000001+00:00",
                "2023-02-29 22:13:21.000001",
                "2023-11-14 24:00:00.000000",
                "+999999999-11-14 22:13:21.000001",
                "2023-11-14 22:13:21.000001,",
                "2023-11-14 22:13:21.000001,x",
                ",01890a5d-ac96-774b-bcce-b302099a8057"
            })
    @DisplayName("any other token is 400 and named")
    void shouldRefuseAnyOtherToken(final String token) {
        for (final String path : List.of("/numbers", "/flows")) {
            final Answer refused =
                    rig.ask("GET", path + "?page_token=" + URLEncoder.encode(token, StandardCharsets.UTF_8), key);
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.json().get("error").get("details").get(0).propertyNames())
                    .containsExactly("page_token");
        }
    }

    @Test
    @DisplayName("page_size is 100 when it is not given, or out of range")
    void shouldShowAHundredAtMost() {
        makeTogether(100, 200);
        for (final String size : List.of("", "?page_size=0", "?page_size=101", "?page_size=-1", "?page_size=x")) {
            final JsonNode page = rig.ask("GET", "/numbers" + size, key).json();
            assertThat(page.get("result").size()).as(size).isEqualTo(100);
            assertThat(values(page("/numbers", 100, token(page)), "number")).hasSize(1);
        }
    }

    @Test
    @DisplayName("flows are listed in the same way")
    void shouldListFlowsNewestFirst() {
        for (final String name : List.of("c", "a", "b")) {
            rig.put(ResourceKind.FLOWS, "{'account_id':'name:acme','name':'" + name + "'}");
        }
        final JsonNode first = page("/flows", 2, "");
        assertThat(values(first, "name")).containsExactly("b", "a");
        assertThat(token(first)).isEqualTo(values(first, "tm_create").get(1));
        final JsonNode second = page("/flows", 2, token(first));
        assertThat(values(second, "name")).containsExactly("c");
        assertThat(page("/flows", 2, token(second)).toString()).isEqualTo("{\"result\":[],\"next_page_token\":\"\"}");
    }

    @Test
    @DisplayName("numbers of a file without times are listed behind all others, in 1970")
    void shouldListWhatNobodyKnowsTheTimeOfLast() {
        key = rig.key("old", "*");
        make(100);
        assertThat(values(page("/numbers", 100, ""), "number").getFirst()).isEqualTo("+12025551100");
        assertWalk(2, "+12025551100", "+12025550004", "+12025550005", "+12025550006");

        key = rig.key("shop", "*");
        make(101);
        assertWalk(1, "+12025551101", "+12025550003", "+12025550001", "+12025550002");
        assertThat(values(page("/numbers", 4, ""), "tm_create").subList(1, 3))
                .containsExactly("2020-09-13 12:26:40.000000", "1970-01-01 00:00:00.000000");
    }

    private void assertWalk(final int size, final String... numbers) {
        final List<String> walked = new ArrayList<>();
        String token = "";
        do {
            final JsonNode page = page("/numbers", size, token);
            walked.addAll(values(page, "number"));
            token = token(page);
        } while (!token.isEmpty());
        assertThat(walked).containsExactlyInAnyOrder(numbers);
        assertThat(walked.getFirst()).isEqualTo(numbers[0]);
    }

    @Test
    @DisplayName("a list is of the key's own account, also a reseller's; an operator, who has none, gets 403")
    void shouldListTheKeysOwnAccount() {
        make(100);
        final String below = rig.key("shop", "*");
        final String theirs = rig.send("POST", "/numbers", below, "{'number':'+12025551101'}")
                .json()
                .get("id")
                .stringValue();

        assertThat(values(page("/numbers", 100, ""), "number")).containsExactly("+12025551100");
        assertThat(rig.ask("GET", "/numbers/" + theirs, key).status()).isEqualTo(200);
        for (final String path : List.of("/numbers", "/v1.0/flows")) {
            final Answer refused = rig.ask("GET", path, HttpRig.OPERATOR);
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.json().get("error").get("status").stringValue()).isEqualTo("PERMISSION_DENIED");
        }
    }
}
