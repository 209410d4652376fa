package io.tandem.routing.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Fields of extensions and of all that a target may name. */
class TargetFieldsTest {
    private static final Path PAGE = Path.of("..", "docs", "configuration-model.md");
    private static final String EXTENSION = "'digits':'1001','dest_kind':'user','dest_id':'name:alice'";

    @Test
    @DisplayName("N-053 X8 the kinds of targets are the eleven of the document, and parking and paging")
    void shouldHaveThirteenKinds() {
        assertThat(TargetPlace.EXTENSION.words())
                .containsExactly(
                        "flow",
                        "user",
                        "extension",
                        "ring_group",
                        "queue",
                        "voicemail",
                        "conference",
                        "forward",
                        "trunk",
                        "feature",
                        "hangup",
                        "parking",
                        "paging");
    }

    @ParameterizedTest
    @DisplayName(
            "N-054 R-047 R-055 which kinds a number, an extension and everything else may have is published, and holds")
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void shouldPublishTheMatrix(final TargetKind kind) throws IOException {
        final String row = Files.readAllLines(PAGE, StandardCharsets.UTF_8).stream()
                .filter(line -> line.matches("\\| `" + kind.word() + "` \\| (yes|no) \\| (yes|no) \\| (yes|no) \\|"))
                .findFirst()
                .orElseThrow();
        final String target = "'%s_kind':'" + kind.word() + "'" + identifier(kind);
        final boolean number = takes(ResourceKind.NUMBERS, "'e164':'12025550123'," + target.replace("%s", "dest"));
        final boolean extension = takes(ResourceKind.EXTENSIONS, "'digits':'1'," + target.replace("%s", "dest"));
        final boolean forward = takes(ResourceKind.USERS, "'username':'a'," + target.replace("%s", "fwd_always"));
        final boolean override = takes(ResourceKind.EXTENSIONS, EXTENSION + "," + target.replace("%s", "closed_dest"));
        final boolean exit = takes(ResourceKind.RING_GROUPS, "'name':'g'," + target.replace("%s", "exit_dest"));
        assertThat(row)
                .isEqualTo("| `" + kind.word() + "` | " + word(number) + " | " + word(extension) + " | " + word(forward)
                        + " |");
        assertThat(List.of(override, exit)).containsOnly(forward);
        assertThat(number).isEqualTo(TargetPlace.NUMBER.takes(kind));
        assertThat(extension).isTrue();
    }

    @Test
    @DisplayName("N-025..N-028 R-054 R-056 an extension has ext_, its account, digits as text, a target and hours")
    void shouldReadExtensions() {
        final String full = "'digits':'007*#','label':'James','dest_kind':'user','dest_id':'name:alice',"
                + "'dest_xform':{'a':'b'},'schedule_id':'name:hours','closed_dest_kind':'voicemail',"
                + "'closed_dest_id':'name:box','holiday_dest_kind':'hangup'";
        final Reading reading = Reading.of(ResourceKind.EXTENSIONS, full);
        assertThat(reading.json())
                .containsPattern("\"id\":\"ext_[0-7][0-9a-hjkmnp-tv-z]{25}\"")
                .containsPattern("\"account_id\":\"acc_[0-7][0-9a-hjkmnp-tv-z]{25}\"")
                .contains(
                        "\"digits\":\"007*#\"", "\"status\":\"active\"", "\"dest_kind\":\"user\"", "\"dest_id\":\"us_")
                .contains("\"dest_xform\":{\"a\":\"b\"}", "\"schedule_id\":\"sch_", "\"closed_dest_id\":\"vm_")
                .contains("\"holiday_dest_kind\":\"hangup\"");
        final Extension extension = reading.resource();
        assertThat(Beside.stored(ResourceKind.EXTENSIONS, extension.json())).isEqualTo(extension);

        final Extension again = Reading.of(ResourceKind.EXTENSIONS, "'digits':'007*#','dest_kind':'hangup'")
                .resource();
        final Extension elsewhere = Reading.ofOther(ResourceKind.EXTENSIONS, "'digits':'007*#','dest_kind':'hangup'")
                .resource();
        assertThat(again.names()).isEqualTo(extension.names());
        assertThat(elsewhere.names()).isNotEqualTo(extension.names());
    }

