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
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The agents of a queue by themselves: {@code {"data":[...]}}, read and replaced as a whole, and one by one under the
 * user's identifier.
 */
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
                route("GET", PATH, ":read", "Who serves the queue.", Payload.NONE, Payload.LIST, 200, this::get),
                route("PUT", PATH, ":write", "Sets who serves the queue.", Payload.LIST, Payload.LIST, 200, this::put),
                route(
                        "POST",
                        PATH,
                        ":write",
                        "Has a user serve the queue, given as an entry of its agents.",
                        Payload.OBJECT,
                        Payload.OBJECT,
                        201,
                        this::post),
                route(
                        "DELETE",
                        PATH + "/{user_id}",
                        ":write",
                        "Has a user serve the queue no more.",
                        Payload.NONE,
                        Payload.NONE,
                        204,
                        this::delete));
    }

    private static Route route(
            final String method,
            final String template,
            final String right,
            final String summary,
            final Payload takes,
            final Payload gives,
            final int success,
            final Route.Handler handler) {
        return new Route(
                method,
                template,
                Dialect.NATIVE,
                ResourceKind.QUEUES.collection() + right,
                ResourceKind.QUEUES,
                summary,
                takes,
                gives,
                success,
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
        return desk.warning(shown(changed(desk, first, tag, was -> agents)));
    }

    /** The same user may be sent again, with other particulars. */
    private ApiAnswer post(final ApiRequest request, final Credential who, final Map<String, String> variables) {
        final TenantDesk desk = desks.apply(who);
        final StoredResource first = desk.require(ResourceKind.QUEUES, variables.get("id"));
        final String tag = Preconditions.expected(request, first);
        final ObjectNode agent = MediaTypes.object(request, bodyMax);
        final int[] at = new int[1];
        final boolean[] added = new boolean[1];
        final StoredResource now;
        try {
            now = changed(desk, first, tag, was -> {
                final ArrayNode agents = agents(was);
                final int there =
                        indexOf(agents, desk.userOf(was, agent.path("user_id").asString("")));
                at[0] = there < 0 ? agents.size() : there;
                added[0] = there < 0;
                return there < 0 ? agents.add(agent) : agents.set(there, agent);
            });
        } catch (final ApiProblem e) {
            throw e.within(AGENTS + '[' + at[0] + "].");
        }
        final JsonNode made = agents(now).get(at[0]);
        return desk.warning(ApiAnswer.json(added[0] ? 201 : 200, made)
                .with("Location", location(now, made))
                .with("ETag", NativeJson.etag(now)));
    }

    private ApiAnswer delete(final ApiRequest request, final Credential who, final Map<String, String> variables) {
        final TenantDesk desk = desks.apply(who);
        final StoredResource first = desk.require(ResourceKind.QUEUES, variables.get("id"));
        final String tag = Preconditions.expected(request, first);
        final ResourceId user = TenantDesk.identifier(ResourceKind.USERS, variables.get("user_id"));
        changed(desk, first, tag, was -> {
            final ArrayNode agents = agents(was);
            final int there = indexOf(agents, user);
            if (there < 0) {
                throw ApiProblem.notFound("the agent " + user.prefixed(ResourceKind.USERS) + " of the queue");
            }
            agents.remove(there);
            return agents;
        });
        return ApiAnswer.empty(204);
    }

    private static StoredResource changed(
            final TenantDesk desk,
            final StoredResource first,
            final String tag,
            final Function<StoredResource, ArrayNode> agents) {
        return tag.isEmpty()
                ? desk.edit(first, was -> with(was, agents.apply(was)))
                : desk.replace(first, with(first, agents.apply(first)), tag);
    }

    private static ArrayNode agents(final StoredResource queue) {
        return Json.stored(queue.resource().json()).withArray(AGENTS);
    }

    private static int indexOf(final ArrayNode agents, final ResourceId user) {
        for (int i = 0; i < agents.size(); i++) {
            if (user != null
                    && user.equals(ResourceId.parse(
                            agents.get(i).path("user_id").asString(""), ResourceKind.USERS.prefix()))) {
                return i;
            }
        }
        return -1;
    }

    private static String location(final StoredResource queue, final JsonNode agent) {
        return PATH.replace("{id}", queue.resource().id().prefixed(ResourceKind.QUEUES))
                + '/'
                + agent.path("user_id").asString("");
    }

    /** The list of a body, which is spelled as it is read here, or as in the queue. */
    private static ArrayNode agents(final ObjectNode body) {
        for (final String name : body.propertyNames()) {
            if (!name.equals(DATA) && (!name.equals(AGENTS) || body.has(DATA))) {
                throw ApiProblem.field(name, body.get(name).toString(), "is not a field here", "remove it");
            }
        }
        final String name = body.has(AGENTS) ? AGENTS : DATA;
        if (body.get(name) instanceof ArrayNode list) {
            return list;
        }
        throw new ApiProblem(400, "the request has wrong fields")
                .errors(List.of(new Problem(0, "", name, "", "must be a list", "write it in square brackets")));
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
