package io.tandem.routing.model;

import io.tandem.routing.number.E164;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the fields of one resource from JSON and reports everything that is wrong with them, never only the first thing.
 * A field that is {@code null} counts as not given. After the last read, {@link #finish()} reports fields that nobody
 * asked for.
 */
public final class Fields {
    /** Most simultaneous calls that a ceiling may allow. */
    public static final int CEILING_MAX = 1_000_000;

    /** What stands for "no ceiling given". */
    public static final int UNLIMITED = -1;

    /** When a resource was made, microseconds since 1970 UTC; kept beside its own fields. */
    public static final String CREATED_US = "created_us";

    /** When a resource was last changed, microseconds since 1970 UTC; kept beside its own fields. */
    public static final String UPDATED_US = "updated_us";

    /** The rule of a field that cannot be left out. */
    static final String REQUIRED = "is required";

    private static final int TEXT_MAX = 255;

    private final ObjectNode object;
    private final String resource;
    private final long line;
    private final References references;
    private final Problems problems;
    private final Problems warnings;
    private final Set<String> read = new LinkedHashSet<>();
    private final Set<String> secrets = new LinkedHashSet<>();
    private final List<Reference> found;
    private final Map<String, FieldRule> rules;
    private final String path;

    /** Fields of one object that stands on {@code line} of a file, 0 if on none. */
    public Fields(
            final ObjectNode object,
            final String resource,
            final long line,
            final References references,
            final Problems problems,
            final Problems warnings) {
        this(object, resource, line, references, problems, warnings, new ArrayList<>(), null, "");
    }

    private Fields(
            final ObjectNode object,
            final String resource,
            final long line,
            final References references,
            final Problems problems,
            final Problems warnings,
            final List<Reference> found,
            final Map<String, FieldRule> rules,
            final String path) {
        this.object = object;
        this.resource = resource;
        this.line = line;
        this.references = references;
        this.problems = problems;
        this.warnings = warnings;
        this.found = found;
        this.rules = rules;
        this.path = path;
        read.add("resource");
        read.add(CREATED_US);
        read.add(UPDATED_US);
    }

    /** What a kind takes: its reader is run over nothing, and what it asks for is noted. */
    static List<FieldRule> describe(final ResourceKind kind) {
        final Map<String, FieldRule> rules = new LinkedHashMap<>();
        kind.read(describing(kind.collection(), rules));
        return List.copyOf(rules.values());
    }

    static Fields describing(final String resource, final Map<String, FieldRule> rules) {
        return new Fields(
                JsonNodeFactory.instance.objectNode(),
                resource,
                0,
                References.TRUSTING,
                new Problems(0),
                new Problems(0),
                new ArrayList<>(),
                rules,
                "");
    }

    /** What the resource refers to, as far as it was read; what was not found is not among them. */
    public List<Reference> found() {
        return List.copyOf(found);
    }

    /** When the resource was made and last changed, if it came from where that is known. */
    public StoredTimes times() {
        return new StoredTimes(time(CREATED_US), time(UPDATED_US));
    }

    private long time(final String field) {
        final JsonNode node = object.get(field);
        return node != null && node.isIntegralNumber() && node.canConvertToLong() ? Math.max(0, node.longValue()) : 0;
    }

    /** Reports a problem with a field. */
    public void refuse(final String field, final String rule, final String mend) {
        if (rules != null && rule.equals(REQUIRED)) { // what nothing at all lacks is always required
            rules.computeIfPresent(field, (name, known) -> known.asRequired());
        }
        problems.add(new Problem(line, resource, path + field, shown(field), rule, mend));
    }

    /** Reports something that is stored but has no effect yet. */
    public void warn(final String field, final String rule) {
        warnings.add(new Problem(line, resource, path + field, shown(field), rule, ""));
    }

    /** Whether a field is there and not null. */
    public boolean given(final String field) {
        read.add(field);
        final JsonNode node = object.get(field);
        return node != null && !node.isNull();
    }

    /** Whether a field is absent, {@code null} or an empty text: what says nothing, and is not wrong by itself. */
    boolean isBlank(final String field) {
        if (!given(field)) {
            return true;
        }
        final JsonNode node = object.get(field);
        return node.isString() && node.stringValue().isEmpty();
    }

    /** A text of at most 255 characters without control characters, or {@code absent}. */
    public String text(final String field, final String absent) {
        return text(field, absent, TEXT_MAX);
    }

    /** The same with another limit on its characters. */
    String text(final String field, final String absent, final int most) {
        note(field, FieldType.TEXT, false, absent, List.of(), 0, most, null, List.of());
        if (!given(field)) {
            return absent;
        }
        final JsonNode node = object.get(field);
        if (!node.isString()) {
            refuse(field, "must be a text", "write it in double quotes");
            return absent;
        }
        final String text = node.stringValue();
        if (text.length() > most) {
            refuse(field, "must have at most " + most + " characters", "shorten it");
            return absent;
        }
        for (int i = 0; i < text.length(); i++) {
            final char c = text.charAt(i);
            if (Character.isISOControl(c)) {
                refuse(field, "must have no control characters", "remove them");
                return absent;
            }
            if (Character.isSurrogate(c)) { // JSON's escapes can say half of a character, UTF-8 cannot
                if (text.codePointAt(i) == c) {
                    refuse(field, "must not hold half of a surrogate pair", "remove it");
                    return absent;
                }
                i++;
            }
        }
        return text;
    }

    /** A text that must be there and not be empty; answers an empty one when it is not. */
    public String required(final String field) {
        note(field, FieldType.TEXT, true, null, List.of(), 1, TEXT_MAX, null, List.of());
        final String text = text(field, null);
        if (text == null && given(field)) {
            return "";
        }
        if (text == null || text.isBlank()) {
            refuse(field, REQUIRED, "give it a value");
            return "";
        }
        return text;
    }

    /** A text that no problem may quote; empty if not given. */
    public String secret(final String field) {
        secrets.add(field);
        return text(field, "");
    }

    /** The name of an entry of the secret store, or an empty text. Whether there is one depends on the machine. */
    String secretReference(final String field) {
        final String name = text(field, "", SecretName.LENGTH_MAX);
        if (!name.isEmpty() && !SecretName.isName(name)) {
            refuse(field, "must be " + SecretName.RULE, "name an entry of the secret store, never the secret itself");
        }
        return name;
    }

    /** A whole number between two bounds, both allowed, or {@code absent}. */
    public int integer(final String field, final int absent, final int least, final int most) {
        note(
                field,
                FieldType.INTEGER,
                false,
                absent == UNLIMITED ? null : Integer.toString(absent),
                List.of(),
                least,
                most,
                null,
                List.of());
        if (!given(field)) {
            return absent;
        }
        final JsonNode node = object.get(field);
        if (!node.isIntegralNumber() || !node.canConvertToInt()) {
            refuse(field, "must be a whole number from " + least + " to " + most, "write it without quotes");
            return absent;
        }
        final int value = node.intValue();
        if (value < least || value > most) {
            refuse(field, "must be from " + least + " to " + most, "choose a value in that range");
            return absent;
        }
        return value;
    }

    /** A ceiling: 0 for none allowed; {@link #UNLIMITED} when not given. */
    public int ceiling(final String field) {
        return integer(field, UNLIMITED, 0, CEILING_MAX);
    }

    /** 0 or 1, or false or true. */
    public boolean flag(final String field, final boolean absent) {
        note(field, FieldType.FLAG, false, absent ? "1" : "0", List.of(), 0, 1, null, List.of());
        if (!given(field)) {
            return absent;
        }
        final JsonNode node = object.get(field);
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        if (node.isIntegralNumber() && node.canConvertToInt() && (node.intValue() & ~1) == 0) {
            return node.intValue() == 1;
        }
        refuse(field, "must be 0 or 1", "write 0 or 1");
        return absent;
    }

    /** One of the words of an enum, which are its names in lower case. */
    public <E extends Enum<E>> E choice(final String field, final Class<E> words, final E absent) {
        note(field, FieldType.WORD, false, absent == null ? null : word(absent), words(words), 0, 0, null, List.of());
        if (!given(field)) {
            return absent;
        }
        final JsonNode node = object.get(field);
        final List<String> allowed = new ArrayList<>();
        for (final E word : words.getEnumConstants()) {
            final String spelled = word(word);
            if (node.isString() && node.stringValue().equals(spelled)) {
                return word;
            }
            allowed.add(spelled);
        }
        refuse(field, "must be one of " + String.join(", ", allowed), "choose one of them");
        return absent;
    }

    /** A choice that must be made; answers null when it is not. */
    public <E extends Enum<E>> E requiredChoice(final String field, final Class<E> words) {
        note(field, FieldType.WORD, true, null, words(words), 0, 0, null, List.of());
        if (!given(field)) {
            refuse(field, REQUIRED, "give it a value");
            return null;
        }
        return choice(field, words, null);
    }

    /** An international number in any usual spelling, as digits, or an empty text. */
    public String number(final String field) {
        note(field, FieldType.NUMBER, false, null, List.of(), 3, 15, null, List.of());
        final String text = text(field, null);
        if (text == null) {
            return "";
        }
        final long number = E164.parse(text);
        if (number == E164.NONE) {
            refuse(field, "must be an international number of 3 to 15 digits", "write it like 12025550123");
            return "";
        }
        return Long.toString(number);
    }

    /** The identifier given, or the one derived from the natural key. */
    public ResourceId identity(final ResourceKind kind, final String naturalKey) {
        note("id", FieldType.ID, false, null, List.of(), 0, 0, kind, List.of());
        final String text = text("id", null);
        if (text == null) {
            return ResourceId.derived(kind, naturalKey);
        }
        final ResourceId id = ResourceId.parse(text, kind.prefix());
        if (id == null || id.isNil()) {
            refuse("id", "must be " + kind.prefix() + " and a ULID, or a UUID", "leave it out to have one derived");
            return ResourceId.derived(kind, naturalKey);
        }
        return id;
    }

    /** A resource of a kind, by identifier or by name; {@link ResourceId#NIL} if not given or not found. */
    public ResourceId reference(final String field, final ResourceKind kind, final ResourceId account) {
        note(field, FieldType.REFERENCE, false, null, List.of(), 0, 0, kind, List.of());
        final String text = text(field, null);
        if (text == null) {
            return ResourceId.NIL;
        }
        final ResourceId id = references.find(kind, text, account);
        if (id == null || id.isNil()) {
            refuse(
                    field,
                    "names nothing among the " + kind.collection(),
                    "give " + kind.prefix() + " and a ULID, or name: and a name, of one that the file contains");
            return ResourceId.NIL;
        }
        found.add(new Reference(path + field, kind, id));
        return id;
    }

    /** A resource that must be given. */
    public ResourceId requiredReference(final String field, final ResourceKind kind, final ResourceId account) {
        note(field, FieldType.REFERENCE, true, null, List.of(), 0, 0, kind, List.of());
        if (!given(field)) {
            refuse(field, REQUIRED, "give " + kind.prefix() + " and a ULID, or name: and a name");
            return ResourceId.NIL;
        }
        return reference(field, kind, account);
    }

    /**
     * Notes that the resource belongs to a group, which is an identifier that no resource has: the group's members can be
     * counted as what refers to it.
     */
    void group(final String field, final ResourceKind kind, final ResourceId group) {
        found.add(new Reference(field, kind, group));
    }

    /**
     * The resource whose bare name a field holds; {@link ResourceId#NIL} if there is none, which is reported, or if the field is
     * empty. Names cannot be followed in what was stored, so that such a field stands beside a reference there.
     */
    public ResourceId named(final String field, final ResourceKind kind, final ResourceId account) {
        final String name = text(field, "");
        if (name.isEmpty()) {
            return ResourceId.NIL;
        }
        final ResourceId id = references.find(kind, References.BY_NAME + name, account);
        if (id == null || id.isNil()) {
            refuse(
                    field,
                    "names nothing among the " + kind.collection(),
                    "give the name of one that the file contains");
            return ResourceId.NIL;
        }
        found.add(new Reference(field, kind, id));
        return id;
    }

    /** The same as {@link #reference}, reported nowhere. */
    ResourceId quietly(final String field, final ResourceKind kind, final ResourceId account) {
        final JsonNode node = object.get(field);
        final ResourceId id =
                node != null && node.isString() ? references.find(kind, node.stringValue(), account) : null;
        return id == null ? ResourceId.NIL : id;
    }

    /** A resource that bears a name, reported nowhere; {@link ResourceId#NIL} if there is none. */
    ResourceId bearer(final ResourceKind kind, final String name, final ResourceId account) {
        final ResourceId id = name.isEmpty() ? null : references.find(kind, References.BY_NAME + name, account);
        return id == null ? ResourceId.NIL : id;
    }

    /**
     * The objects of a list, each read by {@code reader}; empty if not given. What the reader answers null for is left out.
     *
     * @param most most objects that the list may have.
     */
    public <T> List<T> list(final String field, final int most, final Function<Fields, T> reader) {
        if (rules != null) {
            final Map<String, FieldRule> inner = new LinkedHashMap<>();
            final T _ = reader.apply(describing(resource, inner));
            note(field, FieldType.OBJECTS, false, null, List.of(), 0, most, null, List.copyOf(inner.values()));
        }
        final List<T> elements = new ArrayList<>();
        if (!given(field)) {
            return elements;
        }
        final JsonNode node = object.get(field);
        if (!node.isArray()) {
            refuse(field, "must be a list", "write it in square brackets");
            return elements;
        }
        if (node.size() > most) {
            refuse(field, "must have at most " + most + " entries", "merge or drop some");
            return elements;
        }
        for (int i = 0; i < node.size(); i++) {
            if (node.get(i) instanceof ObjectNode element) {
                final T read = reader.apply(inside(field + '[' + i + "].", element));
                if (read != null) {
                    elements.add(read);
                }
            } else {
                refuse(field + '[' + i + ']', "must be an object", "write it in braces");
            }
        }
        return elements;
    }

    /** Fields of an object of a list, for what is found wrong with it later; these ones when there is none. */
    Fields element(final String list, final int index) {
        return object.path(list).get(index) instanceof ObjectNode element
                ? inside(list + '[' + index + "].", element)
                : this;
    }

    /** The texts of a list; empty if not given. */
    public List<String> texts(final String field) {
        note(field, FieldType.TEXTS, false, null, List.of(), 0, 0, null, List.of());
        final List<String> texts = new ArrayList<>();
        if (given(field)) {
            final JsonNode node = object.get(field);
            if (!node.isArray()) {
                refuse(field, "must be a list", "write it in square brackets");
                return texts;
            }
            for (int i = 0; i < node.size(); i++) {
                if (node.get(i).isString()) {
                    texts.add(node.get(i).stringValue());
                } else {
                    refuse(field, "must be a list of texts", "write each element in double quotes");
                }
            }
        }
        return texts;
    }

    /** A small object of names and plain values, or null. */
    public ObjectNode object(final String field) {
        note(field, FieldType.OBJECT, false, null, List.of(), 0, 0, null, List.of());
        if (!given(field)) {
            return null;
        }
        if (object.get(field) instanceof ObjectNode node) {
            return node;
        }
        refuse(field, "must be an object", "write it in braces");
        return null;
    }

    /**
     * Fields of an object anywhere inside this one. Problems are reported for the same line, references noted for the
     * same resource.
     *
     * @param step what leads there, put before the names of its fields: {@code graph.nodes[menu].}
     */
    Fields inside(final String step, final ObjectNode element) {
        return new Fields(element, resource, line, references, problems, warnings, found, null, path + step);
    }

    /** Reports what nobody asked for. */
    public void finish() {
        for (final String name : object.propertyNames()) {
            if (!read.contains(name)) {
                refuse(name, "is not a field of this resource", "remove it or correct its name");
            }
        }
    }

    /** Notes the three fields of a route target. */
    void noteTarget(final String stem, final List<String> kinds) {
        note(stem + "_kind", FieldType.WORD, false, null, kinds, 0, 0, null, List.of());
        note(stem + "_id", FieldType.TEXT, false, null, List.of(), 0, TEXT_MAX, null, List.of());
        note(stem + "_xform", FieldType.OBJECT, false, null, List.of(), 0, 0, null, List.of());
    }

    void note(
            final String field,
            final FieldType type,
            final boolean required,
            final String absent,
            final List<String> words,
            final long least,
            final long most,
            final ResourceKind refers,
            final List<FieldRule> elements) {
        if (rules != null) {
            rules.putIfAbsent(
                    field, new FieldRule(field, type, required, absent, words, least, most, refers, elements));
        }
    }

    private static <E extends Enum<E>> List<String> words(final Class<E> words) {
        return Arrays.stream(words.getEnumConstants()).map(Fields::word).toList();
    }

    /** How an enum's value is written. */
    public static String word(final Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private String shown(final String field) {
        final JsonNode node = secrets.contains(field) ? null : object.get(field);
        return node == null ? "" : node.isString() ? node.stringValue() : node.toString();
    }
}
