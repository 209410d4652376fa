package io.tandem.routing.target;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.routing.configuration.InMemoryConfiguration;
import io.tandem.routing.configuration.ResourceEdit;
import io.tandem.routing.configuration.RoutingPlans;
import io.tandem.routing.model.Reading;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.model.TargetKind;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ConfiguredTargetsTest {
    private static final String OFFICE = """
            {'resource':'accounts','name':'acme','media_trunk_id':'name:media'}
            {'resource':'accounts','name':'below','parent_id':'name:acme'}
            {'resource':'accounts','name':'other'}
            {'resource':'trunks','account_id':'name:acme','name':'media','proxy':'192.0.2.9'}
            {'resource':'domains','account_id':'name:acme','domain':'acme.test'}
            {'resource':'users','account_id':'name:acme','username':'alice','display_name':'Alice','voicemail_id':'name:box'}
            {'resource':'users','account_id':'name:other','username':'eve'}
            {'resource':'devices','account_id':'name:acme','user_id':'name:alice','auth_username':'desk','realm':'acme.test','password':'x'}
            {'resource':'devices','account_id':'name:acme','user_id':'name:alice','auth_username':'soft','realm':'acme.test','password':'x','ring_order':1}
            {'resource':'extensions','account_id':'name:acme','digits':'1001','dest_kind':'user','dest_id':'name:alice','schedule_id':'name:hours'}
            {'resource':'schedules','account_id':'name:acme','name':'hours','rules':[{'kind':'weekly','dow':1}]}
            {'resource':'voicemail-boxes','account_id':'name:acme','name':'box'}
            {'resource':'voicemail-boxes','account_id':'name:below','name':'box'}
            {'resource':'conferences','account_id':'name:acme','name':'room'}
            {'resource':'ring-groups','account_id':'name:acme','name':'group','members':[{'user_id':'name:alice'}]}
            {'resource':'queues','account_id':'name:acme','name':'queue'}
            {'resource':'forwards','account_id':'name:acme','name':'mobile','number':'12025550177'}
            {'resource':'parking-lots','account_id':'name:acme','name':'lot'}
            {'resource':'paging-groups','account_id':'name:acme','name':'page'}
            {'resource':'media','account_id':'name:acme','name':'waltz','kind':'moh','object_key':'w'}
            """;

    private final RoutingPlans plans = plans(1, OFFICE);
    private final ConfiguredTargets targets = new ConfiguredTargets(plans);

    @Test
    @DisplayName("a user comes with its devices in order, and the extension that reaches it")
    void shouldCompileUsers() {
        final UserPlan alice = targets.userNamed(Reading.ACME.high(), Reading.ACME.low(), "alice");
        assertThat(alice.devices())
                .extracting(device -> device.device().authUsername())
                .containsExactly("desk", "soft");
        assertThat(alice.identity()).isEqualTo(new CallerIdentity("1001", "Alice"));
        assertThat(alice.voicemail())
                .isEqualTo(TargetRef.of(TargetKind.VOICEMAIL, Reading.id(ResourceKind.VOICEMAIL_BOXES, "box")));
        assertThat(targets.user(alice.idHigh(), alice.idLow())).as("kept").isSameAs(alice);
    }

    @Test
    @DisplayName("names are those of the account that asks, realms are written in any letters")
    void shouldLookUpNames() {
        assertThat(targets.userNamed(Reading.OTHER.high(), Reading.OTHER.low(), "alice")).isNull();
        assertThat(targets.userNamed(Reading.OTHER.high(), Reading.OTHER.low(), "eve")).isNotNull();
        assertThat(targets.extensionDialled(Reading.ACME.high(), Reading.ACME.low(), "1001")
                        .target()
                        .kind())
                .isEqualTo(TargetKind.USER);
        assertThat(targets.extensionDialled(Reading.OTHER.high(), Reading.OTHER.low(), "1001"))
                .isNull();
        assertThat(targets.deviceNamed("desk", "ACME.test").device().authUsername())
                .isEqualTo("desk");
        assertThat(targets.deviceNamed("desk", "other.test")).isNull();
        assertThat(targets.userNamed(Reading.ACME.high(), Reading.ACME.low(), "")).isNull();
    }

    @Test
    @DisplayName("every kind is found by its identifier, and nothing by another")
    void shouldFindEveryKind() {
        for (final TargetKind kind : TargetKind.values()) {
            final String name =
                    switch (kind) {
                        case USER -> "alice";
                        case EXTENSION -> "1001";
                        case RING_GROUP -> "group";
                        case QUEUE -> "queue";
                        case VOICEMAIL -> "box";
                        case CONFERENCE -> "room";
                        case FORWARD -> "mobile";
                        case TRUNK -> "media";
                        case PARKING -> "lot";
                        case PAGING -> "page";
                        case NONE, FLOW, FEATURE, HANGUP -> "";
                    };
            if (!name.isEmpty()) {
                final TargetRef found = TargetRef.of(kind, Reading.id(kind.resources(), name));
                assertThat(resolver().exists(found, call("acme"))).as(kind.word()).isTrue();
                assertThat(resolver().exists(TargetRef.of(kind, found.idHigh(), found.idLow() + 1), call("acme")))
                        .as(kind.word())
                        .isFalse();
                assertThat(resolver().exists(found, call("other")))
                        .as("of another account: " + kind.word())
                        .isEqualTo(kind == TargetKind.TRUNK);
                assertThat(resolver().exists(TargetRef.of(kind, ResourceId.NIL), call("acme")))
                        .isFalse();
            }
        }
        final ResourceId waltz = Reading.id(ResourceKind.MEDIA, "waltz");
        assertThat(targets.media(waltz.high(), waltz.low()).objectKey()).isEqualTo("w");
        final ResourceId hours = Reading.id(ResourceKind.SCHEDULES, "hours");
        assertThat(targets.schedule(hours.high(), hours.low())).isNotNull();
        assertThat(targets.flowPublished(1, 1)).isFalse();
    }

    @Test
    @DisplayName("the media trunk of an account above serves those below")
    void shouldInheritTheMediaTrunk() {
        final ResourceId below = ResourceId.derived(ResourceKind.ACCOUNTS, "below");
        final ResourceId box = ResourceId.derived(ResourceKind.VOICEMAIL_BOXES, below.ulid() + "\nbox");
        final TargetPlan plan = resolver().resolve(TargetRef.of(TargetKind.VOICEMAIL, box), call("below"));
        assertThat(((TargetPlan.ToMedia) plan).trunk().name()).isEqualTo("media");
        assertThat(call("other").account().mediaTrunkLow()).isZero();
    }

    @Test
    @DisplayName("the next revision is seen, as far as it differs, and what it does not touch is kept")
    void shouldFollowRevisions() {
        final ResourceId alice = Reading.id(ResourceKind.USERS, "alice");
        final ResourceId group = Reading.id(ResourceKind.RING_GROUPS, "group");
        final UserPlan before = targets.user(alice.high(), alice.low());
        final RingGroupPlan groupBefore = targets.ringGroup(group.high(), group.low());

        final RoutingPlans next = plans(2, OFFICE.replace("'auth_username':'soft'", "'auth_username':'mobile'"));
        targets.use(next, List.of(new ResourceEdit(ResourceKind.DEVICES, new ResourceId(1, 1), null)));
        assertThat(targets.user(alice.high(), alice.low()).devices())
                .extracting(device -> device.device().authUsername())
                .containsExactly("desk", "mobile");
        assertThat(targets.ringGroup(group.high(), group.low())).isSameAs(groupBefore);

        final RoutingPlans third = plans(3, OFFICE.replace("'name':'group'", "'name':'group','ring_timeout_sec':7"));
        targets.use(third, List.of(new ResourceEdit(ResourceKind.RING_GROUPS, group, null)));
        assertThat(targets.ringGroup(group.high(), group.low()).group().ringTimeoutSec()).isEqualTo(7);

        targets.use(plans);
        assertThat(targets.ringGroup(group.high(), group.low()).group().ringTimeoutSec()).isEqualTo(25);
        assertThat(targets.user(alice.high(), alice.low())).isEqualTo(before).isNotSameAs(before);
    }

    private TargetResolver resolver() {
        return new TargetResolver(targets, new LiveState() {}, TargetTrace.NONE);
    }

    private TargetCall call(final String account) {
        final ResourceId id = ResourceId.derived(ResourceKind.ACCOUNTS, account);
        return new TargetCall(plans.account(id.high(), id.low()), null, Office.NOON, TargetCall.UNLIMITED);
    }

    private static RoutingPlans plans(final long revision, final String lines) {
        final RoutingPlans plans =
                RoutingPlans.of(InMemoryConfiguration.of("office", revision, lines.replace('\'', '"')));
        plans.succeed(plans);
        return plans;
    }
}
