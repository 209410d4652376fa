package io.tandem.admin.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.admin.http.HttpRig.Answer;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** Prefixes and ranges of numbers: the operator's to give, their accounts' to use. */
class NumberBlocksApiTest {
    private static final String RANGE = "12025550100..12025550199";

    private HttpRig rig;
    private String shop;

    @BeforeEach
    void start() {
        rig = new HttpRig();
        shop = rig.key("shop", "*");
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    /** Makes one of an account, by the operator. */
    private Answer make(final String account, final String e164) {
        return rig.send(
                "POST",
                "/v1/numbers",
                HttpRig.OPERATOR,
                "{'account_id':'" + HttpRig.account(account) + "','e164':'" + e164 + "','dest_kind':'hangup'}");
    }

    private Answer made(final String account, final String e164) {
        final Answer made = make(account, e164);
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        return made;
    }

    private Answer tried(final String key, final String e164) {
        return rig.send("POST", "/v1/numbers", key, "{'e164':'" + e164 + "','dest_kind':'hangup'}");
    }

    private List<String> filtered(final String key, final String e164) {
        final Answer page = rig.ask("GET", "/v1/numbers?e164=" + URLEncoder.encode(e164, StandardCharsets.UTF_8), key);
        assertThat(page.status()).as(page.text()).isEqualTo(200);
        final List<String> found = new ArrayList<>();
        page.json().get("data").forEach(number -> found.add(number.get("e164").stringValue()));
        return found;
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

    private ObjectNode natively(final String path) {
        final ObjectNode number =
                (ObjectNode) rig.ask("GET", path, HttpRig.OPERATOR).json();
        number.remove("updated_at");
        return number;
    }

    // ---- the operator ----------------------------------------------------------------------------------------------

    @ParameterizedTest
    @DisplayName("the operator makes, gets, finds, replaces, changes and deletes a prefix or a range, in any spelling")
    @CsvSource({
        "+1 (202) 555-0100..+1 (202) 555-0199, 12025550100..12025550199, 1.202.555.0100..1-202-555-0199, 12025550..12025551",
        "+1 (202) 555-*, 1202555*, 1.202.555*, 120255*"
    })
    void shouldMakeGetFindReplaceChangeAndDelete(
            final String written, final String stored, final String asked, final String other) {
        final Answer made = made("shop", written);
        final String path = made.header("location");
        assertThat(made.json().get("e164").stringValue()).isEqualTo(stored);
        assertThat(made.json().get("class").stringValue()).isEqualTo("pstn");
        assertThat(rig.ask("GET", path, HttpRig.OPERATOR).json()).isEqualTo(made.json());
        for (final String key : new String[] {HttpRig.OPERATOR, shop}) {
            assertThat(filtered(key, stored)).containsExactly(stored);
            assertThat(filtered(key, asked)).containsExactly(stored);
            assertThat(filtered(key, "12025550100")).isEmpty();
            assertThat(filtered(key, "1202555")).isEmpty();
            assertThat(filtered(key, other)).isEmpty();
        }
        assertThat(rig.send("PUT", path, HttpRig.OPERATOR, made.text()).status())
                .isEqualTo(200);
        assertThat(rig.send("PATCH", path, HttpRig.OPERATOR, "{'label':'Block','max_channels':5}")
                        .status())
                .isEqualTo(200);
        final Answer moved = rig.send("PATCH", path, HttpRig.OPERATOR, "{'e164':'" + other + "'}");
        assertThat(moved.status()).as(moved.text()).isEqualTo(200);
        assertThat(moved.json().get("e164").stringValue()).isEqualTo(other);
        assertThat(moved.json().get("label").stringValue()).isEqualTo("Block");
        assertThat(filtered(HttpRig.OPERATOR, stored)).isEmpty();
        assertThat(filtered(HttpRig.OPERATOR, other)).containsExactly(other);

        assertThat(rig.ask("DELETE", path, HttpRig.OPERATOR).status()).isEqualTo(204);
        assertThat(filtered(HttpRig.OPERATOR, other)).isEmpty();
        made("acme", stored);
    }

    @ParameterizedTest
    @DisplayName("what is no number, prefix or range is refused, with what to write")
    @ValueSource(
            strings = {"1202555**", "12025550199..12025550100", "100..1000", "*", "8991*", "899100000000..899100000009"
            })
    void shouldRefuseOtherTexts(final String e164) {
        final Answer refused = make("shop", e164);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.wrongFields()).containsExactly("e164");
        assertThat(refused.json().get("errors").get(0).get("value").stringValue())
                .isEqualTo(e164);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "1202..", "*", "1*2"})
    void shouldRefuseAFilterThatIsNoNumber(final String e164) {
        final Answer refused =
                rig.ask("GET", "/v1/numbers?e164=" + URLEncoder.encode(e164, StandardCharsets.UTF_8), HttpRig.OPERATOR);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.wrongFields()).containsExactly("e164");
    }

    @Test
    @DisplayName("409 for a range that overlaps another, which is named, and for what is there already")
    void shouldNameTheRangeThatIsOverlapped() {
        made("shop", RANGE);
        made("shop", "1202555*");
        for (final String range : new String[] {"12025550199..12025550200", "12025550110..12025550119", RANGE}) {
            final Answer refused = make("far", range);
            assertThat(refused.status()).as(range).isEqualTo(409);
            assertThat(refused.wrongFields()).containsExactly("e164");
            assertThat(range.equals(RANGE) || refused.text().contains("overlaps another range: " + RANGE))
                    .as(refused.text())
                    .isTrue();
        }
        assertThat(make("far", "+1202555*").status()).isEqualTo(409);
        final String path = made("far", "12025550200..12025550299").header("location");
        assertThat(rig.send("PATCH", path, HttpRig.OPERATOR, "{'e164':'12025550150..12025550299'}")
                        .status())
                .isEqualTo(409);
        assertThat(natively(path).get("e164").stringValue()).isEqualTo("12025550200..12025550299");
    }

    @Test
    @DisplayName("lines of an import that overlap are all named, and none is taken")
    void shouldNameEveryOverlappingLine() {
        made("shop", RANGE);
        final String line = "{'resource':'numbers','account_id':'name:far','e164':'%s','dest_kind':'hangup'}";
        final Answer refused = lines(
                HttpRig.OPERATOR,
                line.formatted("13035550100..13035550199"),
                line.formatted("12025550190..12025550290"),
                line.formatted("13035550199..13035550200"));

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().get("errors").size()).isEqualTo(2);
        assertThat(refused.json().get("errors").get(0).get("line").intValue()).isEqualTo(2);
        assertThat(refused.json().get("errors").get(1).get("line").intValue()).isEqualTo(3);
        assertThat(filtered(HttpRig.OPERATOR, "13035550100..13035550199")).isEmpty();
    }

    // ---- accounts --------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @DisplayName("an account makes no prefix and no range, whoever has the numbers, and a reseller none either")
    @ValueSource(strings = {"1202555*", "12025550100..12025550199", "1303*", "899*"})
    void shouldLeavePatternsToTheOperator(final String pattern) {
        made("shop", "1202*");
        for (final String key : new String[] {shop, rig.key("acme", "*"), rig.key("other", "*")}) {
            final Answer refused = tried(key, pattern);
            assertThat(refused.status()).as(refused.text()).isEqualTo(400);
            assertThat(refused.wrongFields()).contains("e164");
            assertThat(lines(key, "{'resource':'numbers','e164':'" + pattern + "','dest_kind':'hangup'}")
                            .status())
                    .isEqualTo(400);
        }
        final String path = tried(shop, "12025551234").header("location");
        assertThat(rig.send("PATCH", path, shop, "{'e164':'" + pattern + "'}").wrongFields())
                .contains("e164");
        assertThat(rig.send("POST", "/numbers", shop, "{'number':'+" + pattern + "'}")
                        .status())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @DisplayName("an account makes no number inside a prefix or a range of another, and any inside its own or outside")
    @CsvSource({
        "shop, shop, 12025550150, 201", "shop, acme, 12025550150, 201", "shop, other, 12025550150, 400",
        "shop, far, 12025550150, 400", "acme, shop, 12025550150, 400", "far, other, 12025550150, 201",
        "shop, far, 12025550200, 201", "shop, far, 13035550100, 400", "shop, shop, 13035550100, 201",
        "shop, far, 1302555, 201"
    })
    void shouldKeepOthersOutOfABlock(final String owner, final String maker, final String e164, final int status) {
        made(owner, RANGE);
        made(owner, "1303*");
        final String key = rig.key(maker, "*");

        final Answer answer = tried(key, e164);

        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        if (status == 400) {
            assertThat(answer.wrongFields()).containsExactly("e164");
            assertThat(answer.text()).doesNotContain(RANGE);
            assertThat(rig.send("POST", "/numbers", key, "{'number':'+" + e164 + "'}")
                            .status())
                    .isEqualTo(400);
            assertThat(lines(key, "{'resource':'numbers','e164':'" + e164 + "','dest_kind':'hangup'}")
                            .status())
                    .isEqualTo(400);
            final String path = tried(key, "14045550100").header("location");
            assertThat(rig.send("PATCH", path, key, "{'e164':'" + e164 + "'}").status())
                    .isEqualTo(400);
            assertThat(rig.send("PATCH", path, key, "{'e164':'14045550101'}").status())
                    .isEqualTo(200);
            assertThat(make(maker, e164).status()).as("the operator may").isEqualTo(201);
        }
    }

    @Test
    @DisplayName("the block that takes a number decides whose it is, not a wider one around it")
    void shouldGoByTheLongestMatch() {
        made("far", "1202*");
        made("shop", RANGE);
        final String far = rig.key("far", "*");

        assertThat(tried(far, "12025550150").status()).isEqualTo(400);
        assertThat(tried(shop, "12025550150").status()).isEqualTo(201);
        assertThat(tried(shop, "12025550250").status()).isEqualTo(400);
        assertThat(tried(far, "12025550250").status()).isEqualTo(201);
    }

    @Test
    @DisplayName("a number that an account gave up inside its range is not for others to make")
    void shouldKeepOthersOutOfWhatWasGivenUp() {
        made("shop", RANGE);
        final Answer own = rig.send("POST", "/numbers", shop, "{'number':'+12025550150'}");
        assertThat(own.status()).as(own.text()).isEqualTo(200);
        assertThat(rig.ask("DELETE", "/numbers/" + own.json().get("id").stringValue(), shop)
                        .status())
                .isEqualTo(200);
        final String far = rig.key("far", "*");

        assertThat(tried(far, "12025550150").status()).isEqualTo(400);
        assertThat(rig.send("POST", "/numbers", far, "{'number':'+12025550150'}")
                        .status())
                .isEqualTo(400);
        assertThat(tried(shop, "12025550150").status()).isEqualTo(201);
    }

    @Test
    @DisplayName("an account changes everything of its range but the numbers, and others do not see it")
    void shouldLetAnAccountUseItsRange() {
        final String path = made("shop", RANGE).header("location");
        final Answer got = rig.ask("GET", path, shop);
        assertThat(got.status()).isEqualTo(200);

        final Answer labelled = rig.send("PATCH", path, shop, "{'label':'Third floor','max_channels':4}");
        assertThat(labelled.status()).as(labelled.text()).isEqualTo(200);
        assertThat(labelled.json().get("e164").stringValue()).isEqualTo(RANGE);
        assertThat(labelled.json().get("label").stringValue()).isEqualTo("Third floor");
        assertThat(rig.send("PUT", path, shop, labelled.text()).status()).isEqualTo(200);
        assertThat(lines(shop, "{'resource':'numbers','e164':'" + RANGE + "','dest_kind':'hangup','label':'again'}")
                        .status())
                .isEqualTo(200);
        assertThat(natively(path).get("label").stringValue()).isEqualTo("again");
        for (final String other : new String[] {"12025550100..12025550198", "12025550100..12025550299", "1202*"}) {
            assertThat(rig.send("PATCH", path, shop, "{'e164':'" + other + "'}").wrongFields())
                    .containsExactly("e164");
        }
        final String far = rig.key("far", "*");
        assertThat(rig.ask("GET", path, far).status()).isEqualTo(404);
        assertThat(rig.send("PATCH", path, far, "{'label':'mine'}").status()).isEqualTo(404);
        assertThat(filtered(far, RANGE)).isEmpty();
        assertThat(lines(far, "{'resource':'numbers','e164':'" + RANGE + "','dest_kind':'hangup'}")
                        .status())
                .isIn(400, 403);
        assertThat(natively(path).get("label").stringValue()).isEqualTo("again");
    }

    @Test
    @DisplayName("transforms name a range of their account, and none of another")
    void shouldReferToItsRangeByName() {
        made("shop", RANGE);
        final String transform = "{'scope_kind':'did','scope_id':'name:" + RANGE
                + "','direction':'inbound_cid','match_regex':'^0','replacement':'49'}";

        assertThat(rig.send("POST", "/v1/number-transforms", shop, transform).status())
                .isEqualTo(201);
        assertThat(rig.send("POST", "/v1/number-transforms", rig.key("far", "*"), transform)
                        .wrongFields())
                .containsExactly("scope_id");
    }

    @Test
    @DisplayName("an account asks what would become of calls to numbers in its range, and to no others")
    void shouldExplainCallsToNumbersOfItsRange() {
        made("shop", RANGE);
        made("shop", "1303*");
        made("far", "12025550123");
        for (final String[] asked : new String[][] {
            {"+12025550100", "200"},
            {"+12025550199", "200"},
            {"13035551234", "200"},
            {"12025550200", "404"},
            {"12025550123", "404"},
            {"1304", "404"},
            {"1202555*", "404"}
        }) {
            final Answer answer =
                    rig.send("POST", "/v1/explain", shop, "{'from':'+442070000000','to':'" + asked[0] + "'}");
            assertThat(answer.status()).as(asked[0] + " " + answer.text()).isEqualTo(Integer.parseInt(asked[1]));
        }
        assertThat(rig.send("POST", "/v1/explain", rig.key("far", "*"), "{'from':'+442070000000','to':'12025550100'}")
                        .status())
                .isEqualTo(404);
    }

    // ---- the other shape -------------------------------------------------------------------------------------------

    @ParameterizedTest
    @DisplayName(
            "in the shape of VoIPBIN a range is its text behind a plus, and writing back what was read changes nothing")
    @ValueSource(strings = {"12025550100..12025550199", "1202555*"})
    void shouldShowABlockInTheOtherShape(final String pattern) {
        final ResourceId id = rig.put(
                ResourceKind.NUMBERS,
                "{'account_id':'name:shop','e164':'" + pattern
                        + "','dest_kind':'hangup','label':'Block','max_channels':3,'fax_mode':'t38'}");
        final String path = "/numbers/" + id.uuid();
        final Answer got = rig.ask("GET", path, shop);
        assertThat(got.json().get("number").stringValue()).isEqualTo("+" + pattern);
        assertThat(got.json().get("type").stringValue()).isEqualTo("normal");
        assertThat(got.json().get("name").stringValue()).isEqualTo("Block");
        assertThat(rig.ask("GET", "/numbers", shop).json().get("result").get(0)).isEqualTo(got.json());
        final ObjectNode before = natively("/v1/numbers/" + id.prefixed(ResourceKind.NUMBERS));

        final Answer put = rig.send("PUT", path, shop, got.text());

        assertThat(put.status()).as(put.text()).isEqualTo(200);
        assertThat(natively("/v1/numbers/" + id.prefixed(ResourceKind.NUMBERS))).isEqualTo(before);
        final Answer named = rig.send("PUT", path, shop, got.text().replace("Block", "Floor"));
        assertThat(named.json().get("name").stringValue()).isEqualTo("Floor");
        assertThat(rig.send("PUT", path, shop, got.text().replace(pattern, "1202556*"))
                        .status())
                .isEqualTo(400);
    }

    @Test
    @DisplayName(
            "a range that was given up is made again by the operator, and until then its numbers are nobody else's")
    void shouldMakeAgainWhatWasGivenUp() {
        final ResourceId id =
                rig.put(ResourceKind.NUMBERS, "{'account_id':'name:shop','e164':'" + RANGE + "','dest_kind':'hangup'}");
        assertThat(rig.ask("DELETE", "/numbers/" + id.uuid(), shop).status()).isEqualTo(200);

        assertThat(filtered(HttpRig.OPERATOR, RANGE)).isEmpty();
        assertThat(tried(rig.key("far", "*"), "12025550150").status()).isEqualTo(400);
        assertThat(tried(shop, RANGE).status()).isEqualTo(400);
        made("far", RANGE);
        assertThat(filtered(HttpRig.OPERATOR, RANGE)).containsExactly(RANGE);
        assertThat(tried(rig.key("far", "*"), "12025550150").status()).isEqualTo(201);
    }

    @Test
    @DisplayName("the description of the API says how prefixes and ranges are written")
    void shouldDescribePatterns() {
        final String e164 = rig.ask("GET", "/v1/openapi.json", null)
                .json()
                .at("/components/schemas/numbers/properties/e164/description")
                .asString("");

        assertThat(e164).contains("1202555*", "12025550100..12025550199");
    }
}
