package io.tandem.admin.http.resource;

import io.tandem.admin.http.wire.ApiProblem;
import io.tandem.admin.http.wire.Json;
import io.tandem.routing.change.StoredResource;
import io.tandem.routing.model.Fields;
import io.tandem.routing.model.Problem;
import io.tandem.routing.model.Problems;
import io.tandem.routing.model.References;
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

    /** Those of a kind beside the times: what something else than writing the resource changes. */
    static List<String> of(final ResourceKind kind) {
        return kind.read(new Fields(
                        Json.object(), kind.collection(), 0, References.TRUSTING, new Problems(0), new Problems(0)))
                .readOnlyFields();
    }

    /** Refuses them in a new resource. */
    static void refuse(final ObjectNode written, final List<String> fields) {
        final List<Problem> problems = new ArrayList<>();
        for (final List<String> names : List.of(TIMES, fields)) {
            for (final String field : names) {
                if (Json.isGiven(written.get(field))) {
                    problems.add(problem(field, written.get(field)));
                }
            }
        }
        refuse(problems);
    }

    /**
     * Puts them into a resource that a client wrote, as they are stored, and its identifier.
     *
     * @param shown the same resource as it is shown now.
     */
    static void settle(final ObjectNode written, final ObjectNode shown, final StoredResource stored) {
        final List<Problem> problems = new ArrayList<>();
        final ResourceId id = stored.resource().id();
        final JsonNode given = written.get("id");
        if (Json.isGiven(given)
                && !(given.isString()
                        && id.equals(ResourceId.parse(
                                given.stringValue(), stored.kind().prefix())))) {
            problems.add(problem("id", given));
        }
        for (final String field : TIMES) {
            check(written.remove(field), shown.get(field), field, problems);
        }
        for (final String field : stored.resource().readOnlyFields()) {
            check(written.remove(field), shown.get(field), field, problems);
            if (shown.has(field)) {
                written.set(field, shown.get(field));
            }
        }
        refuse(problems);
        written.put("id", id.prefixed(stored.kind()));
    }

    private static void check(
            final JsonNode given, final JsonNode stored, final String field, final List<Problem> problems) {
        if (Json.isGiven(given) && !given.equals(stored) && !sameNumber(given, stored)) {
            problems.add(problem(field, given));
        }
    }

    private static void refuse(final List<Problem> problems) {
        if (!problems.isEmpty()) {
            throw new ApiProblem(400, "the request changes read-only fields").errors(problems);
        }
    }

    private static boolean sameNumber(final JsonNode one, final JsonNode other) {
        return other != null
                && one.isIntegralNumber()
                && one.canConvertToLong()
                && one.longValue() == other.longValue();
    }

    private static Problem problem(final String field, final JsonNode value) {
        return new Problem(
                0,
                "",
                field,
                value.isString() ? value.stringValue() : value.toString(),
                "is read-only",
                "leave it out");
    }
}
