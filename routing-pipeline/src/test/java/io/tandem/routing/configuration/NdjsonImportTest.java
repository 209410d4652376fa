package io.tandem.routing.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tandem.routing.model.Problem;
import io.tandem.routing.model.ResourceKind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NdjsonImportTest {
    private static final String ACME = "{'resource':'accounts','name':'acme'}";
    private static final String PBX =
            "{'resource':'trunks','account_id':'name:acme','name':'pbx','proxy':'127.0.0.3:5080'}";
    private static final String HOURS = "{'resource':'schedules','account_id':'name:acme','name':'hours','rules':"
            + "[{'kind':'weekly','dow':1,'start_time':'09:00','end_time':'17:00'}]}";

    @Test
    void shouldTakeLinesInAnyOrder() throws IOException {
        final Recorder recorder = imported(number("'schedule_id':'name:hours'"), HOURS, PBX, ACME);

        assertThat(recorder.result.problems().kept()).isEmpty();
        assertThat(recorder.events).startsWith("begin 1 3").endsWith("finish");
        assertThat(recorder.rows).hasSize(1);
        assertThat(recorder.rows.getFirst().scheduleLow).isNotZero();
        assertThat(recorder.result.count(ResourceKind.NUMBERS)).isEqualTo(1);
        assertThat(recorder.result.count(ResourceKind.SCHEDULES)).isEqualTo(1);
    }

    @Test
    void shouldChangeNothingWhenImportedTwice() throws IOException {
        final Recorder first = imported(ACME, PBX, HOURS, number(""));
        final Recorder second = imported(ACME, PBX, HOURS, number(""));

        assertThat(second.events).isEqualTo(first.events);
        assertThat(first.events).hasSize(6);
    }

    @Test
    void shouldTakeBackWhatItWrote() throws IOException {
        final Recorder first = imported(
                "{'resource':'accounts','name':'above','max_in':5,'is_reseller':1,'brand_domain':'x.example'}",
                "{'resource':'accounts','name':'acme','parent_id':'name:above','timezone':'Europe/Berlin'}",
                "{'resource':'trunks','account_id':'name:acme','name':'pbx','proxy':'[2001:db8::1]','transport':'tcp',"
                        + "'acl':['10.0.0.0/8'],'max_channels':0,'early_media':'first','large':'tcp','max_call_sec':60}",
                "{'resource':'schedules','account_id':'name:acme','name':'hours','timezone':'Asia/Tokyo','rules':["
                        + "{'kind':'weekly','dow':0,'start_time':'22:00','end_time':'24:00'},{'kind':'date',"
                        + "'start_date':'2026-12-24','is_closed':1},{'kind':'date_range','start_date':'2026-01-01',"
                        + "'end_date':'2026-01-06'}]}",
                "{'resource':'number-transforms','account_id':'name:acme','scope_kind':'did','scope_id':'name:12025550123',"
                        + "'direction':'inbound_cid','match_regex':'^0','replacement':'49','ordering':3,'stop_on_match':1}",
                number("'schedule_id':'name:hours','closed_dest_kind':'hangup','closed_dest_xform':{'sip_code':486},"
                        + "'fax_mode':'t38','allow_anonymous':0,'label':'Line \\u00fc \\\"1\\\"'"));
        assertThat(first.result.problems().kept()).isEmpty();
        final String[] written =
                first.events.stream().filter(event -> event.startsWith("{")).toArray(String[]::new);
        assertThat(written).hasSize(6);

        final Recorder second = imported(written);

        assertThat(second.result.problems().kept()).isEmpty();
        assertThat(second.events).isEqualTo(first.events);
        assertThat(second.rows.getFirst().closedLow).isEqualTo(486);
    }

    @ParameterizedTest
    @DisplayName("every field says what is wrong with it")
    @CsvSource(
            delimiter = '|',
            value = {
                "accounts|'name':''|name",
                "accounts|'name':'a','status':'open'|status",
                "accounts|'name':'a','timezone':'Mars/Olympus'|timezone",
                "accounts|'name':'a','max_in':-1|max_in",
                "accounts|'name':'a','max_in':'5'|max_in",
                "accounts|'name':'a','max_in':1.5|max_in",
                "accounts|'name':'a','max_in':9999999999|max_in",
                "accounts|'name':'a','is_reseller':2|is_reseller",
                "accounts|'name':'a','voice_gender':'robot'|voice_gender",
                "accounts|'name':'a','parent_id':'name:nobody'|parent_id",
                "accounts|'name':'a','parent_id':'name:a'|parent_id",
                "accounts|'name':'a','default_cid_number':'012'|default_cid_number",
                "accounts|'name':'a','did_default_dest_kind':'moon'|did_default_dest_kind",
                "accounts|'name':'a','id':'did_00000000000000000000000001'|id",
                "accounts|'name':'a','id':'00000000000000000000000000'|id",
                "accounts|'name':'a','colour':'red'|colour",
                "accounts|'name':'acme'|name",
                "accounts|'name':['x']|name",
                "trunks|'name':'t','proxy':'127.0.0.1'|account_id",
                "trunks|'account_id':'name:acme','name':'t'|proxy",
                "trunks|'account_id':'name:acme','name':'t','proxy':'pbx.example.com'|proxy",
                "trunks|'account_id':'name:acme','name':'t','proxy':'127.0.0.1:0'|proxy",
                "trunks|'account_id':'name:acme','name':'t','proxy':'127.0.0.1:70000'|proxy",
                "trunks|'account_id':'name:acme','name':'t','proxy':'2001:db8::1'|proxy",
                "trunks|'account_id':'name:acme','name':'t','proxy':'127.0.0.1','transport':'wss'|transport",
                "trunks|'account_id':'name:acme','name':'t','proxy':'127.0.0.1','acl':['10.0.0.1/8']|acl",
                "trunks|'account_id':'name:acme','name':'t','proxy':'127.0.0.1','acl':'10.0.0.0/8'|acl",
                "trunks|'account_id':'name:acme','name':'t','proxy':'127.0.0.1','acl':[5]|acl",
                "trunks|'account_id':'name:acme','name':'t','proxy':'127.0.0.1','over_limit_status':481|over_limit_status",
                "trunks|'account_id':'name:acme','name':'pbx','proxy':'127.0.0.1'|name",
                "trunk-acls|'trunk_id':'name:nobody','cidr':'10.0.0.0/8'|trunk_id",
                "trunk-acls|'trunk_id':'name:pbx','cidr':'10.0.0.1/8'|cidr",
                "trunk-acls|'trunk_id':'name:pbx'|cidr",
                "schedules|'account_id':'name:acme','name':'s','rules':[{'kind':'monthly'}]|rules[0].kind",
                "schedules|'account_id':'name:acme','name':'s','rules':[{'kind':'weekly'}]|rules[0].dow",
                "schedules|'account_id':'name:acme','name':'s','rules':[{'kind':'weekly','dow':7}]|rules[0].dow",
                "schedules|'account_id':'name:acme','name':'s','rules':[{'kind':'weekly','dow':1,'start_time':'09:00'}]|rules[0].start_time",
                "schedules|'account_id':'name:acme','name':'s','rules':[{'kind':'weekly','dow':1,'start_time':'9:00','end_time':'17:00'}]|rules[0].start_time",
                "schedules|'account_id':'name:acme','name':'s','rules':[{'kind':'weekly','dow':1,'start_time':'24:00','end_time':'17:00'}]|rules[0].start_time",
                "schedules|'account_id':'name:acme','name':'s','rules':[{'kind':'weekly','dow':1,'start_time':'09:00','end_time':'24:01'}]|rules[0].end_time",
                "schedules|'account_id':'name:acme','name':'s','rules':[{'kind':'date'}]|rules[0].start_date",
                "schedules|'account_id':'name:acme','name':'s','rules':[{'kind':'date','start_date':'2026-02-30'}]|rules[0].start_date",
                "schedules|'account_id':'name:acme','name':'s','rules':[{'kind':'date','start_date':'2026-02-03','end_date':'2026-02-04'}]|rules[0].end_date",
                "schedules|'account_id':'name:acme','name':'s','rules':[{'kind':'date_range','start_date':'2026-02-03','end_date':'2026-02-01'}]|rules[0].end_date",
                "schedules|'account_id':'name:acme','name':'s','rules':[{'kind':'date','start_date':'2026-02-03','is_closed':1,'start_time':'09:00','end_time':'10:00'}]|rules[0].is_closed",
                "schedules|'account_id':'name:acme','name':'s','rules':[{'kind':'weekly','dow':1,'days':2}]|rules[0].days",
                "schedules|'account_id':'name:acme','name':'s','timezone':'Nowhere'|timezone",
                "number-transforms|'account_id':'name:acme','scope_kind':'user','direction':'inbound_dst','match_regex':'1'|scope_kind",
                "number-transforms|'account_id':'name:acme','scope_kind':'trunk','direction':'inbound_dst','match_regex':'1'|scope_id",
                "number-transforms|'account_id':'name:acme','scope_kind':'did','scope_id':'name:4930','direction':'inbound_dst','match_regex':'1'|scope_id",
                "number-transforms|'account_id':'name:acme','scope_kind':'account','match_regex':'1'|direction",
                "number-transforms|'account_id':'name:acme','scope_kind':'account','direction':'inbound_dst','match_regex':'('|match_regex",
                "number-transforms|'account_id':'name:acme','scope_kind':'account','direction':'inbound_dst','match_regex':'1','replacement':'$1'|replacement",
                "numbers|'account_id':'name:acme','e164':'12025550199','dest_kind':'hangup','status':'suspended'|status",
                "numbers|'account_id':'name:acme','e164':'0199','dest_kind':'hangup'|e164",
                "numbers|'account_id':'name:acme','dest_kind':'hangup'|e164",
                "numbers|'account_id':'name:nobody','e164':'12025550199','dest_kind':'hangup'|account_id",
                "numbers|'account_id':'name:acme','e164':'12025550199'|dest_kind",
                "numbers|'account_id':'name:acme','e164':'12025550199','dest_kind':'feature'|dest_kind",
                "numbers|'account_id':'name:acme','e164':'12025550199','dest_kind':'trunk'|dest_id",
                "numbers|'account_id':'name:acme','e164':'12025550199','dest_kind':'trunk','dest_id':'us_00000000000000000000000001'|dest_id",
                "numbers|'account_id':'name:acme','e164':'12025550199','dest_kind':'user','dest_id':'tr_00000000000000000000000001'|dest_id",
                "numbers|'account_id':'name:acme','e164':'12025550199','dest_kind':'hangup','dest_id':'tr_00000000000000000000000001'|dest_id",
                "numbers|'account_id':'name:acme','e164':'12025550199','dest_id':'name:pbx'|dest_id",
                "numbers|'account_id':'name:acme','e164':'12025550199','dest_kind':'hangup','dest_xform':{'sip_code':200}|dest_xform",
                "numbers|'account_id':'name:acme','e164':'12025550199','dest_kind':'hangup','dest_xform':'x'|dest_xform",
                "numbers|'account_id':'name:acme','e164':'12025550199','dest_kind':'hangup','fax_mode':'paper'|fax_mode",
                "numbers|'account_id':'name:acme','e164':'12025550199','dest_kind':'hangup','schedule_id':'name:none'|schedule_id",
                "numbers|'account_id':'name:acme','e164':'12025550199','dest_kind':'hangup','closed_dest_kind':'trunk'|closed_dest_id",
                "numbers|'account_id':'name:acme','e164':'+1 202 555 0123','dest_kind':'hangup'|e164",
                "gadgets|'name':'u'|resource"
            })
    void shouldNameWhatIsWrong(final String collection, final String fields, final String field) throws IOException {
        final Recorder recorder = imported(ACME, PBX, number(""), "{'resource':'" + collection + "'," + fields + "}");

        assertThat(recorder.result.accepted()).isFalse();
        assertThat(recorder.result.problems().kept())
                .as(recorder.result.problems().toString())
                .anySatisfy(problem -> {
                    assertThat(problem.line()).isEqualTo(4);
                    assertThat(problem.field()).isEqualTo(field);
                    assertThat(problem.rule()).isNotBlank();
                    assertThat(problem.mend()).isNotBlank();
                });
        assertThat(recorder.events).doesNotContain("finish");
        assertThat(recorder.events.contains("abandon"))
                .as("whatever was begun is abandoned")
                .isEqualTo(!recorder.events.isEmpty());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sip.example.com|must be an IP address with an optional port, for host names are not looked up",
                "sip.example.com:5080|must be an IP address with an optional port, for host names are not looked up",
                "sip:192.0.2.1|must be an IP address with an optional port, for host names are not looked up",
                "2001:db8::1|must have an IPv6 address in brackets",
                "192.0.2.1:0|must have a port from 1 to 65535 behind the colon",
                "192.0.2.1:sip|must have a port from 1 to 65535 behind the colon",
                "192.0.2.1:70000|must have a port from 1 to 65535 behind the colon",
                "[192.0.2.1]|must be an IP address with an optional port, for host names are not looked up"
            })
    void shouldSayInOneSentenceWhatIsWrongWithAProxy(final String proxy, final String rule) throws IOException {
        final Recorder recorder =
                imported(ACME, "{'resource':'trunks','account_id':'name:acme','name':'pbx','proxy':'" + proxy + "'}");
        assertThat(recorder.result.problems().kept()).singleElement().satisfies(problem -> {
            assertThat(problem.field()).isEqualTo("proxy");
            assertThat(problem.value()).isEqualTo(proxy);
            assertThat(problem.rule()).isEqualTo(rule);
            assertThat(problem.mend()).startsWith("write ").contains(":5060");
        });
    }

    @Test
    void shouldTakeProxiesInNumbers() throws IOException {
        for (final String proxy : new String[] {"192.0.2.1", "192.0.2.1:5080", "[2001:db8::1]", "[2001:db8::1]:5080"}) {
            final Recorder recorder = imported(
                    ACME, "{'resource':'trunks','account_id':'name:acme','name':'pbx','proxy':'" + proxy + "'}");
            assertThat(recorder.result.problems().kept()).as(proxy).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "[]",
                "5",
                "{'resource':'numbers'",
                "{'resource':'accounts','name':'a','name':'b'}",
                "{'resource':'accounts','name':'a'} x",
                "{}",
                "{'resource':5}",
                "{'name':'a','resource':'accounts'"
            })
    void shouldRefuseLinesThatAreNoObjects(final String line) throws IOException {
        final Recorder recorder = imported(ACME, line);

        assertThat(recorder.result.problems().count()).isEqualTo(1);
        assertThat(recorder.result.problems().kept().getFirst().line()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "secret:x:0:0:root|unexpected character",
                "# secret|unexpected character",
                "'secret|it ends too early",
                "{'resource':'accounts','name':'secret'|it ends too early",
                "{'secret':1,'secret':2}|a field is named twice",
                "{'resource':'accounts','name':'a'} secret|unexpected character",
                "{'resource':'accounts','name':'a'} {'secret':1}|something stands behind the object",
                "'secret'|line must be a JSON object",
                "['secret']|line must be a JSON object"
            },
            quoteCharacter = '`')
    void shouldQuoteNothingOfALineThatIsNoObject(final String line, final String fault) throws IOException {
        final Recorder recorder = imported(ACME, line);

        assertThat(recorder.result.problems().kept()).singleElement().satisfies(problem -> assertThat(
                        problem.toString())
                .startsWith("line 2: ")
                .contains(fault)
                .doesNotContain("secret", "root", "resource"));
    }

    @Test
    void shouldNameTheColumnWhereALineCeasesToBeJson() throws IOException {
        final Recorder recorder = imported("{'resource':'accounts', name:'a'}");

        assertThat(recorder.result.problems().toString())
                .contains("line 1: line is not JSON: unexpected character: column=25;");
    }

    @Test
    void shouldNameEveryProblemOfEveryLine() throws IOException {
        final Recorder recorder = imported(
                "{'resource':'accounts','status':'x','timezone':'y','colour':1}",
                ACME,
                "{'resource':'numbers','account_id':'name:acme','e164':'1','dest_kind':'x','fax_mode':'y'}");

        assertThat(recorder.result.problems().kept())
                .extracting(Problem::line)
                .containsExactly(1L, 1L, 1L, 1L, 3L, 3L, 3L);
        assertThat(recorder.result.problems().kept())
                .extracting(Problem::field)
                .containsExactly("name", "status", "timezone", "colour", "e164", "dest_kind", "fax_mode");
        assertThat(recorder.result.problems().toString())
                .contains("line 3: resource=numbers field=e164 value=1: must be an international number");
    }

    @Test
    void shouldKeepTheFirstProblemsAndCountTheRest() throws IOException {
        final String[] lines = new String[NdjsonImport.PROBLEMS_KEPT + 5];
        Arrays.fill(lines, "{");
        final Recorder recorder = imported(lines);

        assertThat(recorder.result.problems().kept()).hasSize(NdjsonImport.PROBLEMS_KEPT);
        assertThat(recorder.result.problems().notKept()).isEqualTo(5);
        assertThat(recorder.result.problems().toString()).endsWith("and 5 more\n");
    }

    @Test
    @DisplayName("R-006 a circle of accounts, and a chain that is too long, are refused")
    void shouldRefuseCirclesAndLongChains() throws IOException {
        final Recorder circle = imported(
                "{'resource':'accounts','name':'a','parent_id':'name:c'}",
                "{'resource':'accounts','name':'b','parent_id':'name:a'}",
                "{'resource':'accounts','name':'c','parent_id':'name:b'}");
        assertThat(circle.result.problems().kept()).extracting(Problem::field).containsOnly("parent_id");

        final List<String> chain = new ArrayList<>(List.of("{'resource':'accounts','name':'a0'}"));
        for (int i = 1; i < 8; i++) {
            chain.add("{'resource':'accounts','name':'a" + i + "','parent_id':'name:a" + (i - 1) + "'}");
        }
        assertThat(imported(chain.toArray(new String[0])).result.accepted()).isTrue();
        chain.add("{'resource':'accounts','name':'a8','parent_id':'name:a7'}");
        assertThat(imported(chain.toArray(new String[0])).result.accepted()).isFalse();
    }

    @Test
    @DisplayName("R-140 rows of trunk-acls are folded into their trunk")
    void shouldFoldAddressRowsIntoTheirTrunk() throws IOException {
        final Recorder recorder =
                imported(ACME, PBX, "{'resource':'trunk-acls','trunk_id':'name:pbx','cidr':'10.0.0.0/8'}");

        assertThat(recorder.result.problems().kept()).isEmpty();
        assertThat(recorder.events).anySatisfy(event -> assertThat(event).contains("\"acl\":[\"10.0.0.0/8\"]"));
    }

    @Test
    void shouldFindNamesInTheOwnAccountFirstAndRefuseAmbiguousOnes() throws IOException {
        final String other = "{'resource':'accounts','name':'other'}";
        final String theirs = PBX.replace("name:acme", "name:other");
        final String third = "{'resource':'accounts','name':'third'}";

        assertThat(imported(ACME, PBX, other, theirs, number("")).result.accepted())
                .isTrue();
        assertThat(imported(ACME, other, theirs, number("")).result.accepted())
                .as("the only trunk of that name is another account's")
                .isTrue();
        assertThat(imported(ACME, PBX, other, theirs, third, number("").replace("name:acme", "name:third"))
                        .result
                        .accepted())
                .as("two accounts have a trunk of that name, the number's has none")
                .isFalse();
    }

    @Test
    void shouldRefuseATargetThatTakesNoCalls() throws IOException {
        final Recorder recorder = imported(ACME, PBX.replace("'name':", "'direction':'inbound','name':"), number(""));
        assertThat(recorder.result.problems().kept()).singleElement().satisfies(problem -> {
            assertThat(problem.field()).isEqualTo("dest_id");
            assertThat(problem.line()).isEqualTo(3);
        });
    }

    @Test
    void shouldTellTransformsApartByWhatTheyBelongTo() throws IOException {
        final String transform = "{'resource':'number-transforms','account_id':'name:acme','scope_kind':'route',"
                + "'scope_id':'name:%s','direction':'outbound_dst','match_regex':'^49','replacement':'0049'}";
        final Recorder recorder = imported(
                ACME,
                PBX,
                transform.replace("%s", "one"),
                transform.replace("%s", "other"),
                "{'resource':'outbound-routes','account_id':'name:acme','name':'one','match_prefix':'4','via':'trunk',"
                        + "'trunk_id':'name:pbx'}",
                "{'resource':'outbound-routes','account_id':'name:acme','name':'other','match_prefix':'5','via':'trunk',"
                        + "'trunk_id':'name:pbx'}",
                number(""));

        assertThat(recorder.result.problems().kept()).isEmpty();
        assertThat(recorder.result.count(ResourceKind.NUMBER_TRANSFORMS)).isEqualTo(2);
    }

    @Test
    void shouldWarnOfWhatHasNoEffectYet() throws IOException {
        final Recorder recorder = imported(
                ACME,
                PBX.replace(
                        "'name':", "'do_register':1,'ping_sec':30,'inbound_auth':'digest','transport':'tls','name':"));

        assertThat(recorder.result.accepted()).isTrue();
        assertThat(recorder.result.warnings().kept())
                .extracting(Problem::field)
                .containsExactly("do_register", "inbound_auth", "ping_sec", "transport");
    }

    @Test
    @DisplayName("booleans may be written as such")
    void shouldTakeBooleans() throws IOException {
        final Recorder recorder = imported(ACME, PBX, number("'allow_anonymous':false"));
        assertThat(recorder.rows.getFirst().allowAnonymous).isFalse();
        assertThat(recorder.events).anySatisfy(event -> assertThat(event).contains("\"allow_anonymous\":0"));
    }

    @Test
    void shouldCopeWithEveryEndOfLineBlankLinesAndAByteOrderMark() throws IOException {
        final String text = "\ufeff" + quoted(ACME) + "\r\n\n  \r\n" + quoted(PBX) + "\n" + quoted(number(""));
        final Recorder recorder = new Recorder();
        final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        recorder.result = NdjsonImport.run(() -> new Trickle(bytes), recorder, ImportProgress.SILENT);

        assertThat(recorder.result.problems().kept()).isEmpty();
        assertThat(recorder.result.lines()).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", " \t\r\n\n  ", "\ufeff", "\ufeff\n"})
    void shouldRefuseAFileWithoutAnyResource(final String text) throws IOException {
        final Recorder recorder = imported(text);

        assertThat(recorder.result.accepted()).isFalse();
        assertThat(recorder.events).isEmpty();
        assertThat(recorder.result.problems().kept()).singleElement().satisfies(problem -> assertThat(
                        problem.toString())
                .startsWith("file has no resource, and an import replaces the whole configuration"));
    }

    @Test
    void shouldNameTheLinesThatAreNotUtf8() throws IOException {
        final String[] lines = {ACME, PBX, number("'label':'B\u00fcro'"), HOURS};
        final byte[] latin = quoted(String.join("\n", lines)).getBytes(StandardCharsets.ISO_8859_1);
        final Recorder recorder = new Recorder();
        recorder.result = NdjsonImport.run(() -> new ByteArrayInputStream(latin), recorder, ImportProgress.SILENT);

        assertThat(recorder.result.problems().kept()).singleElement().satisfies(problem -> assertThat(
                        problem.toString())
                .startsWith("line 3: line is not UTF-8 text: byte=")
                .contains("save the file as UTF-8"));
        assertThat(recorder.events).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE"})
    void shouldRefuseUtf16(final String charset) throws IOException {
        final byte[] bytes = quoted(ACME + "\n" + PBX).getBytes(Charset.forName(charset));
        final Recorder recorder = new Recorder();
        recorder.result = NdjsonImport.run(() -> new ByteArrayInputStream(bytes), recorder, ImportProgress.SILENT);

        assertThat(recorder.result.problems().kept()).extracting(Problem::line).containsExactly(1L, 2L);
        assertThat(recorder.result.problems().kept())
                .allSatisfy(problem -> assertThat(problem.rule()).startsWith("line is not UTF-8 text"));
    }

    @Test
    void shouldRefuseALineThatIsTooLong() throws IOException {
        final String tooLong = "{'resource':'accounts','name':'" + "x".repeat(LineReader.LINE_BYTES_MAX) + "'}";
        final Recorder recorder = imported(ACME, tooLong, PBX);
        assertThat(recorder.result.problems().kept()).singleElement().satisfies(problem -> {
            assertThat(problem.line()).isEqualTo(2);
            assertThat(problem.rule()).contains("262144");
        });
    }

    @Test
    void shouldAbandonWhenTheFileCannotBeRead() {
        final Recorder recorder = new Recorder();
        final byte[] bytes = quoted(ACME).getBytes(StandardCharsets.UTF_8);
        final int[] opened = new int[1];
        assertThatThrownBy(() -> NdjsonImport.run(
                        () -> {
                            if (++opened[0] == 2) {
                                throw new IOException("gone");
                            }
                            return new ByteArrayInputStream(bytes);
                        },
                        recorder,
                        ImportProgress.SILENT))
                .isInstanceOf(IOException.class);
        assertThat(recorder.events).containsExactly("begin 0 1", "abandon");
    }

    private static String number(final String more) {
        return "{'resource':'numbers','account_id':'name:acme','e164':'12025550123','dest_kind':'trunk','dest_id':'name:pbx'"
                + (more.isEmpty() ? "" : "," + more) + "}";
    }

    private static String quoted(final String text) {
        return text.replace('\'', '"');
    }

    private static Recorder imported(final String... lines) throws IOException {
        final byte[] bytes = quoted(String.join("\n", lines)).getBytes(StandardCharsets.UTF_8);
        final Recorder recorder = new Recorder();
        recorder.result = NdjsonImport.run(() -> new ByteArrayInputStream(bytes), recorder, ImportProgress.SILENT);
        return recorder;
    }

    /** Notes what an import writes; resources as the lines that would import them again. */
    private static final class Recorder implements ConfigurationWriter {
        private final List<String> events = new ArrayList<>();
        private final List<NumberRow> rows = new ArrayList<>();
        private ImportResult result;

        @Override
        public void begin(final long numberCount, final long resourceCount) {
            events.add("begin " + numberCount + " " + resourceCount);
        }

        @Override
        public void number(final NumberRow row, final byte[] json) {
            final NumberRow copy = new NumberRow();
            copy.copyFrom(row);
            rows.add(copy);
            resource(ResourceKind.NUMBERS, row.idHigh, row.idLow, json);
        }

        @Override
        public void resource(final ResourceKind kind, final long idHigh, final long idLow, final byte[] json) {
            final String line = new String(json, StandardCharsets.UTF_8);
            events.add("{\"resource\":\"" + kind.collection() + "\"," + line.substring(1));
        }

        @Override
        public void index(final int code, final long high, final long low, final byte[] value) {}

        @Override
        public void finish() {
            events.add("finish");
        }

        @Override
        public void abandon() {
            events.add("abandon");
        }
    }

    /** Gives one byte at a time. */
    private static final class Trickle extends InputStream {
        private final byte[] bytes;
        private int at;

        Trickle(final byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public int read() {
            return at == bytes.length ? -1 : bytes[at++] & 0xff;
        }

        @Override
        public int read(final byte[] into, final int offset, final int length) {
            final int next = read();
            if (next < 0) {
                return -1;
            }
            into[offset] = (byte) next;
            return 1;
        }
    }
}
