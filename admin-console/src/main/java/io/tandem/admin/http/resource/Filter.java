package io.tandem.admin.http.resource;

import io.tandem.admin.http.wire.ApiProblem;
import io.tandem.admin.http.wire.ApiRequest;
import io.tandem.routing.change.HiddenFields;
import io.tandem.routing.change.StoredResource;
import io.tandem.routing.model.FieldRule;
import io.tandem.routing.model.FieldType;
import io.tandem.routing.model.NumberPattern;
import io.tandem.routing.model.Problem;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.number.E164;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which resources of a list are wanted: {@code ?field=value} for any plain field of the schema, all of them together.
 */
final class Filter {
    static final List<String> RESERVED = List.of("limit", "cursor", "format");

    private final Map<FieldRule, String> wanted = new LinkedHashMap<>();

    private Filter() {}

    /** Reads the parameters of a request; names all at once that are none of the kind's. */
    static Filter read(final ApiRequest request, final ResourceKind kind) {
        final Filter filter = new Filter();
        final Map<String, FieldRule> rules = new LinkedHashMap<>();
        kind.fields().forEach(rule -> rules.put(rule.name(), rule));
        final List<Problem> problems = new ArrayList<>();
        for (final String name : request.query().keySet()) {
            final FieldRule rule = rules.get(name);
            final String value = request.parameter(name).orElse("");
            if (RESERVED.contains(name)) {
                continue;
            }
            if (rule == null || !isPlain(rule.type()) || HiddenFields.isHidden(name)) {
                problems.add(
                        new Problem(0, "", name, value, "is not a field that a list can be filtered by", "remove it"));
            } else {
                final String normal = normal(rule, value);
                if (normal == null) {
                    problems.add(new Problem(0, "", name, value, "is no value of this field", "see the schema"));
                } else {
                    filter.wanted.put(rule, normal);
                }
            }
        }
        if (!problems.isEmpty()) {
            throw new ApiProblem(400, "the query has wrong parameters").errors(problems);
        }
        return filter;
    }

    /** The value wanted of a field, or null. */
    String wanted(final String field) {
        for (final Map.Entry<FieldRule, String> entry : wanted.entrySet()) {
            if (entry.getKey().name().equals(field)) {
                return entry.getValue();
            }
        }
        return null;
    }

    boolean matches(final StoredResource stored) {
        if (wanted.isEmpty()) {
            return true;
        }
        final ObjectNode json = NativeJson.of(stored);
        return wanted.entrySet().stream().allMatch(entry -> matches(entry.getKey(), entry.getValue(), json));
    }

    private static boolean matches(final FieldRule rule, final String wanted, final ObjectNode json) {
        final JsonNode node = json.get(rule.name());
        if (node == null) {
            return wanted.isEmpty() || wanted.equals(rule.absent());
        }
        final String value = node.isString() ? node.stringValue() : node.toString();
        final String normal = normal(rule, value);
        return wanted.equals(normal == null ? value : normal);
    }

    static boolean isPlain(final FieldType type) {
        return switch (type) {
            case TEXT, INTEGER, FLAG, WORD, NUMBER, NUMBERS, ID, REFERENCE -> true;
            case TEXTS, OBJECTS, OBJECT -> false;
        };
    }

    /** One spelling for all spellings of a value; null for what cannot be a value of the field. */
    private static String normal(final FieldRule rule, final String value) {
        if (value.isEmpty()) {
            return value;
        }
        return switch (rule.type()) {
            case FLAG ->
                switch (value) {
                    case "1", "true" -> "1";
                    case "0", "false" -> "0";
                    default -> null;
                };
            case INTEGER -> value.matches("-?[0-9]{1,18}") ? Long.toString(Long.parseLong(value)) : null;
            case WORD -> rule.words().contains(value) ? value : null;
            case NUMBER -> {
                final long e164 = E164.parse(value);
                yield e164 == E164.NONE ? null : Long.toString(e164);
            }
            case NUMBERS -> {
                final NumberPattern pattern = NumberPattern.parse(value);
                yield pattern.isThere() ? pattern.text() : null;
            }
            case ID, REFERENCE -> identifier(value, rule.refers());
            case TEXT -> rule.name().endsWith("_id") ? identifierOrText(value) : value;
            case TEXTS, OBJECTS, OBJECT -> null;
        };
    }

    private static String identifier(final String value, final ResourceKind kind) {
        final ResourceId id = ResourceId.parse(value, kind == null ? "" : kind.prefix());
        return id == null ? null : id.ulid();
    }

    private static String identifierOrText(final String value) {
        final ResourceId id = ResourceId.parse(value, "");
        return id == null ? value : id.ulid();
    }
}