    @ParameterizedTest
    @DisplayName("N-026 N-027 N-035 what an extension does not take")
    @CsvSource(
            delimiter = '|',
            value = {
                "'digits':1001,'dest_kind':'hangup'|digits",
                "'digits':'10a1','dest_kind':'hangup'|digits",
                "'digits':'','dest_kind':'hangup'|digits",
                "'digits':'111111111111111111111111111111111','dest_kind':'hangup'|digits",
                "'digits':'1'|dest_kind",
                "'digits':'1','dest_kind':'user'|dest_id",
                "'digits':'1','dest_kind':'hangup','status':'busy'|status",
                "'digits':'1','dest_kind':'hangup','status':'virtual'|status",
                "'digits':'1','dest_kind':'feature'|dest_id",
                "'digits':'1','dest_kind':'feature','dest_id':'*99'|dest_id",
                "'digits':'1','dest_kind':'feature','dest_id':'**'|dest_id"
            })
    void shouldRefuseWrongExtensions(final String fields, final String field) {
        assertThat(Reading.of(ResourceKind.EXTENSIONS, fields).wrong()).containsExactly(field);
    }

    @ParameterizedTest
    @DisplayName("N-051 R-055 a feature code is kept as it was written")
    @CsvSource({"*97,VOICEMAIL_OWN", "*98,VOICEMAIL_ANY", "*8,PICKUP_GROUP", "**1001,PICKUP_DIRECTED", "705,PARK"})
    void shouldKeepFeatureCodes(final String code, final FeatureCode feature) {
        final Reading reading =
                Reading.of(ResourceKind.EXTENSIONS, "'digits':'1','dest_kind':'feature','dest_id':'" + code + "'");
        assertThat(reading.json()).contains("\"dest_kind\":\"feature\",\"dest_id\":\"" + code + "\"");
        final Extension extension = reading.resource();
        assertThat(FeatureCode.of(extension.target().feature())).isEqualTo(feature);
        assertThat(Beside.stored(ResourceKind.EXTENSIONS, extension.json())).isEqualTo(extension);
    }

    @Test
    @DisplayName("N-055 an extension that leads to itself, or into another account, is refused")
    void shouldCheckExtensionsBesideOthers() {
        final Extension self = Reading.of(
                        ResourceKind.EXTENSIONS, "'digits':'1','dest_kind':'extension','dest_id':'name:1'")
                .resource();
        assertThat(Reading.of(ResourceKind.EXTENSIONS, "'digits':'1','dest_kind':'extension','dest_id':'name:1'")
                        .check(Beside.of(self))
                        .wrong())
                .containsExactly("dest_id");
        final User foreign = Reading.ofOther(
                        ResourceKind.USERS,
                        "'username':'alice','id':'"
                                + Reading.id(ResourceKind.USERS, "alice").prefixed("us_") + "'")
                .resource();
        assertThat(Reading.of(ResourceKind.EXTENSIONS, EXTENSION)
                        .check(Beside.of(foreign))
                        .wrong())
                .containsExactly("dest_id");
    }

    @Test
    @DisplayName("X24 digits that are another user's name are warned of")
    void shouldWarnOfClashes() {
        final User bob = Reading.of(ResourceKind.USERS, "'username':'1001'").resource();
        assertThat(Reading.of(ResourceKind.EXTENSIONS, EXTENSION)
                        .check(Beside.of(bob))
                        .warned())
                .containsExactly("digits");
        assertThat(Reading.of(ResourceKind.EXTENSIONS, "'digits':'1001','dest_kind':'user','dest_id':'name:1001'")
                        .check(Beside.of(bob))
                        .warned())
                .isEmpty();
        final Extension extension =
                Reading.of(ResourceKind.EXTENSIONS, EXTENSION).resource();
        assertThat(Reading.of(ResourceKind.USERS, "'username':'1001'")
                        .check(Beside.of(extension))
                        .warned())
                .containsExactly("username");
    }

