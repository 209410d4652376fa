package io.tandem.appliance.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CallRecordFormatTest {
    private static final CallRecordView RECORD = new CallRecordView(
            7,
            "caller@192.0.2.1",
            "callee@192.0.2.2",
            "acc_1",
            "inbound",
            "\"A, B\" 1",
            "1",
            "2",
            "3",
            "did_1",
            "",
            "tr_1",
            "tr_2",
            1_000,
            OptionalLong.empty(),
            OptionalLong.of(1_200),
            OptionalLong.of(1_500),
            4_000,
            3_000,
            3,
            200,
            16,
            "caller",
            "normal clearing",
            "call",
            "completed",
            5,
            99,
            List.of(
                    new CallRecordView.AttemptView("tr_1", "192.0.2.3:5060", 503, 42, OptionalLong.empty()),
                    new CallRecordView.AttemptView("tr_2", "192.0.2.4:5060", 200, 16, OptionalLong.of(180))));

    @Test
    void shouldHaveTheSameFieldsInBothFormats() {
        final JsonNode json = new JsonMapper().readTree(CallRecordFormat.NDJSON.line(RECORD));
        final List<String> names = List.of(CallRecordFormat.CSV.header().split(",", -1));
        final List<String> values = fields(CallRecordFormat.CSV.line(RECORD));

        assertThat(names).containsExactlyElementsOf(json.propertyNames()).endsWith("attempts");
        assertThat(values).hasSameSizeAs(names);
        for (int i = 0; i < names.size(); i++) {
            final JsonNode value = json.get(names.get(i));
            assertThat(values.get(i))
                    .as(names.get(i))
                    .isEqualTo(value.isNull() ? "" : value.isString() ? value.stringValue() : value.toString());
        }
    }

    @Test
    void shouldTellCauseAndPostDialDelayOfEveryAttemptInCsvToo() {
        final JsonNode attempts = new JsonMapper()
                .readTree(fields(CallRecordFormat.CSV.line(RECORD)).getLast());

        assertThat(attempts.get(0).get("q850_cause").intValue()).isEqualTo(42);
        assertThat(attempts.get(0).get("post_dial_delay_ms").isNull()).isTrue();
        assertThat(attempts.get(1).get("post_dial_delay_ms").intValue()).isEqualTo(180);
    }

    /** Splits a line of RFC 4180. */
    private static List<String> fields(final String line) {
        final List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            final char c = line.charAt(i);
            if (c == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
                field.append(c);
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                fields.add(field.toString());
                field = new StringBuilder();
            } else {
                field.append(c);
            }
        }
        fields.add(field.toString());
        return fields;
    }
}
