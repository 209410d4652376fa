package io.tandem.admin.http.voipbin;

import io.tandem.admin.http.key.Credential;
import io.tandem.admin.http.resource.MediaTypes;
import io.tandem.admin.http.resource.TenantDesk;
import io.tandem.admin.http.wire.ApiAnswer;
import io.tandem.admin.http.wire.ApiProblem;
import io.tandem.admin.http.wire.ApiRequest;
import io.tandem.admin.http.wire.Dialect;
import io.tandem.admin.http.wire.Json;
import io.tandem.admin.http.wire.Route;
import io.tandem.admin.http.wire.Route.Payload;
import io.tandem.routing.change.StoredResource;
import io.tandem.routing.model.Account;
import io.tandem.routing.model.Problem;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.model.TargetKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code /numbers} in the shape of VoIPBIN: identifiers are UUIDs, numbers begin with a plus, deletion keeps the number
 * as deleted until it is made again.
 */
public final class VoipbinNumbers {
    private static final ResourceKind KIND = ResourceKind.NUMBERS;

    private final String path;
    private final Function<Credential, TenantDesk> desks;
    private final int bodyMax;

    /**
     * Numbers under a base path.
     *
     * @param desks makes a desk for each request.
     */
    public VoipbinNumbers(final String base, final Function<Credential, TenantDesk> desks, final int bodyMax) {
        path = base + "/numbers";
        this.desks = desks;
        this.bodyMax = bodyMax;
    }

    /** What it answers. */
    public List<Route> routes() {
        final String one = path + "/{id}";
        return List.of(
                route("GET", path, "Lists numbers, a page at a time.", Payload.NONE, Payload.PAGE, this::list),
                route("POST", path, "Makes a number.", Payload.RESOURCE, Payload.RESOURCE, this::create),
                route("GET", one, "Gets a number.", Payload.NONE, Payload.RESOURCE, this::get),
                route("PUT", one, "Changes a number.", Payload.RESOURCE, Payload.RESOURCE, this::put),
                route("DELETE", one, "Gives a number up.", Payload.NONE, Payload.RESOURCE, this::delete),
                route(
                        "PUT",
                        one + "/flow_ids",
                        "Sets a number's flows.",
                        Payload.OBJECT,
                        Payload.RESOURCE,
                        this::putFlows),
                route(
                        "PUT",
                        one + "/metadata",
                        "Sets rtp_debug of a number.",
                        Payload.OBJECT,
                        Payload.RESOURCE,
                        this::putMetadata));
    }

    private static Route route(
            final String method,
            final String template,
            final String summary,
            final Payload takes,
            final Payload gives,
            final Route.Handler handler) {
        return new Route(
                method,
                template,
                Dialect.VOIPBIN,
                KIND.collection() + (method.equals("GET") ? ":read" : ":write"),
                KIND,
                summary,
                takes,
                gives,
                200,
                gives == Payload.PAGE ? VoipbinPages.PARAMETERS : List.of(),
                handler);
    }

    private ApiAnswer list(final ApiRequest request, final Credential who, final Map<String, String> variables) {
        final TenantDesk.NewestPage page =
                desks.apply(who).listNewest(KIND, VoipbinPages.before(request), VoipbinPages.size(request));
        return ApiAnswer.json(200, VoipbinPages.body(page, VoipbinNumber::shown));
    }

    private ApiAnswer create(final ApiRequest request, final Credential who, final Map<String, String> variables) {
        final TenantDesk desk = desks.apply(who);
        final ObjectNode given = MediaTypes.object(request, bodyMax);
        NumberBody.checkNew(given);
        demandFlows(desk, given, Json.object());
        if (who.isOperator()) {
            throw new ApiProblem(403, "a number belongs to an account").mend("use a key of that account");
        }
        final ObjectNode fields = Json.object();
        fields.put("e164", given.get("number").stringValue().substring(1));
        copy(fields, "label", given.get("name"));
        copy(fields, "detail", given.get("detail"));
        final ResourceId flow = VoipbinNumber.flow(given.get("call_flow_id"));
        if (!flow.isNil() || !hasDefault(desk)) {
            VoipbinNumber.setCallFlow(fields, flow);
        }
        VoipbinNumber.id(fields, "message_flow_id", VoipbinNumber.flow(given.get("message_flow_id")));
        if (given.path("t38_enabled").asBoolean(false)) {
            fields.put("fax_mode", "t38");
        }
        fields.put("emergency_enabled", given.path("emergency_enabled").asBoolean(false) ? 1 : 0);
        return ApiAnswer.json(200, VoipbinNumber.shown(desk.create(KIND, fields)));
    }