    @Test
    @DisplayName("what is wrong inside a list names the place there, as it was written")
    void shouldNamePlacesInLists() {
        assertThat(Reading.of(
                                ResourceKind.SCHEDULES,
                                "'name':'s','rules':[{'kind':'weekly','dow':1},{'kind':'weekly','dow':9},{'kind':'date'},1]")
                        .wrong())
                .containsExactly("rules[1].dow", "rules[2].start_date", "rules[3]");
        assertThat(Reading.of(
                                ResourceKind.RING_GROUPS,
                                "'name':'g','members':[{'user_id':1},{},{'x':1,'user_id':'name:a'}]")
                        .wrong())
                .containsExactly("members[0].user_id", "members[1].user_id", "members[2].x");
        assertThat(Reading.of(
                                ResourceKind.QUEUES,
                                "'name':'q','agents':[{'user_id':'name:a'},{'user_id':'name:a'}],"
                                        + "'options':[{'digit':'1','action':'hangup'},{'digit':'1','action':'hangup'}]")
                        .wrong())
                .containsExactly("agents[1].user_id", "options[1].digit");
    }

    @Test
    @DisplayName("what belongs to another account is named with its place in the list, as it was written")
    void shouldNamePlacesOfWhatBelongsToOthers() {
        final Media foreign = Reading.ofOther(
                        ResourceKind.MEDIA,
                        "'name':'b','kind':'moh','id':'"
                                + Reading.id(ResourceKind.MEDIA, "b").prefixed("media_") + "'")
                .resource();
        final User user = Reading.ofOther(
                        ResourceKind.USERS,
                        "'username':'b','id':'"
                                + Reading.id(ResourceKind.USERS, "b").prefixed("us_") + "'")
                .resource();
        assertThat(Reading.of(
                                ResourceKind.MEDIA_PLAYLISTS,
                                "'name':'a','items':[{'media_id':'name:a','position':2},{'media_id':'name:b','position':1}]")
                        .check(Beside.of(foreign))
                        .wrong())
                .containsExactly("items[1].media_id");
        assertThat(Reading.of(
                                ResourceKind.PAGING_GROUPS,
                                "'name':'g','members':[{'user_id':'name:a'},{'user_id':'name:b'}]")
                        .check(Beside.of(user))
                        .wrong())
                .containsExactly("members[1].user_id");
        assertThat(Reading.of(
                                ResourceKind.QUEUES,
                                "'name':'q','options':[{'digit':'1','action':'hangup'},"
                                        + "{'digit':'2','action':'route','dest_kind':'user','dest_id':'name:b'}]")
                        .check(Beside.of(user))
                        .wrong())
                .containsExactly("options[1].dest_id");
    }

    @Test
    @DisplayName("R-064..R-072 a ring group has a strategy, times, an exit, hours and members")
    void shouldReadRingGroups() {
        final String full = "'name':'sales','strategy':'round_robin','ring_timeout_sec':40,'moh_media_id':'name:waltz',"
                + "'exit_dest_kind':'queue','exit_dest_id':'name:support','schedule_id':'name:hours',"
                + "'closed_dest_kind':'hangup','holiday_dest_kind':'hangup','members':["
                + "{'user_id':'name:alice','position':2,'delay_sec':3,'timeout_sec':4},{'device_id':'name:desk'}]";
        final RingGroup group = Reading.of(ResourceKind.RING_GROUPS, full).resource();
        assertThat(group.members().getFirst())
                .isEqualTo(new RingGroupMember(Reading.id(ResourceKind.USERS, "alice"), ResourceId.NIL, 2, 3, 4));
        assertThat(group.members().getLast().timeoutSec()).isEqualTo(Fields.UNLIMITED);
        assertThat(Beside.stored(ResourceKind.RING_GROUPS, group.json())).isEqualTo(group);
        assertThat(Reading.of(ResourceKind.RING_GROUPS, "'name':'sales'")
                        .<RingGroup>resource()
                        .strategy())
                .isEqualTo(GroupStrategy.RING_ALL);
    }

    @ParameterizedTest
    @DisplayName("R-064 R-069 what a ring group does not take: a member is a user or a device, and not both")
    @CsvSource(
            delimiter = '|',
            value = {
                "'strategy':'random'|strategy",
                "'ring_timeout_sec':0|ring_timeout_sec",
                "'members':[{'position':1}]|members[0].user_id",
                "'members':[{'user_id':'name:a','device_id':'name:b'}]|members[0].user_id",
                "'members':[{'user_id':'name:a','delay_sec':-1}]|members[0].delay_sec",
                "'members':[{'user_id':'name:a','timeout_sec':0}]|members[0].timeout_sec",
                "'members':'a'|members"
            })
    void shouldRefuseWrongRingGroups(final String fields, final String field) {
        assertThat(Reading.of(ResourceKind.RING_GROUPS, "'name':'g'," + fields).wrong())
                .containsExactly(field);
    }

