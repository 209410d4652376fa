package io.tandem.routing.model;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Limits of a flow's variables, and how JSON becomes such. */
public final class FlowVariables {
    /** Most variables of one run. */
    public static final int COUNT_MAX = 64;

    /** Longest name, bytes. */
    public static final int NAME_BYTES_MAX = 64;

    /** Longest value, bytes of UTF-8; longer ones are cut in front of the character that does not fit. */
    public static final int VALUE_BYTES_MAX = 512;

    static final String NAME_RULE = "a name of 1 to 64 letters, digits, _ - .";

    private FlowVariables() {}

    /** Whether a variable may be called so: 1 to 64 letters (of ASCII), digits, {@code _}, {@code -} and {@code .}. */
    public static boolean isName(final String name) {
        if (name.isEmpty() || name.length() > NAME_BYTES_MAX) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            final char c = name.charAt(i);
            if (!(c >= 'a' && c <= 'z')
                    && !(c >= 'A' && c <= 'Z')
                    && !(c >= '0' && c <= '9')
                    && c != '_'
                    && c != '-'
                    && c != '.') {
                return false;
            }
        }
        return true;
    }

    /** The longest beginning of a value that fits, of whole characters; half characters become question marks. */
    public static String cut(final String value) {
        final byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        int end = Math.min(bytes.length, VALUE_BYTES_MAX);
        while (end < bytes.length && (bytes[end] & 0xc0) == 0x80) {
            end--;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8);
    }

    /**
     * What a hop's {@code *_dest_xform} says, in its order: plain values as text; objects, lists and nulls left out.
     */
    public static Map<String, String> ofHop(final ObjectNode xform) {
        final Map<String, String> variables = new LinkedHashMap<>();
        if (xform != null) {
            xform.propertyStream().forEach(property -> {
                if (isPlain(property.getValue())) {
                    variables.put(property.getKey(), text(property.getValue()));
                }
            });
        }
        return Collections.unmodifiableMap(variables);
    }

    /** A plain value as text; empty for anything else. */
    public static String text(final JsonNode node) {
        return !isPlain(node) ? "" : node.isString() ? node.stringValue() : node.toString();
    }

    static boolean isPlain(final JsonNode node) {
        return node != null && node.isValueNode() && !node.isNull() && !node.isMissingNode();
    }
}
