package io.tandem.admin.http.pbx;

import io.tandem.admin.http.wire.ApiProblem;
import io.tandem.routing.model.Problem;
import io.tandem.routing.number.E164;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a client sent about an extension, checked; fields that are not known are refused. */
final class PbxBody {
    /** Kinds of extensions. */
    static final List<String> TYPES = List.of("user", "conference", "parking", "paging");

    static final int RING_SEC_USUAL = 20;

    private static final int RING_SEC_MIN = 5;
    private static final int RING_SEC_MAX = 60;
    private static final List<String> TEXTS =
            List.of("number", "name", "type", "callerIdName", "callerIdNumber", "forwardingNumber");
    private static final List<String> READ_ONLY =
            List.of("id", "type", "status", "forwardingEnabled", "registeredDevices");
    private static final List<String> USERS_ONLY =
            List.of("callerIdName", "callerIdNumber", "voicemailEnabled", "forwardingNumber", "forwardingRingTimeout");

    private final ObjectNode given;
    private final PbxNumbers numbers;
    private final List<Problem> problems = new ArrayList<>();

    private PbxBody(final ObjectNode given, final PbxNumbers numbers) {
        this.given = given;
        this.numbers = numbers;
        TEXTS.forEach(field -> demand(field, JsonNode::isString, "must be a text"));
        demand("voicemailEnabled", JsonNode::isBoolean, "must be true or false");
        demand("forwardingRingTimeout", PbxBody::isRingTime, "must be from " + RING_SEC_MIN + " to " + RING_SEC_MAX);
        demand("number", PbxBody::isShort, "must be 2 to 5 digits");
        demand("name", node -> !node.isString() || !node.stringValue().isBlank(), "must not be empty");
        demand("callerIdNumber", this::isNumberOrEmpty, "must be a telephone number");
        demand("forwardingNumber", this::isNumberOrEmpty, "must be a telephone number");
    }

    /** A new extension. */
    static PbxBody ofNew(final ObjectNode given, final PbxNumbers numbers) {
        final PbxBody body = new PbxBody(given, numbers);
        for (final String field : List.of("number", "name")) {
            if (!body.isGiven(field)) {
                body.refuse(field, "is required", "give it a value");
            }
        }
        body.demand(
                "type",
                node -> !node.isString() || TYPES.contains(node.stringValue()),
                "must be one of " + String.join(", ", TYPES));
        final boolean room = TYPES.contains(body.type()) && !body.type().equals("user");
        for (final String field : given.propertyNames()) {
            final boolean known = TEXTS.contains(field) || USERS_ONLY.contains(field);
            if (!known) {
                body.refuse(field, "is not a field of a new extension", "remove it");
            } else if (room && USERS_ONLY.contains(field) && body.isGiven(field)) {
                body.refuse(field, "is for extensions of type user", "remove it");
            }
        }
        body.finish();
        return body;
    }

    /** A change of an extension that is shown as {@code shown}; what is given as it is shown says nothing, right or wrong. */
    static PbxBody ofChange(final ObjectNode given, final ObjectNode shown, final PbxNumbers numbers) {
        final ObjectNode changed = given.deepCopy();
        for (final Map.Entry<String, JsonNode> field : given.properties()) {
            if (field.getValue().equals(shown.get(field.getKey()))) {
                changed.remove(field.getKey());
            }
        }
        final PbxBody body = new PbxBody(changed, numbers);
        final boolean room = !shown.get("type").stringValue().equals("user");
        for (final String field : changed.propertyNames()) {
            if (READ_ONLY.contains(field)) {
                body.refuse(field, "is read-only", "leave it out");
            } else if (!TEXTS.contains(field) && !USERS_ONLY.contains(field)) {
                body.refuse(field, "is not a field of an extension", "remove it");
            } else if (room && USERS_ONLY.contains(field) && body.isGiven(field)) {
                body.refuse(field, "is for extensions of type user", "remove it");
            }
        }
        body.finish();
        return body;
    }

    boolean isGiven(final String field) {
        final JsonNode node = given.get(field);
        return node != null && !node.isNull();
    }

    /** Whether a field is there, be it null, which takes away what it says. */
    boolean isThere(final String field) {
        return given.has(field);
    }

    String text(final String field) {
        return isGiven(field) && given.get(field).isString() ? given.get(field).stringValue() : "";
    }

    /** A telephone number as it is stored, or an empty text. */
    String telephone(final String field) {
        final String text = text(field);
        return text.isEmpty() ? "" : Long.toString(numbers.read(text));
    }

    String type() {
        return isGiven("type") ? text("type") : "user";
    }

    boolean voicemail() {
        return !isGiven("voicemailEnabled") || given.get("voicemailEnabled").asBoolean(true);
    }

    int ringSec() {
        return isGiven("forwardingRingTimeout")
                ? given.get("forwardingRingTimeout").intValue()
                : RING_SEC_USUAL;
    }

    private static boolean isRingTime(final JsonNode node) {
        return node.isIntegralNumber()
                && node.canConvertToInt()
                && node.intValue() >= RING_SEC_MIN
                && node.intValue() <= RING_SEC_MAX;
    }

    private static boolean isShort(final JsonNode node) {
        return !node.isString() || node.stringValue().matches("[0-9]{2,5}");
    }

    private boolean isNumberOrEmpty(final JsonNode node) {
        return !node.isString() || node.stringValue().isEmpty() || numbers.read(node.stringValue()) != E164.NONE;
    }

    private void demand(final String field, final Predicate<JsonNode> right, final String rule) {
        if (isGiven(field) && !right.test(given.get(field))) {
            refuse(field, rule, "see /docs");
        }
    }

    private void refuse(final String field, final String rule, final String mend) {
        final JsonNode node = given.get(field);
        final String value = node == null ? "" : node.isString() ? node.stringValue() : node.toString();
        problems.add(new Problem(0, "", field, value, rule, mend));
    }

    private void finish() {
        if (!problems.isEmpty()) {
            throw new ApiProblem(400, "the extension has wrong fields").errors(problems);
        }
    }
}
