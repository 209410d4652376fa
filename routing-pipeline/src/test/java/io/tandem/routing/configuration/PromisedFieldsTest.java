package io.tandem.routing.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.routing.model.Problem;
import io.tandem.routing.model.ResourceKind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Fields as they are promised: what they take, what they stand for when they are left out, what they refuse. */
class PromisedFieldsTest {
    private static final String ACME = "{'resource':'accounts','name':'acme'}";
    private static final String PBX =
            "{'resource':'trunks','account_id':'name:acme','name':'pbx','proxy':'127.0.0.3:5080'%s}";
    private static final String NUMBER =
            "{'resource':'numbers','account_id':'name:acme','e164':'12025550123','dest_kind':'trunk','dest_id':'name:pbx'%s}";
    private static final String HOURS = "{'resource':'schedules','account_id':'name:acme','name':'hours','rules':"
            + "[{'kind':'weekly','dow':1,'start_time':'09:00','end_time':'17:00'}]}";

    @Test
    @DisplayName("N-001 a number's identifier is did_ and a ULID in small letters")
    void shouldSpellIdentifiersOfNumbers() throws IOException {
        assertThat(number("")).containsPattern("\"id\":\"did_[0-7][0-9a-hjkmnp-tv-z]{25}\"");
    }

    @Test
    @DisplayName("N-002 what a tenant owns names its account, acc_ and a ULID")
    void shouldNameTheAccount() throws IOException {
        for (final String line : stored(ACME, PBX.replace("%s", ""), HOURS, NUMBER.replace("%s", ""))) {
            if (!line.startsWith("accounts")) {
                assertThat(line).containsPattern("\"account_id\":\"acc_[0-7][0-9a-hjkmnp-tv-z]{25}\"");
            }
        }
    }

    @ParameterizedTest
    @DisplayName("N-003 N-004 R-045 a number is stored in digits, without plus, spaces, dashes and brackets")
    @CsvSource({"12025550123", "+12025550123", "+1 (202) 555-0123", "1-202-555-0123"})
    void shouldStoreDigits(final String written) throws IOException {
        assertThat(stored(ACME, PBX.replace("%s", ""), NUMBER.replace("%s", "").replace("12025550123", written))
                        .getFirst())
                .contains("\"e164\":\"12025550123\"");
    }

