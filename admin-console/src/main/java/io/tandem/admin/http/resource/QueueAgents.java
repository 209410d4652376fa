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
import io.tandem.routing.model.Problem;
import io.tandem.routing.model.ResourceKind;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The agents of a queue by themselves: {@code {"data":[...]}}, read and replaced as a whole. */
public final class QueueAgents {
    private static final String PATH = "/v1/queues/{id}/agents";
    private static final String AGENTS = "agents";
    private static final String DATA = "data";

    private final Function<Credential, TenantDesk> desks;
    private final int bodyMax;

    /** Agents of queues; {@code desks} makes a desk for each request. */
    public QueueAgents(final Function<Credential, TenantDesk> desks, final int bodyMax) {
        this.desks = desks;
        this.bodyMax = bodyMax;
    }

    /** What it answers. */
    public List<Route> routes() {
        return List.of(
                route("GET", ":read", "Who serves the queue.", Payload.NONE, this::get),
                route("PUT", ":write", "Sets who serves the queue.", Payload.LIST, this::put));
    }

    private static Route route(
            final String method,
            final String right,
            final String summary,
            final Payload takes,
            final Route.Handler handler) {
        return new Route(
                method,
                PATH,
                Dialect.NATIVE,
                ResourceKind.QUEUES.collection() + right,
                ResourceKind.QUEUES,
                summary,
                takes,
                Payload.LIST,
                200,
                List.of(),
                handler);
    }

    private ApiAnswer get(final ApiRequest request, final Credential who, final Map<String, String> variables) {
        final StoredResource queue = desks.apply(who).require(ResourceKind.QUEUES, variables.get("id"));
        return Preconditions.isUnchanged(request, queue)
                ? ApiAnswer.empty(304).with("ETag", NativeJson.etag(queue))
                : shown(queue);
    }

    private ApiAnswer put(final ApiRequest request, final Credential who, final Map<String, String> variables) {
        final TenantDesk desk = desks.apply(who);
        final StoredResource first = desk.require(ResourceKind.QUEUES, variables.get("id"));
        final String tag = Preconditions.expected(request, first);
        final ArrayNode agents = agents(MediaTypes.object(request, bodyMax));
        return shown(
                tag.isEmpty()
                        ? desk.edit(first, was -> with(was, agents))
                        : desk.replace(first, with(first, agents), tag));
    }

    private static ArrayNode agents(final ObjectNode body) {
        for (final String name : body.propertyNames()) {
            if (!name.equals(DATA)) {
                throw ApiProblem.field(name, body.get(name).toString(), "is not a field here", "remove it");
            }
        }
        final JsonNode agents = body.get(DATA);
        if (agents instanceof ArrayNode list) {
            return list;
        }
        throw new ApiProblem(400, "the request has wrong fields")
                .errors(List.of(new Problem(0, "", DATA, "", "must be a list", "write it in square brackets")));
    }

    private static ObjectNode with(final StoredResource queue, final ArrayNode agents) {
        final ObjectNode fields = Json.stored(queue.resource().json());
        fields.set(AGENTS, agents);
        return fields;
    }

    private static ApiAnswer shown(final StoredResource queue) {
        final ObjectNode body = Json.object();
        final ArrayNode data = body.putArray(DATA);
        Json.stored(queue.resource().json()).path(AGENTS).forEach(data::add);
        return ApiAnswer.json(200, body).with("ETag", NativeJson.etag(queue));
    }
}
