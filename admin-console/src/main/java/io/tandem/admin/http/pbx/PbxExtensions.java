package io.tandem.admin.http.pbx;

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
import io.tandem.routing.change.ChangeResult;
import io.tandem.routing.change.StoredResource;
import io.tandem.routing.model.Extension;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code /v1/pbx/extensions} in the shape of do.dev. A user's extension is made together with its user, a device, whose
 * credentials are told once, a voicemail box and a forward, in one change.
 */
public final class PbxExtensions {
    private static final String PATH = "/v1/pbx/extensions";
    private static final ResourceKind KIND = ResourceKind.EXTENSIONS;
    private static final int PAGE = 1_000;

    private final Function<Credential, TenantDesk> desks;
    private final PresenceView presence;
    private final int bodyMax;

    /** Extensions; {@code desks} makes a desk for each request. */
    public PbxExtensions(final Function<Credential, TenantDesk> desks, final PresenceView presence, final int bodyMax) {
        this.desks = desks;
        this.presence = presence;
        this.bodyMax = bodyMax;
    }

    /** What it answers. */
    public List<Route> routes() {
        final String one = PATH + "/{id}";
        return List.of(
                route("GET", PATH, "Lists all extensions of the account.", Payload.NONE, Payload.PAGE, 200, this::list),
                route(
                        "POST",
                        PATH,
                        "Makes an extension and all that it needs; tells its SIP credentials, once.",
                        Payload.RESOURCE,
                        Payload.RESOURCE,
                        201,
                        this::create),
                route("PATCH", one, "Changes an extension.", Payload.PATCH, Payload.RESOURCE, 200, this::patch),
                route(
                        "DELETE",
                        one,
                        "Deletes an extension and all that was made for it.",
                        Payload.NONE,
                        Payload.NONE,
                        204,
                        this::delete));
    }

    private static Route route(
            final String method,
            final String template,
            final String summary,
            final Payload takes,
            final Payload gives,
            final int success,
            final Route.Handler handler) {
        return new Route(
                method,
                template,
                Dialect.PBX,
                KIND.collection() + (method.equals("GET") ? ":read" : ":write"),
                KIND,
                summary,
                takes,
                gives,
                success,
                List.of(),
                handler);
    }

    private TenantDesk desk(final Credential who) {
        if (who.isOperator()) {
            throw new ApiProblem(403, "extensions belong to an account").mend("use a key of that account");
        }
        return desks.apply(who);
    }

    private ApiAnswer list(final ApiRequest request, final Credential who, final Map<String, String> variables) {
        final TenantDesk desk = desk(who);
        return ApiAnswer.stream(
                ApiAnswer.JSON, out -> write(desk, new PbxExtension(desk, presence, desk.ownAccount()), out));
    }

    /** All of them, however many, since this shape knows no pages. */
    private static void write(final TenantDesk desk, final PbxExtension shape, final OutputStream out)
            throws IOException {
        out.write("{\"extensions\":[".getBytes(StandardCharsets.US_ASCII));
        ResourceId after = null;
        boolean first = true;
        do {
            final TenantDesk.Page page = desk.list(KIND, desk.ownAccount(), after, PAGE, PbxExtension::isExpressible);
            for (final StoredResource stored : page.resources()) {
                if (!first) {
                    out.write(',');
                }
                first = false;
                out.write(Json.bytes(shape.shown(stored)));
            }
            after = page.next();
        } while (after != null);
        out.write("]}".getBytes(StandardCharsets.US_ASCII));
    }

    private ApiAnswer create(final ApiRequest request, final Credential who, final Map<String, String> variables) {
        return ApiAnswer.json(201, create(desk(who), MediaTypes.object(request, bodyMax)))
                .with("Cache-Control", "no-store");
    }

    /** Makes an extension; as it is shown, with its credentials. */
    ObjectNode create(final TenantDesk desk, final ObjectNode given) {
        final ResourceId account = desk.ownAccount();
        final PbxExtension shape = new PbxExtension(desk, presence, account);
        final PbxBody body = PbxBody.ofNew(given, shape.numbers());
        final PbxEdits edits = new PbxEdits(desk, account);
        edits.create(body);
        final ChangeResult result = desk.submit("create extension " + body.text("number"), edits.edits());
        final ObjectNode shown = shape.shown(result.resources().getLast());
        if (edits.credentials() != null) {
            shown.set("sipCredentials", edits.credentials());
        }
        return shown;
    }

    private ApiAnswer patch(final ApiRequest request, final Credential who, final Map<String, String> variables) {
        return ApiAnswer.json(200, change(desk(who), variables.get("id"), MediaTypes.patch(request, bodyMax)));
    }

    /** Changes an extension; as it is shown then. */
    ObjectNode change(final TenantDesk desk, final String id, final ObjectNode given) {
        final StoredResource was = require(desk, id);
        final ResourceId account = was.resource().accountId();
        final PbxExtension shape = new PbxExtension(desk, presence, account);
        final ObjectNode shown = shape.shown(was);
        final PbxBody body = PbxBody.ofChange(given, shown, shape.numbers());
        final PbxEdits edits = new PbxEdits(desk, account);
        edits.change(was, shape.storedUser((Extension) was.resource()), body);
        if (edits.edits().isEmpty()) {
            return shown;
        }
        desk.submit("patch extension " + was.resource().id().prefixed(KIND), edits.edits());
        return shape.shown(require(desk, id));
    }

    private ApiAnswer delete(final ApiRequest request, final Credential who, final Map<String, String> variables) {
        delete(desk(who), variables.get("id"));
        return ApiAnswer.empty(204);
    }

    /** Deletes an extension and what belongs to it. */
    void delete(final TenantDesk desk, final String id) {
        final StoredResource was = require(desk, id);
        final ResourceId account = was.resource().accountId();
        final PbxEdits edits = new PbxEdits(desk, account);
        edits.delete(was, new PbxExtension(desk, presence, account).storedUser((Extension) was.resource()));
        desk.submit("delete extension " + was.resource().id().prefixed(KIND), edits.edits());
    }

    private static StoredResource require(final TenantDesk desk, final String id) {
        final StoredResource stored = desk.require(KIND, id);
        if (!PbxExtension.isExpressible(stored)) {
            throw ApiProblem.notFound("the extension");
        }
        return stored;
    }
}
