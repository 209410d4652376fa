package io.tandem.admin.http.pbx;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.admin.InMemoryDesk;
import io.tandem.admin.http.key.Credential;
import io.tandem.admin.http.resource.NewIds;
import io.tandem.admin.http.resource.TenantDesk;
import io.tandem.routing.change.ChangeRequest;
import io.tandem.routing.change.ChangeResult;
import io.tandem.routing.change.Edit;
import io.tandem.routing.change.StoredResource;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Whatever an extension is and in whichever shape it was made: writing it back as do.dev shows it changes nothing, and a change
 * comes back and leaves alone what the shape cannot say.
 */
class PbxRoundTripProperties {
    private static final ResourceId ACCOUNT = ResourceId.derived(ResourceKind.ACCOUNTS, "acme");
    private static final List<String> NUMBERS = List.of("callerIdNumber", "forwardingNumber");
    private static final List<ResourceKind> KINDS = List.of(
            ResourceKind.EXTENSIONS,
            ResourceKind.USERS,
            ResourceKind.DEVICES,
            ResourceKind.VOICEMAIL_BOXES,
            ResourceKind.FORWARDS,
            ResourceKind.CONFERENCES,
            ResourceKind.PARKING_LOTS,
            ResourceKind.PAGING_GROUPS);

    private final PbxExtensions shape = new PbxExtensions(who -> null, PresenceView.NOBODY, 1 << 16);

    /** One account with a domain and some things that an extension may lead to. */
    private static final class World {
        private final InMemoryDesk configuration = new InMemoryDesk(() -> 1_790_000_000_000_000L);
        private final TenantDesk desk = new TenantDesk(
                configuration,
                new NewIds(InstantSource.fixed(Instant.ofEpochSecond(1_790_000_000L))),
                new Credential("key of the test", ACCOUNT, List.of("*")));

        World(final String country) {
            put(
                    ResourceKind.ACCOUNTS,
                    "{'name':'acme'" + (country.isEmpty() ? "" : ",'country':'" + country + "'") + "}");
            put(ResourceKind.DOMAINS, "{'account_id':'name:acme','domain':'acme.example.com'}");
            put(ResourceKind.VOICEMAIL_BOXES, "{'account_id':'name:acme','name':'box'}");
            put(
                    ResourceKind.FORWARDS,
                    "{'account_id':'name:acme','name':'shared','number':'12025550001','timeout_sec':9}");
            put(
                    ResourceKind.USERS,
                    "{'account_id':'name:acme','username':'other','voicemail_id':'name:box','fwd_busy_kind':'forward',"
                            + "'fwd_busy_id':'name:shared'}");
            put(
                    ResourceKind.FORWARDS,
                    "{'account_id':'name:acme','name':'single','number':'49301234567','confirm':1,"
                            + "'overflow_dest_kind':'voicemail','overflow_dest_id':'name:box'}");
            put(ResourceKind.CONFERENCES, "{'account_id':'name:acme','name':'c','max_members':5}");
            put(ResourceKind.PARKING_LOTS, "{'account_id':'name:acme','name':'p','first_slot':703,'last_slot':704}");
            put(ResourceKind.PAGING_GROUPS, "{'account_id':'name:acme','name':'g','is_duplex':1}");
        }

        private String put(final ResourceKind kind, final String json) {
            return put(kind, object(json));
        }

        private String put(final ResourceKind kind, final ObjectNode fields) {
            final ChangeResult result = configuration.change(
                    new ChangeRequest("test", "prepare", List.of(new Edit(kind, null, fields, "", false))));
            assertThat(result.problems()).isEmpty();
            return result.resources().getFirst().resource().id().prefixed(kind);
        }

        /** The extension in the native shape; its identifier. */
        String make(final Native extension) {
            if (extension.fields.get("dest_kind").stringValue().equals("user")) {
                put(ResourceKind.USERS, extension.user.deepCopy());
            }
            return put(ResourceKind.EXTENSIONS, extension.fields.deepCopy());
        }

