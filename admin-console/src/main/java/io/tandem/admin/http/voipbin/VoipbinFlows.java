package io.tandem.admin.http.voipbin;

import io.tandem.admin.http.key.Credential;
import io.tandem.admin.http.resource.TenantDesk;
import io.tandem.admin.http.wire.ApiAnswer;
import io.tandem.admin.http.wire.ApiRequest;
import io.tandem.admin.http.wire.Dialect;
import io.tandem.admin.http.wire.Json;
import io.tandem.admin.http.wire.Route;
import io.tandem.admin.http.wire.Route.Payload;
import io.tandem.routing.change.StoredResource;
import io.tandem.routing.model.Flow;
import io.tandem.routing.model.ResourceKind;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code /flows} in the shape of VoIPBIN, to read: where the identifiers come from that numbers name. What a flow does
 * is a graph here and a list of actions there, so neither is shown; flows are written under {@code /v1/flows}.
 */
public final class VoipbinFlows {
    private static final ResourceKind KIND = ResourceKind.FLOWS;

    private final String path;
    private final Function<Credential, TenantDesk> desks;

    /** Flows under a base path; {@code desks} makes a desk for each request. */
    public VoipbinFlows(final String base, final Function<Credential, TenantDesk> desks) {
        path = base + "/flows";
        this.desks = desks;
    }

    /** What it answers. */
    public List<Route> routes() {
        return List.of(
                route(path, "Lists flows, a page at a time.", Payload.PAGE, VoipbinPages.PARAMETERS, this::list),
                route(path + "/{id}", "Gets a flow.", Payload.OBJECT, List.of(), this::get));
    }

    private static Route route(
            final String template,
            final String summary,
            final Payload gives,
            final List<String> parameters,
            final Route.Handler handler) {
        return new Route(
                "GET",
                template,
                Dialect.VOIPBIN,
                "flows:read",
                null,
                summary,
                Payload.NONE,
                gives,
                200,
                parameters,
                handler);
    }

    private ApiAnswer list(final ApiRequest request, final Credential who, final Map<String, String> variables) {
        final TenantDesk.NewestPage page =
                desks.apply(who).listNewest(KIND, VoipbinPages.before(request), VoipbinPages.size(request));
        return ApiAnswer.json(200, VoipbinPages.body(page, VoipbinFlows::shown));
    }

    private ApiAnswer get(final ApiRequest request, final Credential who, final Map<String, String> variables) {
        return ApiAnswer.json(200, shown(VoipbinPath.require(desks.apply(who), KIND, variables.get("id"))));
    }

    private static ObjectNode shown(final StoredResource stored) {
        final Flow flow = (Flow) stored.resource();
        final ObjectNode json = Json.object();
        json.put("id", flow.id().uuid());
        json.put("type", "flow");
        json.put("name", flow.name());
        json.put("detail", "");
        json.put("tm_create", VoipbinTime.of(stored.createdUs()));
        json.put(
                "tm_update",
                stored.updatedUs() == stored.createdUs() ? VoipbinTime.NEVER : VoipbinTime.of(stored.updatedUs()));
        json.put("tm_delete", VoipbinTime.NEVER);
        return json;
    }
}
