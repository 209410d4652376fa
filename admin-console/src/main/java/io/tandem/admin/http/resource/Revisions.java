package io.tandem.admin.http.resource;

import io.tandem.admin.http.key.Credential;
import io.tandem.admin.http.wire.ApiAnswer;
import io.tandem.admin.http.wire.ApiProblem;
import io.tandem.admin.http.wire.ApiRequest;
import io.tandem.admin.http.wire.Dialect;
import io.tandem.admin.http.wire.Json;
import io.tandem.admin.http.wire.Route;
import io.tandem.admin.http.wire.Route.Payload;
import io.tandem.admin.view.ConfigurationDesk;
import io.tandem.admin.view.DifferenceView;
import io.tandem.admin.view.RevisionView;
import io.tandem.routing.change.ChangeResult;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which changes were made, what they changed, and how to undo them: for the operator, since they concern all accounts.
 */
public final class Revisions {
    private static final String REVISIONS = "revisions";
    private static final List<String> PAGED = List.of("limit", "cursor");
    private static final String READ = "revisions:read";
    private static final String WRITE = "revisions:write";

    private final ConfigurationDesk desk;
    private final Function<Credential, TenantDesk> desks;

    /** Revisions of a desk. */
    public Revisions(final ConfigurationDesk desk, final Function<Credential, TenantDesk> desks) {
        this.desk = desk;
        this.desks = desks;
    }

    /** What it answers. */
    public List<Route> routes() {
        return List.of(
                route("GET", "/v1/revisions", READ, "Changes that were made, newest first.", Payload.PAGE, this::list),
                route(
                        "GET",
                        "/v1/revisions/{a}/diff/{b}",
                        READ,
                        "What differs between two revisions.",
                        Payload.OBJECT,
                        this::diff),
                route(
                        "POST",
                        "/v1/revisions/{n}/rollback",
                        WRITE,
                        "Makes everything as it was at a revision, as a new revision.",
                        Payload.OBJECT,
                        this::rollback));
    }

    private static Route route(
            final String method,
            final String template,
            final String scope,
            final String summary,
            final Payload gives,
            final Route.Handler handler) {
        return new Route(
                method,
                template,
                Dialect.NATIVE,
                scope,
                null,
                summary,
                Payload.NONE,
                gives,
                200,
                gives == Payload.PAGE ? PAGED : List.of(),
                handler);
    }

    private ApiAnswer list(final ApiRequest request, final Credential who, final Map<String, String> variables) {
        desks.apply(who).requireOperator();
        Parameters.only(request, PAGED);
        final int limit = Paging.limit(request);
        final String cursor = Paging.cursorText(request, REVISIONS);
        final long before = cursor == null ? Long.MAX_VALUE : revision(cursor);
        final List<RevisionView> revisions = desk.revisions(before, limit);
        final ObjectNode body = Json.object();
        final ArrayNode data = body.putArray("data");
        for (final RevisionView revision : revisions) {
            final ObjectNode entry = data.addObject();
            entry.put("revision", revision.revision());
            entry.put("at", revision.at().getEpochSecond());
            entry.put("actor", revision.actor());
            entry.put("action", revision.action());
            entry.put("edits", revision.edits());
        }
        body.put(
                "next_cursor",
                revisions.size() < limit
                        ? null
                        : Paging.cursor(
                                REVISIONS, Long.toString(revisions.getLast().revision())));
        return ApiAnswer.json(200, body);
    }

    private ApiAnswer diff(final ApiRequest request, final Credential who, final Map<String, String> variables) {
        desks.apply(who).requireOperator();
        Parameters.only(request, List.of());
        final long from = revision(variables.get("a"));
        final long to = revision(variables.get("b"));
        final Optional<List<DifferenceView>> differences = desk.diff(from, to);
        if (differences.isEmpty()) {
            throw ApiProblem.notFound("one of the revisions " + from + " and " + to);
        }
        final ObjectNode body = Json.object();
        body.put("from", from);
        body.put("to", to);
        final ArrayNode data = body.putArray("data");
        for (final DifferenceView difference : differences.get()) {
            final ObjectNode entry = data.addObject();
            entry.put("resource", difference.kind().collection());
            entry.put("id", difference.id().prefixed(difference.kind()));
            difference.before().ifPresent(json -> entry.set("before", json));
            difference.after().ifPresent(json -> entry.set("after", json));
        }
        return ApiAnswer.json(200, body);
    }

    private ApiAnswer rollback(final ApiRequest request, final Credential who, final Map<String, String> variables) {
        final TenantDesk tenant = desks.apply(who);
        tenant.requireOperator();
        Parameters.only(request, List.of());
        final ChangeResult result = desk.rollback(revision(variables.get("n")), who.actor());
        tenant.demandApplied(result);
        final ObjectNode body = Json.object();
        body.put("revision", result.revision());
        return tenant.warning(ApiAnswer.json(200, body));
    }

    private static long revision(final String text) {
        if (!text.matches("[0-9]{1,18}")) {
            throw ApiProblem.field("revision", text, "must be a whole number", "take it from GET /v1/revisions");
        }
        return Long.parseLong(text);
    }
}
