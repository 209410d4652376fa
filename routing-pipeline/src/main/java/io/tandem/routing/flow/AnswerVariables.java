package io.tandem.routing.flow;

import io.tandem.routing.model.FlowVariables;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** JSON between variables and servers. */
public final class AnswerVariables {
    private static final JsonMapper MAPPER = new JsonMapper();

    private AnswerVariables() {}

    /** Variables as a JSON object, in the order of their names in the node. */
    static String object(final FlowRun run, final List<String> names) {
        final Map<String, String> object = new LinkedHashMap<>();
        names.forEach(name -> object.put(name, run.get(name)));
        return MAPPER.writeValueAsString(object);
    }

    /**
     * Leaves of an answer what a flow looks for in it, so that the core reads no more than that. Any thread.
     *
     * @param pointers what is looked for (RFC 6901).
     * @return JSON in which the same pointers find the same plain values, cut to {@link FlowVariables#VALUE_BYTES_MAX}; null if
     *     the answer is not JSON or longer than {@link FlowInterpreter#ANSWER_MAX}; empty if nothing is looked for.
     */
    public static String prune(final List<String> pointers, final String json) {
        if (pointers.isEmpty()) {
            return "";
        }
        if (json.length() > FlowInterpreter.ANSWER_MAX) {
            return null;
        }
        try {
            final JsonNode answer = MAPPER.readTree(json);
            if (answer.isMissingNode()) {
                return null;
            }
            if (answer.isValueNode()) {
                return MAPPER.writeValueAsString(FlowVariables.cut(FlowVariables.text(answer)));
            }
            final ObjectNode pruned = MAPPER.createObjectNode();
            pointers.forEach(pointer -> keep(pruned, JsonPointer.compile(pointer), answer));
            return pruned.toString();
        } catch (final JacksonException e) {
            return null;
        }
    }

    /** Lists become objects with numbers for names, in which pointers find their way as well. */
    private static void keep(final ObjectNode pruned, final JsonPointer pointer, final JsonNode answer) {
        final String value = FlowVariables.cut(FlowVariables.text(answer.at(pointer)));
        if (value.isEmpty()) {
            return;
        }
        ObjectNode at = pruned;
        JsonPointer rest = pointer;
        while (!rest.tail().matches()) {
            at = at.withObjectProperty(rest.getMatchingProperty());
            rest = rest.tail();
        }
        at.put(rest.getMatchingProperty(), value);
    }

    /**
     * Takes variables out of an answer; what is not there becomes empty.
     *
     * @return whether the answer is JSON and not too long.
     */
    static boolean take(final FlowRun run, final Map<String, JsonPointer> pointers, final String json) {
        if (pointers.isEmpty()) {
            return true;
        }
        if (json.length() > FlowInterpreter.ANSWER_MAX) {
            return false;
        }
        try {
            final JsonNode answer = MAPPER.readTree(json);
            pointers.forEach((variable, pointer) -> run.set(variable, FlowVariables.text(answer.at(pointer))));
            return !answer.isMissingNode();
        } catch (final JacksonException e) {
            return false;
        }
    }
}
