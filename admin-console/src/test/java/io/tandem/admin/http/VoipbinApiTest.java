package io.tandem.admin.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.admin.http.HttpRig.Answer;
import io.tandem.routing.model.NumberStatus;
import io.tandem.routing.model.PhoneNumber;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class VoipbinApiTest {
    private static final String NIL = "00000000-0000-0000-0000-000000000000";
    private static final String NEVER = "9999-01-01 00:00:00.000000";
    private static final String TIME = "20[0-9]{2}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{6}";

    private HttpRig rig;
    private String key;

    @BeforeEach
    void start() {
        rig = new HttpRig();
        key = rig.key("shop", "*");
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    @DisplayName(
            "V-001 V-002 V-003 V-004 V-035 V-036 V-037 V-039 a number is made, got and listed with the example's fields and types")
    void shouldShowANumberAsTheExampleDoes() {
        final Answer made = rig.send(
                "POST",
                "/numbers",
                key,
                "{'number':'+821100000001','name':'test talk','detail':'simple number for talk flow'}");

        assertThat(made.status()).as(made.text()).isEqualTo(200);
        final JsonNode number = made.json();
        final String id = number.get("id").stringValue();
        assertThat(made.text())
                .isEqualTo("{\"id\":\"" + id + "\",\"number\":\"+821100000001\",\"type\":\"normal\",\"call_flow_id\":\""
                        + NIL + "\",\"message_flow_id\":\"" + NIL
                        + "\",\"name\":\"test talk\",\"detail\":\"simple number for talk flow\",\"status\":\"active\","
                        + "\"t38_enabled\":false,\"emergency_enabled\":false,\"tm_create\":\""
                        + number.get("tm_create").stringValue() + "\",\"tm_update\":\"" + NEVER
                        + "\",\"tm_delete\":\"" + NEVER + "\"}");
        assertThat(id).matches("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
        for (final String base : List.of("", "/v1.0")) {
            assertThat(rig.ask("GET", base + "/numbers/" + id, key).text()).isEqualTo(made.text());
            final JsonNode list = rig.ask("GET", base + "/numbers", key).json();
            assertThat(list.propertyNames()).containsExactly("result", "next_page_token");
            assertThat(list.get("result").get(0)).isEqualTo(number);
        }
    }

    @Test
    @DisplayName("V-005 V-006 a number begins with a plus and is refused without")
    void shouldRefuseANumberWithoutAPlus() {
        final Answer refused = rig.send("POST", "/numbers", key, "{'number':'821100000001'}");

        assertThat(refused.status()).isEqualTo(400);
        final JsonNode error = refused.json().get("error");
        assertThat(error.propertyNames()).containsExactly("status", "reason", "message", "request_id", "details");
        assertThat(error.get("status").stringValue()).isEqualTo("INVALID_ARGUMENT");
        assertThat(error.get("request_id").stringValue()).startsWith("req_");
        assertThat(error.get("details").get(0).get("number").stringValue()).contains("must begin with +");
        assertThat(rig.send("POST", "/numbers", key, "{'number':'+82110000000x'}")
                        .status())
                .isEqualTo(400);
        assertThat(rig.send("POST", "/numbers", key, "{}").status()).isEqualTo(400);
    }

    @ParameterizedTest
    @DisplayName(
            "V-007 V-008 V-009 V-010 virtual numbers are +899 and nine digits, those of +899000 reserved, others normal")
    @CsvSource({
        "+899100000001, virtual, 200",
        "+899100000001, normal, 400",
        "+899100000001, , 400",
        "+89910000001, virtual, 400",
        "+8991000000011, virtual, 400",
        "+12025550123, virtual, 400",
        "+899000000001, virtual, 400",
        "+899000000001, normal, 400",
        "+12025550123, normal, 200",
        "+12025550123, , 200",
        "+12025550123, other, 400"
    })
    void shouldTellVirtualNumbersByTheirPrefix(final String number, final String type, final int status) {
        final Answer answer = rig.send(
                "POST",
                "/numbers",
                key,
                "{'number':'" + number + "'" + (type == null ? "" : ",'type':'" + type + "'") + "}");

        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        if (status == 200) {
            assertThat(answer.json().get("type").stringValue()).isEqualTo(type == null ? "normal" : type);
            assertThat(answer.json().get("status").stringValue()).isEqualTo("active");
        }
    }

    @Test
    @DisplayName("V-028 virtual numbers beyond the account's limit are refused")
    void shouldRefuseVirtualNumbersBeyondTheLimit() {
        rig.send("PATCH", "/v1/accounts/" + HttpRig.account("shop"), HttpRig.OPERATOR, "{'max_virtual_numbers':2}");
        for (int i = 1; i <= 2; i++) {
            assertThat(virtual(i).status()).isEqualTo(200);
        }
        assertThat(virtual(3).status()).isEqualTo(400);
        final String first = rig.ask("GET", "/numbers", key)
                .json()
                .get("result")
                .get(0)
                .get("id")
                .stringValue();
        rig.ask("DELETE", "/numbers/" + first, key);
        assertThat(virtual(3).status()).isEqualTo(200);
        assertThat(rig.send("POST", "/numbers", key, "{'number':'+12025550123'}")
                        .status())
                .isEqualTo(200);
    }

    private Answer virtual(final int i) {
        return rig.send("POST", "/numbers", key, "{'number':'+89910000000" + i + "','type':'virtual'}");
    }

    @Test
    @DisplayName("V-011 V-012 V-013 V-014 flows are named by the UUIDs that GET /flows lists; the nil UUID names none")
    void shouldNameFlowsByTheirUuids() {
        final ResourceId flow = rig.put(ResourceKind.FLOWS, "{'account_id':'name:shop','name':'talk'}");
        final JsonNode listed =
                rig.ask("GET", "/flows", key).json().get("result").get(0);
        assertThat(listed.get("id").stringValue()).isEqualTo(flow.uuid());
        assertThat(rig.ask("GET", "/v1.0/flows/" + flow.uuid(), key).json()).isEqualTo(listed);

        final JsonNode made = rig.send(
                        "POST",
                        "/numbers",
                        key,
                        "{'number':'+12025550123','call_flow_id':'" + flow.uuid() + "','message_flow_id':'"
                                + flow.uuid() + "'}")
                .json();
        assertThat(made.get("call_flow_id").stringValue()).isEqualTo(flow.uuid());
        assertThat(made.get("message_flow_id").stringValue()).isEqualTo(flow.uuid());
        final String path = "/numbers/" + made.get("id").stringValue();
        final JsonNode natively = rig.ask("GET", "/v1" + path, key).json();
        assertThat(natively.get("dest_kind").stringValue()).isEqualTo("flow");
        assertThat(natively.get("dest_id").stringValue()).isEqualTo(flow.prefixed("flow_"));

        final JsonNode none = rig.send(
                        "PUT", path + "/flow_ids", key, "{'call_flow_id':'" + NIL + "','message_flow_id':'not a uuid'}")
                .json();
        assertThat(none.get("call_flow_id").stringValue()).isEqualTo(NIL);
        assertThat(none.get("message_flow_id").stringValue()).isEqualTo(NIL);
        assertThat(rig.send("PUT", path + "/flow_ids", key, "{'call_flow_id':'" + NIL + "'}")
                        .status())
                .isEqualTo(400);
        assertThat(rig.send(
                                "POST",
                                "/numbers",
                                key,
                                "{'number':'+12025550124','call_flow_id':'d157ce07-0360-4cad-9007-c8ab89fccf9c'}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    @DisplayName(
            "V-015 V-016 V-018 V-019 V-021 name, detail, T.38 and emergency are changed, and tm_update with any of them")
    void shouldChangeANumberAndTellWhen() {
        final String path = "/numbers/"
                + rig.send("POST", "/numbers", key, "{'number':'+12025550123'}")
                        .json()
                        .get("id")
                        .stringValue();

        String last = NEVER;
        for (final String change : List.of(
                "'name':'a','detail':''",
                "'name':'a','detail':'d'",
                "'name':'a','detail':'d','t38_enabled':true",
                "'name':'a','detail':'d','t38_enabled':true,'emergency_enabled':true")) {
            final Answer changed = put(path, change);
            assertThat(changed.status()).as(changed.text()).isEqualTo(200);
            final String updated = changed.json().get("tm_update").stringValue();
            assertThat(updated).matches(TIME).isNotEqualTo(last);
            last = updated;
        }

        final JsonNode number = rig.ask("GET", path, key).json();
        assertThat(number.get("name").stringValue()).isEqualTo("a");
        assertThat(number.get("detail").stringValue()).isEqualTo("d");
        assertThat(number.get("t38_enabled").toString()).isEqualTo("true");
        assertThat(number.get("emergency_enabled").toString()).isEqualTo("true");
        final JsonNode natively = rig.ask("GET", "/v1" + path, key).json();
        assertThat(natively.get("fax_mode").stringValue()).isEqualTo("t38");
        assertThat(natively.get("label").stringValue()).isEqualTo("a");
    }

    @Test
    @DisplayName(
            "V-020 V-022 V-023 V-024 moments are spelled with a blank and microseconds; what has not happened is in 9999")
    void shouldSpellMoments() {
        final JsonNode made =
                rig.send("POST", "/numbers", key, "{'number':'+12025550123'}").json();
        assertThat(made.get("tm_create").stringValue()).matches(TIME).startsWith("2023-11-14 22:13:");
        assertThat(made.get("tm_update").stringValue()).isEqualTo(NEVER);
        assertThat(made.get("tm_delete").stringValue()).isEqualTo(NEVER);
        final JsonNode deleted = rig.ask("DELETE", "/numbers/" + made.get("id").stringValue(), key)
                .json();
        assertThat(deleted.get("tm_create")).isEqualTo(made.get("tm_create"));
        assertThat(deleted.get("tm_delete").stringValue())
                .matches(TIME)
                .isGreaterThan(made.get("tm_create").stringValue());
    }

    @ParameterizedTest
    @DisplayName("V-017 each state has its word, and each word leaves the state as it is when written back")
    @CsvSource({
        "active, pstn, , active, normal",
        "virtual, virtual, , active, virtual",
        "disabled, pstn, , suspended, normal",
        "disabled, virtual, , suspended, virtual",
        "disabled, pstn, suspended, suspended, normal",
        "disabled, pstn, pending, purchase-pending, normal"
    })
    void shouldSpellStates(
            final String status, final String kind, final String disabledAs, final String shown, final String type) {
        final String id = rig.put(
                        ResourceKind.NUMBERS,
                        "{'account_id':'name:shop','e164':'12025550123','dest_kind':'hangup','status':'" + status
                                + "','class':'" + kind + "'"
                                + (disabledAs == null ? "" : ",'disabled_as':'" + disabledAs + "'") + "}")
                .uuid();
        final Answer got = rig.ask("GET", "/numbers/" + id, key);
        assertThat(got.json().get("status").stringValue()).isEqualTo(shown);
        assertThat(got.json().get("type").stringValue()).isEqualTo(type);

        final JsonNode before = natively(id);
        final Answer put = rig.send("PUT", "/numbers/" + id, key, got.text());
        assertThat(put.status()).as(put.text()).isEqualTo(200);
        assertThat(natively(id)).isEqualTo(before);
    }

    @Test
    @DisplayName(
            "V-030 V-031 a number that is ordered shows purchase-pending until it is active; a virtual one never does")
    void shouldShowThatANumberIsOrdered() {
        final String id = rig.put(
                        ResourceKind.NUMBERS,
                        "{'account_id':'name:shop','e164':'12025550123','dest_kind':'hangup','status':'disabled',"
                                + "'disabled_as':'pending'}")
                .uuid();
        assertThat(rig.ask("GET", "/numbers/" + id, key).json().get("status").stringValue())
                .isEqualTo("purchase-pending");
        rig.send("PATCH", "/v1/numbers/" + id, key, "{'status':'active'}");
        assertThat(rig.ask("GET", "/numbers/" + id, key).json().get("status").stringValue())
                .isEqualTo("active");

        final Answer virtual = rig.send(
                "POST",
                "/v1/numbers",
                key,
                "{'e164':'899100000001','dest_kind':'hangup','status':'disabled','disabled_as':'pending'}");
        assertThat(virtual.wrongFields()).containsExactly("disabled_as");
    }

    private JsonNode natively(final String id) {
        final tools.jackson.databind.node.ObjectNode number = (tools.jackson.databind.node.ObjectNode)
                rig.ask("GET", "/v1/numbers/" + id, key).json();
        number.remove("updated_at");
        return number;
    }

    @Test
    @DisplayName("V-033 a suspended number is activated again")
    void shouldSuspendAndActivateAgain() {
        final String path = "/numbers/"
                + rig.send("POST", "/numbers", key, "{'number':'+12025550123'}")
                        .json()
                        .get("id")
                        .stringValue();

        assertThat(put(path, "'name':'','detail':'','status':'suspended'")
                        .json()
                        .get("status")
                        .stringValue())
                .isEqualTo("suspended");
        assertThat(rig.ask("GET", "/v1" + path, key).json().get("disabled_as").stringValue())
                .isEqualTo("suspended");
        assertThat(put(path, "'name':'','detail':'','status':'active'")
                        .json()
                        .get("status")
                        .stringValue())
                .isEqualTo("active");
        assertThat(put(path, "'name':'','detail':'','status':'purchase-pending'")
                        .status())
                .isEqualTo(400);
    }

    @Test
    @DisplayName("V-040 metadata is written by itself, and shown once something is set in it")
    void shouldKeepMetadata() {
        final JsonNode made = rig.send("POST", "/numbers", key, "{'number':'+15551234567','name':'a','detail':'d'}")
                .json();
        final String path = "/numbers/" + made.get("id").stringValue();
        assertThat(made.has("metadata")).isFalse();

        final Answer set = rig.send("PUT", path + "/metadata", key, "{'rtp_debug':true,'customer_id':'x'}");
        assertThat(set.status()).as(set.text()).isEqualTo(200);
        assertThat(set.json().get("metadata").toString()).isEqualTo("{\"rtp_debug\":true}");
        assertThat(rig.ask("GET", path, key).json().get("metadata").toString()).isEqualTo("{\"rtp_debug\":true}");
        assertThat(rig.send("PUT", path + "/metadata", key, "{'rtp_debug':'yes'}")
                        .status())
                .isEqualTo(400);
        assertThat(rig.send("PUT", path + "/metadata", key, "{}").status()).isEqualTo(400);
        assertThat(rig.send("PUT", path + "/metadata", key, "{'rtp_debug':false}")
                        .json()
                        .has("metadata"))
                .isFalse();
    }

    @Test
    @DisplayName("V-026 a virtual number is bought from nobody: it is active at once, and reached from inside only")
    void shouldMakeAVirtualNumberWithoutAPurchase() {
        final Answer made = rig.send(
                "POST", "/numbers", key, "{'number':'+899100000001','type':'virtual','name':'bot','detail':''}");

        assertThat(made.status()).as(made.text()).isEqualTo(200);
        assertThat(made.json().get("type").stringValue()).isEqualTo("virtual");
        assertThat(made.json().get("status").stringValue()).isEqualTo("active");
        final ResourceId id = ResourceId.parse(made.json().get("id").stringValue(), "");
        assertThat(((PhoneNumber) rig.desk.find(ResourceKind.NUMBERS, id).resource()).status())
                .as("which carriers do not reach, see V-027")
                .isEqualTo(NumberStatus.VIRTUAL);
    }

    @Test
    @DisplayName("V-034 V-038 a number that is given up is shown as deleted, listed no more, and can be made again")
    void shouldGiveANumberUp() {
        final ResourceId flow = rig.put(ResourceKind.FLOWS, "{'account_id':'name:shop','name':'talk'}");
        final JsonNode made = rig.send(
                        "POST", "/numbers", key, "{'number':'+12025550123','call_flow_id':'" + flow.uuid() + "'}")
                .json();
        final String path = "/numbers/" + made.get("id").stringValue();

        final JsonNode deleted = rig.ask("DELETE", path, key).json();

        assertThat(deleted.get("status").stringValue()).isEqualTo("deleted");
        assertThat(deleted.get("call_flow_id").stringValue()).isEqualTo(flow.uuid());
        assertThat(rig.ask("GET", path, key).json().get("status").stringValue()).isEqualTo("deleted");
        assertThat(rig.ask("GET", "/numbers", key).text()).isEqualTo("{\"result\":[],\"next_page_token\":\"\"}");
        assertThat(rig.ask("GET", "/v1" + path, key).status()).isEqualTo(404);
        assertThat(rig.ask("GET", "/v1/numbers", key).json().get("data")).isEmpty();
        assertThat(rig.ask("DELETE", path, key).status()).isEqualTo(404);
        assertThat(put(path, "'name':'','detail':''").status()).isEqualTo(404);
        assertThat(rig.ask("DELETE", "/v1/flows/" + flow.uuid(), key).status()).isEqualTo(204);

        final Answer again = rig.send("POST", "/numbers", rig.key("far", "*"), "{'number':'+12025550123'}");
        assertThat(again.status()).as(again.text()).isEqualTo(200);
        assertThat(again.json().get("id")).isNotEqualTo(made.get("id"));
    }

    @Test
    void shouldPageThroughNumbers() {
        final List<String> made = new ArrayList<>();
        for (int i = 10; i < 15; i++) {
            made.add(rig.send("POST", "/numbers", key, "{'number':'+120255501" + i + "'}")
                    .json()
                    .get("id")
                    .stringValue());
        }
        final List<String> walked = new ArrayList<>();
        String token = "";
        do {
            final JsonNode page = rig.ask("GET", "/numbers?page_size=2&page_token=" + token.replace(' ', '+'), key)
                    .json();
            page.get("result").forEach(number -> walked.add(number.get("id").stringValue()));
            token = page.get("next_page_token").stringValue();
        } while (!token.isEmpty());

        assertThat(walked).containsExactlyElementsOf(made.reversed());
        assertThat(rig.ask("GET", "/numbers?page_size=1000", key)
                        .json()
                        .get("result")
                        .size())
                .isEqualTo(5);
        assertThat(rig.ask("GET", "/numbers?page_token=x", key).status()).isEqualTo(400);
    }

    @Test
    void shouldKeepWhatTheShapeCannotSay() {
        rig.put(
                ResourceKind.TRUNKS,
                "{'account_id':'name:shop','name':'pbx','proxy':'192.0.2.7','direction':'outbound'}");
        final String id = rig.put(
                        ResourceKind.NUMBERS,
                        "{'account_id':'name:shop','e164':'12025550123','dest_kind':'trunk','dest_id':'name:pbx',"
                                + "'fax_mode':'passthrough','max_channels':4}")
                .uuid();

        put("/numbers/" + id, "'name':'x','detail':'y','t38_enabled':false");

        final JsonNode number = rig.ask("GET", "/v1/numbers/" + id, key).json();
        assertThat(number.get("dest_kind").stringValue()).isEqualTo("trunk");
        assertThat(number.get("fax_mode").stringValue()).isEqualTo("passthrough");
        assertThat(number.get("max_channels").intValue()).isEqualTo(4);
        assertThat(number.get("label").stringValue()).isEqualTo("x");
    }

    @Test
    void shouldIgnoreForeignFieldsAndRefuseChangedReadOnlyOnes() {
        final String path = "/numbers/"
                + rig.send("POST", "/numbers", key, "{'number':'+12025550123','customer_id':'x','metadata':{}}")
                        .json()
                        .get("id")
                        .stringValue();

        assertThat(put(path, "'name':'','detail':'','customer_id':'x'").status())
                .isEqualTo(200);
        assertThat(put(path, "'name':'','detail':'','number':'+12025550124'").status())
                .isEqualTo(400);
        assertThat(rig.send("PUT", path, key, "{'name':'only'}")
                        .json()
                        .get("error")
                        .get("details")
                        .get(0)
                        .propertyNames())
                .containsExactlyInAnyOrder("call_flow_id", "message_flow_id", "detail");
    }

    @ParameterizedTest
    @ValueSource(strings = {"'name':1", "'t38_enabled':1", "'call_flow_id':true", "'emergency_enabled':'yes'"})
    void shouldRefuseWrongTypes(final String field) {
        assertThat(rig.send("POST", "/numbers", key, "{'number':'+12025550123'," + field + "}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void shouldSpellProblemsAsItsClientsExpect() {
        assertThat(reason(rig.ask("GET", "/numbers", null))).isEqualTo("AUTHENTICATION_REQUIRED");
        assertThat(reason(rig.ask("GET", "/numbers", rig.key("shop", "flows:read"))))
                .isEqualTo("PERMISSION_DENIED");
        assertThat(reason(rig.ask(
                        "GET",
                        "/v1.0/numbers/"
                                + ResourceId.derived(ResourceKind.NUMBERS, "x").uuid(),
                        key)))
                .isEqualTo("NUMBER_NOT_FOUND");
        assertThat(reason(rig.ask("GET", "/flows/" + NIL, key))).isEqualTo("FLOW_NOT_FOUND");
        assertThat(reason(rig.ask("DELETE", "/numbers/" + NIL, key))).isEqualTo("NUMBER_NOT_FOUND");
        assertThat(reason(rig.ask("GET", "/numbers/x", key))).isEqualTo("INVALID_ID");
        assertThat(reason(rig.ask("GET", "/v1.0/nothing", key))).isEqualTo("ROUTE_NOT_FOUND");
        assertThat(reason(rig.send("POST", "/numbers", key, "{"))).isEqualTo("INVALID_JSON_BODY");
        rig.send("POST", "/numbers", key, "{'number':'+12025550123'}");
        final Answer taken = rig.send("POST", "/numbers", key, "{'number':'+12025550123'}");
        assertThat(taken.status()).isEqualTo(409);
        assertThat(taken.json().get("error").get("status").stringValue()).isEqualTo("ALREADY_EXISTS");
        assertThat(details(taken)).containsExactly("number");
    }

    @Test
    @DisplayName("a flow that is not there is named by the field that its clients know")
    void shouldNameTheFieldsOfItsOwnShape() {
        final String nowhere = ResourceId.derived(ResourceKind.FLOWS, "x").uuid();
        final String flows = "'call_flow_id':'" + nowhere + "','message_flow_id':'" + nowhere + "'";
        final Answer refused = rig.send("POST", "/numbers", key, "{'number':'+12025550123'," + flows + "}");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(details(refused)).containsExactly("call_flow_id", "message_flow_id");
        assertThat(details(rig.send("POST", "/numbers", key, "{'number':'+899000000001','type':'virtual'}")))
                .containsExactly("number");

        final Answer made = rig.send("POST", "/numbers", key, "{'number':'+12025550123'}");
        final String path = "/numbers/" + made.json().get("id").stringValue();
        assertThat(details(rig.send("PUT", path + "/flow_ids", key, "{" + flows + "}")))
                .containsExactly("call_flow_id", "message_flow_id");
    }

    private static List<String> details(final Answer answer) {
        return List.copyOf(answer.json().get("error").get("details").get(0).propertyNames());
    }

    private static String reason(final Answer answer) {
        return answer.json().get("error").get("reason").stringValue();
    }

    private Answer put(final String path, final String fields) {
        return rig.send(
                "PUT", path, key, "{'call_flow_id':'" + NIL + "','message_flow_id':'" + NIL + "'," + fields + "}");
    }
}
