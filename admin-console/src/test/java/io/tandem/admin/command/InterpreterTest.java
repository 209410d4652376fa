package io.tandem.admin.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.admin.AuditRecorder;
import io.tandem.admin.FakeAppliance;
import io.tandem.admin.view.CounterView;
import io.tandem.admin.view.DifferenceView;
import io.tandem.admin.view.OperatorAudit;
import io.tandem.admin.view.Refusal;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class InterpreterTest {

    private static final Caller OPERATOR = new Caller("127.0.0.1:40000", Role.OPERATOR);
    private static final Caller OBSERVER = new Caller("127.0.0.1:40001", Role.OBSERVER);
    private static final Instant NOW = Instant.parse("2026-11-20T18:00:00Z");

    private final FakeAppliance appliance = new FakeAppliance();
    private final AuditRecorder audit = new AuditRecorder();
    private final Recorder recorder = new Recorder();
    private final Interpreter interpreter = interpreter(audit);

    private Interpreter interpreter(OperatorAudit reportedTo) {
        return new Interpreter(
                CommandTable.standard(),
                appliance,
                appliance,
                reportedTo,
                InstantSource.fixed(NOW),
                () -> List.of(new CounterView("console.clients", 1, "clients", "Clients connected now.")));
    }

    /** Keeps answers and complains about two ends of one. */
    private static final class Recorder implements AnswerSink {

        final List<String> lines = new ArrayList<>();
        final List<String> ends = new ArrayList<>();

        @Override
        public void line(String text) {
            assertThat(text.chars()).noneMatch(Character::isISOControl);
            lines.add(text);
        }

        @Override
        public void json(String json, boolean failed) {
            lines.add(json);
            ends.add(failed ? "json error" : "json");
        }

        @Override
        public void done() {
            ends.add("done");
        }

        @Override
        public void failed(Refusal why) {
            ends.add(why.what() + " / " + why.mend());
        }

        String end() {
            assertThat(ends).hasSize(1);
            return ends.getFirst();
        }
    }

    private List<String> answer(String line) {
        assertThat(interpreter.execute(line, OPERATOR, recorder)).isTrue();
        return recorder.lines;
    }

    private String error(String line) {
        interpreter.execute(line, OPERATOR, recorder);
        return recorder.end();
    }

    private JsonNode json(String line) {
        interpreter.execute(line, OPERATOR, recorder);
        assertThat(recorder.lines).hasSize(1);
        assertThat(recorder.lines.getFirst()).matches("[ -~]+");
        return JsonMapper.shared().readTree(recorder.lines.getFirst());
    }

    static List<String> examples() {
        return CommandTable.standard().commands().stream().map(Command::example).toList();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void shouldAnswerEveryExampleInTextAndJson(String example) {
        var line = example.replace("call_01jd3q7v5m2k8r9t4w6x0y1z2a", "call_01").replace("1-4711@", "1-77@");
        interpreter.execute(line, OPERATOR, recorder);
        assertThat(recorder.end()).isEqualTo("done");
        recorder.ends.clear();
        recorder.lines.clear();
        assertThat(json(line + " -j").has("error")).isFalse();
        assertThat(recorder.end()).isEqualTo("json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"get api-keys", "get api-keys -j", "get devices", "get devices -j"})
    void shouldShowNoHashOfASecret(String line) {
        interpreter.execute(line, OPERATOR, recorder);

        assertThat(String.join("", recorder.lines))
                .containsAnyOf("key_", "dev_")
                .doesNotContain(FakeAppliance.HASH)
                .doesNotContain("ha1");
        assertThat(DifferenceView.of(
                                ResourceKind.API_KEYS,
                                ResourceId.NIL,
                                null,
                                "{\"name\":\"a\",\"hash\":\"b\"}".getBytes(StandardCharsets.UTF_8))
                        .after())
                .hasValueSatisfying(after -> assertThat(after).hasToString("{\"name\":\"a\"}"));
    }

    @Test
    void shouldShowStatusWithFillOfEveryTable() {
        assertThat(answer("status"))
                .contains(
                        "state          serving",
                        "uptime         1d 02:03:04",
                        "journal        inputs=4711 last_index=99 size=1.5 MiB writable in data/journal",
                        "snapshot       age=00:01:01",
                        "table  used  limit  fill %  peak  refused",
                        "calls     3   1000     0.3     7        0")
                .anyMatch(line -> line.startsWith("main      UDP        127.0.0.1:5060  198.51.100.7:5060  open"));
    }

    @Test
    void shouldGiveJsonWithUnitsInNamesAndTimesInUtc() {
        var status = json("status -j");
        assertThat(status.get("state").asString()).isEqualTo("serving");
        assertThat(status.get("uptime_ms").asLong()).isEqualTo(93_784_005);
        assertThat(status.get("started").asString()).isEqualTo("2026-11-20T17:00:00.123456Z");
        assertThat(status.get("tables").get(0).get("limit").asInt()).isEqualTo(1000);
        assertThat(status.get("journal").get("snapshot_age_ms").asLong()).isEqualTo(61_000);
    }

    @Test
    void shouldGiveNullForWhatIsAbsent() {
        var ceilings = json("cac -j account");
        assertThat(ceilings).hasSize(1);
        assertThat(ceilings.get(0).get("limit").isNull()).isTrue();
        assertThat(ceilings.get(0).get("count").asInt()).isEqualTo(3);
    }

    @Test
    void shouldAlignFiguresToTheRightUnderHeadingsWithUnits() {
        assertThat(answer("latency"))
                .containsExactly(
                        "stage  count  p50 us  p90 us  p99 us  p99.9 us  max us",
                        "core    1000     1.2     2.5    10.0     100.0  1234.6");
    }

    @Test
    void shouldKeepLineEndsAndEscapeSequencesOfPeersOutOfText() {
        assertThat(answer("calls")).hasSize(5).anyMatch(line -> line.contains(".[2J.OK.442"));
    }

    @Test
    void shouldEscapeWhatPeersSentInJson() {
        var calls = json("calls -j");
        assertThat(calls.get("calls").get(1).get("caller").asString()).isEqualTo(FakeAppliance.HOSTILE);
    }

    @Test
    void shouldLimitAndFilterCalls() {
        assertThat(answer("calls call_0 limit 2")).hasSize(4).last().isEqualTo("live=3 matched=3 shown=2");
        recorder.lines.clear();
        assertThat(answer("calls 12025550123")).hasSize(3).last().isEqualTo("live=3 matched=1 shown=1");
    }

    @Test
    void shouldKeepHeadingsAndMatchingLinesBehindTheBar() {
        assertThat(answer("counters | match RECEIVED.1"))
                .containsExactly(
                        "counter         value  unit      meaning", "sip.received.1     10  messages  Messages taken.");
    }

    @Test
    void shouldPrintNothingWhenNothingMatches() {
        assertThat(answer("counters | match nowhere")).isEmpty();
        assertThat(recorder.end()).isEqualTo("done");
    }

    @Test
    void shouldShowItsOwnCountersBesideThoseOfTheAppliance() {
        assertThat(answer("counters console.")).hasSize(2).last().asString().startsWith("console.clients");
        assertThat(interpreter.counters())
                .filteredOn(counter -> counter.name().equals("console.commands"))
                .extracting(CounterView::value)
                .containsExactly(1L);
    }

    @Test
    void shouldHandMomentAndSourceToExplain() {
        answer("explain 442071838750 12025550123 source 2001:db8::1 at 2026-12-25T18:30+01:00");
        assertThat(appliance.questions).singleElement().satisfies(question -> {
            assertThat(question.from()).isEqualTo("442071838750");
            assertThat(question.at()).contains(Instant.parse("2026-12-25T17:30:00Z"));
            assertThat(question.source()).contains(InetAddress.ofLiteral("2001:db8::1"));
        });
    }

    @Test
    void shouldTakeTimeWithoutZoneAsUtc() {
        answer("explain 1 2 at 2026-12-25T18:30");
        assertThat(appliance.questions.getFirst().at()).contains(Instant.parse("2026-12-25T18:30:00Z"));
    }

    @Test
    void shouldNameTheRulesThatAStageConsideredBelowItsVerdict() {
        final List<String> lines = answer("explain 442071838750 12025550123");
        assertThat(lines).anyMatch(line -> line.matches("recording +on stereo"));
        assertThat(lines).filteredOn(line -> line.startsWith("SCREEN  pass")).hasSize(2);
        assertThat(lines).filteredOn(line -> line.contains("considers  acl_01")).hasSize(1);
        assertThat(lines)
                .containsSubsequence(
                        lines.stream()
                                .filter(line -> line.startsWith("SCREEN  pass"))
                                .findFirst()
                                .orElseThrow(),
                        lines.stream()
                                .filter(line -> line.contains("considers  acl_01"))
                                .findFirst()
                                .orElseThrow(),
                        lines.stream()
                                .filter(line -> line.startsWith("NUMBER"))
                                .findFirst()
                                .orElseThrow(),
                        lines.stream()
                                .filter(line -> line.contains("considers  rec_01"))
                                .findFirst()
                                .orElseThrow());
        assertThat(lines).anyMatch(line -> line.endsWith("policies/acl-rules 192.0.2.0/24: lets the call pass"));
    }

    @Test
    void shouldExplainARefusalWithoutCallingItAnError() {
        assertThat(answer("explain 442071838750 999"))
                .contains("outcome   refused with 404", "reason    number unknown")
                .noneMatch(line -> line.startsWith("target"));
        assertThat(recorder.end()).isEqualTo("done");
    }

    @Test
    void shouldDrawALadder() {
        assertThat(answer("trace 1-77@127.0.0.2"))
                .containsExactly(
                        "                           127.0.0.2:5070                tandem                127.0.0.3:5080",
                        "2026-11-20T17:00:00.123Z          | INVITE sip:12025550123  |                         |",
                        "                                  |------------------------>|                         |",
                        "2026-11-20T17:00:00.123Z          |                         | NUMBER MATCHED          |",
                        "2026-11-20T17:00:00.124Z          |                         |         INVITE          |",
                        "                                  |                         |------------------------>|",
                        "2026-11-20T17:00:00.132Z          |                         |       180 Ringing       |",
                        "                                  |                         |<------------------------|");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "stauts~ unknown command: name=stauts / did you mean status? help lists the commands",
                "lat~ unknown command: name=lat / did you mean latency? help lists the commands",
                "frobnicate~ unknown command: name=frobnicate / help lists the commands",
                "call~ argument is missing: argument=ID / use: call ID",
                "call nosuch~ no live call has this id: id=nosuch / calls lists live calls; cdr and trace know those that"
                        + " have ended",
                "status now~ argument is not understood: argument=now / use: status",
                "drain on~ argument is not understood: argument=on / use: drain [off]",
                "explain 1~ argument is missing: argument=TO / use: explain FROM TO [at TIME] [source IP]",
                "explain 1 2 at~ argument is missing: at=TIME / use: explain FROM TO [at TIME] [source IP]",
                "explain 1 2 at x~ not a time: TIME=x / write it as 2026-12-25T17:30:00Z, 2026-12-25T17:30+01:00, or"
                        + " without a zone for UTC",
                "explain 1 2 source localhost~ not an IP address: IP=localhost / write it as 192.0.2.1 or 2001:db8::1",
                "explain 1 2 source ::1 source ::1~ argument is given twice: source=IP / use: explain FROM TO [at TIME]"
                        + " [source IP]",
                "cdr last 0~ not a usable count: N=0 / give a whole number from 1 to 10000",
                "cdr last 10001~ not a usable count: N=10001 / give a whole number from 1 to 10000",
                "calls limit ten~ not a usable count: LIMIT=ten / give a whole number from 1 to 10000",
                "cac box~ unknown dimension: dimension=box / use one of account, trunk, number",
                "trace x~ the retained journal has no such call: call_id=x / cdr lists the calls it has",
                "status | count~ nothing known stands behind the bar / use: COMMAND | match TEXT",
                "-j~ no command in the line / help lists the commands",
                "call \"x~ quote is not closed: length=7 / end the text with \"",
                "import missing.ndjson~ file cannot be read: file=missing.ndjson / give the path of a readable file",
            })
    void shouldSayWhatIsWrongAndHowToMendIt(String line, String expected) {
        if (line.endsWith("-j")) {
            interpreter.execute(line, OPERATOR, recorder);
            assertThat(recorder.lines.getFirst()).contains("no command in the line");
            return;
        }
        assertThat(error(line)).isEqualTo(expected);
    }

    @Test
    void shouldGiveErrorsInJsonWhereJsonWasAskedFor() {
        var answer = json("call nosuch -j");
        assertThat(answer.get("error").get("what").asString()).isEqualTo("no live call has this id: id=nosuch");
        assertThat(answer.get("error").get("mend").asString()).isNotEmpty();
        assertThat(recorder.end()).isEqualTo("json error");
    }

    @Test
    void shouldKeepTheAnswerBesideTheErrorInJson() {
        appliance.drifting = true;
        var answer = json("audit -j");
        assertThat(answer.get("error").get("what").asString()).isEqualTo("counters disagree with live calls: drifts=1");
        assertThat(answer.get("answer").get("drifts").get(0).get("held").asInt())
                .isEqualTo(1);
    }

    @Test
    void shouldEndAnAuditThatFoundDriftInAnError() {
        appliance.drifting = true;
        assertThat(error("audit")).startsWith("counters disagree with live calls: drifts=1 / ");
        assertThat(recorder.lines).contains("number     did_01        2     1");
    }

    @Test
    void shouldSayThatAllReferencesToSecretsResolve() {
        assertThat(answer("secrets")).contains("references  1", "resolved    1", "missing     0");
    }

    @Test
    void shouldEndInAnErrorWhenReferencesToSecretsDoNotResolve() {
        appliance.secretsMissing = true;
        assertThat(error("secrets")).startsWith("references to secrets do not resolve: missing=1 refused=0 / ");
        assertThat(recorder.lines).anyMatch(line -> line.startsWith("kv:vm:7:pin  missing  voicemail-boxes  vm_01"));
    }

    @Test
    void shouldGiveReferencesToSecretsAsJson() {
        appliance.secretsMissing = true;
        var shown = json("secrets limit 1 -j").get("answer").get("shown");
        assertThat(shown).hasSize(1);
        assertThat(shown.get(0).get("name").asString()).isEqualTo("kv:vm:7:pin");
    }

    @Test
    void shouldImportWithProgressAndShowWhatIsInForce() {
        assertThat(answer("import \"/tmp/my file.ndjson\""))
                .contains("read lines=100000", "read lines=200000", "imported", "revision    12", "numbers     10");
        assertThat(appliance.imported).containsExactly(Path.of("/tmp/my file.ndjson"));
    }

    @Test
    void shouldReadBackEveryQuotedWord() {
        for (var word : List.of("a b", "a|b", "-j", "say \"x\"", "back\\slash", "")) {
            assertThat(CommandLine.parse("import " + CommandLine.quote(word)))
                    .isEqualTo(new CommandLine(List.of("import", word), false, ""));
        }
    }

    @Test
    void shouldNameEveryProblemOfAFile() {
        assertThat(error("import bad.ndjson")).startsWith("the file is refused as a whole: problems=1 shown=1 / ");
        assertThat(recorder.lines).contains("   7  dest_id  tr_x   names no trunk  import the trunk first");
    }

    @Test
    void shouldShowWhatAnImportWarnsOf() {
        assertThat(answer("import geo.ndjson")).contains("warning  no file tells countries");
    }

    @Test
    void shouldChangeNothingByCheck() {
        assertThat(answer("check good.ndjson")).contains("checked: no problems");
        assertThat(appliance.imported).isEmpty();
        assertThat(audit.entered).isEmpty();
    }

    @Test
    void shouldCheckAChangeBesideWhatIsInForce() {
        assertThat(answer("check changes.ndjson change"))
                .contains("revision   19", "resources  1", "checked: no problems, nothing was changed");
        assertThat(audit.entered).isEmpty();
    }

    @Test
    void shouldNameWhatIsWrongWithAChange() {
        assertThat(error("check hours change")).startsWith("the change is refused as a whole: problems=1");
        recorder.ends.clear();
        assertThat(error("check changes.ndjson chnge")).startsWith("argument is not understood: argument=chnge");
    }

    @Test
    void shouldFindByNameWhatOnlyOneAccountHas() {
        assertThat(answer("get schedules name:hours").getLast()).contains("\"name\":\"hours\"");
        assertThat(answer("get users name:alice").getLast()).contains("\"username\":\"alice\"");
        assertThat(answer("show schedule name:hours")).anyMatch(line -> line.startsWith("schedule"));
    }

    @Test
    void shouldNotChooseAmongSeveralOfOneName() {
        assertThat(error("get schedules name:nothing")).startsWith("not there: collection=schedules id=name:nothing");
        recorder.ends.clear();
        assertThat(error("get schedules name:twice"))
                .startsWith("several accounts have one: collection=schedules id=name:twice such as sch_");
        recorder.ends.clear();
        assertThat(error("delete schedules name:twice")).contains("give the identifier");
    }

    @Test
    void shouldReportChangesOfStateToTheAudit() {
        answer("drain");
        assertThat(appliance.draining).isTrue();
        assertThat(audit.entered).containsExactly(new OperatorAudit.Entry(NOW, "127.0.0.1:40000", "drain"));
        assertThat(audit.answered).containsExactly("drain true OK");
        recorder.ends.clear();
        error("import bad.ndjson");
        assertThat(audit.answered)
                .last()
                .isEqualTo("import bad.ndjson false the file is refused as a whole: problems=1 shown=1");
    }

    @Test
    void shouldRefuseChangesOfStateToAnObserverAndReportThem() {
        interpreter.execute("drain", OBSERVER, recorder);
        assertThat(recorder.end()).startsWith("this client may not run the command: command=drain");
        assertThat(appliance.draining).isFalse();
        assertThat(audit.entered).hasSize(1);
        assertThat(audit.answered.getFirst()).startsWith("drain false this client may not run");
    }

    @Test
    void shouldChangeNothingWhenTheAuditCannotBeTold() {
        var refusing = interpreter(new AuditRecorder() {
            @Override
            public void onCommand(OperatorAudit.Entry command) {
                throw new IllegalStateException("audit is full");
            }
        });
        refusing.execute("drain", OPERATOR, recorder);
        assertThat(recorder.end()).contains("audit is full");
        assertThat(appliance.draining).isFalse();
    }

    @Test
    void shouldAnswerAFaultOfTheApplianceAsAnError() {
        appliance.fault = Optional.of(new IllegalStateException("table\nbroken"));
        assertThat(error("calls"))
                .isEqualTo("the command failed by a fault of the appliance: fault="
                        + "java.lang.IllegalStateException: table.broken / the log has the details");
    }

    @Test
    void shouldExplainACommandByHelpOrQuestionMark() {
        var help = List.copyOf(answer("help explain"));
        assertThat(help).contains("usage    explain FROM TO [at TIME] [source IP] [-j] [| match TEXT]");
        recorder.lines.clear();
        assertThat(answer("explain ?")).isEqualTo(help);
        recorder.lines.clear();
        assertThat(answer("?"))
                .hasSizeGreaterThan(CommandTable.standard().commands().size());
    }

    @Test
    void shouldNotRunACommandThatIsAskedAbout() {
        answer("drain ?");
        assertThat(appliance.draining).isFalse();
        assertThat(audit.entered).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "\t"})
    void shouldNotAnswerAnEmptyLine(String line) {
        assertThat(interpreter.execute(line, OPERATOR, recorder)).isTrue();
        assertThat(recorder.ends).isEmpty();
        assertThat(recorder.lines).isEmpty();
    }

    @Test
    void shouldLeaveOnQuit() {
        assertThat(interpreter.execute("quit", OPERATOR, recorder)).isFalse();
        assertThat(recorder.end()).isEqualTo("done");
    }

    @Test
    void shouldGiveEveryLineOfRandomWordsExactlyOneEnd() {
        long seed = Long.getLong("tandem.seed", 20261120);
        System.out.println("seed: tandem.seed=" + seed);
        var random = new Random(seed);
        var words =
                new ArrayList<>(List.of("|", "match", "-j", "\"", "\\", "at", "limit", "last", "off", "?", "x", "9"));
        CommandTable.standard().commands().forEach(command -> words.add(command.name()));
        for (int i = 0; i < 5_000; i++) {
            var line = new StringBuilder();
            for (int n = random.nextInt(6); n >= 0; n--) {
                line.append(words.get(random.nextInt(words.size()))).append(random.nextInt(4) == 0 ? "" : " ");
            }
            var one = new Recorder();
            interpreter.execute(line.toString(), OPERATOR, one);
            assertThat(one.ends).describedAs("line %s", line).hasSize(1);
        }
    }
}