    /** Refuses flows that are not there, unless the number has them already. */
    private static void demandFlows(final TenantDesk desk, final ObjectNode given, final ObjectNode shown) {
        final List<Problem> problems = new ArrayList<>();
        for (final String field : List.of("call_flow_id", "message_flow_id")) {
            final ResourceId flow = VoipbinNumber.flow(given.get(field));
            if (!flow.isNil()
                    && !flow.equals(VoipbinNumber.flow(shown.get(field)))
                    && desk.findEvenDeleted(ResourceKind.FLOWS, flow) == null) {
                problems.add(
                        new Problem(0, "", field, flow.uuid(), "names no flow", "take the id of one from GET /flows"));
            }
        }
        if (!problems.isEmpty()) {
            throw new ApiProblem(400, "the number has wrong fields").errors(problems);
        }
    }

    /** Whether the account says where its numbers go that have no target. */
    private static boolean hasDefault(final TenantDesk desk) {
        final StoredResource stored = desk.findEvenDeleted(ResourceKind.ACCOUNTS, desk.ownAccount());
        return stored != null
                && stored.resource() instanceof Account account
                && account.numberDefault().kind() != TargetKind.NONE;
    }

    private static void copy(final ObjectNode fields, final String field, final JsonNode value) {
        if (value != null && value.isString() && !value.stringValue().isEmpty()) {
            fields.put(field, value.stringValue());
        }
    }

    private ApiAnswer get(final ApiRequest request, final Credential who, final Map<String, String> variables) {
        final ResourceId id = VoipbinPath.identifier(KIND, variables.get("id"));
        final StoredResource stored = desks.apply(who).findEvenDeleted(KIND, id);
        if (stored == null) {
            throw VoipbinPath.notThere(KIND);
        }
        return ApiAnswer.json(200, VoipbinNumber.shown(stored));
    }

    private ApiAnswer put(final ApiRequest request, final Credential who, final Map<String, String> variables) {
        final TenantDesk desk = desks.apply(who);
        final StoredResource first = VoipbinPath.require(desk, KIND, variables.get("id"));
        final ObjectNode given = MediaTypes.object(request, bodyMax);
        final ObjectNode shown = VoipbinNumber.shown(first);
        NumberBody.checkChange(given, shown);
        demandFlows(desk, given, shown);
        return changed(desk, first, given);
    }

    private ApiAnswer putFlows(final ApiRequest request, final Credential who, final Map<String, String> variables) {
        final TenantDesk desk = desks.apply(who);
        final StoredResource first = VoipbinPath.require(desk, KIND, variables.get("id"));
        final ObjectNode given = MediaTypes.object(request, bodyMax);
        NumberBody.checkFlows(given);
        demandFlows(desk, given, VoipbinNumber.shown(first));
        return changed(desk, first, given.retain("call_flow_id", "message_flow_id"));
    }

    private ApiAnswer putMetadata(final ApiRequest request, final Credential who, final Map<String, String> variables) {
        final TenantDesk desk = desks.apply(who);
        final StoredResource first = VoipbinPath.require(desk, KIND, variables.get("id"));
        final ObjectNode given = MediaTypes.object(request, bodyMax);
        NumberBody.checkMetadata(given);
        final int debug = given.get(VoipbinNumber.RTP_DEBUG).booleanValue() ? 1 : 0;
        return ApiAnswer.json(200, VoipbinNumber.shown(desk.edit(first, was -> Json.stored(
                        was.resource().json())
                .put(VoipbinNumber.RTP_DEBUG, debug))));
    }

    private static ApiAnswer changed(final TenantDesk desk, final StoredResource first, final ObjectNode given) {
        return ApiAnswer.json(200, VoipbinNumber.shown(desk.edit(first, was -> {
            final ObjectNode fields = Json.stored(was.resource().json());
            VoipbinNumber.write(fields, VoipbinNumber.shown(was), given);
            return fields;
        })));
    }

    private ApiAnswer delete(final ApiRequest request, final Credential who, final Map<String, String> variables) {
        final TenantDesk desk = desks.apply(who);
        final StoredResource first = VoipbinPath.require(desk, KIND, variables.get("id"));
        final ObjectNode before = VoipbinNumber.shown(first);
        final ObjectNode after = VoipbinNumber.shown(desk.edit(first, was -> {
            final ObjectNode fields = Json.stored(was.resource().json());
            VoipbinNumber.giveUp(fields);
            return fields;
        }));
        for (final String field : List.of("status", "tm_update", "tm_delete")) {
            before.set(field, after.get(field));
        }
        return ApiAnswer.json(200, before);
    }
}
