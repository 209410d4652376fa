package io.tandem.routing.target;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.routing.model.Reading;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.model.TargetKind;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MediaTargetTest {
    @Test
    @DisplayName("N-048 R-101 a conference is a mixer of the media server (RFC 4240), and full at max_members (486)")
    void shouldMixConferences() {
        final Office office = new Office().add(ResourceKind.CONFERENCES, "'name':'board','max_members':3");
        office.state.members = 2;
        final TargetPlan.ToMedia plan = (TargetPlan.ToMedia) office.to(TargetKind.CONFERENCE, "board");
        final String ulid = Office.id(ResourceKind.CONFERENCES, "board").ulid();
        assertThat(plan.requestUri()).isEqualTo("sip:conf=" + ulid + "@192.0.2.9:5090");
        assertThat(plan.trunk().name()).isEqualTo("media");
        office.state.members = 3;
        assertThat(office.to(TargetKind.CONFERENCE, "board"))
                .isEqualTo(new TargetPlan.Reject(TargetVerdict.CONFERENCE_FULL, 0, 3));
    }

    @Test
    @DisplayName("a media server is told account, target, language, voice and what to do with a box")
    void shouldTellTheServerWhatItHasToKnow() {
        final Office office =
                new Office(",\"media_trunk_id\":\"name:media\",\"language\":\"fr-FR\",\"voice_gender\":\"female\"")
                        .add(ResourceKind.VOICEMAIL_BOXES, "'name':'box'");
        final TargetPlan.ToMedia plan = (TargetPlan.ToMedia) office.to(TargetKind.VOICEMAIL, "box");
        assertThat(plan.headers())
                .containsExactly(
                        new MediaHeader(
                                "X-Tandem-Account",
                                Reading.ACME.prefixed(ResourceKind.ACCOUNTS)),
                        new MediaHeader("X-Tandem-Target", "voicemail " + box()),
                        new MediaHeader("X-Tandem-Language", "fr-FR"),
                        new MediaHeader("X-Tandem-Voice", "female"),
                        new MediaHeader("X-Tandem-Mailbox", "deposit"));
    }

    @ParameterizedTest
    @DisplayName("N-047 R-032 the box is asked for with the reason why the call comes (RFC 4458)")
    @CsvSource(
            delimiter = '|',
            value = {
                "'fwd_always_kind':'voicemail','fwd_always_id':'name:box'||302",
                "'dnd':1||486",
                "'is_agent':0|BUSY|486",
                "'is_agent':0|NO_ANSWER|408",
                "'is_agent':0|UNREACHABLE|503"
            })
    void shouldSayWhyACallComesToTheBox(final String fields, final RingOutcome outcome, final int cause) {
        final Office office = new Office()
                .add(ResourceKind.VOICEMAIL_BOXES, "'name':'box'")
                .phone("alice", "'voicemail_id':'name:box'", fields);
        TargetPlan plan = office.to(TargetKind.USER, "alice");
        if (outcome != null) {
            plan = office.after((TargetPlan.Ring) plan, outcome);
        }
        assertThat(((TargetPlan.ToMedia) plan).requestUri())
                .isEqualTo("sip:voicemail@192.0.2.9:5090;target=sip:" + box() + "%40192.0.2.9;cause=" + cause);
    }

    @Test
    @DisplayName("N-047 a box that is called by itself is asked for without a reason")
    void shouldGiveNoReasonForABoxItself() {
        final Office office = new Office().add(ResourceKind.VOICEMAIL_BOXES, "'name':'box'");
        assertThat(((TargetPlan.ToMedia) office.to(TargetKind.VOICEMAIL, "box")).requestUri())
                .isEqualTo("sip:voicemail@192.0.2.9:5090;target=sip:" + box() + "%40192.0.2.9");
    }

    @Test
    @DisplayName("a user listens to his own box, or to any")
    void shouldRetrieveMessages() {
        final Office office = new Office()
                .add(ResourceKind.VOICEMAIL_BOXES, "'name':'box'")
                .phone("alice", "'voicemail_id':'name:box'")
                .phone("bob")
                .add(ResourceKind.EXTENSIONS, "'digits':'*97','dest_kind':'feature','dest_id':'*97'")
                .add(ResourceKind.EXTENSIONS, "'digits':'*98','dest_kind':'feature','dest_id':'*98'")
                .calledBy("alice");
        final MediaHeader retrieve = new MediaHeader(MediaAddress.MAILBOX_HEADER, "retrieve");
        final TargetPlan.ToMedia own = (TargetPlan.ToMedia) office.to(TargetKind.EXTENSION, "*97");
        assertThat(own.requestUri()).endsWith(";target=sip:" + box() + "%40192.0.2.9");
        assertThat(own.headers()).contains(retrieve);
        final TargetPlan.ToMedia any = (TargetPlan.ToMedia) office.to(TargetKind.EXTENSION, "*98");
        assertThat(any.requestUri()).isEqualTo("sip:voicemail@192.0.2.9:5090");
        assertThat(any.headers()).contains(retrieve);
        office.calledBy("bob");
        assertThat(office.to(TargetKind.EXTENSION, "*97").verdict()).isEqualTo(TargetVerdict.TARGET_MISSING);
    }

    @Test
    @DisplayName("a page calls every phone of the group at once into a mixer")
    void shouldPage() {
        final Office office = new Office()
                .phone("alice", "'ring_strategy':'sequential'")
                .device("alice", "second")
                .phone("bob")
                .phone("quiet", "'dnd':1")
                .add(
                        ResourceKind.PAGING_GROUPS,
                        "'name':'all','is_duplex':1,'members':[{'user_id':'name:alice'},{'device_id':'name:bob@acme.test'},"
                                + "{'user_id':'name:quiet'}]");
        final TargetPlan.Page page = (TargetPlan.Page) office.to(TargetKind.PAGING, "all");
        assertThat(page.phones()).extracting(office::name).containsExactlyInAnyOrder("alice", "second", "bob");
        assertThat(page.phones()).extracting(RingStep::startMs).containsOnly(0);
        assertThat(page.duplex()).isTrue();
        assertThat(page.mixer().requestUri()).startsWith("sip:conf=");
    }

    @Test
    @DisplayName("D20 a parked call hears the media server's music, or is held with inactive media where there is none")
    void shouldParkWithAndWithoutMusic() {
        final String lot = "'name':'lot','timeout_dest_kind':'user','timeout_dest_id':'name:alice'";
        final Office office = new Office().add(ResourceKind.PARKING_LOTS, lot);
        final TargetPlan.Park park = (TargetPlan.Park) office.to(TargetKind.PARKING, "lot");
        assertThat(park.music().requestUri()).startsWith("sip:annc@192.0.2.9:5090;play=stream://moh/acc_");
        assertThat(park.timeout().kind()).isEqualTo(TargetKind.USER);
        final Office silent = Office.withoutMedia().add(ResourceKind.PARKING_LOTS, lot);
        assertThat(((TargetPlan.Park) silent.to(TargetKind.PARKING, "lot")).music()).isNull();
    }

    @ParameterizedTest
    @DisplayName("D2 kinds that need media are refused by name without a media trunk (488)")
    @CsvSource({"QUEUE,QUEUES", "VOICEMAIL,VOICEMAIL_BOXES", "CONFERENCE,CONFERENCES", "PAGING,PAGING_GROUPS"})
    void shouldRefuseMediaWithoutATrunk(final TargetKind kind, final ResourceKind resources) {
        final Office office = Office.withoutMedia().add(resources, "'name':'it'");
        assertThat(office.to(kind, "it"))
                .isEqualTo(new TargetPlan.Reject(TargetVerdict.TARGET_NEEDS_MEDIA, 0, kind.code()));
    }

    private static String box() {
        return Office.id(ResourceKind.VOICEMAIL_BOXES, "box").prefixed(ResourceKind.VOICEMAIL_BOXES);
    }
}
