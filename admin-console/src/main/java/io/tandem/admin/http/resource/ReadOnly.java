package io.tandem.admin.http.resource;

import io.tandem.admin.http.wire.ApiProblem;
import io.tandem.routing.model.Problem;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Fields that the appliance sets: taken back unchanged, so that get, modify, put works (D17); refused when changed. */
final class ReadOnly {
    private static final List<String> TIMES = List.of(NativeJson.CREATED, NativeJson.UPDATED);

    private ReadOnly() {}

    /**
     * Takes them out of a resource that a client wrote, and puts its identifier there.
     *
     * @param shown the same resource as it is shown now.
     */
    static void settle(
            final ObjectNode written, final ObjectNode shown, final ResourceKind kind, final ResourceId id) {
        final List<Problem> problems = new ArrayList<>();
        final JsonNode given = written.get("id");
        if (Hidden.isGiven(given)
                && !(given.isString() && id.equals(ResourceId.parse(given.stringValue(), kind.prefix())))) {
            problems.add(problem("id", given));
        }
        for (final String field : TIMES) {
            final JsonNode time = written.remove(field);
            if (Hidden.isGiven(time) && !time.equals(shown.get(field)) && !sameNumber(time, shown.get(field))) {
                problems.add(problem(field, time));
            }
        }
        if (!problems.isEmpty()) {
            throw new ApiProblem(400, "the request changes read-only fields").errors(problems);
        }
        written.put("id", id.prefixed(kind));
    }

    private static boolean sameNumber(final JsonNode one, final JsonNode other) {
        return other != null && one.isIntegralNumber() && one.canConvertToLong() && one.longValue() == other.longValue();
    }

    private static Problem problem(final String field, final JsonNode value) {
        return new Problem(
                0, "", field, value.isString() ? value.stringValue() : value.toString(), "is read-only", "leave it out");
    }
}
