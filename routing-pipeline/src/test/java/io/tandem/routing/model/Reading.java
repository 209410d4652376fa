package io.tandem.routing.model;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads one resource from JSON in single quotes, in account acme; every name leads to the identifier that derives from it. */
public final class Reading {
    /** Whose everything is. */
    public static final ResourceId ACME = ResourceId.derived(ResourceKind.ACCOUNTS, "acme");

    /** Somebody else. */
    public static final ResourceId OTHER = ResourceId.derived(ResourceKind.ACCOUNTS, "other");

    private final Problems problems = new Problems(100);
    private final Problems warnings = new Problems(100);
    private final Fields fields;
    private final Resource resource;

    private Reading(final ResourceKind kind, final String json) {
        final byte[] bytes = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        fields = new Fields(
                ResourceReader.object(bytes, 0, bytes.length),
                kind.collection(),
                1,
                Reading::find,
                problems,
                warnings);
        resource = kind.read(fields);
    }

    /** Reads fields in single quotes, {@code account_id} left out. */
    public static Reading of(final ResourceKind kind, final String json) {
        return new Reading(kind, "{'account_id':'name:acme'" + (json.isEmpty() ? "" : "," + json) + "}");
    }

    /** The same in another account. */
    public static Reading ofOther(final ResourceKind kind, final String json) {
        return new Reading(kind, "{'account_id':'name:other'," + json + "}");
    }

    /** The identifier of a thing by its name, in acme. */
    public static ResourceId id(final ResourceKind kind, final String name) {
        return find(kind, "name:" + name, ACME);
    }

    /** What was read, as it is stored and read again. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // a test knows what it has read
    public <R extends Resource> R resource() {
        if (!problems.isEmpty()) {
            throw new AssertionError(problems.toString());
        }
        return (R) resource;
    }

    /** How it is stored. */
    public String json() {
        return new String(resource().json(), StandardCharsets.UTF_8);
    }

    /** Fields that something is wrong with. */
    public List<String> wrong() {
        final List<String> wrong = new ArrayList<>();
        problems.kept().forEach(problem -> wrong.add(problem.field()));
        return wrong;
    }

    /** Everything that is wrong. */
    public List<Problem> problems() {
        return problems.kept();
    }

    /** Fields that were warned of. */
    public List<String> warned() {
        final List<String> warned = new ArrayList<>();
        warnings.kept().forEach(warning -> warned.add(warning.field()));
        return warned;
    }

    /** Checks it beside others. */
    public Reading check(final Resources others) {
        resource.check(fields, others);
        return this;
    }

    private static ResourceId find(final ResourceKind kind, final String text, final ResourceId account) {
        if (!text.startsWith(References.BY_NAME)) {
            return ResourceId.parse(text, kind.prefix());
        }
        final String name = text.substring(References.BY_NAME.length());
        final String key =
                switch (kind) {
                    case ACCOUNTS, DOMAINS, DEVICES, NUMBERS -> name;
                    default -> Trunk.naturalKey(account, name);
                };
        return ResourceId.derived(kind, key);
    }
}
