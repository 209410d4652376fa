package io.tandem.routing.model;

import java.util.List;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Turns JSON into resources: strictly from files, trustingly from what was checked before. Any thread. */
public final class ResourceReader {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private ResourceReader() {}

    /**
     * The object that some bytes spell.
     *
     * @return null if they spell a value of another kind.
     * @throws JacksonException if they are not JSON, name a field twice, or have something behind the value.
     */
    public static ObjectNode object(final byte[] json, final int offset, final int length) {
        final JsonNode node = MAPPER.readTree(json, offset, length);
        return node instanceof ObjectNode object ? object : null;
    }

    /** A stored account, or null if it cannot be read. */
    public static Account account(final byte[] json) {
        return stored(json, ResourceKind.ACCOUNTS, Account::read);
    }

    /** A stored trunk, or null if it cannot be read. */
    public static Trunk trunk(final byte[] json) {
        return stored(json, ResourceKind.TRUNKS, Trunk::read);
    }

    /** A stored schedule, or null if it cannot be read. */
    public static Schedule schedule(final byte[] json) {
        return stored(json, ResourceKind.SCHEDULES, Schedule::read);
    }

    /** A stored number transform, or null if it cannot be read. */
    public static NumberTransform numberTransform(final byte[] json) {
        return stored(json, ResourceKind.NUMBER_TRANSFORMS, NumberTransform::read);
    }

    /** A stored call flow, or null if it cannot be read. */
    public static Flow flow(final byte[] json) {
        return stored(json, ResourceKind.FLOWS, Flow::read);
    }

    /** A stored number, or null if it cannot be read. */
    public static PhoneNumber number(final byte[] json) {
        return stored(json, ResourceKind.NUMBERS, PhoneNumber::read);
    }

    /** A stored resource with what it refers to, and when it was made and changed. */
    public record Read(Resource resource, List<Reference> references, StoredTimes times) {}

    /** A stored resource of any kind, or null if it cannot be read. */
    public static Read read(final ResourceKind kind, final byte[] json) {
        final Fields[] from = new Fields[1];
        final Resource resource = stored(json, kind, fields -> {
            from[0] = fields;
            return kind.read(fields);
        });
        return resource == null ? null : new Read(resource, from[0].found(), from[0].times());
    }

    /** The account that stored JSON names, or {@link ResourceId#NIL}. */
    public static ResourceId accountOf(final byte[] json) {
        final ObjectNode object = json == null ? null : object(json, 0, json.length);
        final JsonNode account = object == null ? null : object.get("account_id");
        final ResourceId id = account == null || !account.isString()
                ? null
                : ResourceId.parse(account.stringValue(), ResourceKind.ACCOUNTS.prefix());
        return id == null ? ResourceId.NIL : id;
    }

    private static <R> R stored(final byte[] json, final ResourceKind kind, final Function<Fields, R> read) {
        try {
            final ObjectNode object = object(json, 0, json.length);
            if (object == null) {
                return null;
            }
            final Problems problems = new Problems(1);
            final R resource = read.apply(
                    new Fields(object, kind.collection(), 0, References.TRUSTING, problems, new Problems(0)));
            return problems.isEmpty() ? resource : null;
        } catch (final JacksonException e) {
            return null;
        }
    }
}
