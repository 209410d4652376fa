package io.tandem.admin.http.resource;

import io.tandem.admin.http.key.Credential;
import io.tandem.admin.http.wire.ApiAnswer;
import io.tandem.admin.http.wire.ApiProblem;
import io.tandem.admin.http.wire.ApiRequest;
import io.tandem.admin.http.wire.Dialect;
import io.tandem.admin.http.wire.Json;
import io.tandem.admin.http.wire.Route;
import io.tandem.admin.http.wire.Route.Payload;
import io.tandem.routing.change.StoredResource;
import io.tandem.routing.model.Flow;
import io.tandem.routing.model.Problems;
import io.tandem.routing.model.ResourceKind;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;

/**
 * What can be done with a flow beside writing its draft: have calls follow the draft, and have none follow the flow at
 * all.
 */
public final class FlowActions {
    private static final int PROBLEMS_MAX = 1_000;

    private final Function<Credential, TenantDesk> desks;

    /** Actions on flows; {@code desks} makes a desk for each request. */
    public FlowActions(final Function<Credential, TenantDesk> desks) {
        this.desks = desks;
    }

    /** What it answers. */
    public List<Route> routes() {
        return List.of(
                route(
                        "publish",
                        "Has calls follow the draft from now on, under the next version.",
                        FlowActions::publish),
                route("withdraw", "Takes no more calls; the draft and the version stay.", Flow::withdraw));
    }

    private Route route(final String action, final String summary, final UnaryOperator<Flow> change) {
        return new Route(
                "POST",
                "/v1/flows/{id}/" + action,
                Dialect.NATIVE,
                "flows:write",
                ResourceKind.FLOWS,
                summary,
                Payload.NONE,
                Payload.RESOURCE,
                200,
                List.of(),
                (request, who, variables) -> act(request, who, variables, change));
    }

    private ApiAnswer act(
            final ApiRequest request,
            final Credential who,
            final Map<String, String> variables,
            final UnaryOperator<Flow> change) {
        final TenantDesk desk = desks.apply(who);
        final StoredResource was = desk.require(ResourceKind.FLOWS, variables.get("id"));
        final String tag = Preconditions.expected(request, was);
        final Function<StoredResource, ObjectNode> acting =
                flow -> Json.stored(change.apply((Flow) flow.resource()).json());
        final StoredResource now =
                tag.isEmpty() ? desk.edit(was, acting) : desk.replace(was, acting.apply(was), tag);
        return ApiAnswer.json(200, NativeJson.of(now)).with("ETag", NativeJson.etag(now));
    }

    private static Flow publish(final Flow flow) {
        final Problems problems = new Problems(PROBLEMS_MAX);
        final Flow published = flow.publish(problems);
        if (published == null) {
            throw new ApiProblem(400, "the draft cannot be published").errors(problems.kept());
        }
        return published;
    }
}
