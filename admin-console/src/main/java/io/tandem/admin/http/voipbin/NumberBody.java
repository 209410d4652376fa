package io.tandem.admin.http.voipbin;

import io.tandem.admin.http.wire.ApiProblem;
import io.tandem.routing.model.PhoneNumber;
import io.tandem.routing.model.Problem;
import io.tandem.routing.number.E164;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a client sent about a number, checked: types of what is known; what is not known is left out of account. */
final class NumberBody {
    private static final List<String> TEXTS =
            List.of("number", "type", "call_flow_id", "message_flow_id", "name", "detail", "status");
    private static final List<String> FLAGS = List.of("t38_enabled", "emergency_enabled");
    private static final List<String> READ_ONLY =
            List.of("id", "number", "type", "tm_create", "tm_update", "tm_delete");
    private static final List<String> NEEDED = List.of("call_flow_id", "message_flow_id", "name", "detail");

    private final ObjectNode given;
    private final List<Problem> problems = new ArrayList<>();

    private NumberBody(final ObjectNode given) {
        this.given = given;
        TEXTS.forEach(field -> demand(field, node -> node.isString(), "must be a text"));
        FLAGS.forEach(field -> demand(field, node -> node.isBoolean(), "must be true or false"));
    }

    /** A new number. */
    static void checkNew(final ObjectNode given) {
        final NumberBody body = new NumberBody(given);
        final String number = body.text("number");
        final String type = body.text("type").isEmpty() ? "normal" : body.text("type");
        if (!type.equals("normal") && !type.equals("virtual")) {
            body.refuse("type", "must be one of normal, virtual", "leave it out for normal");
        }
        body.checkNumber(number, type.equals("virtual"));
        if (!body.text("status").isEmpty() && !body.text("status").equals("active")) {
            body.refuse("status", "must be active for a new number", "leave it out");
        }
        body.finish();
    }

    private void checkNumber(final String number, final boolean virtual) {
        if (!number.startsWith("+")) {
            refuse("number", "must begin with +", "write it like +15551234567");
            return;
        }
        final long e164 = E164.parse(number);
        if (e164 == E164.NONE) {
            refuse("number", "must be an international number of 3 to 15 digits", "write it like +15551234567");
        } else if (virtual != PhoneNumber.isInVirtualRange(e164)) {
            refuse(
                    "number",
                    virtual
                            ? "must be +899 and nine digits for a virtual number"
                            : "is one of the virtual numbers, which are +899 and nine digits",
                    virtual ? "write it like +899100000001" : "give the type virtual");
        }
    }

    /** A change of a number. */
    static void checkChange(final ObjectNode given, final ObjectNode shown) {
        final NumberBody body = new NumberBody(given);
        for (final String field : NEEDED) {
            if (!body.isGiven(field)) {
                body.refuse(field, "is required", "give it as it is to be");
            }
        }
        body.checkReadOnly(shown);
        final String status = body.text("status");
        if (!status.isEmpty()
                && !status.equals(shown.get("status").stringValue())
                && !status.equals("active")
                && !status.equals("suspended")) {
            body.refuse("status", "can be changed to active or suspended only", "leave it out");
        }
        body.finish();
    }

    /** A change of a number's flows only. */
    static void checkFlows(final ObjectNode given) {
        final NumberBody body = new NumberBody(given);
        for (final String field : List.of("call_flow_id", "message_flow_id")) {
            if (!body.isGiven(field)) {
                body.refuse(field, "is required", "give the identifier of a flow, or the nil UUID");
            }
        }
        body.finish();
    }

    /** A change of a number's metadata. */
    static void checkMetadata(final ObjectNode given) {
        final NumberBody body = new NumberBody(given);
        body.demand(VoipbinNumber.RTP_DEBUG, node -> node.isBoolean(), "must be true or false");
        if (!body.isGiven(VoipbinNumber.RTP_DEBUG)) {
            body.refuse(VoipbinNumber.RTP_DEBUG, "is required", "give true or false");
        }
        body.finish();
    }

    private void checkReadOnly(final ObjectNode shown) {
        for (final Map.Entry<String, JsonNode> field : given.properties()) {
            if (READ_ONLY.contains(field.getKey())
                    && !field.getValue().isNull()
                    && !field.getValue().equals(shown.get(field.getKey()))) {
                refuse(field.getKey(), "is read-only", "leave it out");
            }
        }
    }

    private boolean isGiven(final String field) {
        final JsonNode node = given.get(field);
        return node != null && !node.isNull();
    }

    private String text(final String field) {
        final JsonNode node = given.get(field);
        return node != null && node.isString() ? node.stringValue() : "";
    }

    private void demand(final String field, final java.util.function.Predicate<JsonNode> right, final String rule) {
        if (isGiven(field) && !right.test(given.get(field))) {
            refuse(field, rule, "see the schema");
        }
    }

    private void refuse(final String field, final String rule, final String mend) {
        final JsonNode node = given.get(field);
        final String value = node == null ? "" : node.isString() ? node.stringValue() : node.toString();
        problems.add(new Problem(0, "", field, value, rule, mend));
    }

    private void finish() {
        if (!problems.isEmpty()) {
            throw new ApiProblem(400, "the number has wrong fields").errors(problems);
        }
    }
}
