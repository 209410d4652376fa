package io.tandem.admin.http.openapi;

import io.tandem.admin.http.wire.Json;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Schemas of the shapes that the other dialects have of their own. */
final class DialectSchemas {
    private DialectSchemas() {}

    static ObjectNode pbxExtension() {
        final ObjectNode schema = Json.object();
        schema.put("type", "object");
        final ObjectNode properties = schema.putObject("properties");
        texts(properties, List.of("id", "number", "name"));
        words(properties, "type", List.of("user", "conference", "parking", "paging"));
        words(properties, "status", List.of("available", "busy", "away", "dnd", "offline"));
        texts(properties, List.of("callerIdName", "callerIdNumber"));
        flags(properties, List.of("voicemailEnabled", "forwardingEnabled"));
        properties.putObject("registeredDevices").put("type", "integer");
        properties.putObject("forwardingNumber").put("type", "string").put("writeOnly", true);
        properties
                .putObject("forwardingRingTimeout")
                .put("type", "integer")
                .put("minimum", 5)
                .put("maximum", 60)
                .put("default", 20)
                .put("writeOnly", true);
        final ObjectNode credentials = properties.putObject("sipCredentials");
        credentials.put("type", "object").put("readOnly", true);
        texts(credentials.putObject("properties"), List.of("username", "password", "domain"));
        schema.withArray("required").add("number").add("name");
        return schema;
    }

    static ObjectNode voipbinNumber() {
        final ObjectNode schema = Json.object();
        schema.put("type", "object");
        final ObjectNode properties = schema.putObject("properties");
        texts(properties, List.of("id", "number"));
        words(properties, "type", List.of("normal", "virtual"));
        texts(properties, List.of("call_flow_id", "message_flow_id", "name", "detail"));
        words(properties, "status", List.of("active", "purchase-pending", "suspended", "deleted"));
        flags(properties, List.of("t38_enabled", "emergency_enabled"));
        texts(properties, List.of("tm_create", "tm_update", "tm_delete"));
        flags(properties.putObject("metadata").put("type", "object").putObject("properties"), List.of("rtp_debug"));
        return schema;
    }

    private static void texts(final ObjectNode properties, final List<String> names) {
        names.forEach(name -> properties.putObject(name).put("type", "string"));
    }

    private static void flags(final ObjectNode properties, final List<String> names) {
        names.forEach(name -> properties.putObject(name).put("type", "boolean"));
    }

    private static void words(final ObjectNode properties, final String name, final List<String> words) {
        words.forEach(properties.putObject(name).put("type", "string").withArray("enum")::add);
    }
}
