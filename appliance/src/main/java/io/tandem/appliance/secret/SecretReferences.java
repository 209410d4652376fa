package io.tandem.appliance.secret;

import io.tandem.routing.model.FieldRule;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.model.ResourceReader;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import tools.jackson.databind.JsonNode;

/**
 * Finds the references to secrets that a stored resource holds: its fields, at any depth, whose names end in
 * {@code _secret_ref}.
 */
public final class SecretReferences {
    private static final String SUFFIX = "_secret_ref";

    /** Kinds that have such fields. */
    public static final List<ResourceKind> KINDS = Arrays.stream(ResourceKind.values())
            .filter(kind -> haveReference(kind.fields()))
            .toList();

    private SecretReferences() {}

    private static boolean haveReference(final List<FieldRule> fields) {
        return fields.stream().anyMatch(field -> field.name().endsWith(SUFFIX) || haveReference(field.elements()));
    }

    /**
     * Visits those of one resource.
     *
     * @param json    as it is stored.
     * @param visitor told of the field, {@code options[2].webhook_secret_ref}, and of the name in it.
     */
    public static void forEach(final byte[] json, final BiConsumer<String, String> visitor) {
        visit("", ResourceReader.object(json, 0, json.length), visitor);
    }

    private static void visit(final String path, final JsonNode node, final BiConsumer<String, String> visitor) {
        if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                visit(path + "[" + i + "].", node.get(i), visitor);
            }
        } else if (node.isObject()) {
            node.properties().forEach(member -> {
                final String field = path + member.getKey();
                if (member.getKey().endsWith(SUFFIX)) {
                    if (!member.getValue().stringValue().isEmpty()) {
                        visitor.accept(field, member.getValue().stringValue());
                    }
                } else if (member.getValue().isContainer()) {
                    visit(member.getValue().isArray() ? field : field + ".", member.getValue(), visitor);
                }
            });
        }
    }
}
