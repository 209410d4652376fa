package io.tandem.routing.stage;

import static io.tandem.routing.stage.StageFixture.BASE;
import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.routing.model.ResourceKind;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Explanations name every node of a flow that a call comes to, and say which way it took and why. */
class ExplainedFlowsTest {
    private static final String LINES = BASE + """
            {"resource":"schedules","account_id":"name:acme","id":"sch_01jzzzzzzzzzzzzzzzzzzzzzz1","name":"hours",\
            "timezone":"UTC","rules":[{"kind":"weekly","dow":1,"start_time":"09:00","end_time":"17:00"}]}
            {"resource":"users","account_id":"name:acme","id":"us_01jzzzzzzzzzzzzzzzzzzzzzz2","username":"anna"}
            {"resource":"flows","account_id":"name:acme","name":"main","is_published":1,"graph":{"nodes":[\
            {"id":"in","data":{"kind":"entry"}},\
            {"id":"set","data":{"kind":"setVariable","variable":"vip","value":"no"}},\
            {"id":"vip","data":{"kind":"condition","variable":"vip","operator":"equals","value":"yes"}},\
            {"id":"open","data":{"kind":"timeCondition","scheduleId":"name:hours"}},\
            {"id":"half","data":{"kind":"condition","operator":"percent","percent":100}},\
            {"id":"anna","data":{"kind":"dial","userId":"name:anna"}},\
            {"id":"pbx","data":{"kind":"route","dest_kind":"trunk","dest_id":"name:pbx"}},\
            {"id":"bye","data":{"kind":"hangup","sipCode":404}}],"edges":[\
            {"source":"in","target":"set"},{"source":"set","target":"vip"},\
            {"source":"vip","sourceHandle":"true","target":"pbx"},{"source":"vip","sourceHandle":"false","target":"open"},\
            {"source":"open","sourceHandle":"in_hours","target":"half"},\
            {"source":"open","sourceHandle":"out_of_hours","target":"bye"},\
            {"source":"half","sourceHandle":"true","target":"anna"},{"source":"half","sourceHandle":"false","target":"bye"},\
            {"source":"anna","sourceHandle":"busy","target":"bye"},{"source":"anna","sourceHandle":"no_answer","target":"pbx"},\
            {"source":"anna","sourceHandle":"failed","target":"bye"}]}}
            {"resource":"numbers","account_id":"name:acme","e164":"12025550123","dest_kind":"flow","dest_id":"name:main"}
            """;

    @Test
    void shouldNameNodesOutcomesAndReasons() {
        final List<String> told = told("2026-03-02T12:00:00Z");

        assertThat(told.get(5)).matches("node half, condition: true, drew \\d+, of 100 from 0 below 100: yes");
        assertThat(told)
                .containsSubsequence(
                        "leads the call",
                        "node in, entry: default",
                        "node set, setVariable: default, vip=\"no\"",
                        "node vip, condition: false, vip=\"no\" equals \"yes\": no",
                        "node open, timeCondition: in_hours, schedule sch_01jzzzzzzzzzzzzzzzzzzzzzz1 says open",
                        "node anna, dial: rings user us_01jzzzzzzzzzzzzzzzzzzzzzz2",
                        "node anna, dial: no_answer");
        assertThat(told.getLast()).startsWith("node pbx, route: hands the call to trunk tr_");
    }

    @Test
    void shouldNameTheWayThatAClosedScheduleTakes() {
        assertThat(told("2026-03-03T12:00:00Z"))
                .endsWith(
                        "node open, timeCondition: out_of_hours, schedule sch_01jzzzzzzzzzzzzzzzzzzzzzz1 says closed",
                        "node bye, hangup: hangs up");
    }

    private static List<String> told(final String at) {
        final StageFixture call = new StageFixture(LINES).at(at);
        return call.stages.explain(call.request).considered().stream()
                .filter(rule -> rule.kind() == ResourceKind.FLOWS)
                .map(Explanation.Considered::finding)
                .toList();
    }
}
