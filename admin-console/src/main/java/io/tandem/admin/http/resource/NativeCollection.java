package io.tandem.admin.http.resource;

import io.tandem.admin.http.key.Credential;
import io.tandem.admin.http.key.Secret;
import io.tandem.admin.http.wire.ApiAnswer;
import io.tandem.admin.http.wire.ApiProblem;
import io.tandem.admin.http.wire.ApiRequest;
import io.tandem.admin.http.wire.Dialect;
import io.tandem.admin.http.wire.Json;
import io.tandem.admin.http.wire.Route;
import io.tandem.admin.http.wire.Route.Payload;
import io.tandem.routing.change.HiddenFields;
import io.tandem.routing.change.StoredResource;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.model.UniqueName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import tools.jackson.databind.node.ObjectNode;

/**
 * One kind of resource under {@code /v1}: list, make, get, replace, change, delete. Knows the kind by its schema only.
 */
public final class NativeCollection {
    private final ResourceKind kind;
    private final Function<Credential, TenantDesk> desks;
    private final int bodyMax;
    private final Consumer<ResourceId> deleted;
    private final List<String> readOnly;

    /** A kind; {@code desks} makes a desk for each request, {@code deleted} is told of what was deleted here. */
    public NativeCollection(
            final ResourceKind kind,
            final Function<Credential, TenantDesk> desks,
            final int bodyMax,
            final Consumer<ResourceId> deleted) {
        this.kind = kind;
        this.desks = desks;
        this.bodyMax = bodyMax;
        this.deleted = deleted;
        readOnly = ReadOnly.of(kind);
    }

    /** What it answers. */
    public List<Route> routes() {
        final String path = "/v1/" + kind.collection();
        final String one = path + "/{id}";
        final List<String> filters = new ArrayList<>(Filter.RESERVED);
        kind.fields().stream()
                .filter(rule -> Filter.isPlain(rule.type()) && !HiddenFields.isHidden(rule.name()))
                .forEach(rule -> filters.add(rule.name()));
        return List.of(
                route(
                        "GET",
                        path,
                        "Lists them, a page at a time.",
                        Payload.NONE,
                        Payload.PAGE,
                        200,
                        filters,
                        this::list),
                route("POST", path, "Makes one.", Payload.RESOURCE, Payload.RESOURCE, 201, List.of(), this::create),
                route("GET", one, "Gets one.", Payload.NONE, Payload.RESOURCE, 200, List.of(), this::get),
                route("PUT", one, "Replaces one.", Payload.RESOURCE, Payload.RESOURCE, 200, List.of(), this::put),
                route("PATCH", one, "Changes one.", Payload.PATCH, Payload.RESOURCE, 200, List.of(), this::patch),
                route("DELETE", one, "Deletes one.", Payload.NONE, Payload.NONE, 204, List.of(), this::delete));
    }

    private Route route(
            final String method,
            final String template,
            final String summary,
            final Payload takes,
            final Payload gives,
            final int success,
            final List<String> parameters,
            final Route.Handler handler) {
        final String scope = kind.collection() + (method.equals("GET") ? ":read" : ":write");
        return new Route(
                method, template, Dialect.NATIVE, scope, kind, summary, takes, gives, success, parameters, handler);
    }

    private ApiAnswer list(final ApiRequest request, final Credential who, final Map<String, String> variables) {
        final TenantDesk desk = desks.apply(who);
        final Filter filter = Filter.read(request, kind);
        final ResourceId after = Paging.after(request, kind);
        final String format = request.parameter("format").orElse("json");
        if (format.equals("ndjson")) {
            return ApiAnswer.stream(
                    ApiAnswer.NDJSON, out -> Export.write(desk, kind, account(filter), filter::matches, out));
        }
        if (!format.equals("json")) {
            throw ApiProblem.field("format", format, "must be one of json, ndjson", "choose one of them");
        }
        final TenantDesk.Page page = page(desk, filter, after, Paging.limit(request));
        final ObjectNode body = Json.object();
        page.resources().forEach(stored -> body.withArray("data").add(NativeJson.of(stored)));
        if (page.resources().isEmpty()) {
            body.putArray("data");
        }
        body.put(
                "next_cursor",
                page.next() == null
                        ? null
                        : Paging.cursor(kind.collection(), page.next().ulid()));
        return ApiAnswer.json(200, body);
    }

