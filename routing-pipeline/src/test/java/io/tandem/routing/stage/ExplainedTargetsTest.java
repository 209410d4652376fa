package io.tandem.routing.stage;

import static io.tandem.routing.stage.StageFixture.BASE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Explanations name every target on the way of a call, and say why it went on. */
class ExplainedTargetsTest {
    private static final String MEDIA = BASE.replace(StageFixture.ACME, """
            {"resource":"accounts","name":"acme","media_trunk_id":"name:media"}
            {"resource":"trunks","account_id":"name:acme","name":"media","direction":"outbound","proxy":"127.0.0.9"}
            """);
    private static final String WEEKDAYS = """
            {"resource":"schedules","account_id":"name:acme","name":"weekdays","timezone":"UTC","rules":[\
            {"kind":"weekly","dow":1,"start_time":"09:00","end_time":"17:00"},\
            {"kind":"date","start_date":"2026-12-25","is_closed":1}]}
            """;

    @Test
    void shouldSayWhyACallToAnExtensionEndsInAMailbox() {
        assertThat(considered("""
                        {"resource":"voicemail-boxes","account_id":"name:acme","name":"box"}
                        {"resource":"users","account_id":"name:acme","username":"anna","voicemail_id":"name:box"}
                        {"resource":"extensions","account_id":"name:acme","digits":"201","dest_kind":"user","dest_id":"name:anna"}
                        """, "extension", "name:201", "2026-03-02T12:00:00Z"))
                .containsExactly(
                        "target ext leads on to its target",
                        "target us no device reachable",
                        "target vm takes the call");
    }

    @Test
    void shouldShowTheAddressThatAMediaServerIsAskedBy() {
        final StageFixture call = new StageFixture(MEDIA + """
                {"resource":"voicemail-boxes","account_id":"name:acme","name":"box"}
                {"resource":"numbers","account_id":"name:acme","e164":"12025550123","dest_kind":"voicemail","dest_id":"name:box"}
                """);
        assertThat(call.stages.explain(call.request).called()).startsWith("sip:voicemail@127.0.0.9:5060;target=");
    }

    @Test
    void shouldSayThatAUserIsNotToBeDisturbedOrForwardsEveryCall() {
        final String users = """
                {"resource":"users","account_id":"name:acme","username":"anna","dnd":1,\
                "fwd_%s_kind":"forward","fwd_%s_id":"name:away"}
                {"resource":"forwards","account_id":"name:acme","name":"away","number":"13035550199"}
                """;
        assertThat(considered(users.replace("%s", "always"), "user", "name:anna", "2026-03-02T12:00:00Z"))
                .startsWith("target us forwards every call", "target fwd sends the call to its number");
        assertThat(considered(users.replace("%s", "busy"), "user", "name:anna", "2026-03-02T12:00:00Z"))
                .startsWith("target us not to be disturbed", "target fwd sends the call to its number");
    }

    @Test
    void shouldNameTheScheduleThatClosesAQueue() {
        final String queue = WEEKDAYS + """
                {"resource":"queues","account_id":"name:acme","name":"sales","schedule_id":"name:weekdays",\
                "closed_dest_kind":"hangup","holiday_dest_kind":"hangup"}
                """;
        assertThat(considered(queue, "queue", "name:sales", "2026-03-02T20:00:00Z"))
                .containsExactly(
                        "target sch closed, target for closed hours: no rule for that time",
                        "target q gives way to its target for these hours");
        assertThat(considered(queue, "queue", "name:sales", "2026-12-25T12:00:00Z"))
                .containsExactly(
                        "target sch holiday, target for holidays: a rule for the date",
                        "target q gives way to its target for these hours");
        assertThat(considered(queue, "queue", "name:sales", "2026-03-02T12:00:00Z"))
                .containsExactly("target sch open: a weekly rule", "target q the call waits");
    }

    @Test
    void shouldSayThatAQueueIsFullOrUnstaffed() {
        final String queue = """
                {"resource":"voicemail-boxes","account_id":"name:acme","name":"box"}
                {"resource":"queues","account_id":"name:acme","name":"sales","max_queued":0,\
                "queue_full_dest_kind":"voicemail","queue_full_dest_id":"name:box",\
                "no_agents_dest_kind":"voicemail","no_agents_dest_id":"name:box"}
                """;
        assertThat(considered(queue, "queue", "name:sales", "2026-03-02T12:00:00Z"))
                .containsExactly("target q full", "target vm takes the call");
    }

    @Test
    void shouldNameTheTrunkAndWhyItIsNotTheNormalTarget() {
        final StageFixture call = new StageFixture(MEDIA
                + WEEKDAYS
                + StageFixture.number("\"schedule_id\":\"name:weekdays\",\"closed_dest_kind\":\"trunk\","
                        + "\"closed_dest_id\":\"name:media\""));
        assertThat(considered(call.at("2026-03-03T12:00:00Z")))
                .containsExactly(
                        "schedule sch closed, target for closed hours: no rule for that time",
                        "target tr takes the call");

        final StageFixture dangling = new StageFixture(MEDIA.replace(
                        "\"name\":\"acme\",",
                        "\"name\":\"acme\",\"did_default_dest_kind\":\"trunk\",\"did_default_dest_id\":\"name:pbx\",")
                + """
                {"resource":"numbers","account_id":"name:acme","e164":"12025550123"}
                """);
        assertThat(considered(dangling))
                .containsExactly("target did number has no target, default of its account", "target tr takes the call");
    }

    private static List<String> considered(
            final String lines, final String kind, final String target, final String at) {
        return considered(new StageFixture(MEDIA + lines + """
                {"resource":"numbers","account_id":"name:acme","e164":"12025550123","dest_kind":"%s","dest_id":"%s"}
                """.formatted(kind, target)).at(at));
    }

    private static List<String> considered(final StageFixture call) {
        return call.stages.explain(call.request).considered().stream()
                .filter(rule -> rule.stage() == Stage.SCHEDULE || rule.stage() == Stage.TARGET)
                .map(rule -> rule.stage().word() + " " + rule.id().replaceFirst("_.*", "") + " " + rule.finding())
                .toList();
    }
}