    @Test
    @DisplayName("a ring group has at most 64 members")
    void shouldLimitMembers() {
        assertThat(members(64)).isEmpty();
        assertThat(members(65)).containsExactly("members");
    }

    @Test
    @DisplayName("R-075..R-078 R-083..R-085 R-087..R-095 a queue keeps all its fields, agents and options")
    void shouldReadQueues() {
        final Queue usual = Reading.of(ResourceKind.QUEUES, "'name':'q'").resource();
        assertThat(usual.agentRingTimeoutSec()).isEqualTo(20);
        assertThat(usual.wrapUpSec()).isZero();
        assertThat(usual.maxNoAnswer()).isZero();
        assertThat(usual.musicMode()).isEqualTo(MusicMode.STREAM);
        assertThat(usual.maxWaitSec()).isEqualTo(Fields.UNLIMITED);

        final String full = "'name':'q','strategy':'fewest_calls','agent_ring_timeout_sec':15,'max_wait_sec':600,"
                + "'wrap_up_sec':10,'max_no_answer':3,'announce_position':1,'announce_first_sec':15,"
                + "'announce_interval_sec':30,'moh_mode':'file','moh_media_id':'name:waltz','language':'de-DE',"
                + "'timeout_dest_kind':'hangup','abandon_dest_kind':'flow','abandon_dest_id':'" + flow() + "',"
                + "'no_agents_dest_kind':'voicemail','no_agents_dest_id':'name:box','max_queued':50,"
                + "'queue_full_dest_kind':'hangup','ewt_threshold_sec':120,'ewt_aht_sec':90,'ewt_dest_kind':'hangup',"
                + "'schedule_id':'name:hours','closed_dest_kind':'hangup','holiday_dest_kind':'hangup',"
                + "'agents':[{'user_id':'name:alice','tier_level':2,'position':3,'delay_sec':4,'mode':'supervisor_managed'}],"
                + "'options':[{'digit':'#','action':'webhook','webhook_url':'https://hooks.test/q',"
                + "'webhook_secret_ref':'hook','stay_in_queue':1,'prompt_media_id':'name:thanks','label':'call me'},"
                + "{'digit':'1','action':'route','dest_kind':'user','dest_id':'name:bob'},"
                + "{'digit':'2','action':'deflect','webhook_url':'https://hooks.test/d'},{'digit':'*','action':'hangup'}]";
        final Queue queue = Reading.of(ResourceKind.QUEUES, full).resource();
        assertThat(queue.agents())
                .containsExactly(
                        new QueueAgent(Reading.id(ResourceKind.USERS, "alice"), 2, 3, 4, AgentMode.SUPERVISOR_MANAGED));
        assertThat(queue.options().get(2).stayInQueue()).as("deflect stays").isTrue();
        assertThat(queue.options().get(1).stayInQueue()).isFalse();
        assertThat(Beside.stored(ResourceKind.QUEUES, queue.json())).isEqualTo(queue);
    }

    @ParameterizedTest
    @DisplayName("R-075 a queue has one of seven strategies")
    @CsvSource({
        "ring_all,true",
        "longest_idle,true",
        "round_robin,true",
        "top_down,true",
        "fewest_calls,true",
        "random,true",
        "sequential,true",
        "simultaneous,false"
    })
    void shouldTakeStrategies(final String strategy, final boolean taken) {
        assertThat(takes(ResourceKind.QUEUES, "'name':'q','strategy':'" + strategy + "'"))
                .isEqualTo(taken);
    }

    @ParameterizedTest
    @DisplayName("R-092 an agent serves a queue in one of four modes")
    @CsvSource({"static,true", "dynamic,true", "mandatory,true", "supervisor_managed,true", "manual,false"})
    void shouldTakeModes(final String mode, final boolean taken) {
        assertThat(takes(ResourceKind.QUEUES, "'name':'q','agents':[{'user_id':'name:a','mode':'" + mode + "'}]"))
                .isEqualTo(taken);
    }

