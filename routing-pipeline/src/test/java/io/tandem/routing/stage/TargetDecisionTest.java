package io.tandem.routing.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.routing.configuration.Configuration;
import io.tandem.routing.configuration.InMemoryConfiguration;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.target.MediaHeader;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetDecisionTest {
    private static final String ACCOUNTS = """
            {"resource":"accounts","name":"acme","country":"US","media_trunk_id":"name:media"}
            {"resource":"trunks","account_id":"name:acme","name":"carrier","direction":"inbound","acl":["127.0.0.2/32"]}
            {"resource":"trunks","account_id":"name:acme","name":"pbx","role":"pbx","proxy":"127.0.0.3:5080","acl":["127.0.0.3/32"]}
            {"resource":"trunks","account_id":"name:acme","name":"media","role":"pbx","direction":"outbound","proxy":"127.0.0.9:5090"}
            {"resource":"trunks","account_id":"name:acme","name":"out","direction":"outbound","proxy":"127.0.0.8"}
            {"resource":"trunks","account_id":"name:acme","name":"wholesale","direction":"outbound","provider":"carrier","proxy":"127.0.0.7"}
            """;
    private static final String WITHOUT_MEDIA = ACCOUNTS.replace(",\"media_trunk_id\":\"name:media\"", "");
    private static final String TARGETS = """
            {"resource":"voicemail-boxes","account_id":"name:acme","name":"box"}
            {"resource":"conferences","account_id":"name:acme","name":"room"}
            {"resource":"queues","account_id":"name:acme","name":"support"}
            {"resource":"paging-groups","account_id":"name:acme","name":"all"}
            {"resource":"parking-lots","account_id":"name:acme","name":"lot"}
            {"resource":"users","account_id":"name:acme","username":"alice","voicemail_id":"name:box"}
            {"resource":"users","account_id":"name:acme","username":"bob"}
            {"resource":"users","account_id":"name:acme","username":"carol","fwd_always_kind":"forward","fwd_always_id":"name:mobile"}
            {"resource":"ring-groups","account_id":"name:acme","name":"sales","members":[{"user_id":"name:bob"}],\
            "exit_dest_kind":"trunk","exit_dest_id":"name:pbx"}
            {"resource":"extensions","account_id":"name:acme","digits":"1001","dest_kind":"ring_group","dest_id":"name:sales"}
            {"resource":"forwards","account_id":"name:acme","name":"mobile","number":"442071838750","cid_mode":"did"}
            {"resource":"outbound-routes","account_id":"name:acme","match_prefix":"44","via":"trunk","trunk_id":"name:out"}
            {"resource":"flows","account_id":"name:acme","name":"reception","is_published":1,"graph":{"nodes":[\
            {"id":"in","data":{"kind":"entry"}},\
            {"id":"vip","data":{"kind":"condition","variable":"caller_cid","operator":"prefix","value":"1202"}},\
            {"id":"ring","data":{"kind":"dial","userId":"name:bob"}},\
            {"id":"pbx","data":{"kind":"route","dest_kind":"trunk","dest_id":"name:pbx"}},\
            {"id":"say","data":{"kind":"say","text":"Hello {{caller_cid}}"}},\
            {"id":"bye","data":{"kind":"hangup","sipCode":486}}],"edges":[\
            {"source":"in","target":"vip"},{"source":"vip","sourceHandle":"true","target":"ring"},\
            {"source":"vip","sourceHandle":"false","target":"say"},{"source":"ring","sourceHandle":"no_answer","target":"pbx"},\
            {"source":"ring","target":"bye"},{"source":"say","target":"bye"}]}}
            """;

    private static StageFixture call(final String accounts, final String kind, final String id) {
        return new StageFixture(accounts + TARGETS + """
                {"resource":"numbers","account_id":"name:acme","e164":"12025550123","dest_kind":"%s","dest_id":"%s"}
                """.formatted(kind, id));
    }

    @ParameterizedTest
    @DisplayName("what needs a media server goes to the media trunk of the account (RFC 4240, RFC 4458)")
    @CsvSource({
        "voicemail, name:box, TARGET_MEDIA, sip:voicemail@127.0.0.9:5090;target=",
        "conference, name:room, TARGET_MEDIA, sip:conf=",
        "queue, name:support, TARGET_WAITS, sip:annc@127.0.0.9:5090;play=",
        "paging, name:all, TARGET_PAGES, sip:conf=",
        "parking, name:lot, TARGET_PARKED, sip:annc@127.0.0.9:5090;play=",
        "user, name:alice, TARGET_MEDIA, sip:voicemail@127.0.0.9:5090;target=",
    })
    void shouldGoToTheMediaTrunk(final String kind, final String id, final Rule rule, final String uri) {
        final StageFixture call = call(ACCOUNTS, kind, id);

        assertThat(call.decide()).as(call.reason()).isTrue();
        assertThat(call.decision.target().name()).isEqualTo("media");
        assertThat(call.decision.media().requestUri()).startsWith(uri);
        assertThat(call.decision.media().headers()).extracting(MediaHeader::name).contains("X-Tandem-Account");
        assertThat(rules(call)).contains(rule);
    }

    @ParameterizedTest
    @DisplayName("D2 without a media trunk what needs one is refused with 488 and the kind's name")
    @CsvSource({
        "voicemail, name:box, voicemail",
        "conference, name:room, conference",
        "queue, name:support, queue",
        "paging, name:all, paging",
        "parking, name:lot, parking",
        "user, name:alice, voicemail"
    })
    void shouldRefuseWhatNeedsMedia(final String kind, final String id, final String named) {
        final StageFixture call = call(WITHOUT_MEDIA, kind, id);

        assertThat(call.decide()).isFalse();
        assertThat(call.decision.status()).isEqualTo(488);
        assertThat(call.reason()).isEqualTo("target kind " + named + " needs media and no media trunk is set");
        assertThat(call.ledger.usedCounters()).isZero();
    }

    @Test
    @DisplayName("a user without a phone and with nowhere to go is 480, and nothing is held")
    void shouldRefuseWhoCannotBeReached() {
        final StageFixture call = call(ACCOUNTS, "user", "name:bob");

        assertThat(call.decide()).isFalse();
        assertThat(call.decision.rule()).isEqualTo(Rule.USER_UNREACHABLE);
        assertThat(call.decision.status()).isEqualTo(480);
        assertThat(call.ledger.usedCounters()).isZero();
    }

    @Test
    @DisplayName("an extension leads on to its group, and the group to its exit when nobody can be reached")
    void shouldFollowTargetsToATrunk() {
        final StageFixture call = call(ACCOUNTS, "extension", "name:1001");

        assertThat(call.decide()).isTrue();
        assertThat(call.decision.target().name()).isEqualTo("pbx");
        assertThat(call.decision.media()).isNull();
    }

    @Test
    @DisplayName("a forward dials its number over the account's routes and shows what it is told to")
    void shouldForwardOutside() {
        final StageFixture call = call(ACCOUNTS, "user", "name:carol");

        assertThat(call.decide()).as(call.reason()).isTrue();
        assertThat(call.decision.target().name()).isEqualTo("out");
        assertThat(call.decision.calledOut).hasToString("442071838750");
        assertThat(call.decision.callerOut).hasToString("12025550123");
        assertThat(call.decision.callerChanged()).isTrue();
        assertThat(rules(call)).contains(Rule.TARGET_NUMBER, Rule.ROUTE_CHOSEN);
    }

    @Test
    @DisplayName("N-041 V-029 a flow branches on the caller, tries a user and goes on when he cannot be reached")
    void shouldFollowAFlow() {
        final StageFixture call = call(ACCOUNTS, "flow", "name:reception");

        assertThat(call.decide()).as(call.reason()).isTrue();
        assertThat(call.decision.target().name()).isEqualTo("pbx");
        call.from(StageFixture.CARRIER_ADDRESS, "493012345", "12025550123");
        assertThat(call.decideAnother()).isTrue();
        assertThat(call.decision.target().name()).isEqualTo("media");
        assertThat(call.decision.media().requestUri()).isEqualTo("sip:dialog@127.0.0.9:5090");
        assertThat(call.decision.media().headers())
                .contains(new MediaHeader("X-Tandem-Node", "say"))
                .contains(new MediaHeader("X-Tandem-Text", "Hello%20493012345"));
    }

    @Test
    @DisplayName("V-014 a message follows the number's flow for messages, whatever the target and the hours of calls are")
    void shouldFollowTheFlowForMessages() {
        final StageFixture call = new StageFixture(ACCOUNTS + TARGETS + """
                {"resource":"schedules","account_id":"name:acme","name":"never","rules":[{"kind":"date","start_date":"1999-01-01"}]}
                {"resource":"numbers","account_id":"name:acme","e164":"12025550123","dest_kind":"hangup","closed_dest_kind":"hangup",\
                "schedule_id":"name:never","message_flow_id":"name:reception"}
                """);
        assertThat(call.decide()).as("a call").isFalse();
        assertThat(call.decision.rule()).isEqualTo(Rule.TARGET_HANGUP);

        call.request.holdsNothing = true;
        assertThat(call.decideAnother()).as(call.reason()).isTrue();
        assertThat(call.decision.target().name()).isEqualTo("pbx");
        call.from(StageFixture.CARRIER_ADDRESS, "493012345", "12025550123");
        call.request.holdsNothing = true;
        assertThat(call.decideAnother()).as("nobody speaks to a message").isFalse();
        assertThat(call.decision.status()).isEqualTo(486);
    }

    @Test
    @DisplayName("V-014 without a published flow for messages they go where calls go")
    void shouldTreatMessagesLikeCallsWithoutAFlow() {
        final StageFixture call = new StageFixture(ACCOUNTS + TARGETS.replace("\"is_published\":1", "\"is_published\":0") + """
                {"resource":"numbers","account_id":"name:acme","e164":"12025550123","dest_kind":"trunk","dest_id":"name:pbx",\
                "message_flow_id":"name:reception"}
                """);
        call.request.holdsNothing = true;
        assertThat(call.decide()).as(call.reason()).isTrue();
        assertThat(rules(call)).contains(Rule.TARGET_TRUNK);
    }

    @Test
    @DisplayName("a number's resource is read once for its flow for messages, and not at all when it has none")
    void shouldReadTheResourceOfANumberOnce() {
        final StageFixture call = new StageFixture(ACCOUNTS);
        final List<ResourceKind> read = new ArrayList<>();
        final Configuration configuration = InMemoryConfiguration.of("test", 8, ACCOUNTS + TARGETS + """
                {"resource":"numbers","account_id":"name:acme","e164":"12025550123","dest_kind":"hangup","message_flow_id":"name:reception"}
                {"resource":"numbers","account_id":"name:acme","e164":"12025550124","dest_kind":"trunk","dest_id":"name:pbx"}
                """);
        call.stages.use((Configuration) Proxy.newProxyInstance(
                Configuration.class.getClassLoader(),
                new Class<?>[] {Configuration.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("resource")) {
                        read.add((ResourceKind) arguments[0]);
                    }
                    return method.invoke(configuration, arguments);
                }));
        for (int i = 0; i < 3; i++) {
            call.from(StageFixture.CARRIER_ADDRESS, "12025550100", "12025550123");
            call.request.holdsNothing = true;
            assertThat(call.decideAnother()).as(call.reason()).isTrue();
            assertThat(read.stream().filter(kind -> kind == ResourceKind.NUMBERS)).hasSize(1);
        }
        read.clear();
        call.from(StageFixture.CARRIER_ADDRESS, "12025550100", "12025550124");
        call.request.holdsNothing = true;
        assertThat(call.decideAnother()).as(call.reason()).isTrue();
        assertThat(read).doesNotContain(ResourceKind.NUMBERS);
    }

    @Test
    @DisplayName("explain tells that a flow asks a server, and goes no further")
    void shouldExplainThatAFlowAsks() {
        final StageFixture call = new StageFixture(ACCOUNTS + TARGETS + """
                {"resource":"flows","account_id":"name:acme","name":"crm","is_published":1,"graph":{"nodes":[\
                {"id":"in","data":{"kind":"entry"}},{"id":"ask","data":{"kind":"http","url":"https://crm.example.com/"}},\
                {"id":"bye","data":{"kind":"hangup"}}],"edges":[{"source":"in","target":"ask"},{"source":"ask","target":"bye"}]}}
                {"resource":"numbers","account_id":"name:acme","e164":"12025550123","dest_kind":"flow","dest_id":"name:crm"}
                """);
        final Explanation explanation = call.stages.explain(call.request);
        assertThat(explanation.accepted()).isTrue();
        assertThat(explanation.target()).isEmpty();
        assertThat(explanation.lines().getLast().rule()).isEqualTo(Rule.TARGET_ASKS);
        assertThat(call.request.mayWait).isFalse();

        assertThat(call.decide()).as("who cannot wait").isFalse();
        assertThat(call.decision.rule()).isEqualTo(Rule.TARGET_HANGUP);
    }

    @Test
    @DisplayName("N-042 a flow that is not published takes no calls: the account's default does")
    void shouldPassOverAFlowThatIsNotPublished() {
        final String draft = ACCOUNTS.replace(
                        "\"name\":\"acme\"",
                        "\"name\":\"acme\",\"did_default_dest_kind\":\"trunk\",\"did_default_dest_id\":\"name:pbx\"")
                + TARGETS.replace("\"is_published\":1", "\"is_published\":0");
        final StageFixture call = new StageFixture(draft + """
                {"resource":"numbers","account_id":"name:acme","e164":"12025550123","dest_kind":"flow","dest_id":"name:reception"}
                """);

        assertThat(call.decide()).as(call.reason()).isTrue();
        assertThat(call.decision.target().name()).isEqualTo("pbx");
        assertThat(rules(call)).contains(Rule.TARGET_DANGLING);
    }

    @Test
    @DisplayName("N-081 N-082 an exchange of the account dials numbers outside, by route or by the wholesale carrier")
    void shouldDialOutsideForAnExchange() {
        final StageFixture call = call(ACCOUNTS, "user", "name:bob");

        assertThat(call.from(StageFixture.PBX_ADDRESS, "12025550123", "442071838750").decide())
                .as(call.reason())
                .isTrue();
        assertThat(call.decision.direction()).isEqualTo(CallDirection.OUTBOUND);
        assertThat(call.decision.target().name()).isEqualTo("out");
        assertThat(call.from(StageFixture.PBX_ADDRESS, "12025550123", "493012345").decideAnother())
                .isTrue();
        assertThat(call.decision.target().name()).isEqualTo("wholesale");
        assertThat(rules(call)).contains(Rule.NUMBER_OUTSIDE, Rule.WHOLESALE_CHOSEN);
    }

    @Test
    @DisplayName("the network does not dial through us, and without a way out nobody does")
    void shouldNotDialOutsideForTheNetwork() {
        final StageFixture call = new StageFixture(ACCOUNTS + TARGETS);
        assertThat(call.from(StageFixture.CARRIER_ADDRESS, "12025550123", "442071838750").decide())
                .isFalse();
        assertThat(call.decision.rule()).isEqualTo(Rule.NUMBER_UNKNOWN);

        final StageFixture closed = new StageFixture(StageFixture.BASE);
        assertThat(closed.from(StageFixture.PBX_ADDRESS, "12025550123", "442071838750").decide())
                .isFalse();
        assertThat(closed.decision.rule()).isEqualTo(Rule.NO_ROUTE);
        assertThat(closed.decision.status()).isEqualTo(404);
        assertThat(closed.ledger.usedCounters()).isZero();
    }

    private static java.util.List<Rule> rules(final StageFixture call) {
        final java.util.List<Rule> rules = new java.util.ArrayList<>();
        for (int i = 0; i < call.decision.verdictCount(); i++) {
            rules.add(call.decision.verdictRule(i));
        }
        return rules;
    }
}
