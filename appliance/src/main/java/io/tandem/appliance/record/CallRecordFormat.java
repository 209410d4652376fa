package io.tandem.appliance.record;

import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** How call records are printed, one a line. Field names and their order are the same in both formats. */
public enum CallRecordFormat {
    /** One JSON object a line; a moment that never came is null. */
    NDJSON {
        @Override
        public String header() {
            return "";
        }

        @Override
        public String line(final CallRecordView record) {
            final ObjectNode node = MAPPER.createObjectNode();
            for (final Column column : COLUMNS) {
                switch (column.value().of(record)) {
                    case String text -> node.put(column.name(), text);
                    case Long number -> node.put(column.name(), number);
                    case Integer number -> node.put(column.name(), number);
                    case OptionalLong moment when moment.isPresent() -> node.put(column.name(), moment.getAsLong());
                    default -> node.putNull(column.name());
                }
            }
            node.set(ATTEMPTS, attempts(record));
            return node.toString();
        }
    },

    /** RFC 4180 with a header line; a moment that never came is empty, attempts are the JSON array of the other format. */
    CSV {
        @Override
        public String header() {
            return COLUMNS.stream().map(Column::name).collect(Collectors.joining(",")) + "," + ATTEMPTS;
        }

        @Override
        public String line(final CallRecordView record) {
            return COLUMNS.stream()
                            .map(column -> quoted(text(column.value().of(record))))
                            .collect(Collectors.joining(","))
                    + "," + quoted(attempts(record).toString());
        }
    };

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final String ATTEMPTS = "attempts";

    private static final List<Column> COLUMNS = List.of(
            new Column("call_serial", CallRecordView::callSerial),
            new Column("caller_call_id", CallRecordView::callerCallId),
            new Column("callee_call_id", CallRecordView::calleeCallId),
            new Column("account_id", CallRecordView::accountId),
            new Column("direction", CallRecordView::direction),
            new Column("caller_raw", CallRecordView::callerRaw),
            new Column("caller_presented", CallRecordView::callerPresented),
            new Column("called_raw", CallRecordView::calledRaw),
            new Column("called_presented", CallRecordView::calledPresented),
            new Column("number_id", CallRecordView::numberId),
            new Column("user_id", CallRecordView::userId),
            new Column("ingress_trunk_id", CallRecordView::ingressTrunkId),
            new Column("egress_trunk_id", CallRecordView::egressTrunkId),
            new Column("start_ms", CallRecordView::startMs),
            new Column("progress_ms", CallRecordView::progressMs),
            new Column("ring_ms", CallRecordView::ringMs),
            new Column("answer_ms", CallRecordView::answerMs),
            new Column("end_ms", CallRecordView::endMs),
            new Column("duration_ms", CallRecordView::durationMs),
            new Column("billable_sec", CallRecordView::billableSec),
            new Column("final_status", CallRecordView::finalStatus),
            new Column("q850_cause", CallRecordView::q850Cause),
            new Column("released_by", CallRecordView::releasedBy),
            new Column("cause", CallRecordView::cause),
            new Column("stage", CallRecordView::stage),
            new Column("rule", CallRecordView::rule),
            new Column("revision", CallRecordView::revision),
            new Column("input_index", CallRecordView::inputIndex));

    @FunctionalInterface
    private interface Value {
        Object of(CallRecordView record);
    }

    private record Column(String name, Value value) {}

    /** First line, empty for none. */
    public abstract String header();

    /** A record as one line. */
    public abstract String line(CallRecordView record);

    private static ArrayNode attempts(final CallRecordView record) {
        final ArrayNode attempts = MAPPER.createArrayNode();
        for (final CallRecordView.AttemptView attempt : record.attempts()) {
            final ObjectNode entry = attempts.addObject();
            entry.put("trunk_id", attempt.trunkId());
            entry.put("peer", attempt.peer());
            entry.put("final_status", attempt.finalStatus());
            entry.put("q850_cause", attempt.q850Cause());
            if (attempt.postDialDelayMs().isPresent()) {
                entry.put("post_dial_delay_ms", attempt.postDialDelayMs().getAsLong());
            } else {
                entry.putNull("post_dial_delay_ms");
            }
        }
        return attempts;
    }

    private static String text(final Object value) {
        return value instanceof OptionalLong moment
                ? moment.isPresent() ? Long.toString(moment.getAsLong()) : ""
                : value.toString();
    }

    private static String quoted(final String value) {
        return value.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
                ? '"' + value.replace("\"", "\"\"") + '"'
                : value;
    }
}