    @ParameterizedTest
    @DisplayName("R-083 R-094 R-095 what a queue does not take")
    @CsvSource(
            delimiter = '|',
            value = {
                "'moh_mode':'radio'|moh_mode",
                "'moh_mode':'file'|moh_media_id",
                "'agents':[{'user_id':'name:a'},{'user_id':'name:a'}]|agents[1].user_id",
                "'agents':[{'user_id':'name:a','tier_level':0}]|agents[0].tier_level",
                "'options':[{'digit':'12','action':'hangup'}]|options[0].digit",
                "'options':[{'digit':'a','action':'hangup'}]|options[0].digit",
                "'options':[{'digit':'1','action':'callback'}]|options[0].action",
                "'options':[{'digit':'1','action':'hangup'},{'digit':'1','action':'hangup'}]|options[1].digit",
                "'options':[{'digit':'1','action':'route'}]|options[0].dest_kind",
                "'options':[{'digit':'1','action':'hangup','dest_kind':'hangup'}]|options[0].dest_kind",
                "'options':[{'digit':'1','action':'webhook'}]|options[0].webhook_url",
                "'options':[{'digit':'1','action':'webhook','webhook_url':'http://a.test'}]|options[0].webhook_url",
                "'options':[{'digit':'1','action':'deflect','webhook_url':'https://a.test','stay_in_queue':0}]|options[0].stay_in_queue",
                "'max_queued':10001|max_queued"
            })
    void shouldRefuseWrongQueues(final String fields, final String field) {
        assertThat(Reading.of(ResourceKind.QUEUES, "'name':'q'," + fields).wrong())
                .containsExactly(field);
    }

    @Test
    @DisplayName("an agent is a user with is_agent")
    void shouldAskForAgents() {
        final User alice = Reading.of(ResourceKind.USERS, "'username':'alice'").resource();
        final User agent = Reading.of(ResourceKind.USERS, "'username':'alice','is_agent':1")
                .resource();
        final String queue = "'name':'q','agents':[{'user_id':'name:alice'}]";
        assertThat(Reading.of(ResourceKind.QUEUES, queue)
                        .check(Beside.of(alice))
                        .wrong())
                .containsExactly("agents[0].user_id");
        assertThat(Reading.of(ResourceKind.QUEUES, queue)
                        .check(Beside.of(agent))
                        .wrong())
                .isEmpty();
    }

    @ParameterizedTest
    @DisplayName(
            "R-099 R-100 R-102..R-105 R-107 R-170 R-171 boxes, rooms, forwards, lots, groups and media keep all their fields")
    @CsvSource(
            delimiter = '|',
            value = {
                "VOICEMAIL_BOXES|'name':'a','greeting_media_id':'name:g','skip_instructions':1,'quota_mb':100,'notify_email':'a@b.test','pin_secret_ref':'pin'",
                "CONFERENCES|'name':'a','pin_secret_ref':'p','admin_pin_secret_ref':'q','max_members':5,'moh_media_id':'name:m','record':1",
                "FORWARDS|'name':'a','number':'12025550177','trigger':'no_answer','timeout_sec':12,'cid_mode':'custom','cid_number':'12025550100','confirm':1,'overflow_dest_kind':'voicemail','overflow_dest_id':'name:b'",
                "PARKING_LOTS|'name':'a','first_slot':10,'last_slot':109,'timeout_sec':60,'timeout_dest_kind':'user','timeout_dest_id':'name:u','moh_media_id':'name:m'",
                "PAGING_GROUPS|'name':'a','is_duplex':1,'members':[{'user_id':'name:u'}]",
                "MEDIA|'name':'a','kind':'moh','object_key':'k/a.wav','format':'wav','duration_ms':1000",
                "MEDIA_PLAYLISTS|'name':'a','items':[{'media_id':'name:b','position':2},{'media_id':'name:c','position':1}]"
            })
    void shouldKeepFields(final ResourceKind kind, final String fields) {
        final Reading reading = Reading.of(kind, fields);
        for (final String field : fields.replaceAll("\\[.*]", "''").split("','|,'|'|':", -1)) {
            if (field.matches("[a-z_]+_(id|ref|mode|sec|mb|email|number|members|slot|key|ms)|record|confirm|trigger")) {
                assertThat(reading.json()).contains("\"" + field + "\":");
            }
        }
        final Resource resource = reading.resource();
        assertThat(Beside.stored(kind, resource.json())).isEqualTo(resource);
        assertThat(resource.names()).containsExactly(UniqueName.within(kind, Reading.ACME, "a"));
    }

