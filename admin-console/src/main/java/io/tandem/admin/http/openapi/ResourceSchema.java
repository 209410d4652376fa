package io.tandem.admin.http.openapi;

import io.tandem.admin.http.wire.Json;
import io.tandem.routing.change.HiddenFields;
import io.tandem.routing.model.FieldRule;
import io.tandem.routing.model.FieldType;
import io.tandem.routing.model.ResourceKind;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** The JSON schema of a kind of resource, made of what its reader asks for. */
final class ResourceSchema {
    private ResourceSchema() {}

    /** Name among the components: {@code number-transforms}, {@code policies.acl-rules}. */
    static String name(final ResourceKind kind) {
        return kind.collection().replace('/', '.');
    }

    static ObjectNode of(final ResourceKind kind) {
        final ObjectNode schema = object(kind.fields());
        final ObjectNode properties = (ObjectNode) schema.get("properties");
        for (final String time : List.of("created_at", "updated_at")) {
            properties
                    .putObject(time)
                    .put("type", "integer")
                    .put("readOnly", true)
                    .put("description", "epoch seconds; left out when nobody knows");
        }
        return schema;
    }

    private static ObjectNode object(final List<FieldRule> rules) {
        final ObjectNode schema = Json.object();
        schema.put("type", "object");
        schema.put("additionalProperties", false);
        final ObjectNode properties = schema.putObject("properties");
        for (final FieldRule rule : rules) {
            properties.set(rule.name(), property(rule));
            if (rule.required()
                    && !HiddenFields.isHidden(rule.name())
                    && !rule.name().equals("account_id")) {
                schema.withArray("required").add(rule.name());
            }
        }
        return schema;
    }

    private static ObjectNode property(final FieldRule rule) {
        final ObjectNode schema = Json.object();
        switch (rule.type()) {
            case TEXT -> schema.put("type", "string").put("maxLength", rule.most());
            case INTEGER ->
                schema.put("type", "integer").put("minimum", rule.least()).put("maximum", rule.most());
            case FLAG -> schema.put("type", "integer").put("minimum", 0).put("maximum", 1);
            case WORD -> {
                schema.put("type", "string");
                rule.words().forEach(schema.withArray("enum")::add);
            }
            case NUMBER ->
                schema.put("type", "string").put("description", "E.164, digits only when read; 3 to 15 digits");
            case NUMBERS ->
                schema.put("type", "string")
                        .put(
                                "description",
                                "E.164, digits only when read: a number of 3 to 15 digits, a prefix like 1202555*, or a"
                                        + " range like 12025550100..12025550199");
            case ID ->
                schema.put("type", "string")
                        .put("readOnly", true)
                        .put("description", "ULID behind " + rule.refers().prefix());
            case REFERENCE ->
                schema.put("type", "string")
                        .put(
                                "description",
                                "one of " + rule.refers().collection() + ": identifier, or name: and a name");
            case TEXTS -> schema.put("type", "array").putObject("items").put("type", "string");
            case OBJECTS -> {
                schema.put("type", "array").put("maxItems", rule.most());
                schema.set("items", object(rule.elements()));
            }
            case OBJECT -> schema.put("type", "object");
        }
        if (HiddenFields.isHidden(rule.name())) {
            schema.put("writeOnly", true);
        }
        absent(schema, rule);
        return schema;
    }

    private static void absent(final ObjectNode schema, final FieldRule rule) {
        if (rule.absent() == null || rule.absent().isEmpty()) {
            return;
        }
        if (rule.type() == FieldType.INTEGER || rule.type() == FieldType.FLAG) {
            schema.put("default", Long.parseLong(rule.absent()));
        } else {
            schema.put("default", rule.absent());
        }
    }
}
