package io.tandem.admin.http.resource;

import io.tandem.admin.http.wire.ApiProblem;
import io.tandem.admin.http.wire.ApiRequest;
import io.tandem.routing.model.Problem;
import java.util.ArrayList;
import java.util.List;

/** Parameters of a query beside those that filter a list. */
final class Parameters {
    private Parameters() {}

    /** Refuses all that a route does not know. */
    static void only(final ApiRequest request, final List<String> known) {
        final List<Problem> problems = new ArrayList<>();
        for (final String name : request.query().keySet()) {
            if (!known.contains(name)) {
                problems.add(new Problem(
                        0, "", name, request.parameter(name).orElse(""), "is not a parameter here", "remove it"));
            }
        }
        if (!problems.isEmpty()) {
            throw new ApiProblem(400, "the query has wrong parameters").errors(problems);
        }
    }

    /** The only parameter that a route knows: 0, when it is not given, or 1. */
    static boolean flag(final ApiRequest request, final String name) {
        only(request, List.of(name));
        final String value = request.parameter(name).orElse("0");
        return switch (value) {
            case "1", "true" -> true;
            case "0", "false" -> false;
            default -> throw ApiProblem.field(name, value, "must be 0 or 1", "leave it out for 0");
        };
    }
}