    @Test
    @DisplayName("N-005 R-045 a number that another account has is refused")
    void shouldRefuseANumberTwice() throws IOException {
        final List<Problem> problems = problems(
                ACME,
                "{'resource':'accounts','name':'other'}",
                "{'resource':'numbers','account_id':'name:acme','e164':'12025550123','dest_kind':'hangup'}",
                "{'resource':'numbers','account_id':'name:other','e164':'+1 202 555 0123','dest_kind':'hangup'}");
        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.field()).isEqualTo("e164");
            assertThat(problem.line()).isEqualTo(4);
        });
    }

    @Test
    @DisplayName("N-006 a number has a label of its owner's choice")
    void shouldKeepTheLabel() throws IOException {
        assertThat(number(",'label':'Main line \u260e'")).contains("\"label\":\"Main line \u260e\"");
    }

    @ParameterizedTest
    @DisplayName("N-007 R-046 a number is active, disabled or virtual, and nothing else")
    @CsvSource({"active,true", "disabled,true", "virtual,true", "suspended,false", "deleted,false", "Active,false"})
    void shouldTakeStatesOfNumbers(final String status, final boolean taken) throws IOException {
        numberTakes("status", "'" + status + "'", taken);
    }

    @ParameterizedTest
    @DisplayName("N-009 a number has one target: no list, no target without a kind")
    @CsvSource(
            delimiter = '|',
            value = {
                "'dest_kind':['trunk','hangup'],'dest_id':'name:pbx'|dest_kind",
                "'dest_kind':'trunk','dest_id':['name:pbx','name:pbx']|dest_id",
                "'dest_id':'name:pbx'|dest_id",
                "'label':'no target, and no default of the account'|dest_kind"
            })
    void shouldAskForOneTarget(final String fields, final String field) throws IOException {
        assertThat(problems(
                        ACME,
                        PBX.replace("%s", ""),
                        "{'resource':'numbers','account_id':'name:acme','e164':'12025550123'," + fields + "}"))
                .extracting(Problem::field)
                .contains(field);
    }

    @Test
    @DisplayName("N-010 N-038 R-048 a target is a kind, an identifier and variables")
    void shouldKeepTheTarget() throws IOException {
        assertThat(number(",'dest_xform':{'department':'sales','priority':2}"))
                .contains("\"dest_kind\":\"trunk\"")
                .containsPattern("\"dest_id\":\"tr_[0-7][0-9a-hjkmnp-tv-z]{25}\"")
                .contains("\"dest_xform\":{\"department\":\"sales\",\"priority\":2}");
    }

    @ParameterizedTest
    @DisplayName("N-011 N-012 R-049 max_channels is a number of calls, and without it there is no ceiling")
    @CsvSource({"10,true", "0,true", "null,true", "-1,false", "1.5,false", "'''10''',false"})
    void shouldTakeCeilings(final String value, final boolean taken) throws IOException {
        numberTakes("max_channels", value, taken);
        assertThat(number("")).doesNotContain("max_channels");
    }

    @ParameterizedTest
    @DisplayName("N-013 R-050 fax_mode is voice, t38 or passthrough, and nothing else")
    @CsvSource({"voice,true", "t38,true", "passthrough,true", "fax,false", "T38,false"})
    void shouldTakeFaxModes(final String mode, final boolean taken) throws IOException {
        numberTakes("fax_mode", "'" + mode + "'", taken);
    }

    @ParameterizedTest
    @DisplayName("N-014 R-051 allow_anonymous is 0 or 1")
    @CsvSource({"0,true", "1,true", "2,false", "'''yes''',false"})
    void shouldTakeAllowAnonymous(final String value, final boolean taken) throws IOException {
        numberTakes("allow_anonymous", value, taken);
    }

    @Test
    @DisplayName("N-016 N-017 N-018 R-052 a number has a schedule, a target for closed hours and one for holidays")
    void shouldKeepHoursAndWhatTakesTheirPlace() throws IOException {
        final String fields = ",'schedule_id':'name:hours','closed_dest_kind':'trunk','closed_dest_id':'name:pbx',"
                + "'closed_dest_xform':{'a':1},'holiday_dest_kind':'hangup','holiday_dest_xform':{'sip_code':486}";
        assertThat(stored(ACME, PBX.replace("%s", ""), HOURS, NUMBER.replace("%s", fields))
                        .getFirst())
                .containsPattern("\"schedule_id\":\"sch_[0-7][0-9a-hjkmnp-tv-z]{25}\"")
                .containsPattern("\"closed_dest_kind\":\"trunk\",\"closed_dest_id\":\"tr_[0-9a-z]{26}\"")
                .contains("\"closed_dest_xform\":{\"a\":1}")
                .contains("\"holiday_dest_kind\":\"hangup\"")
                .contains("\"holiday_dest_xform\":{\"sip_code\":486}");
    }

    @ParameterizedTest
    @DisplayName("N-036 a kind of target that does not exist is refused")
    @CsvSource({"moon", "Trunk", "'trunk '"})
    void shouldRefuseUnknownKinds(final String kind) throws IOException {
        assertThat(problems(
                        ACME,
                        "{'resource':'numbers','account_id':'name:acme','e164':'12025550123','dest_kind':'" + kind
                                + "'}"))
                .extracting(Problem::field)
                .containsExactly("dest_kind");
    }

    @ParameterizedTest
    @DisplayName("N-037 an identifier of another kind than the target's is refused")
    @CsvSource({"trunk,us_", "user,tr_", "queue,rg_", "flow,did_"})
    void shouldRefuseIdentifiersOfOtherKinds(final String kind, final String prefix) throws IOException {
        assertThat(problems(
                        ACME,
                        "{'resource':'numbers','account_id':'name:acme','e164':'12025550123','dest_kind':'" + kind
                                + "','dest_id':'" + prefix + "00000000000000000000000001'}"))
                .extracting(Problem::field)
                .containsExactly("dest_id");
    }

    @ParameterizedTest
    @DisplayName("R-001 flags are written as 0 and 1")
    @CsvSource({"true,1", "false,0", "1,1", "0,0"})
    void shouldWriteFlagsAsDigits(final String given, final String written) throws IOException {
        assertThat(account(",'is_reseller':" + given)).contains("\"is_reseller\":" + written);
    }

    @Test
    @DisplayName("R-005 an account has a reseller above it, or none")
    void shouldKeepTheParent() throws IOException {
        assertThat(account("")).doesNotContain("parent_id");
        assertThat(stored(ACME, "{'resource':'accounts','name':'below','parent_id':'name:acme'}"))
                .anySatisfy(line -> assertThat(line).containsPattern("\"parent_id\":\"acc_[0-9a-z]{26}\""));
    }

    @ParameterizedTest
    @DisplayName("R-007 an account is active, suspended or closed")
    @CsvSource({"active,true", "suspended,true", "closed,true", "disabled,false"})
    void shouldTakeStatesOfAccounts(final String status, final boolean taken) throws IOException {
        accountTakes("status", "'" + status + "'", taken);
    }

    @ParameterizedTest
    @DisplayName("R-009 is_reseller is 0 or 1")
    @CsvSource({"0,true", "1,true", "2,false"})
    void shouldTakeIsReseller(final String value, final boolean taken) throws IOException {
        accountTakes("is_reseller", value, taken);
    }

    @ParameterizedTest
    @DisplayName("R-010 a time zone is one of the IANA names, UTC if none is given")
    @CsvSource({"Europe/Berlin,true", "America/New_York,true", "Mars/Olympus,false", "+02:00,false"})
    void shouldTakeTimeZones(final String zone, final boolean taken) throws IOException {
        accountTakes("timezone", "'" + zone + "'", taken);
        assertThat(account("")).contains("\"timezone\":\"UTC\"");
    }

    @Test
    @DisplayName("R-011 R-012 a reseller has a brand and its domain")
    void shouldKeepTheBrand() throws IOException {
        assertThat(account(",'brand_name':'Blue','brand_domain':'voice.blue.example'"))
                .contains("\"brand_name\":\"Blue\"", "\"brand_domain\":\"voice.blue.example\"");
    }

    @Test
    @DisplayName("R-017 an account speaks en-US unless it says otherwise")
    void shouldDefaultTheLanguage() throws IOException {
        assertThat(account("")).contains("\"language\":\"en-US\"");
        assertThat(account(",'language':'de-DE'")).contains("\"language\":\"de-DE\"");
    }

    @ParameterizedTest
    @DisplayName("R-018 a voice is male or female")
    @CsvSource({"male,true", "female,true", "robot,false"})
    void shouldTakeVoices(final String voice, final boolean taken) throws IOException {
        accountTakes("voice_gender", "'" + voice + "'", taken);
    }

    @ParameterizedTest
    @DisplayName("R-121 R-122 R-123 R-124 R-126 R-133 a trunk's words")
    @CsvSource({
        "provider,generic,true",
        "provider,carrier,true",
        "provider,other,false",
        "role,carrier,true",
        "role,pbx,true",
        "role,phone,false",
        "direction,inbound,true",
        "direction,outbound,true",
        "direction,both,true",
        "direction,none,false",
        "transport,udp,true",
        "transport,tcp,true",
        "transport,tls,true",
        "transport,wss,false",
        "inbound_auth,ip,true",
        "inbound_auth,register,true",
        "inbound_auth,digest,true",
        "inbound_auth,none,false"
    })
    void shouldTakeTheWordsOfATrunk(final String field, final String word, final boolean taken) throws IOException {
        final String trunk = PBX.replace("%s", ",'" + field + "':'" + word + "'");
        if (taken) {
            assertThat(stored(ACME, trunk).getLast())
                    .contains("\"name\":\"pbx\"", "\"" + field + "\":\"" + word + "\"");
        } else {
            assertThat(problems(ACME, trunk)).extracting(Problem::field).containsExactly(field);
        }
    }

    @ParameterizedTest
    @DisplayName("a transform belongs to an account, a trunk or a number")
    @CsvSource({"account", "trunk", "did"})
    void shouldTakeTheScopesOfTransforms(final String scope) throws IOException {
        final String id = scope.equals("trunk") ? "name:pbx" : "name:12025550123";
        assertThat(stored(
                        ACME,
                        PBX.replace("%s", ""),
                        NUMBER.replace("%s", ""),
                        "{'resource':'number-transforms','account_id':'name:acme','scope_kind':'" + scope + "',"
                                + (scope.equals("account") ? "" : "'scope_id':'" + id + "',")
                                + "'direction':'inbound_dst','match_regex':'1','replacement':'2'}"))
                .anySatisfy(line -> assertThat(line).contains("\"scope_kind\":\"" + scope + "\""));
    }

    private static String account(final String fields) throws IOException {
        return stored(ACME.replace("}", fields + "}")).getFirst();
    }

    private static String number(final String fields) throws IOException {
        return stored(ACME, PBX.replace("%s", ""), NUMBER.replace("%s", fields)).getFirst();
    }

    private static void accountTakes(final String field, final String value, final boolean taken) throws IOException {
        final String line = ACME.replace("}", ",'" + field + "':" + value + "}");
        if (taken) {
            assertThat(stored(line).getFirst()).contains("\"" + field + "\":" + value.replace('\'', '"'));
        } else {
            assertThat(problems(line)).extracting(Problem::field).containsExactly(field);
        }
    }

    private static void numberTakes(final String field, final String value, final boolean taken) throws IOException {
        if (!taken) {
            assertThat(problems(ACME, PBX.replace("%s", ""), NUMBER.replace("%s", ",'" + field + "':" + value)))
                    .extracting(Problem::field)
                    .containsExactly(field);
        } else if (value.equals("null")) {
            assertThat(number(",'" + field + "':null")).doesNotContain(field);
        } else {
            assertThat(number(",'" + field + "':" + value)).contains("\"" + field + "\":" + value.replace('\'', '"'));
        }
    }

    /** What an import of lines stores, a line each: the collection, then the object; numbers come first. */
    private static List<String> stored(final String... lines) throws IOException {
        final Stored stored = new Stored();
        assertThat(run(stored, lines).problems().kept()).isEmpty();
        return stored.lines;
    }

    private static List<Problem> problems(final String... lines) throws IOException {
        return run(new Stored(), lines).problems().kept();
    }

    private static ImportResult run(final Stored stored, final String... lines) throws IOException {
        final byte[] bytes = String.join("\n", lines).replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        return NdjsonImport.run(() -> new ByteArrayInputStream(bytes), stored, ImportProgress.SILENT);
    }

    private static final class Stored implements ConfigurationWriter {
        private final List<String> lines = new ArrayList<>();

        @Override
        public void begin(final long numberCount, final long resourceCount) {}

        @Override
        public void number(final NumberRow row, final byte[] json) {
            resource(ResourceKind.NUMBERS, row.idHigh, row.idLow, json);
        }

        @Override
        public void resource(final ResourceKind kind, final long idHigh, final long idLow, final byte[] json) {
            lines.add(kind.collection() + " " + new String(json, StandardCharsets.UTF_8));
        }

        @Override
        public void index(final int code, final long high, final long low, final byte[] value) {}

        @Override
        public void finish() {}

        @Override
        public void abandon() {}
    }
}