    private TenantDesk.Page page(final TenantDesk desk, final Filter filter, final ResourceId after, final int limit) {
        final Predicate<StoredResource> wanted = filter::matches;
        final UniqueName name = name(filter);
        if (name == null) {
            return desk.list(kind, account(filter), after, limit, wanted);
        }
        final StoredResource bearer = desk.find(name);
        return new TenantDesk.Page(
                bearer == null || TenantDesk.isDeleted(bearer) || !wanted.test(bearer) ? List.of() : List.of(bearer),
                null);
    }

    /** The name that only one resource can bear which the filter lets through, so that none is looked for; null for none. */
    private UniqueName name(final Filter filter) {
        final String name = filter.wanted(kind.nameField());
        final ResourceId scope =
                switch (kind) {
                    case ACCOUNTS, DOMAINS, NUMBERS -> ResourceId.NIL;
                    case EXTENSIONS, USERS -> account(filter);
                    default -> null;
                };
        return name == null || name.isEmpty() || scope == null
                ? null
                : new UniqueName(kind, kind.nameField(), scope, name);
    }

    private static ResourceId account(final Filter filter) {
        final String account = filter.wanted("account_id");
        return account == null || account.isEmpty() ? null : ResourceId.parse(account, "");
    }

    private ApiAnswer create(final ApiRequest request, final Credential who, final Map<String, String> variables) {
        final ObjectNode fields = MediaTypes.object(request, bodyMax);
        ReadOnly.refuse(fields, readOnly);
        String secret = null;
        if (kind == ResourceKind.API_KEYS && !Json.isGiven(fields.get("hash"))) {
            secret = Secret.create();
            fields.put("hash", Secret.hash(secret));
        }
        final TenantDesk desk = desks.apply(who);
        final StoredResource made = desk.create(kind, fields);
        final ObjectNode body = NativeJson.of(made);
        if (secret != null) {
            body.put("secret", secret);
        }
        return desk.warning(ApiAnswer.json(201, body)
                .with("Location", location(made))
                .with("ETag", NativeJson.etag(made))
                .with("Cache-Control", "no-store"));
    }

    private ApiAnswer get(final ApiRequest request, final Credential who, final Map<String, String> variables) {
        final StoredResource stored = desks.apply(who).require(kind, variables.get("id"));
        if (Preconditions.isUnchanged(request, stored)) {
            return ApiAnswer.empty(304).with("ETag", NativeJson.etag(stored));
        }
        return shown(stored);
    }

    private ApiAnswer put(final ApiRequest request, final Credential who, final Map<String, String> variables) {
        final TenantDesk desk = desks.apply(who);
        final StoredResource was = desk.require(kind, variables.get("id"));
        final String tag = Preconditions.expected(request, was);
        final ObjectNode fields = MediaTypes.object(request, bodyMax);
        final ObjectNode shown = NativeJson.of(was);
        ReadOnly.settle(fields, shown, was);
        if (!Json.isGiven(fields.get("account_id")) && shown.has("account_id")) {
            fields.set("account_id", shown.get("account_id"));
        }
        return desk.warning(shown(desk.replace(was, fields, tag)));
    }

    /** Without If-Match, a change that came between is merged with instead of being refused. */
    private ApiAnswer patch(final ApiRequest request, final Credential who, final Map<String, String> variables) {
        final TenantDesk desk = desks.apply(who);
        final StoredResource first = desk.require(kind, variables.get("id"));
        final String tag = Preconditions.expected(request, first);
        final ObjectNode patch = MediaTypes.patch(request, bodyMax);
        return desk.warning(shown(
                tag.isEmpty()
                        ? desk.edit(first, was -> patched(was, patch))
                        : desk.replace(first, patched(first, patch), tag)));
    }

    private ObjectNode patched(final StoredResource was, final ObjectNode patch) {
        final ObjectNode shown = NativeJson.of(was);
        final ObjectNode fields = shown.deepCopy();
        MergePatch.apply(fields, patch);
        ReadOnly.settle(fields, shown, was);
        return fields;
    }

    private ApiAnswer delete(final ApiRequest request, final Credential who, final Map<String, String> variables) {
        final TenantDesk desk = desks.apply(who);
        final StoredResource was = desk.require(kind, variables.get("id"));
        desk.delete(was, Preconditions.expected(request, was));
        deleted.accept(was.resource().id());
        return ApiAnswer.empty(204);
    }

    private static ApiAnswer shown(final StoredResource stored) {
        return ApiAnswer.json(200, NativeJson.of(stored)).with("ETag", NativeJson.etag(stored));
    }

    private String location(final StoredResource stored) {
        return "/v1/" + kind.collection() + '/' + stored.resource().id().prefixed(kind);
    }
}