        ObjectNode shown(final PbxExtensions shape, final String id) {
            return shape.change(desk, id, JsonMapper.shared().createObjectNode());
        }

        /** Everything that is there, by identifier. */
        Map<String, ObjectNode> everything() {
            final Map<String, ObjectNode> all = new TreeMap<>();
            for (final ResourceKind kind : KINDS) {
                for (final StoredResource stored : configuration.list(kind, null, null, 1_000)) {
                    all.put(stored.resource().id().prefixed(kind), read(stored));
                }
            }
            return all;
        }

        ObjectNode user(final String username) {
            return configuration.list(ResourceKind.USERS, null, null, 1_000).stream()
                    .map(PbxRoundTripProperties::read)
                    .filter(user -> user.get("username").stringValue().equals(username))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** An extension that another shape made, and the user that it leads to, if to one. */
    record Native(ObjectNode fields, ObjectNode user) {}

    @Property(tries = 300)
    void writingBackWhatIsShownChangesNothing(
            @ForAll("countries") final String country, @ForAll("natives") final Native extension) {
        final World world = new World(country);
        final String id = world.make(extension);
        final long revision = world.configuration.revision();

        final ObjectNode shown = world.shown(shape, id);
        assertThat(shape.change(world.desk, id, shown.deepCopy())).isEqualTo(shown);

        assertThat(world.configuration.revision()).isEqualTo(revision);
    }

    @Property(tries = 300)
    void aChangeComesBackAndLeavesAloneWhatTheShapeCannotSay(
            @ForAll("countries") final String country,
            @ForAll("natives") final Native extension,
            @ForAll("changes") final ObjectNode changes) {
        final World world = new World(country);
        final String id = world.make(extension);
        final ObjectNode shown = world.shown(shape, id);
        final boolean user = shown.get("type").stringValue().equals("user");
        final ObjectNode given = user ? changes : changes.deepCopy().retain("number", "name");
        final Map<String, ObjectNode> before = world.everything();

        final ObjectNode after = shape.change(world.desk, id, given.deepCopy());

        assertThat(after).isEqualTo(expected(shown, given, new PbxNumbers(world.desk.country(ACCOUNT))));
        final Map<String, ObjectNode> now = world.everything();
        assertThat(without(now.get(id), "digits", "label")).isEqualTo(without(before.get(id), "digits", "label"));
        for (final String name : before.keySet()) {
            if (!name.startsWith("us_")
                    && !name.equals(id)
                    && !before.get(name).path("name").asString("").equals("single")) {
                assertThat(now.get(name)).as(name).isEqualTo(before.get(name));
            }
        }
        if (user) {
            final String[] said = {
                "display_name",
                "out_cid_name",
                "out_cid_number",
                "voicemail_id",
                "ring_timeout_sec",
                "fwd_noanswer_kind",
                "fwd_noanswer_id",
                "fwd_noanswer_xform"
            };
            assertThat(without(world.user("u"), said)).isEqualTo(without(before.get(userId(before)), said));
        }
        assertThat(shape.change(world.desk, id, after.deepCopy())).isEqualTo(after);
    }

    @Property(tries = 300)
    void forwardingThatIsTakenBackLeavesNothingBehind(@ForAll("natives") final Native extension) {
        final World world = new World("");
        final ObjectNode fields = extension.fields.deepCopy();
        fields.put("dest_kind", "user").put("dest_id", "name:u");
        final String id = world.make(new Native(fields, extension.user));
        if (world.shown(shape, id).get("forwardingEnabled").booleanValue()) {
            return;
        }
        final Map<String, ObjectNode> before = world.everything();

        shape.change(world.desk, id, object("{'forwardingNumber':'2025550177'}"));
        shape.change(world.desk, id, object("{'forwardingNumber':'+49301234567'}"));
        shape.change(world.desk, id, object("{'forwardingNumber':null}"));

        assertThat(world.everything()).isEqualTo(before);
    }

    @Property(tries = 300)
    void whatTheShapeMakesIsShownChangesAndGoesWhole(
            @ForAll("countries") final String country,
            @ForAll("types") final String type,
            @ForAll("changes") final ObjectNode first,
            @ForAll("changes") final ObjectNode second) {
        final World world = new World(country);
        final PbxNumbers numbers = new PbxNumbers(world.desk.country(ACCOUNT));
        final Map<String, ObjectNode> before = world.everything();
        final ObjectNode given = type.equals("user") ? first : first.deepCopy().retain("number", "name");
        final ObjectNode creation = object("{'number':'999','name':'x','type':'" + type + "'}");
        creation.setAll(given);

        final ObjectNode made = shape.create(world.desk, creation.deepCopy());
        made.remove("sipCredentials");
        final String id = made.get("id").stringValue();
        final ObjectNode plain = object("{'id':'" + id + "','number':'','name':'','type':'" + type + "','status':'"
                + (type.equals("user") ? "offline" : "available")
                + "','callerIdName':'','callerIdNumber':'','voicemailEnabled':" + type.equals("user")
                + ",'forwardingEnabled':false,'registeredDevices':0}");
        assertThat(made).isEqualTo(expected(plain, creation, numbers));

        final ObjectNode changes =
                type.equals("user") ? second : second.deepCopy().retain("number", "name");
        final ObjectNode changed = shape.change(world.desk, id, changes.deepCopy());
        assertThat(changed).isEqualTo(expected(made, changes, numbers));
        assertThat(shape.create(world.desk, creation.put("number", "998").deepCopy()))
                .isNotNull();
        final Map<String, ObjectNode> both = world.everything();
        final ObjectNode again =
                shape.create(world.desk, creation.put("number", "997").deepCopy());
        shape.delete(world.desk, again.get("id").stringValue());
        assertThat(world.everything()).isEqualTo(both);

        for (final String extension : both.keySet()) {
            if (extension.startsWith("ext_")) {
                shape.delete(world.desk, extension);
            }
        }
        assertThat(world.everything()).isEqualTo(before);
    }

    /** What is shown once these fields were given. */
    private static ObjectNode expected(final ObjectNode shown, final ObjectNode given, final PbxNumbers numbers) {
        final ObjectNode expected = shown.deepCopy();
        for (final String field : List.of("number", "name", "callerIdName", "callerIdNumber", "voicemailEnabled")) {
            if (given.has(field)) {
                if (NUMBERS.contains(field) && !given.get(field).stringValue().isEmpty()) {
                    expected.put(
                            field,
                            numbers.shown(
                                    Long.toString(numbers.read(given.get(field).stringValue()))));
                } else {
                    expected.set(field, given.get(field));
                }
            }
        }
        if (given.has("forwardingNumber")) {
            expected.put(
                    "forwardingEnabled",
                    !given.get("forwardingNumber").stringValue().isEmpty());
        }
        return expected;
    }

    @Provide
    Arbitrary<String> countries() {
        return Arbitraries.of("", "US", "JM", "DE", "GB");
    }

    @Provide
    Arbitrary<String> types() {
        return Arbitraries.of(PbxBody.TYPES);
    }

    /** Some of the fields that a client may give. */
    @Provide
    Arbitrary<ObjectNode> changes() {
        final Arbitrary<String> numbers =
                Arbitraries.of("", "+12395551234", "+49301234567", "+442079460000", "+2395551234");
        return Combinators.combine(
                        Arbitraries.integers().between(10, 900),
                        Arbitraries.strings()
                                .withChars("ab 日")
                                .ofMinLength(1)
                                .ofMaxLength(4)
                                .filter(name -> !name.isBlank()),
                        Arbitraries.strings().withChars("xyz").ofMaxLength(3),
                        numbers,
                        numbers,
                        Arbitraries.integers().between(5, 60),
                        Arbitraries.of(true, false),
                        Arbitraries.integers().between(0, 127))
                .as((number, name, callerName, callerNumber, forward, ring, voicemail, given) -> {
                    final ObjectNode fields = JsonMapper.shared().createObjectNode();
                    fields.put("number", Integer.toString(number))
                            .put("name", name)
                            .put("callerIdName", callerName);
                    fields.put("callerIdNumber", callerNumber).put("forwardingNumber", forward);
                    fields.put("forwardingRingTimeout", ring).put("voicemailEnabled", voicemail);
                    final List<String> names = List.copyOf(fields.propertyNames());
                    for (int i = 0; i < names.size(); i++) {
                        if ((given & (1 << i)) == 0) {
                            fields.remove(names.get(i));
                        }
                    }
                    return fields;
                });
    }

    @Provide
    Arbitrary<Native> natives() {
        final Arbitrary<ObjectNode> extensions = Combinators.combine(
                        Arbitraries.strings()
                                .withChars("0123456789*#")
                                .ofMinLength(1)
                                .ofMaxLength(8),
                        Arbitraries.of("", "Desk"),
                        Arbitraries.of("user", "conference", "parking", "paging"),
                        Arbitraries.of("active", "disabled"))
                .as((digits, label, kind, status) -> {
                    final String name = Map.of("user", "u", "conference", "c", "parking", "p", "paging", "g")
                            .get(kind);
                    return object("{'account_id':'name:acme','digits':'" + digits + "','label':'" + label
                            + "','dest_kind':'" + kind + "','dest_id':'name:" + name
                            + "','dest_xform':{'x':1},'status':'" + status + "'}");
                });
        final Arbitrary<ObjectNode> users = Combinators.combine(
                        Arbitraries.of("", "Alice"),
                        Arbitraries.of("", "12395551234", "2395551234", "49301234567", "911"),
                        Arbitraries.of("", ",'voicemail_id':'name:box'"),
                        Arbitraries.of(
                                "",
                                ",'fwd_noanswer_kind':'hangup','fwd_noanswer_xform':{'sip_code':486}",
                                ",'fwd_noanswer_kind':'voicemail','fwd_noanswer_id':'name:box'",
                                ",'fwd_noanswer_kind':'forward','fwd_noanswer_id':'name:shared','fwd_noanswer_xform':{'y':2}",
                                ",'fwd_noanswer_kind':'forward','fwd_noanswer_id':'name:single'"),
                        Arbitraries.integers().between(1, 600),
                        Arbitraries.integers().between(0, 1))
                .as((name, callerNumber, box, forward, ring, flag) -> object("{'account_id':'name:acme','username':'u',"
                        + "'display_name':'" + name + "'"
                        + (callerNumber.isEmpty() ? "" : ",'out_cid_number':'" + callerNumber + "'") + box + forward
                        + ",'ring_timeout_sec':" + ring + ",'dnd':" + flag + ",'is_agent':" + flag
                        + ",'max_simultaneous':3}"));
        return Combinators.combine(extensions, users).as(Native::new);
    }

    private static String userId(final Map<String, ObjectNode> all) {
        return all.entrySet().stream()
                .filter(entry -> entry.getValue().path("username").asString("").equals("u"))
                .findFirst()
                .orElseThrow()
                .getKey();
    }

    private static ObjectNode without(final ObjectNode fields, final String... names) {
        return fields.deepCopy().remove(List.of(names));
    }

    private static ObjectNode read(final StoredResource stored) {
        return JsonMapper.shared().readValue(stored.resource().json(), ObjectNode.class);
    }

    private static ObjectNode object(final String json) {
        return JsonMapper.shared().readValue(json.replace('\'', '"'), ObjectNode.class);
    }
}
