package io.tandem.admin.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.admin.http.HttpRig.Answer;
import io.tandem.routing.change.ChangeRequest;
import io.tandem.routing.change.Edit;
import io.tandem.routing.model.Device;
import io.tandem.routing.model.DigestAlgorithm;
import io.tandem.routing.model.Extension;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.model.TargetKind;
import io.tandem.routing.model.User;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class PbxApiTest extends PbxShape {
    @Test
    @DisplayName(
            "P-008 P-010 P-011 P-012 P-013 P-014 P-016 P-017 extensions are listed with the example's fields and types")
    void shouldListExtensionsAsTheExampleDoes() {
        final JsonNode made = bearer(
                        "POST",
                        PATH,
                        "{'number':'101','name':'Front Desk','type':'user','callerIdName':'Acme Corp',"
                                + "'callerIdNumber':'2395551234','voicemailEnabled':true}")
                .json();
        final String id = made.get("id").stringValue();
        assertThat(id).matches("ext_[0-9a-z]{26}");
        final ResourceId user = rig.desk
                .list(ResourceKind.USERS, null, null, 10)
                .getFirst()
                .resource()
                .id();
        rig.presence.registered.put(user, 2);

        assertThat(bearer("GET", PATH, null).text())
                .isEqualTo("{\"extensions\":[{\"id\":\"" + id
                        + "\",\"number\":\"101\",\"name\":\"Front Desk\",\"type\":\"user\",\"status\":\"available\","
                        + "\"callerIdName\":\"Acme Corp\",\"callerIdNumber\":\"2395551234\",\"voicemailEnabled\":true,"
                        + "\"forwardingEnabled\":false,\"registeredDevices\":2}]}");
        assertThat(rig.ask("GET", PATH, rig.key("far", "*")).text()).isEqualTo("{\"extensions\":[]}");
    }

    @Test
    @DisplayName("P-009 a missing or wrong key is refused")
    void shouldRefuseWhoHasNoKey() {
        final Answer refused = rig.ask("GET", PATH, null, "Authorization", "Bearer do_live_nonsense");
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.text())
                .startsWith("{\"success\":false,\"error\":{\"code\":\"unauthorized\",\"message\":")
                .contains("\"details\":{}");
        assertThat(rig.ask("GET", PATH, null).status()).isEqualTo(401);
        assertThat(bearer("GET", PATH, null).status()).isEqualTo(200);
    }

    @Test
    @DisplayName("P-019 P-029 P-030 SIP credentials are made with an extension, told once, and are those of its device")
    void shouldTellTheCredentialsOnce() {
        final Answer made = bearer("POST", PATH, "{'number':'102','name':'Sales'}");
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        final JsonNode credentials = made.json().get("sipCredentials");
        final String name = credentials.get("username").stringValue();
        final String password = credentials.get("password").stringValue();
        assertThat(name).matches("102_[0-9a-z]{6}");
        assertThat(credentials.get("domain").stringValue()).isEqualTo("shop.example.com");

        final Device device = (Device) only(ResourceKind.DEVICES);
        assertThat(device.authUsername()).isEqualTo(name);
        assertThat(device.hashes().ha1()).isEqualTo(DigestAlgorithm.MD5.ha1(name, "shop.example.com", password));
        for (final String path : List.of(PATH, "/v1/devices", "/v1/export")) {
            assertThat(bearer("GET", path, null).text())
                    .doesNotContain(password)
                    .doesNotContain(device.hashes().ha1());
        }
    }

    @Test
    @DisplayName("P-020 P-021 P-028 number and name are required, as JSON")
    void shouldDemandNumberAndName() {
        final Answer refused = bearer("POST", PATH, "{}");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().get("error").get("code").stringValue()).isEqualTo("missing_field");
        assertThat(refused.json().get("error").get("details").propertyNames()).containsExactly("number", "name");
        assertThat(rig.send(
                                "POST",
                                PATH,
                                null,
                                "{'number':'102','name':'x'}",
                                "Authorization",
                                "Bearer " + key,
                                "Content-Type",
                                "text/plain")
                        .status())
                .isEqualTo(415);
    }

    @ParameterizedTest
    @DisplayName("P-001 P-022 the type is user, conference, parking or paging, and user when it is not given")
    @CsvSource({
        ", user, USERS",
        "user, user, USERS",
        "conference, conference, CONFERENCES",
        "parking, parking, PARKING_LOTS",
        "paging, paging, PAGING_GROUPS"
    })
    void shouldMakeWhatTheTypeSays(final String given, final String shown, final ResourceKind kind) {
        final Answer made = bearer(
                "POST", PATH, "{'number':'110','name':'x'" + (given == null ? "" : ",'type':'" + given + "'") + "}");

        assertThat(made.status()).as(made.text()).isEqualTo(201);
        assertThat(made.json().get("type").stringValue()).isEqualTo(shown);
        assertThat(made.json().has("sipCredentials")).isEqualTo(shown.equals("user"));
        assertThat(only(kind).accountId().prefixed("acc_")).isEqualTo(HttpRig.account("shop"));
        final String path = PATH + '/' + made.json().get("id").stringValue();
        assertThat(bearer("PATCH", path, "{'name':'y'}").json().get("name").stringValue())
                .isEqualTo("y");
        assertThat(bearer("DELETE", path, null).status()).isEqualTo(204);
        assertThat(rig.desk.list(kind, null, null, 10)).isEmpty();
    }

    @Test
    @DisplayName(
            "P-023 P-024 P-025 P-026 P-027 P-044 optional fields are kept, and a forwarding number enables forwarding")
    void shouldKeepOptionalFields() {
        final Answer made = bearer(
                "POST",
                PATH,
                "{'number':'103','name':'x','callerIdName':'A','callerIdNumber':'12395551234',"
                        + "'voicemailEnabled':false,'forwardingNumber':'+12025550123','forwardingRingTimeout':15}");

        assertThat(made.status()).as(made.text()).isEqualTo(201);
        assertThat(made.json().get("callerIdName").stringValue()).isEqualTo("A");
        assertThat(made.json().get("callerIdNumber").stringValue()).isEqualTo("2395551234");
        assertThat(made.json().get("voicemailEnabled").booleanValue()).isFalse();
        assertThat(made.json().get("forwardingEnabled").booleanValue()).isTrue();
        assertThat(((User) only(ResourceKind.USERS)).ringTimeoutSec()).isEqualTo(15);
        assertThat(rig.ask("GET", "/v1/forwards", key)
                        .json()
                        .get("data")
                        .get(0)
                        .get("number")
                        .stringValue())
                .isEqualTo("12025550123");

        final String path = PATH + '/' + made.json().get("id").stringValue();
        final JsonNode changed = bearer(
                        "PATCH",
                        path,
                        "{'number':'104','voicemailEnabled':true,'forwardingNumber':null,'callerIdName':null}")
                .json();
        assertThat(changed.get("number").stringValue()).isEqualTo("104");
        assertThat(changed.get("voicemailEnabled").booleanValue()).isTrue();
        assertThat(changed.get("forwardingEnabled").booleanValue()).isFalse();
        assertThat(changed.get("callerIdName").stringValue()).isEmpty();
        assertThat(rig.desk.list(ResourceKind.FORWARDS, null, null, 10)).isEmpty();
        final JsonNode again =
                bearer("PATCH", path, "{'forwardingNumber':'12025550124'}").json();
        assertThat(again.get("forwardingEnabled").booleanValue()).isTrue();

        assertThat(bearer("DELETE", path, null).status()).isEqualTo(204);
        for (final ResourceKind kind : List.of(
                ResourceKind.EXTENSIONS,
                ResourceKind.USERS,
                ResourceKind.DEVICES,
                ResourceKind.FORWARDS,
                ResourceKind.VOICEMAIL_BOXES)) {
            assertThat(rig.desk.list(kind, null, null, 10))
                    .as(kind.collection())
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'number':'1'",
                "'number':'123456'",
                "'number':101",
                "'name':''",
                "'type':'fax'",
                "'voicemailEnabled':'yes'",
                "'forwardingRingTimeout':4",
                "'forwardingRingTimeout':61",
                "'forwardingNumber':'nonsense'",
                "'callerIdNumber':'0'",
                "'colour':'red'",
                "'type':'paging','callerIdName':'x'"
            })
    void shouldRefuseWrongFields(final String field) {
        final String number = field.startsWith("'number'") ? "" : "'number':'102',";
        final String name = field.startsWith("'name'") ? "" : "'name':'x',";

        final Answer refused = bearer("POST", PATH, "{" + number + name + field + "}");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().get("error").get("code").stringValue()).isEqualTo("invalid_field");
        assertThat(refused.json().get("error").get("details").size()).isEqualTo(1);
    }

    @Test
    void shouldMakeAllOrNothing() {
        bearer("POST", PATH, "{'number':'102','name':'x'}");
        final long revision = rig.desk.revision();

        final Answer taken = bearer("POST", PATH, "{'number':'102','name':'y'}");

        assertThat(taken.status()).isEqualTo(409);
        assertThat(taken.json().get("error").get("code").stringValue()).isEqualTo("already_exists");
        assertThat(rig.desk.revision()).isEqualTo(revision);
        assertThat(rig.desk.list(ResourceKind.DEVICES, null, null, 10)).hasSize(1);
        final Answer homeless = rig.send("POST", PATH, rig.key("far", "*"), "{'number':'102','name':'y'}");
        assertThat(homeless.status()).isEqualTo(409);
        assertThat(homeless.json().get("error").get("message").stringValue()).contains("no domain");
    }

    @Test
    void shouldListMoreThanAPageOfExtensions() {
        final List<Edit> edits = new ArrayList<>();
        for (int i = 0; i < 1_001; i++) {
            edits.add(Edit.create(
                    ResourceKind.EXTENSIONS,
                    HttpRig.object("{'account_id':'name:shop','digits':'" + (1000 + i)
                            + "','dest_kind':'user','dest_id':'name:u'}")));
        }
        rig.put(ResourceKind.USERS, "{'account_id':'name:shop','username':'u'}");
        assertThat(rig.desk.change(new ChangeRequest("test", "fill", edits)).problems())
                .isEmpty();

        assertThat(bearer("GET", PATH, null).json().get("extensions")).hasSize(1_001);
    }

    @ParameterizedTest
    @DisplayName("an extension touches other collections only for a key that may write them")
    @ValueSource(strings = {"users", "devices", "voicemail-boxes"})
    void shouldDemandTheScopeOfEveryCollectionThatItTouches(final String missing) {
        final String[] scopes = Stream.of("extensions", "users", "devices", "voicemail-boxes", "forwards")
                .filter(collection -> !collection.equals(missing))
                .map(collection -> collection + ":write")
                .toArray(String[]::new);
        final long revision = rig.desk.revision();
        final Answer refused = rig.send("POST", PATH, rig.key("shop", scopes), "{'number':'102','name':'x'}");

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.json().get("error").get("code").stringValue()).isEqualTo("insufficient_scope");
        assertThat(refused.json().get("error").get("message").stringValue()).contains("scope=" + missing + ":write");
        assertThat(rig.desk.revision()).as("the key alone").isEqualTo(revision + 1);
    }

    @Test
    @DisplayName("P-003 a conference is a room, which the media server mixes, reached by its extension")
    void shouldMakeARoomForAConference() {
        final JsonNode made = bearer("POST", PATH, "{'number':'300','name':'Board','type':'conference'}")
                .json();

        final Extension extension = (Extension) only(ResourceKind.EXTENSIONS);
        assertThat(extension.id().prefixed(ResourceKind.EXTENSIONS))
                .isEqualTo(made.get("id").stringValue());
        assertThat(extension.digits()).isEqualTo("300");
        assertThat(extension.target().kind()).isEqualTo(TargetKind.CONFERENCE);
        assertThat(extension.target().id())
                .isEqualTo(only(ResourceKind.CONFERENCES).id());
    }

    @Test
    void shouldShowPresence() {
        final JsonNode made =
                bearer("POST", PATH, "{'number':'102','name':'x'}").json();
        assertThat(made.get("status").stringValue()).isEqualTo("offline");
        final User user = (User) only(ResourceKind.USERS);
        rig.presence.registered.put(user.id(), 1);
        assertThat(status()).isEqualTo("available");
        rig.presence.onCall.add(user.id());
        assertThat(status()).isEqualTo("busy");
        rig.send("PATCH", "/v1/users/" + user.id().ulid(), key, "{'dnd':1}");
        assertThat(status()).isEqualTo("dnd");
    }

    @Test
    void shouldRefuseChangedReadOnlyFieldsAndOtherTenants() {
        final String id = bearer("POST", PATH, "{'number':'102','name':'x'}")
                .json()
                .get("id")
                .stringValue();

        assertThat(bearer("PATCH", PATH + '/' + id, "{'id':'" + id + "','type':'user','status':'offline'}")
                        .status())
                .isEqualTo(200);
        assertThat(bearer("PATCH", PATH + '/' + id, "{'type':'paging','registeredDevices':3}")
                        .status())
                .isEqualTo(400);
        assertThat(rig.send("PATCH", PATH + '/' + id, rig.key("far", "*"), "{'name':'y'}")
                        .status())
                .isEqualTo(404);
        assertThat(rig.ask("DELETE", PATH + '/' + id, rig.key("far", "*")).status())
                .isEqualTo(404);
        assertThat(rig.ask("GET", PATH, HttpRig.OPERATOR).status()).isEqualTo(403);
    }

    private String status() {
        return bearer("GET", PATH, null)
                .json()
                .get("extensions")
                .get(0)
                .get("status")
                .stringValue();
    }

    @Test
    @DisplayName("P-019 a number that is taken is called by the name that its clients gave it")
    void shouldNameTheFieldsOfItsOwnShape() {
        rig.send("POST", PATH, key, "{'number':'101','name':'Front Desk'}");
        final Answer taken = rig.send("POST", PATH, key, "{'number':'101','name':'Again'}");

        assertThat(taken.status()).isEqualTo(409);
        assertThat(taken.json().get("error").get("details").propertyNames()).containsExactly("number");
    }
}
