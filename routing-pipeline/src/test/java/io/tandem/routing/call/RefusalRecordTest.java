package io.tandem.routing.call;

import static io.tandem.routing.call.Texts.failureAck;
import static io.tandem.routing.call.Texts.headers;
import static io.tandem.routing.call.Texts.invite;
import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.routing.counter.CoreCounter;
import io.tandem.routing.stage.Rule;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every INVITE that we refuse leaves one record, which names the rule (D2, D18). */
@AlsoThroughSnapshots
class RefusalRecordTest {
    private static final String ROUTABLE = "sip:12025550123@127.0.0.1:5060";

    private final RigConfiguration configuration = new RigConfiguration();
    private final CoreRig rig;

    RefusalRecordTest(final boolean throughSnapshots) {
        rig = new CoreRig(throughSnapshots, configuration);
    }

    @ParameterizedTest
    @CsvSource({
        "CONTACT_MISSING, 400",
        "EXTENSION_UNSUPPORTED, 420",
        "ANSWER_NOT_ACCEPTABLE, 406",
        "SCHEME_UNSUPPORTED, 416",
        "HOPS_USED_UP, 483",
        "LOOP_DETECTED, 482",
        "PRIVACY_IMPOSSIBLE, 500",
        "SESSION_INTERVAL_TOO_SMALL, 422",
        "REPLACES_MALFORMED, 400",
        "REPLACES_NOTHING, 481",
        "DRAINING, 503",
        "SOURCE_UNKNOWN, 403",
        "SOURCE_ACCOUNT_SUSPENDED, 403",
        "BAD_NUMBER, 484",
        "NUMBER_UNKNOWN, 404",
        "ANONYMOUS_REFUSED, 433",
        "NUMBER_CEILING, 486",
        "TRUNK_DISABLED, 480"
    })
    void shouldLeaveOneRecordThatNamesTheRule(final Rule rule, final int status) {
        final String invite = provoking(rule);
        final boolean unknown = rule == Rule.SOURCE_UNKNOWN;
        final long source = unknown ? 0xFFFF_7F00_0009L : CoreRig.CALLER;
        rig.from(source, CoreRig.CALLER_PORT, invite);
        final String answer = unknown ? rig.toOthers.remove() : rig.caller("SIP/2.0 " + status);
        assertThat(answer).startsWith("SIP/2.0 " + status + " ");
        rig.from(source, CoreRig.CALLER_PORT, invite);
        assertThat(unknown ? rig.toOthers.remove() : rig.caller("SIP/2.0 "))
                .as("INVITE again")
                .isEqualTo(answer);
        assertThat(headers(answer, "Reason"))
                .as("why is for trunks of ours only")
                .hasSize(unknown ? 0 : 1)
                .allMatch(reason -> reason.contains(rule.text().replaceFirst(" #.*", "")));
        rig.from(source, CoreRig.CALLER_PORT, failureAck(invite, answer));
        assertThat(rig.records).containsExactly(status + " 3 refused");
        assertThat(rig.rules).containsExactly(rule);
        assertThat(rig.count(CoreCounter.CALLS_OFFERED)).isOne();
        assertThat(rig.count(CoreCounter.CALLS_REFUSED)).isOne();
        rig.over();
    }

    private String provoking(final Rule rule) {
        final String invite = invite("r", "", "");
        switch (rule) {
            case DRAINING -> rig.command("drain on");
            case NUMBER_CEILING -> configuration.number.maxChannels = 0;
            case ANONYMOUS_REFUSED -> configuration.number.allowAnonymous = false;
            case SOURCE_ACCOUNT_SUSPENDED -> configuration.account = ",'status':'suspended'";
            case TRUNK_DISABLED -> configuration.pbx = ",'status':'disabled'";
            default -> {}
        }
        rig.configure();
        return switch (rule) {
            case CONTACT_MISSING -> invite.replaceFirst("Contact: [^\n]*\n", "");
            case EXTENSION_UNSUPPORTED -> invite("r", "Require: teleport\n", "");
            case ANSWER_NOT_ACCEPTABLE -> invite("r", "Accept: text/plain\n", "");
            case ANONYMOUS_REFUSED -> invite("r", "Privacy: id\n", "");
            case LOOP_DETECTED -> invite("r", "Diversion: <sip:1@a>\n".repeat(6), "");
            case PRIVACY_IMPOSSIBLE -> invite("r", "Privacy: session;critical\n", "");
            case REPLACES_MALFORMED -> invite("r", "Replaces: a@b;to-tag=1\n", "");
            case REPLACES_NOTHING -> invite("r", "Replaces: a@b;to-tag=1;from-tag=2\n", "");
            case SESSION_INTERVAL_TOO_SMALL -> invite("r", "Supported: timer\nSession-Expires: 30\n", "");
            case SCHEME_UNSUPPORTED -> invite.replaceFirst(ROUTABLE, "soap:12025550123");
            case HOPS_USED_UP -> invite.replace("Max-Forwards: 70", "Max-Forwards: 0");
            case BAD_NUMBER -> invite.replaceFirst(ROUTABLE, "sip:0123@127.0.0.1:5060");
            case NUMBER_UNKNOWN -> invite.replaceFirst(ROUTABLE, "sip:19995550000@127.0.0.1:5060");
            default -> invite;
        };
    }
}
