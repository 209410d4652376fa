package io.tandem.routing.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.routing.model.ResourceKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ConfigurationModelPageTest {
    private static final Path PAGE = Path.of("..", "docs", "configuration-model.md");

    @Test
    void shouldShowExamplesThatTogetherMakeAConfiguration() throws IOException {
        final String examples = Files.readAllLines(PAGE, StandardCharsets.UTF_8).stream()
                .filter(line -> line.startsWith("{\"resource\""))
                .collect(Collectors.joining("\n"));

        final InMemoryConfiguration configuration = InMemoryConfiguration.of("examples", 1, examples);

        for (final ResourceKind kind : ResourceKind.values()) {
            final int[] count = new int[1];
            configuration.forEach(kind, (high, low, json) -> count[0]++);
            assertThat(count[0]).as(kind.collection()).isPositive();
        }
    }

    @Test
    void shouldNameEveryFieldThatAResourceIsWrittenWith() throws IOException {
        final String page = Files.readString(PAGE, StandardCharsets.UTF_8);
        final InMemoryConfiguration configuration = InMemoryConfiguration.of("fields", 1, """
                {"resource":"accounts","name":"above"}
                {"resource":"accounts","name":"acme","parent_id":"name:above","brand_name":"b","brand_domain":"d","max_in":1,\
                "max_out":1,"max_dialer":1,"default_cid_number":"4930123","voice_gender":"male","max_call_sec":1,\
                "did_default_dest_kind":"hangup","did_default_dest_xform":{"sip_code":486}}
                {"resource":"trunks","account_id":"name:acme","name":"t","proxy":"127.0.0.1","acl":["127.0.0.1"],\
                "auth_username":"a","auth_secret_ref":"a","realm":"a","from_domain":"a","from_user":"a",\
                "inbound_username":"a","inbound_secret_ref":"a","reg_node":"a","max_channels":1,"cid_number":"4930123",\
                "listener":"a","max_call_sec":1,"max_identical_calls":1}
                {"resource":"schedules","account_id":"name:acme","name":"s","timezone":"UTC","rules":[{"kind":"weekly","dow":1,\
                "start_time":"09:00","end_time":"10:00"},{"kind":"date_range","start_date":"2026-01-01",\
                "end_date":"2026-01-02"}]}
                {"resource":"number-transforms","account_id":"name:acme","scope_kind":"account","direction":"inbound_dst",\
                "match_regex":"1","replacement":"2"}
                {"resource":"numbers","account_id":"name:acme","e164":"4930123","label":"l","dest_kind":"trunk",\
                "dest_id":"name:t","dest_xform":{"a":1},"max_channels":1,"schedule_id":"name:s","closed_dest_kind":"trunk",\
                "closed_dest_id":"name:t","closed_dest_xform":{"a":1},"holiday_dest_kind":"trunk",\
                "holiday_dest_id":"name:t","holiday_dest_xform":{"a":1}}
                """);
        for (final ResourceKind kind : ResourceKind.values()) {
            configuration.forEach(kind, (high, low, json) -> fieldNames(json)
                    .forEach(name -> assertThat(page).as(kind.collection()).contains("`" + name + "`")));
        }
    }

    /** Names at any depth but inside of variables, which are the operator's own. */
    private static List<String> fieldNames(final byte[] json) {
        final String text = new String(json, StandardCharsets.UTF_8).replaceAll("_xform\":\\{[^}]*\\}", "_xform\":0");
        return Pattern.compile("\"([a-z0-9_]+)\":")
                .matcher(text)
                .results()
                .map(result -> result.group(1))
                .toList();
    }
}
