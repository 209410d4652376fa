package io.tandem.routing.target;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.routing.model.FeatureCode;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.model.TargetKind;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExtensionTargetTest {
    private final Office office = new Office().phone("alice").phone("bob");

    @Test
    @DisplayName("N-029 N-034 P-006 a phone that dials an extension of its account reaches its target")
    void shouldMatchExtensionsOfTheCaller() {
        extension("1001", "'dest_kind':'user','dest_id':'name:alice'").calledBy("bob");
        final Dialled dialled = dial("1001");
        assertThat(dialled.match()).isEqualTo(Dialled.Match.EXTENSION);
        assertThat(office.rings(office.resolver.resolve(dialled.target(), office.call()))).containsExactly("alice 0-25");
    }

    @ParameterizedTest
    @DisplayName("N-029 N-030 who has not authenticated matches no extension, user or device")
    @CsvSource({"1001", "alice", "12025550123"})
    void shouldMatchNothingForStrangers(final String dialled) {
        extension("1001", "'dest_kind':'user','dest_id':'name:alice'");
        assertThat(dial(dialled).match()).isEqualTo(Dialled.Match.NOT_AUTHENTICATED);
    }

    @Test
    @DisplayName("N-031 digits of another account's extension do not match")
    void shouldNotMatchOtherAccounts() {
        office.addOther(ResourceKind.EXTENSIONS, "'digits':'2001','dest_kind':'hangup'").calledBy("bob");
        assertThat(dial("2001").match()).isEqualTo(Dialled.Match.OUTBOUND);
    }

    @Test
    @DisplayName("N-028 the same digits are another extension in another account")
    void shouldScopeDigitsToTheAccount() {
        extension("1001", "'dest_kind':'user','dest_id':'name:alice'")
                .addOther(ResourceKind.EXTENSIONS, "'digits':'1001','dest_kind':'hangup'")
                .calledBy("bob");
        assertThat(dial("1001").target())
                .isEqualTo(TargetRef.of(TargetKind.EXTENSION, Office.id(ResourceKind.EXTENSIONS, "1001")));
    }

    @ParameterizedTest
    @DisplayName("X24 what is dialled is an extension, else a user, else a device, else a number outside")
    @CsvSource({"100,EXTENSION", "200,USER", "300,DEVICE", "400,OUTBOUND", "500,OUTBOUND"})
    void shouldResolveInOrder(final String dialled, final Dialled.Match match) {
        extension("100", "'dest_kind':'hangup'")
                .user("100")
                .user("200")
                .device("200", "200")
                .device("alice", "300")
                .add(ResourceKind.EXTENSIONS, "'digits':'500','dest_kind':'hangup','status':'disabled'")
                .calledBy("bob");
        assertThat(dial(dialled).match()).isEqualTo(match);
    }

    @Test
    @DisplayName("N-035 a disabled extension is not found by its digits, and refuses what is pointed at it (404)")
    void shouldNotMatchDisabledExtensions() {
        extension("1001", "'dest_kind':'user','dest_id':'name:alice','status':'disabled'").calledBy("bob");
        assertThat(dial("1001").match()).isEqualTo(Dialled.Match.OUTBOUND);
        assertThat(office.to(TargetKind.EXTENSION, "1001").verdict()).isEqualTo(TargetVerdict.EXTENSION_DISABLED);
    }

    @Test
    @DisplayName("N-044 an extension that points at another one reaches the target of that")
    void shouldFollowExtensions() {
        extension("1001", "'dest_kind':'extension','dest_id':'name:1002'");
        extension("1002", "'dest_kind':'user','dest_id':'name:alice'");
        assertThat(office.rings(office.to(TargetKind.EXTENSION, "1001"))).containsExactly("alice 0-25");
        assertThat(office.passed).containsExactly("extension", "extension", "user");
    }

    @Test
    @DisplayName("N-055 extensions that point at one another end in 482")
    void shouldEndExtensionLoops() {
        extension("1001", "'dest_kind':'extension','dest_id':'name:1002'");
        extension("1002", "'dest_kind':'extension','dest_id':'name:1001'");
        assertThat(office.to(TargetKind.EXTENSION, "1001").verdict()).isEqualTo(TargetVerdict.TARGET_LOOP);
    }

    @Test
    @DisplayName("D2 ten targets behind one another are followed, the eleventh is answered 483")
    void shouldEndLongChains() {
        for (int i = 1; i <= 10; i++) {
            extension("20" + i, "'dest_kind':'extension','dest_id':'name:20" + (i + 1) + "'");
        }
        extension("2011", "'dest_kind':'hangup'");
        assertThat(office.to(TargetKind.EXTENSION, "202").verdict()).isEqualTo(TargetVerdict.TARGET_HANGUP);
        assertThat(office.to(TargetKind.EXTENSION, "201"))
                .isEqualTo(new TargetPlan.Reject(TargetVerdict.TARGET_HOPS, 0, 10));
    }

    @ParameterizedTest
    @DisplayName("N-032 P-007 a call from outside that is sent to an extension reaches whatever it points at")
    @CsvSource({
        "user,alice,TARGET_RINGS",
        "ring_group,sales,TARGET_RINGS",
        "queue,support,TARGET_WAITS",
        "voicemail,box,TARGET_MEDIA",
        "conference,board,TARGET_MEDIA",
        "forward,mobile,TARGET_NUMBER",
        "trunk,pbx,TARGET_TRUNK",
        "parking,lot,TARGET_PARKED",
        "paging,all,TARGET_PAGES"
    })
    void shouldReachEveryKind(final String kind, final String name, final TargetVerdict verdict) {
        office.add(ResourceKind.RING_GROUPS, "'name':'sales','members':[{'user_id':'name:alice'}]")
                .add(ResourceKind.QUEUES, "'name':'support'")
                .add(ResourceKind.VOICEMAIL_BOXES, "'name':'box'")
                .add(ResourceKind.CONFERENCES, "'name':'board'")
                .add(ResourceKind.FORWARDS, "'name':'mobile','number':'12025550177'")
                .add(ResourceKind.PARKING_LOTS, "'name':'lot'")
                .add(ResourceKind.PAGING_GROUPS, "'name':'all'");
        extension("1001", "'dest_kind':'" + kind + "','dest_id':'name:" + name + "'");
        assertThat(office.to(TargetKind.EXTENSION, "1001").verdict()).isEqualTo(verdict);
    }

    @Test
    @DisplayName("N-050 kind trunk sends the call to a customer's exchange")
    void shouldSendCallsToAnExchange() {
        extension("1001", "'dest_kind':'trunk','dest_id':'name:pbx'");
        final TargetPlan.ToTrunk plan = (TargetPlan.ToTrunk) office.to(TargetKind.EXTENSION, "1001");
        assertThat(plan.trunk().name()).isEqualTo("pbx");
        assertThat(plan.trunk().port()).isEqualTo(5080);
    }

    @Test
    @DisplayName("kind flow reaches a flow that is published, with the variables of the last hop only")
    void shouldReachPublishedFlows() {
        office.published(7);
        extension(
                "1001",
                "'dest_kind':'extension','dest_id':'name:1002','dest_xform':{'from':'first','only':'here'}");
        extension("1002", "'dest_kind':'flow','dest_id':'flow_00000000000000000000000007','dest_xform':{'from':'last'}");
        extension("1003", "'dest_kind':'flow','dest_id':'flow_00000000000000000000000008'");
        final TargetPlan.ToFlow plan = (TargetPlan.ToFlow) office.to(TargetKind.EXTENSION, "1001");
        assertThat(plan.idLow()).isEqualTo(7);
        assertThat(plan.variables()).containsOnlyKeys("from").containsEntry("from", "last");
        assertThat(office.to(TargetKind.EXTENSION, "1003").verdict()).isEqualTo(TargetVerdict.TARGET_MISSING);
    }

    @Test
    @DisplayName("a hangup answers the code of its variables")
    void shouldHangUpWithACode() {
        extension("1001", "'dest_kind':'hangup','dest_xform':{'sip_code':486}");
        assertThat(office.to(TargetKind.EXTENSION, "1001"))
                .isEqualTo(new TargetPlan.Reject(TargetVerdict.TARGET_HANGUP, 486, 0));
    }

    @ParameterizedTest
    @DisplayName("N-034 N-051 R-055 a feature code does what it does for the user who dials it")
    @CsvSource({
        "*72,FORWARD_ON,''", "*73,FORWARD_OFF,''", "*78,DND_ON,''", "*79,DND_OFF,''", "*8,PICKUP_GROUP,''",
        "**1001,PICKUP_DIRECTED,1001", "701,PARK,1", "*11,AGENT_IN,''", "*12,AGENT_OUT,''"
    })
    void shouldReachFeatures(final String code, final FeatureCode feature, final String digits) {
        extension("*1", "'dest_kind':'feature','dest_id':'" + code + "'").calledBy("bob");
        assertThat(office.to(TargetKind.EXTENSION, "*1")).isEqualTo(new TargetPlan.Feature(feature, digits));
    }

    @Test
    @DisplayName("a feature is nothing for callers from outside (403)")
    void shouldRefuseFeaturesToStrangers() {
        extension("*1", "'dest_kind':'feature','dest_id':'*78'");
        assertThat(office.to(TargetKind.EXTENSION, "*1").verdict()).isEqualTo(TargetVerdict.FEATURE_WITHOUT_USER);
    }

    private Office extension(final String digits, final String fields) {
        return office.add(ResourceKind.EXTENSIONS, "'digits':'" + digits + "'," + fields);
    }

    private Dialled dial(final String dialled) {
        return Dialled.of(dialled, "acme.test", office.call().caller(), office);
    }
}