    @ParameterizedTest
    @DisplayName("R-100 R-103 R-105 R-170 what boxes, rooms, forwards, lots and media do not take")
    @CsvSource(
            delimiter = '|',
            value = {
                "VOICEMAIL_BOXES|'notify_email':'nobody'|notify_email",
                "VOICEMAIL_BOXES|'pin':'1234'|pin",
                "VOICEMAIL_BOXES|'pin_secret_ref':'../master.key'|pin_secret_ref",
                "CONFERENCES|'admin_pin_secret_ref':'my pin'|admin_pin_secret_ref",
                "CONFERENCES|'max_members':0|max_members",
                "CONFERENCES|'record':2|record",
                "FORWARDS|'timeout_sec':30|number",
                "FORWARDS|'number':'abc'|number",
                "FORWARDS|'number':'12025550177','trigger':'never'|trigger",
                "FORWARDS|'number':'12025550177','cid_mode':'custom'|cid_number",
                "FORWARDS|'number':'12025550177','cid_number':'12025550100'|cid_number",
                "FORWARDS|'number':'12025550177','cid_mode':'hidden'|cid_mode",
                "PARKING_LOTS|'first_slot':701,'last_slot':700|last_slot",
                "PARKING_LOTS|'first_slot':1,'last_slot':101|last_slot",
                "MEDIA|'kind':'film','object_key':'a'|kind",
                "MEDIA_PLAYLISTS|'items':[{'position':1}]|items[0].media_id"
            })
    void shouldRefuseWrongFields(final ResourceKind kind, final String fields, final String field) {
        assertThat(Reading.of(kind, "'name':'a'," + fields).wrong()).containsExactly(field);
    }

    @Test
    @DisplayName("R-170 media without a key have their own identifier for it, under which an upload lies")
    void shouldNameMediaByTheirIdentifier() {
        final Media media =
                Reading.of(ResourceKind.MEDIA, "'name':'a','kind':'moh'").resource();
        assertThat(media.objectKey())
                .isEqualTo(Reading.id(ResourceKind.MEDIA, "a").prefixed(ResourceKind.MEDIA));
    }

    @Test
    @DisplayName("R-171 a playlist is in the order of its positions, ties as they were given")
    void shouldOrderPlaylists() {
        final MediaPlaylist playlist = Reading.of(
                        ResourceKind.MEDIA_PLAYLISTS,
                        "'name':'a','items':[{'media_id':'name:c','position':2},{'media_id':'name:a','position':1},{'media_id':'name:b','position':1}]")
                .resource();
        assertThat(playlist.items())
                .extracting(MediaPlaylist.Item::mediaId)
                .containsExactly(
                        Reading.id(ResourceKind.MEDIA, "a"),
                        Reading.id(ResourceKind.MEDIA, "b"),
                        Reading.id(ResourceKind.MEDIA, "c"));
    }

    private static List<String> members(final int count) {
        return Reading.of(
                        ResourceKind.RING_GROUPS,
                        "'name':'g','members':["
                                + String.join(
                                        ",",
                                        IntStream.range(0, count)
                                                .mapToObj(i -> "{'user_id':'name:u" + i + "'}")
                                                .toList())
                                + "]")
                .wrong();
    }

    private static boolean takes(final ResourceKind kind, final String fields) {
        return Reading.of(kind, fields).wrong().isEmpty();
    }

    private static String identifier(final TargetKind kind) {
        return switch (kind) {
            case HANGUP -> "";
            case FEATURE -> ",'%s_id':'*97'";
            default -> ",'%s_id':'" + new ResourceId(1, 1).prefixed(kind.prefix()) + "'";
        };
    }

    private static String word(final boolean yes) {
        return yes ? "yes" : "no";
    }

    private static String flow() {
        return new ResourceId(1, 1).prefixed(ResourceKind.FLOWS);
    }
}
