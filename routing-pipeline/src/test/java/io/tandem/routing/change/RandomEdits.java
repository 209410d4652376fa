package io.tandem.routing.change;

import io.tandem.routing.configuration.Configuration;
import io.tandem.routing.model.FieldRule;
import io.tandem.routing.model.Fields;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.model.ResourceReader;
import io.tandem.routing.model.TargetKind;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Edits that clients might try: resources of every kind made, changed and deleted, with values that are mostly well
 * formed and names and numbers from a small stock, so that they meet.
 */
final class RandomEdits {
    private static final List<String> RELIED_ON = List.of(
            "account_id",
            "parent_id",
            "direction",
            "is_agent",
            "domain",
            "realm",
            "domain_id",
            "did_default_dest_kind",
            "dest_kind",
            "max_virtual_numbers",
            "class",
            "disabled_as",
            "scope_kind",
            "scope_id",
            "trunk_id");
    private static final int STOCK = 12;

    private final SplittableRandom random;

    RandomEdits(final long seed) {
        random = new SplittableRandom(seed);
    }

    /** One to three edits of a configuration. */
    List<Edit> next(final Configuration configuration) {
        final List<Edit> edits = new ArrayList<>();
        for (int count = random.nextInt(1, 4); count > 0; count--) {
            final ResourceKind kind = ResourceKind.values()[random.nextInt(ResourceKind.values().length)];
            final ResourceId id = any(configuration, kind);
            if (id != null) {
                edits.add(edit(configuration, kind, id));
            }
        }
        return edits;
    }

    private Edit edit(final Configuration configuration, final ResourceKind kind, final ResourceId id) {
        final int choice = random.nextInt(20);
        if (choice == 0) {
            return Edit.delete(kind, id, "");
        }
        final byte[] json = configuration.resource(kind, id.high(), id.low());
        final ObjectNode fields = ResourceReader.object(json, 0, json.length);
        fields.remove(List.of(Fields.CREATED_US, Fields.UPDATED_US));
        if (choice <= 4) {
            fields.remove("id");
            final FieldRule name = rule(kind, kind.nameField());
            if (name != null) {
                write(configuration, fields, name);
            }
        }
        for (int count = random.nextInt(1, 4); count > 0; count--) {
            write(configuration, fields, anyRule(kind));
        }
        return choice <= 4 ? Edit.create(kind, fields) : Edit.put(kind, id, fields, "");
    }

    private FieldRule anyRule(final ResourceKind kind) {
        if (random.nextBoolean()) {
            final FieldRule relied = rule(kind, RELIED_ON.get(random.nextInt(RELIED_ON.size())));
            if (relied != null) {
                return relied;
            }
        }
        return kind.fields().get(random.nextInt(kind.fields().size()));
    }

    private static FieldRule rule(final ResourceKind kind, final String name) {
        return kind.fields().stream()
                .filter(rule -> rule.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    private void write(final Configuration configuration, final ObjectNode fields, final FieldRule rule) {
        final String name = rule.name();
        if (random.nextInt(4) == 0 && !rule.required()) {
            fields.remove(name);
            if (name.endsWith("_kind")) {
                fields.remove(stem(name) + "_id");
            }
            return;
        }
        switch (rule.type()) {
            case FLAG -> fields.put(name, random.nextInt(2));
            case WORD -> {
                final String word = rule.words().get(random.nextInt(rule.words().size()));
                fields.put(name, word);
                if (name.endsWith("_kind") && !name.equals("scope_kind")) {
                    target(configuration, fields, stem(name) + "_id", TargetKind.ofWord(word));
                } else if (name.equals("scope_kind")) {
                    scope(configuration, fields, word);
                }
            }
            case INTEGER ->
                fields.put(name, rule.least() + random.nextInt((int) Math.min(rule.most() - rule.least(), 5) + 1));
            case REFERENCE -> {
                final ResourceId id = any(configuration, rule.refers());
                if (id != null) {
                    fields.put(name, id.prefixed(rule.refers()));
                }
            }
            case TEXT -> text(fields, name);
            case NUMBER ->
                fields.put(
                        name,
                        random.nextInt(3) == 0
                                ? "89900100000" + random.nextInt(10)
                                : "1202555010" + random.nextInt(10));
            case NUMBERS -> fields.put(name, pattern());
            case OBJECTS -> objects(configuration, fields.putArray(name), rule.elements());
            default -> {
                // identifiers, free objects and lists of texts stay as they are
            }
        }
    }

    /** A number, a prefix or a range among few numbers. */
    private String pattern() {
        final int n = random.nextInt(10);
        return switch (random.nextInt(6)) {
            case 0 -> "89900100000" + n;
            case 1 -> "1202555".substring(0, 1 + n % 7) + "*";
            case 2 -> "1202555010" + n + "*";
            case 3 -> "1202555010" + n + "..1202555010" + Math.min(9, n + random.nextInt(3));
            case 4 -> "120255501" + n + "0..120255501" + n + "9";
            default -> "1202555010" + n;
        };
    }

    private void text(final ObjectNode fields, final String name) {
        final int n = random.nextInt(STOCK);
        switch (name) {
            case "domain", "realm" -> fields.put(name, "d" + n % 4 + ".test");
            case "digits" -> fields.put(name, "10" + n);
            case "name", "username", "auth_username", "brand_domain", "label" -> fields.put(name, "n" + n);
            default -> {
                // texts with rules of their own stay as they are
            }
        }
    }

    private void objects(final Configuration configuration, final ArrayNode into, final List<FieldRule> rules) {
        for (int count = random.nextInt(3); count > 0; count--) {
            final ObjectNode element = JsonNodeFactory.instance.objectNode();
            rules.stream()
                    .filter(rule -> rule.required() || random.nextInt(3) == 0)
                    .forEach(rule -> write(configuration, element, rule));
            into.add(element);
        }
    }

    private void target(
            final Configuration configuration, final ObjectNode fields, final String field, final TargetKind kind) {
        fields.remove(field);
        final ResourceId id = kind == null || kind.resources() == null ? null : any(configuration, kind.resources());
        if (id != null) {
            fields.put(field, id.prefixed(kind.resources()));
        }
    }

    private void scope(final Configuration configuration, final ObjectNode fields, final String word) {
        final ResourceKind kind =
                switch (word) {
                    case "account" -> ResourceKind.ACCOUNTS;
                    case "user" -> ResourceKind.USERS;
                    case "did" -> ResourceKind.NUMBERS;
                    case "trunk" -> ResourceKind.TRUNKS;
                    case "route" -> ResourceKind.OUTBOUND_ROUTES;
                    default -> null;
                };
        fields.remove("scope_id");
        final ResourceId id = kind == null ? null : any(configuration, kind);
        if (id != null) {
            fields.put("scope_id", id.prefixed(kind));
        }
    }

    private static String stem(final String name) {
        return name.substring(0, name.length() - "_kind".length());
    }

    /** Any resource of a kind, or null. */
    private ResourceId any(final Configuration configuration, final ResourceKind kind) {
        final List<ResourceId> all = ids(configuration, kind);
        return all.isEmpty() ? null : all.get(random.nextInt(all.size()));
    }

    /** All resources of a kind. */
    static List<ResourceId> ids(final Configuration configuration, final ResourceKind kind) {
        final List<ResourceId> all = new ArrayList<>();
        if (kind == ResourceKind.NUMBERS) {
            configuration.forEachNumber(ResourceId.NIL, (high, low) -> all.add(new ResourceId(high, low)));
        } else {
            configuration.forEach(kind, (high, low, json) -> all.add(new ResourceId(high, low)));
        }
        return all;
    }
}
