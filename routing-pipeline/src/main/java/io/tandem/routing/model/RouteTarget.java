package io.tandem.routing.model;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where a call goes next: {@code *_dest_kind}, {@code *_dest_id}, {@code *_dest_xform}; of a user {@code fwd_*_kind} and so on.
 *
 * @param id {@link ResourceId#NIL} for kinds without one.
 * @param feature the code of a {@link FeatureCode}, with its digits; empty for other kinds.
 * @param xform small JSON object of variables for this hop, or null.
 */
public record RouteTarget(TargetKind kind, ResourceId id, String feature, ObjectNode xform) {
    /** No target. */
    public static final RouteTarget NONE = new RouteTarget(TargetKind.NONE, ResourceId.NIL, "", null);

    private static final String SIP_CODE = "sip_code";
    private static final int XFORM_MAX = 1024;

    /**
     * Reads the three fields behind a prefix ({@code ""}, {@code "closed_"}, {@code "holiday_"}, {@code "did_default_"}).
     */
    public static RouteTarget read(final Fields fields, final String prefix, final ResourceId account) {
        return readAt(fields, prefix + "dest", account, TargetPlace.NUMBER);
    }

    /** Reads the target of an extension, which alone may be a feature. */
    static RouteTarget readOfExtension(final Fields fields, final ResourceId account) {
        return readAt(fields, "dest", account, TargetPlace.EXTENSION);
    }

    /** Reads {@code stem_kind}, {@code stem_id} and {@code stem_xform}. */
    static RouteTarget readStem(final Fields fields, final String stem, final ResourceId account) {
        return readAt(fields, stem, account, TargetPlace.ELSEWHERE);
    }

    private static RouteTarget readAt(
            final Fields fields, final String stem, final ResourceId account, final TargetPlace place) {
        fields.noteTarget(stem, place.words());
        final String kindField = stem + "_kind";
        final String idField = stem + "_id";
        final String word = fields.text(kindField, null);
        final ObjectNode xform = readXform(fields, stem + "_xform");
        if (word == null) {
            for (final String beside : List.of(idField, stem + "_xform")) {
                if (fields.given(beside)) {
                    fields.refuse(beside, "needs " + kindField + " beside it", "give both or neither");
                }
            }
            return NONE;
        }
        final TargetKind kind = TargetKind.ofWord(word);
        if (kind == null) {
            fields.refuse(kindField, "must be one of the route target kinds", "see docs/configuration-model.md");
            return NONE;
        }
        if (!place.takes(kind)) {
            fields.given(idField);
            fields.refuse(kindField, "is for extensions only", "choose another kind");
            return new RouteTarget(kind, ResourceId.NIL, "", xform);
        }
        final ResourceId id =
                switch (kind) {
                    case HANGUP -> none(fields, idField);
                    case FEATURE -> ResourceId.NIL;
                    default -> fields.requiredReference(idField, kind.resources(), account);
                };
        checkSipCode(fields, stem + "_xform", kind, xform);
        return new RouteTarget(kind, id, kind == TargetKind.FEATURE ? feature(fields, idField) : "", xform);
    }

    /** Writes the three fields, those that are given. */
    void write(final CanonicalJson json, final String prefix) {
        writeStem(json, prefix + "dest");
    }

    /** Writes {@code stem_kind}, {@code stem_id} and {@code stem_xform}, those that are given. */
    void writeStem(final CanonicalJson json, final String stem) {
        if (kind != TargetKind.NONE) {
            json.text(stem + "_kind", kind.word());
            json.id(stem + "_id", id, kind.prefix());
            json.text(stem + "_id", feature);
            json.object(stem + "_xform", xform);
        }
    }

    /** Reports a target that takes no calls, or belongs to somebody else; trunks may, for resellers share theirs. */
    void checkStem(final Fields fields, final String stem, final ResourceId account, final Resources others) {
        checkVariables(fields, stem + "_xform");
        if (kind != TargetKind.TRUNK) {
            Ownership.check(fields, stem + "_id", kind.resources(), id, account, others);
        } else if (others.find(ResourceKind.TRUNKS, id) instanceof Trunk trunk
                && trunk.direction() == TrunkDirection.INBOUND) {
            fields.refuse(stem + "_id", "names a trunk that takes no calls", "give it direction both or outbound");
        }
    }

    /** The same behind a prefix, as for {@link #read}. */
    void check(final Fields fields, final String prefix, final ResourceId account, final Resources others) {
        checkStem(fields, prefix + "dest", account, others);
    }

    /** The code that a {@code hangup} answers with, or 0 for the usual one. */
    public int sipCode() {
        final JsonNode code = xform == null ? null : xform.get(SIP_CODE);
        return kind == TargetKind.HANGUP && code != null ? code.intValue() : 0;
    }

    /** The code that a {@code hangup} with these variables answers with, or 0 for the usual one. */
    public static int sipCode(final Map<String, String> variables) {
        final String code = variables.get(SIP_CODE);
        return code == null ? 0 : Integer.parseInt(code);
    }

    private static String feature(final Fields fields, final String field) {
        final String text = fields.text(field, "");
        if (text.isEmpty() && !fields.given(field)) {
            fields.refuse(field, "is required for this kind", "give a feature code like *97");
        } else if (FeatureCode.of(text) == null) {
            fields.refuse(field, "must be a feature code", "give one of " + FeatureCode.spellings());
        }
        return text;
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

    /** Reports what a hop would drop or cut. */
    private void checkVariables(final Fields fields, final String field) {
        if (xform == null) {
            return;
        }
        if (xform.size() > FlowVariables.COUNT_MAX) {
            fields.refuse(field, "must have at most " + FlowVariables.COUNT_MAX + " entries", "drop some");
        }
        for (final Map.Entry<String, JsonNode> variable : xform.properties()) {
            if (!FlowVariables.isName(variable.getKey())) {
                fields.refuse(
                        field,
                        "must have " + FlowVariables.NAME_RULE + " before each colon: " + variable.getKey(),
                        "correct it");
            } else if (!FlowVariables.isPlain(variable.getValue())) {
                fields.refuse(
                        field, "must have plain values: " + variable.getKey(), "write a text, a number, true or false");
            } else if (FlowVariables.text(variable.getValue()).getBytes(StandardCharsets.UTF_8).length
                    > FlowVariables.VALUE_BYTES_MAX) {
                fields.refuse(
                        field,
                        "must have values of at most " + FlowVariables.VALUE_BYTES_MAX + " bytes: " + variable.getKey(),
                        "shorten it");
            }
        }
    }

    private static void checkSipCode(
            final Fields fields, final String field, final TargetKind kind, final ObjectNode xform) {
        final JsonNode code = xform == null || kind != TargetKind.HANGUP ? null : xform.get(SIP_CODE);
        if (code != null
                && (!code.isIntegralNumber()
                        || !code.canConvertToInt()
                        || code.intValue() < 400
                        || code.intValue() > 699)) {
            fields.refuse(field, "sip_code must be a whole number from 400 to 699", "leave it out to answer 603");
            xform.remove(SIP_CODE);
        }
    }
}
