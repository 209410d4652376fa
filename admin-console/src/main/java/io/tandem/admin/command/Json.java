package io.tandem.admin.command;

import io.tandem.admin.view.Refusal;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;

/** Answers as one line of ASCII JSON: snake_case names, lower-case words, ISO 8601 times, null for what is absent. */
final class Json {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .build();

    private Json() {}

    static String of(Answer answer) {
        return answer.failure().isPresent()
                ? error(answer.failure().get(), answer.value())
                : MAPPER.writeValueAsString(answer.value());
    }

    static String error(Refusal refusal) {
        return MAPPER.writeValueAsString(Map.of("error", members(refusal)));
    }

    private static String error(Refusal refusal, Object value) {
        var members = new LinkedHashMap<String, Object>();
        members.put("error", members(refusal));
        members.put("answer", value);
        return MAPPER.writeValueAsString(members);
    }

    private static Map<String, String> members(Refusal refusal) {
        var members = new LinkedHashMap<String, String>();
        members.put("what", refusal.what());
        members.put("mend", refusal.mend());
        return members;
    }
}
