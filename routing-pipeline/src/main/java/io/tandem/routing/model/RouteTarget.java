package io.tandem.routing.model;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where a number points: {@code *_dest_kind}, {@code *_dest_id}, {@code *_dest_xform}.
 *
 * @param id {@link ResourceId#NIL} for kinds without one.
 * @param xform small JSON object of variables for this hop, or null.
 */
public record RouteTarget(TargetKind kind, ResourceId id, ObjectNode xform) {
    /** No target. */
    public static final RouteTarget NONE = new RouteTarget(TargetKind.NONE, ResourceId.NIL, null);

    private static final int XFORM_MAX = 1024;

    /**
     * Reads the three fields behind a prefix ({@code ""}, {@code "closed_"}, {@code "holiday_"}, {@code "did_default_"}).
     */
    public static RouteTarget read(final Fields fields, final String prefix, final ResourceId account) {
        fields.noteTarget(prefix, TargetKind.words());
        final String kindField = prefix + "dest_kind";
        final String idField = prefix + "dest_id";
        final String word = fields.text(kindField, null);
        final ObjectNode xform = readXform(fields, prefix + "dest_xform");
        if (word == null) {
            if (fields.given(idField)) {
                fields.refuse(idField, "needs " + kindField + " beside it", "give both or neither");
            }
            return NONE;
        }
        final TargetKind kind = TargetKind.ofWord(word);
        if (kind == null) {
            fields.refuse(kindField, "must be one of the route target kinds", "see docs/configuration-model.md");
            return NONE;
        }
        final ResourceId id =
                switch (kind) {
                    case HANGUP -> none(fields, idField);
                    case FEATURE -> {
                        fields.refuse(kindField, "is for extensions only", "choose another kind");
                        yield ResourceId.NIL;
                    }
                    default -> named(fields, kindField, idField, kind, account);
                };
        checkSipCode(fields, prefix + "dest_xform", kind, xform);
        return new RouteTarget(kind, id, xform);
    }

    /** Writes the three fields, those that are given. */
    void write(final CanonicalJson json, final String prefix) {
        if (kind != TargetKind.NONE) {
            json.text(prefix + "dest_kind", kind.word());
            json.id(prefix + "dest_id", id, kind.prefix());
            json.object(prefix + "dest_xform", xform);
        }
    }

    /** Reports a target that takes no calls. */
    void check(final Fields fields, final String prefix, final Resources others) {
        if (kind == TargetKind.TRUNK
                && others.find(ResourceKind.TRUNKS, id) instanceof Trunk trunk
                && trunk.direction() == TrunkDirection.INBOUND) {
            fields.refuse(
                    prefix + "dest_id", "names a trunk that takes no calls", "give it direction both or outbound");
        }
    }

    /** The code that a {@code hangup} answers with, or 0 for the usual one. */
    public int sipCode() {
        final JsonNode code = xform == null ? null : xform.get("sip_code");
        return kind == TargetKind.HANGUP && code != null ? code.intValue() : 0;
    }

    private static ResourceId named(
            final Fields fields,
            final String kindField,
            final String idField,
            final TargetKind kind,
            final ResourceId account) {
        if (kind.resources().isBuilt()) {
            return fields.requiredReference(idField, kind.resources(), account);
        }
        if (!fields.given(idField)) {
            fields.refuse(idField, "is required for this kind", "give " + kind.prefix() + " and a ULID");
            return ResourceId.NIL;
        }
        fields.warn(kindField, "is stored, but calls to it are refused until this kind is built");
        return fields.unchecked(idField, kind.prefix());
    }

    private static ResourceId none(final Fields fields, final String field) {
        if (fields.given(field)) {
            fields.refuse(field, "must not be given for hangup", "remove it");
        }
        return ResourceId.NIL;
    }

    private static ObjectNode readXform(final Fields fields, final String field) {
        final ObjectNode xform = fields.object(field);
        if (xform != null && xform.toString().length() > XFORM_MAX) {
            fields.refuse(field, "must have at most " + XFORM_MAX + " characters", "shorten it");
            return null;
        }
        return xform;
    }

    private static void checkSipCode(
            final Fields fields, final String field, final TargetKind kind, final ObjectNode xform) {
        final JsonNode code = xform == null || kind != TargetKind.HANGUP ? null : xform.get("sip_code");
        if (code != null
                && (!code.isIntegralNumber()
                        || !code.canConvertToInt()
                        || code.intValue() < 400
                        || code.intValue() > 699)) {
            fields.refuse(field, "sip_code must be a whole number from 400 to 699", "leave it out to answer 603");
            xform.remove("sip_code");
        }
    }
}
