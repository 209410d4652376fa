package io.tandem.routing.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.routing.model.Problem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What has to hold between users, devices, extensions and the rest, when a file brings them together. */
class TargetImportTest {
    private static final String[] BASE = {
        "{'resource':'accounts','name':'acme'}",
        "{'resource':'accounts','name':'other'}",
        "{'resource':'domains','account_id':'name:acme','domain':'acme.test','is_primary':1}",
        "{'resource':'domains','account_id':'name:other','domain':'other.test'}",
        "{'resource':'users','account_id':'name:acme','username':'alice','is_agent':1}",
        "{'resource':'users','account_id':'name:other','username':'eve','is_agent':1}",
        "{'resource':'devices','account_id':'name:acme','user_id':'name:alice','auth_username':'desk','realm':'acme.test','password':'x'}",
        "{'resource':'extensions','account_id':'name:acme','digits':'1001','dest_kind':'user','dest_id':'name:alice'}",
        "{'resource':'trunks','account_id':'name:acme','name':'carrier','direction':'inbound','acl':['192.0.2.0/24']}"
    };

    @Test
    @DisplayName("what stands in the file's base is taken")
    void shouldTakeTheBase() throws IOException {
        assertThat(problems()).isEmpty();
    }

    @ParameterizedTest
    @DisplayName("N-028 R-021 R-022 R-025 R-036 R-056 names that are taken, in the scope in which they are unique")
    @CsvSource(
            delimiter = '|',
            value = {
                "'resource':'domains','account_id':'name:other','domain':'ACME.test'|domain",
                "'resource':'domains','account_id':'name:acme','domain':'b.test','is_primary':1|is_primary",
                "'resource':'domains','account_id':'name:other','domain':'b.test','is_primary':1|",
                "'resource':'users','account_id':'name:acme','username':'alice'|username",
                "'resource':'users','account_id':'name:other','username':'alice'|",
                "'resource':'devices','account_id':'name:acme','user_id':'name:alice','auth_username':'desk','realm':'acme.test','password':'y'|auth_username",
                "'resource':'devices','account_id':'name:other','user_id':'name:eve','auth_username':'desk','realm':'other.test','password':'y'|",
                "'resource':'extensions','account_id':'name:acme','digits':'1001','dest_kind':'hangup'|digits",
                "'resource':'extensions','account_id':'name:other','digits':'1001','dest_kind':'hangup'|"
            })
    void shouldKeepNamesUnique(final String line, final String field) throws IOException {
        final List<Problem> problems = problems("{" + line + "}");
        if (field == null) {
            assertThat(problems).isEmpty();
        } else {
            assertThat(problems).extracting(Problem::field).containsExactly(field);
        }
    }

    @ParameterizedTest
    @DisplayName("N-037 references lead to what exists, is of the kind, and belongs to the same account")
    @CsvSource(
            delimiter = '|',
            value = {
                "'resource':'devices','account_id':'name:acme','user_id':'name:eve','auth_username':'a','realm':'acme.test','password':'y'|user_id",
                "'resource':'devices','account_id':'name:acme','user_id':'name:alice','auth_username':'a','realm':'other.test','password':'y'|realm",
                "'resource':'devices','account_id':'name:acme','user_id':'name:alice','auth_username':'a','realm':'nowhere.test','password':'y'|realm",
                "'resource':'devices','account_id':'name:acme','user_id':'name:alice','auth_username':'a','realm':'acme.test','domain_id':'name:other.test','password':'y'|realm",
                "'resource':'extensions','account_id':'name:acme','digits':'1','dest_kind':'user','dest_id':'name:eve'|dest_id",
                "'resource':'extensions','account_id':'name:acme','digits':'1','dest_kind':'user','dest_id':'name:nobody'|dest_id",
                "'resource':'extensions','account_id':'name:acme','digits':'1','dest_kind':'queue','dest_id':'name:alice'|dest_id",
                "'resource':'extensions','account_id':'name:acme','digits':'1','dest_kind':'trunk','dest_id':'name:carrier'|dest_id",
                "'resource':'numbers','account_id':'name:acme','e164':'12025550123','dest_kind':'user','dest_id':'name:eve'|dest_id",
                "'resource':'users','account_id':'name:acme','username':'b','fwd_busy_kind':'user','fwd_busy_id':'name:eve'|fwd_busy_id",
                "'resource':'ring-groups','account_id':'name:acme','name':'g','members':[{'user_id':'name:eve'}]|members[0].user_id",
                "'resource':'queues','account_id':'name:acme','name':'q','agents':[{'user_id':'name:eve'}]|agents[0].user_id",
                "'resource':'accounts','name':'third','media_trunk_id':'name:carrier'|media_trunk_id"
            })
    void shouldCheckReferences(final String line, final String field) throws IOException {
        assertThat(problems("{" + line + "}")).extracting(Problem::field).containsOnly(field);
    }

    @Test
    @DisplayName("a user has at most ten devices: the others are refused, each by its line")
    void shouldLimitDevices() throws IOException {
        final String[] devices = IntStream.range(0, 11)
                .mapToObj(
                        i -> "{'resource':'devices','account_id':'name:acme','user_id':'name:alice','auth_username':'d"
                                + i + "','realm':'acme.test','password':'x'}")
                .toArray(String[]::new);
        assertThat(problems(devices)).hasSize(2).extracting(Problem::field).containsOnly("user_id");
        assertThat(problems(IntStream.range(0, 9).mapToObj(i -> devices[i]).toArray(String[]::new)))
                .isEmpty();
    }

    private static List<Problem> problems(final String... more) throws IOException {
        final List<String> lines = new ArrayList<>(List.of(BASE));
        lines.addAll(List.of(more));
        final byte[] file = String.join("\n", lines).replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        return NdjsonImport.check(() -> new ByteArrayInputStream(file), ImportProgress.SILENT)
                .problems()
                .kept();
    }
}
