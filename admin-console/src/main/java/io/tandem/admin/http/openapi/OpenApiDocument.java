package io.tandem.admin.http.openapi;

import io.tandem.admin.http.media.AudioFormat;
import io.tandem.admin.http.wire.Dialect;
import io.tandem.admin.http.wire.Json;
import io.tandem.admin.http.wire.Route;
import io.tandem.admin.http.wire.Route.Payload;
import io.tandem.routing.model.ResourceKind;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/** The API as an OpenAPI 3.1 document: every route of the server, every kind of resource. */
public final class OpenApiDocument {
    private static final String SCHEMAS = "#/components/schemas/";

    private OpenApiDocument() {}

    /** The document of some routes. */
    public static ObjectNode of(final List<Route> routes) {
        final ObjectNode document = Json.object();
        document.put("openapi", "3.1.0");
        document.putObject("info")
                .put("title", "Tandem management API")
                .put("version", "1")
                .put(
                        "description",
                        "Flags are 0 and 1, times epoch seconds. Problems (RFC 9457) name every wrong field.");
        final ObjectNode paths = document.putObject("paths");
        for (final Route route : routes) {
            final ObjectNode path = paths.withObjectProperty(route.template());
            path.set(route.method().toLowerCase(Locale.ROOT), operation(route));
        }
        final ObjectNode components = document.putObject("components");
        final ObjectNode schemes = components.putObject("securitySchemes");
        schemes.putObject("key").put("type", "apiKey").put("in", "header").put("name", "x-api-key");
        schemes.putObject("bearer").put("type", "http").put("scheme", "bearer");
        final ObjectNode schemas = components.putObject("schemas");
        schemas.set("problem", problem());
        schemas.set("dialects.pbx", DialectSchemas.pbxExtension());
        schemas.set("dialects.voipbin", DialectSchemas.voipbinNumber());
        for (final ResourceKind kind : ResourceKind.values()) {
            schemas.set(ResourceSchema.name(kind), ResourceSchema.of(kind));
        }
        return document;
    }

    private static ObjectNode operation(final Route route) {
        final ObjectNode operation = Json.object();
        operation.put("summary", route.summary());
        operation.put("operationId", operationId(route));
        operation.withArray("tags").add(tag(route));
        if (route.isOpen()) {
            operation.putArray("security");
        } else {
            operation.withArray("security").addObject().putArray("key");
            operation.withArray("security").addObject().putArray("bearer");
            if (!route.scope().isEmpty()) {
                operation.put("description", "Scope: `" + route.scope() + "`.");
            }
        }
        parameters(operation, route);
        if (route.takes() != Payload.NONE) {
            final ObjectNode body = operation.putObject("requestBody");
            body.put("required", true);
            content(body, route.takes(), route);
        }
        final ObjectNode responses = operation.putObject("responses");
        final ObjectNode good = responses.putObject(Integer.toString(route.success()));
        good.put("description", route.gives() == Payload.NONE ? "Done." : "The answer.");
        if (route.gives() != Payload.NONE) {
            content(good, route.gives(), route);
        }
        final ObjectNode bad = responses.putObject("default");
        bad.put("description", "Why not.");
        if (route.dialect() == Dialect.NATIVE) {
            bad.putObject("content")
                    .putObject("application/problem+json")
                    .putObject("schema")
                    .put("$ref", SCHEMAS + "problem");
        }
        return operation;
    }

    private static void parameters(final ObjectNode operation, final Route route) {
        for (final String segment : route.template().split("/", -1)) {
            if (segment.startsWith("{")) {
                operation
                        .withArray("parameters")
                        .addObject()
                        .put("name", segment.substring(1, segment.length() - 1))
                        .put("in", "path")
                        .put("required", true)
                        .putObject("schema")
                        .put("type", "string");
            }
        }
        for (final String name : route.parameters()) {
            operation
                    .withArray("parameters")
                    .addObject()
                    .put("name", name)
                    .put("in", "query")
                    .putObject("schema")
                    .put("type", "string");
        }
    }

    private static void content(final ObjectNode holder, final Payload payload, final Route route) {
        final ObjectNode content = holder.putObject("content");
        switch (payload) {
            case NONE -> throw new IllegalArgumentException("nothing has no content: route=" + route.template());
            case RESOURCE ->
                content.putObject("application/json").putObject("schema").put("$ref", ref(route));
            case PATCH ->
                content.putObject("application/merge-patch+json")
                        .putObject("schema")
                        .put("type", "object");
            case PAGE -> page(content.putObject("application/json").putObject("schema"), route);
            case LIST, OBJECT ->
                content.putObject("application/json").putObject("schema").put("type", "object");
            case NDJSON ->
                content.putObject("application/x-ndjson").putObject("schema").put("type", "string");
            case HTML -> content.putObject("text/html").putObject("schema").put("type", "string");
            case SOUND -> AudioFormat.allMediaTypes().forEach(content::putObject);
        }
    }

    private static void page(final ObjectNode schema, final Route route) {
        schema.put("type", "object");
        final ObjectNode properties = schema.putObject("properties");
        final String list =
                switch (route.dialect()) {
                    case NATIVE -> "data";
                    case PBX -> "extensions";
                    case VOIPBIN -> "result";
                };
        final ObjectNode items = properties.putObject(list).put("type", "array").putObject("items");
        if (route.kind() == null) {
            items.put("type", "object");
        } else {
            items.put("$ref", ref(route));
        }
        if (route.dialect() != Dialect.PBX) {
            properties
                    .putObject(route.dialect() == Dialect.NATIVE ? "next_cursor" : "next_page_token")
                    .withArray("type")
                    .add("string")
                    .add("null");
        }
    }

    private static String ref(final Route route) {
        return switch (route.dialect()) {
            case NATIVE -> SCHEMAS + ResourceSchema.name(route.kind());
            case PBX -> SCHEMAS + "dialects.pbx";
            case VOIPBIN ->
                SCHEMAS
                        + (route.kind() == ResourceKind.NUMBERS
                                ? "dialects.voipbin"
                                : ResourceSchema.name(route.kind()));
        };
    }

    private static String tag(final Route route) {
        if (route.dialect() != Dialect.NATIVE) {
            return route.dialect().word();
        }
        return route.kind() == null ? "appliance" : route.kind().collection();
    }

    private static String operationId(final Route route) {
        final StringBuilder id = new StringBuilder(route.method().toLowerCase(Locale.ROOT));
        for (int i = 0; i < route.template().length(); i++) {
            final char c = route.template().charAt(i);
            if (Character.isLetterOrDigit(c)) {
                id.append(c);
            } else if (id.charAt(id.length() - 1) != '_') {
                id.append('_');
            }
        }
        return id.toString();
    }

    private static ObjectNode problem() {
        final ObjectNode schema = Json.object();
        schema.put("type", "object");
        final ObjectNode properties = schema.putObject("properties");
        for (final String text : List.of("type", "title", "detail", "mend", "scope")) {
            properties.putObject(text).put("type", "string");
        }
        properties.putObject("status").put("type", "integer");
        final ObjectNode error =
                properties.putObject("errors").put("type", "array").putObject("items");
        error.put("type", "object");
        final ObjectNode parts = error.putObject("properties");
        parts.putObject("line").put("type", "integer");
        for (final String text : List.of("field", "value", "rule", "mend")) {
            parts.putObject(text).put("type", "string");
        }
        properties
                .putObject("referrers")
                .put("type", "array")
                .putObject("items")
                .put("type", "string");
        properties.putObject("referrer_count").put("type", "integer");
        return schema;
    }
}
