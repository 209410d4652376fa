package io.tandem.admin.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.admin.http.HttpRig.Answer;
import io.tandem.admin.http.wire.Json;
import io.tandem.routing.model.Forward;
import io.tandem.routing.model.ParkingLot;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.model.UniqueName;
import io.tandem.routing.model.User;
import io.tandem.routing.model.VoicemailBox;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What an extension of do.dev is made of: numbers, boxes, slots, rooms and forwards, and what becomes of them. */
class PbxPartsTest extends PbxShape {
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
        final String id =
                make("{'number':'101','name':'x','callerIdNumber':'" + given + "','forwardingNumber':'" + given + "'}");

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
            final Answer refused = bearer("POST", PATH, "{'number':'101','name':'x','" + field + "':'" + given + "'}");
            assertThat(refused.status()).as(refused.text()).isEqualTo(400);
            assertThat(refused.json().get("error").get("details").propertyNames())
                    .containsExactly(field);
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
        rig.put(ResourceKind.USERS, "{'account_id':'name:shop','username':'u','ring_timeout_sec':40," + before + "}");
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
                .map(stored -> Json.stored(stored.resource().json()).get("name").stringValue())
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
        assertThat(details.propertyNames()).containsExactlyInAnyOrder("type", "voicemailEnabled", "forwardingNumber");
        assertThat(details.get("voicemailEnabled").stringValue()).startsWith("must be true or false");
    }

    @Test
    void shouldTakeAMergePatchAsTheSchemaSays() {
        final String id = make("{'number':'101','name':'x'}");
        final Answer answer =
                rig.send("PATCH", PATH + '/' + id, key, "{'name':'y'}", "Content-Type", "application/merge-patch+json");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }
}
