package io.tandem.routing.flow;

import io.tandem.routing.model.FlowVariables;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON between variables and servers. */
final class AnswerVariables {
    private static final JsonMapper MAPPER = new JsonMapper();

    private AnswerVariables() {}

    /** Variables as a JSON object, in the order of their names in the node. */
    static String object(final FlowRun run, final List<String> names) {
        final Map<String, String> object = new LinkedHashMap<>();
        names.forEach(name -> object.put(name, run.get(name)));
        return MAPPER.writeValueAsString(object);
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
