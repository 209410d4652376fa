package io.tandem.admin.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.admin.http.HttpRig.Answer;
import io.tandem.admin.http.wire.Json;
import io.tandem.routing.change.ChangeRequest;
import io.tandem.routing.change.Edit;
import io.tandem.routing.model.Device;
import io.tandem.routing.model.DigestAlgorithm;
import io.tandem.routing.model.Extension;
import io.tandem.routing.model.Forward;
import io.tandem.routing.model.ParkingLot;
import io.tandem.routing.model.Resource;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.model.TargetKind;
import io.tandem.routing.model.UniqueName;
import io.tandem.routing.model.User;
import io.tandem.routing.model.VoicemailBox;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class PbxApiTest {
    private static final String PATH = "/v1/pbx/extensions";

    private HttpRig rig;
    private String key;

    @BeforeEach
    void start() {
        rig = new HttpRig();
        key = rig.key("shop", "*").replace("sk_", "do_live_");
        rig.put(ResourceKind.DOMAINS, "{'account_id':'name:shop','domain':'shop.example.com','is_primary':1}");
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    private Answer bearer(final String method, final String path, final String json) {
        return rig.send(method, path, null, json, json == null ? headers() : headersAndType());
    }

    private String[] headers() {
        return new String[] {"Authorization", "Bearer " + key};
    }

    private String[] headersAndType() {
        return new String[] {"Authorization", "Bearer " + key, "Content-Type", "application/json"};
    }

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

    private Resource only(final ResourceKind kind) {
        final var all = rig.desk.list(kind, null, null, 10);
        assertThat(all).hasSize(1);
        return all.getFirst().resource();
    }

    @Test
    @DisplayName("P-019 a number that is taken is called by the name that its clients gave it")
    void shouldNameTheFieldsOfItsOwnShape() {
        rig.send("POST", PATH, key, "{'number':'101','name':'Front Desk'}");
        final Answer taken = rig.send("POST", PATH, key, "{'number':'101','name':'Again'}");

        assertThat(taken.status()).isEqualTo(409);
        assertThat(taken.json().get("error").get("details").propertyNames()).containsExactly("number");
    }

    private String make(final String json) {
        final Answer made = bearer("POST", PATH, json);
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        return made.json().get("id").stringValue();
    }

    private JsonNode patched(final String id, final String json) {
        final Answer answer = bearer("PATCH", PATH + '/' + id, json);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private void delete(final String id) {
        final Answer answer = bearer("DELETE", PATH + '/' + id, null);
        assertThat(answer.status()).as(answer.text()).isEqualTo(204);
    }

    private User user(final String username) {
        return rig.desk.list(ResourceKind.USERS, null, null, 100).stream()
                .map(stored -> (User) stored.resource())
                .filter(user -> user.username().equals(username))
                .findFirst()
                .orElseThrow();
    }

    private <T extends Resource> List<T> all(final ResourceKind kind, final Class<T> type) {
        return rig.desk.list(kind, null, null, 100).stream()
                .map(stored -> type.cast(stored.resource()))
                .toList();
    }

    private Forward forward(final User user) {
        return (Forward) rig.desk
                .find(ResourceKind.FORWARDS, user.forwardNoAnswer().id())
                .resource();
    }

    private String boxName(final User user) {
        final VoicemailBox box = (VoicemailBox)
                rig.desk.find(ResourceKind.VOICEMAIL_BOXES, user.voicemailId()).resource();
        return box.name();
    }

    private void country(final String country) {
        rig.put(ResourceKind.ACCOUNTS, "{'name':'acme','is_reseller':1,'country':'" + country + "'}");
    }

    @ParameterizedTest
    @DisplayName("numbers are read and shown as in the account's country, North America's where none is named")
    @CsvSource({
        ", 2395551234, 12395551234, 2395551234",
        ", 12395551234, 12395551234, 2395551234",
        ", (239) 555-1234, 12395551234, 2395551234",
        ", +12395551234, 12395551234, 2395551234",
        ", +442079460000, 442079460000, +442079460000",
        ", 442079460000, 442079460000, +442079460000",
        ", 011442079460000, 442079460000, +442079460000",
        ", +2395551234, 2395551234, +2395551234",
        "US, 2395551234, 12395551234, 2395551234",
        "CA, 2395551234, 12395551234, 2395551234",
        "JM, 2395551234, 12395551234, 2395551234",
        "DE, 030 1234567, 49301234567, +49301234567",
        "DE, +12395551234, 12395551234, +12395551234",
        "GB, 020 7946 0000, 442079460000, +442079460000"
    })
    void shouldReadNumbersAsTheyAreDialled(
            final String country, final String given, final String stored, final String shown) {
        if (country != null) {
            country(country);
        }
        final String id = make("{'number':'101','name':'x','callerIdNumber':'" + given + "','forwardingNumber':'" + given
                + "'}");

        assertThat(user("101").outCidNumber()).isEqualTo(stored);
        assertThat(forward(user("101")).number()).isEqualTo(stored);
        final long revision = rig.desk.revision();
        assertThat(patched(id, "{'callerIdNumber':'" + shown + "'}")
                        .get("callerIdNumber")
                        .stringValue())
                .isEqualTo(shown);
        patched(id, "{'callerIdNumber':'+" + stored + "','forwardingNumber':'" + given + "'}");
        assertThat(rig.desk.revision()).isEqualTo(revision);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1395551234", "11395551234", "0395551234", "+0395551234", "12", "2395551234x"})
    void shouldRefuseWhatIsNoNumberInNorthAmerica(final String given) {
        for (final String field : List.of("callerIdNumber", "forwardingNumber")) {
            final Answer refused =
                    bearer("POST", PATH, "{'number':'101','name':'x','" + field + "':'" + given + "'}");
            assertThat(refused.status()).as(refused.text()).isEqualTo(400);
            assertThat(refused.json().get("error").get("details").propertyNames()).containsExactly(field);
        }
    }

    @Test
    @DisplayName("an extension has a box of its own, whatever number it has and had")
    void shouldGiveEachExtensionABoxOfItsOwn() {
        final ResourceId stranger = rig.put(ResourceKind.VOICEMAIL_BOXES, "{'account_id':'name:shop','name':'120'}");
        final String first = make("{'number':'110','name':'Old'}");
        final ResourceId box = user("110").voicemailId();
        patched(first, "{'number':'111'}");
        assertThat(user("111").voicemailId()).isEqualTo(box);
        assertThat(boxName(user("111"))).isEqualTo("111");

        final String second = make("{'number':'110','name':'New'}");
        assertThat(user("110").voicemailId()).isNotEqualTo(box);
        assertThat(boxName(user("110"))).isEqualTo("110");

        final String third = make("{'number':'120','name':'Third'}");
        assertThat(user("120").voicemailId()).isNotEqualTo(stranger);
        assertThat(boxName(user("120"))).matches("120 [0-9a-z]{6}");
        patched(third, "{'number':'121'}");
        assertThat(boxName(user("121"))).isEqualTo("121");

        List.of(first, second, third).forEach(this::delete);
        assertThat(all(ResourceKind.VOICEMAIL_BOXES, VoicemailBox.class))
                .extracting(VoicemailBox::id)
                .containsExactly(stranger);
    }

    @Test
    @DisplayName("a box waits while voicemail is off, for its extension alone, and goes with it")
    void shouldKeepTheBoxWhileVoicemailIsOff() {
        final String first = make("{'number':'110','name':'Old'}");
        final ResourceId box = user("110").voicemailId();
        patched(first, "{'voicemailEnabled':false}");
        assertThat(user("110").voicemailId()).isEqualTo(ResourceId.NIL);
        patched(first, "{'voicemailEnabled':true}");
        assertThat(user("110").voicemailId()).isEqualTo(box);

        patched(first, "{'voicemailEnabled':false}");
        delete(first);
        assertThat(rig.desk.list(ResourceKind.VOICEMAIL_BOXES, null, null, 10)).isEmpty();
        make("{'number':'110','name':'New'}");
        assertThat(user("110").voicemailId()).isNotEqualTo(box);
    }

    @Test
    void shouldLeaveWhatOthersUseWhenAnExtensionIsDeleted() {
        final String id = make("{'number':'110','name':'x','forwardingNumber':'2025550177'}");
        final ResourceId box = user("110").voicemailId();
        final ResourceId forward = user("110").forwardNoAnswer().id();
        rig.put(
                ResourceKind.USERS,
                "{'account_id':'name:shop','username':'heir','voicemail_id':'" + box.prefixed("vm_")
                        + "','fwd_busy_kind':'forward','fwd_busy_id':'" + forward.prefixed("fwd_") + "'}");

        delete(id);

        assertThat(all(ResourceKind.USERS, User.class))
                .extracting(User::username)
                .containsExactly("heir");
        assertThat(rig.desk.find(ResourceKind.VOICEMAIL_BOXES, box)).isNotNull();
        assertThat(rig.desk.find(ResourceKind.FORWARDS, forward)).isNotNull();
    }

    @Test
    void shouldKeepTheUserOfAnotherExtension() {
        final String id = make("{'number':'110','name':'x'}");
        final ResourceId other = rig.put(
                ResourceKind.EXTENSIONS,
                "{'account_id':'name:shop','digits':'*88','dest_kind':'user','dest_id':'name:110'}");

        delete(id);
        assertThat(user("110").voicemailId()).isNotEqualTo(ResourceId.NIL);
        delete(other.prefixed(ResourceKind.EXTENSIONS));

        assertThat(rig.desk.list(ResourceKind.USERS, null, null, 10)).isEmpty();
        assertThat(rig.desk.list(ResourceKind.VOICEMAIL_BOXES, null, null, 10)).isEmpty();
        assertThat(rig.desk.list(ResourceKind.DEVICES, null, null, 10)).isEmpty();
    }

    @Test
    @DisplayName("each parking extension has slots of its own, the first ones that are free")
    void shouldChooseFreeSlots() {
        rig.put(
                ResourceKind.PARKING_LOTS,
                "{'account_id':'name:shop','name':'native','first_slot':715,'last_slot':720}");
        final String first = make("{'number':'700','name':'One','type':'parking'}");
        make("{'number':'500','name':'Two','type':'parking'}");
        make("{'number':'501','name':'Three','type':'parking'}");
        delete(first);
        make("{'number':'502','name':'Four','type':'parking'}");

        assertThat(all(ResourceKind.PARKING_LOTS, ParkingLot.class))
                .extracting(lot -> lot.name() + ' ' + lot.firstSlot() + '-' + lot.lastSlot())
                .containsExactlyInAnyOrder(
                        "native 715-720", "500 Two 721-729", "501 Three 730-738", "502 Four 701-709");
    }

    @Test
    @DisplayName("what was made in another shape is written back as it is listed, and changes nothing")
    void shouldTakeBackWhatItShows() {
        rig.put(
                ResourceKind.USERS,
                "{'account_id':'name:shop','username':'alice','display_name':'Alice','out_cid_number':'12395551234'}");
        rig.put(ResourceKind.CONFERENCES, "{'account_id':'name:shop','name':'room'}");
        for (final String digits : List.of("*88", "7", "1234567")) {
            rig.put(
                    ResourceKind.EXTENSIONS,
                    "{'account_id':'name:shop','digits':'" + digits + "','dest_kind':'user','dest_id':'name:alice'}");
        }
        rig.put(
                ResourceKind.EXTENSIONS,
                "{'account_id':'name:shop','digits':'#1','dest_kind':'conference','dest_id':'name:room'}");
        final long revision = rig.desk.revision();

        final JsonNode shown = bearer("GET", PATH, null).json().get("extensions");
        assertThat(shown).hasSize(4);
        for (final JsonNode extension : shown) {
            final String id = extension.get("id").stringValue();
            assertThat(patched(id, extension.toString())).isEqualTo(extension);
        }
        assertThat(rig.desk.revision()).isEqualTo(revision);

        final String id = idOf("7");
        final User before = user("alice");
        patched(id, "{'number':'1003','callerIdName':'Z'}");
        assertThat(user("alice").outCidName()).isEqualTo("Z");
        assertThat(user("alice").displayName()).isEqualTo(before.displayName());
        assertThat(bearer("PATCH", PATH + '/' + id, "{'number':'*89'}").status())
                .isEqualTo(400);
        assertThat(patched(id, "{'name':'Named'}").get("name").stringValue()).isEqualTo("Named");
        assertThat(bearer("PATCH", PATH + '/' + id, "{'name':''}").status()).isEqualTo(400);
    }

    private String idOf(final String digits) {
        final UniqueName name = new UniqueName(
                ResourceKind.EXTENSIONS, "digits", ResourceId.derived(ResourceKind.ACCOUNTS, "shop"), digits);
        return rig.desk.find(name).prefixed(ResourceKind.EXTENSIONS);
    }

    private String sharing(final String user) {
        rig.put(
                ResourceKind.FORWARDS,
                "{'account_id':'name:shop','name':'shared','number':'12025550001','timeout_sec':12,"
                        + "'overflow_dest_kind':'hangup','overflow_dest_xform':{'sip_code':486}}");
        rig.put(
                ResourceKind.USERS,
                "{'account_id':'name:shop','username':'" + user + "','ring_timeout_sec':40,"
                        + "'fwd_noanswer_kind':'forward','fwd_noanswer_id':'name:shared'}");
        return rig.put(
                        ResourceKind.EXTENSIONS,
                        "{'account_id':'name:shop','digits':'880','dest_kind':'user','dest_id':'name:" + user + "'}")
                .prefixed(ResourceKind.EXTENSIONS);
    }

    @Test
    @DisplayName("a forward that others use stays as it is for them")
    void shouldLeaveTheForwardsOfOthersAlone() {
        final String id = sharing("u");
        final Forward shared = forward(user("u"));
        rig.put(
                ResourceKind.NUMBERS,
                "{'account_id':'name:shop','e164':'12028880001','dest_kind':'forward','dest_id':'name:shared'}");

        patched(id, "{'forwardingNumber':'+49301234567'}");

        assertThat(rig.desk.find(ResourceKind.FORWARDS, shared.id()).resource()).isEqualTo(shared);
        final Forward own = forward(user("u"));
        assertThat(own.id()).isNotEqualTo(shared.id());
        assertThat(own.number()).isEqualTo("49301234567");
        assertThat(own.timeoutSec()).isEqualTo(12);
        assertThat(own.overflow()).isEqualTo(shared.overflow());
        assertThat(user("u").ringTimeoutSec()).isEqualTo(40);

        patched(id, "{'forwardingNumber':''}");
        assertThat(user("u").forwardNoAnswer()).isEqualTo(shared.overflow());
        assertThat(all(ResourceKind.FORWARDS, Forward.class)).containsExactly(shared);
    }

    @Test
    void shouldStopLeadingToAForwardThatOthersUse() {
        final String id = sharing("u");
        final Forward shared = forward(user("u"));
        rig.put(
                ResourceKind.NUMBERS,
                "{'account_id':'name:shop','e164':'12028880001','dest_kind':'forward','dest_id':'name:shared'}");

        assertThat(patched(id, "{'forwardingNumber':null}")
                        .get("forwardingEnabled")
                        .booleanValue())
                .isFalse();

        assertThat(all(ResourceKind.FORWARDS, Forward.class)).containsExactly(shared);
    }

    @Test
    void shouldChangeTheNumberOfAForwardThatNobodyElseUses() {
        final String id = sharing("u");
        final ResourceId forward = forward(user("u")).id();

        patched(id, "{'forwardingNumber':'2025550177'}");

        assertThat(forward(user("u")).id()).isEqualTo(forward);
        assertThat(forward(user("u")).number()).isEqualTo("12025550177");
        assertThat(forward(user("u")).name()).isEqualTo("shared");
    }

    @ParameterizedTest
    @DisplayName("what forwarding replaces is what happens when its number does not answer, and comes back")
    @ValueSource(
            strings = {
                "'fwd_noanswer_kind':'hangup','fwd_noanswer_xform':{'sip_code':486}",
                "'fwd_noanswer_kind':'voicemail','fwd_noanswer_id':'name:box'",
                "'dnd':1"
            })
    void shouldBringBackWhatForwardingReplaced(final String before) {
        rig.put(ResourceKind.VOICEMAIL_BOXES, "{'account_id':'name:shop','name':'box'}");
        rig.put(
                ResourceKind.USERS,
                "{'account_id':'name:shop','username':'u','ring_timeout_sec':40," + before + "}");
        final String id = rig.put(
                        ResourceKind.EXTENSIONS,
                        "{'account_id':'name:shop','digits':'880','dest_kind':'user','dest_id':'name:u'}")
                .prefixed(ResourceKind.EXTENSIONS);
        final User was = user("u");

        patched(id, "{'forwardingNumber':'2025550177'}");
        assertThat(forward(user("u")).overflow()).isEqualTo(was.forwardNoAnswer());
        patched(id, "{'forwardingNumber':'2025550178'}");
        assertThat(forward(user("u")).overflow()).isEqualTo(was.forwardNoAnswer());
        patched(id, "{'forwardingNumber':null}");

        assertThat(user("u")).isEqualTo(was);
        assertThat(rig.desk.list(ResourceKind.FORWARDS, null, null, 10)).isEmpty();
    }

    @Test
    @DisplayName("phones ring 20 seconds unless the extension says otherwise, forwarded or not")
    void shouldRingAsLongAsTheExtensionSays() {
        final String id = make("{'number':'110','name':'x'}");
        assertThat(user("110").ringTimeoutSec()).isEqualTo(20);
        patched(id, "{'forwardingRingTimeout':15}");
        patched(id, "{'forwardingNumber':'2025550177'}");
        assertThat(user("110").ringTimeoutSec()).isEqualTo(15);
        make("{'number':'111','name':'x','forwardingRingTimeout':7}");
        assertThat(user("111").ringTimeoutSec()).isEqualTo(7);
    }

    @ParameterizedTest
    @DisplayName("a room's name follows its extension, and stands in nobody's way")
    @CsvSource({"conference, CONFERENCES", "parking, PARKING_LOTS", "paging, PAGING_GROUPS"})
    void shouldNameRoomsAfterTheirExtensions(final String type, final ResourceKind kind) {
        final String first = make("{'number':'611','name':'Room','type':'" + type + "'}");
        patched(first, "{'number':'612'}");
        final String second = make("{'number':'611','name':'Room','type':'" + type + "'}");
        assertThat(roomNames(kind)).containsExactlyInAnyOrder("612 Room", "611 Room");
        patched(first, "{'name':'Hall'}");
        delete(second);
        assertThat(roomNames(kind)).containsExactly("612 Hall");

        rig.put(
                kind,
                "{'account_id':'name:shop','name':'613 Hall'"
                        + (type.equals("parking") ? ",'first_slot':900,'last_slot':901}" : "}"));
        patched(first, "{'number':'613'}");
        assertThat(roomNames(kind)).hasSize(2).anyMatch(name -> name.matches("613 Hall [0-9a-z]{6}"));
        delete(first);
        assertThat(roomNames(kind)).containsExactly("613 Hall");
        make("{'number':'614','name':'" + "n".repeat(255) + "','type':'" + type + "'}");
    }

    private List<String> roomNames(final ResourceKind kind) {
        return rig.desk.list(kind, null, null, 10).stream()
                .map(stored ->
                        Json.stored(stored.resource().json()).get("name").stringValue())
                .toList();
    }

    @Test
    void shouldKeepRoomsThatItDidNotMakeOrThatOthersUse() {
        rig.put(ResourceKind.CONFERENCES, "{'account_id':'name:shop','name':'native'}");
        final String other = rig.put(
                        ResourceKind.EXTENSIONS,
                        "{'account_id':'name:shop','digits':'620','dest_kind':'conference','dest_id':'name:native'}")
                .prefixed(ResourceKind.EXTENSIONS);
        patched(other, "{'name':'y'}");
        delete(other);
        final String own = make("{'number':'621','name':'Room','type':'conference'}");
        rig.put(
                ResourceKind.NUMBERS,
                "{'account_id':'name:shop','e164':'12028880001','dest_kind':'conference','dest_id':'name:621 Room'}");
        delete(own);

        assertThat(roomNames(ResourceKind.CONFERENCES)).containsExactlyInAnyOrder("native", "621 Room");
    }

    @Test
    void shouldNotBlameUserFieldsForAWrongType() {
        final Answer refused = bearer(
                "POST",
                PATH,
                "{'number':'101','name':'x','type':'fax','callerIdName':'A','voicemailEnabled':'yes',"
                        + "'callerIdNumber':'2395551234','forwardingNumber':'zero'}");

        final JsonNode details = refused.json().get("error").get("details");
        assertThat(details.propertyNames())
                .containsExactlyInAnyOrder("type", "voicemailEnabled", "forwardingNumber");
        assertThat(details.get("voicemailEnabled").stringValue()).startsWith("must be true or false");
    }

    @Test
    void shouldTakeAMergePatchAsTheSchemaSays() {
        final String id = make("{'number':'101','name':'x'}");
        final Answer answer = rig.send(
                "PATCH", PATH + '/' + id, key, "{'name':'y'}", "Content-Type", "application/merge-patch+json");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }
}
