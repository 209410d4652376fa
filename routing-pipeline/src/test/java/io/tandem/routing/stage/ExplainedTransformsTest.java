package io.tandem.routing.stage;

import static io.tandem.routing.stage.StageFixture.BASE;
import static io.tandem.routing.stage.StageFixture.number;
import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.routing.model.ResourceKind;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Explanations name every transform that was tried, in each direction and scope, and what came of it. */
class ExplainedTransformsTest {
    @Test
    void shouldNameTheTransformsOfACallThatComesIn() {
        final StageFixture call = new StageFixture(BASE
                + number("")
                + transform("trunk", "name:carrier", "inbound_dst", "^011", "", "")
                + transform("account", null, "inbound_dst", "^(1202)", "$1", "")
                + transform(
                        "did",
                        "name:12025550123",
                        "inbound_dst",
                        "0123$",
                        "0123",
                        ",\"ordering\":1,\"stop_on_match\":1")
                + transform("did", "name:12025550123", "inbound_dst", "99$", "", ",\"ordering\":2")
                + transform("trunk", "name:carrier", "inbound_cid", "^1", "", "")
                + transform("account", null, "inbound_cid", "^1", "", ""));

        assertThat(told(call))
                .containsExactly(
                        "transform inbound_dst of trunk: does not match",
                        "transform inbound_dst of account: rewrites the number",
                        "number-transform inbound_dst of did: rewrites the number, and is the last",
                        "number-transform inbound_cid of trunk: rewrites the number",
                        "number-transform inbound_cid of account: does not match");
    }

    @Test
    void shouldNameTheTransformsOfACallThatLeaves() {
        final StageFixture call = new StageFixture(BASE.replace(StageFixture.ACME, """
                {"resource":"accounts","name":"acme","default_cid_number":"12025550123"}
                """)
                + number("") + """
                {"resource":"trunks","account_id":"name:acme","name":"out","direction":"outbound","proxy":"127.0.0.8"}
                {"resource":"outbound-routes","account_id":"name:acme","name":"gb","match_prefix":"44","via":"trunk","trunk_id":"name:out"}
                """
                + transform("route", "name:gb", "outbound_dst", "^44", "0044", "")
                + transform("trunk", "name:out", "outbound_dst", "^44", "", "")
                + transform("trunk", "name:out", "outbound_cid", "^1202", "", ",\"stop_on_match\":1")
                + transform("account", null, "outbound_cid", "5", "", ""));
        call.from(StageFixture.PBX_ADDRESS, "12025550123", "442071838750");

        assertThat(told(call))
                .containsExactly(
                        "outbound outbound_dst of route: rewrites the number",
                        "outbound outbound_dst of trunk: does not match",
                        "outbound outbound_cid of trunk: rewrites the number, and is the last");
    }

    private static List<String> told(final StageFixture call) {
        return call.stages.explain(call.request).considered().stream()
                .filter(rule -> rule.kind() == ResourceKind.NUMBER_TRANSFORMS)
                .map(rule -> rule.stage().word() + " " + rule.finding())
                .toList();
    }

    private static String transform(
            final String scope,
            final String id,
            final String direction,
            final String regex,
            final String replacement,
            final String more) {
        return "{\"resource\":\"number-transforms\",\"account_id\":\"name:acme\",\"scope_kind\":\"" + scope + '"'
                + (id == null ? "" : ",\"scope_id\":\"" + id + '"')
                + ",\"direction\":\"" + direction + "\",\"match_regex\":\"" + regex + "\",\"replacement\":\""
                + replacement
                + '"' + more + "}\n";
    }
}
