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
import io.tandem.routing.change.ChangeResult;
import io.tandem.routing.change.Edit;
import io.tandem.routing.change.StoredResource;
import io.tandem.routing.configuration.ResourceLines;
import io.tandem.routing.configuration.ResourceLines.Line;
import io.tandem.routing.model.Fields;
import io.tandem.routing.model.Problems;
import io.tandem.routing.model.References;
import io.tandem.routing.model.Resource;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Many resources as one change, a JSON object a line, each naming its collection by {@code resource}. A line makes its
 * resource or replaces the one of the same identifier or name; what no line names stays. All lines count, or none.
 */
public final class BulkImport {
    private final ConfigurationDesk all;
    private final Function<Credential, TenantDesk> desks;
    private final int bytesMax;
    private final int linesMax;

    /** An import; {@code desks} makes a desk for each request. */
    public BulkImport(
            final ConfigurationDesk all,
            final Function<Credential, TenantDesk> desks,
            final int bytesMax,
            final int linesMax) {
        this.all = all;
        this.desks = desks;
        this.bytesMax = bytesMax;
        this.linesMax = linesMax;
    }

    /** What it answers. */
    public List<Route> routes() {
        return List.of(new Route(
                "POST",
                "/v1/import",
                Dialect.NATIVE,
                "",
                null,
                "Makes and replaces resources, one a line, all or none; needs the write scope of each collection.",
                Payload.NDJSON,
                Payload.OBJECT,
                200,
                List.of(),
                this::take));
    }

    private ApiAnswer take(final ApiRequest request, final Credential who, final Map<String, String> variables) {
        final TenantDesk desk = desks.apply(who);
        final ResourceLines lines = lines(MediaTypes.lines(request, bytesMax));
        lines.lines().forEach(line -> desk.requireScope(line.kind().collection() + ":write"));
        final Map<String, ResourceId> accounts = accounts(lines.lines());
        final List<Edit> edits = new ArrayList<>();
        for (final Line line : lines.lines()) {
            edits.add(edit(desk, line, accounts));
        }
        try {
            final ChangeResult result = desk.submit("import " + edits.size() + " lines", edits);
            final ObjectNode body = Json.object();
            body.put("revision", result.revision());
            body.put("applied", edits.size());
            return desk.warning(ApiAnswer.json(200, body));
        } catch (final ApiProblem e) {
            throw placed(e, lines);
        }
    }

    /** The same problem with lines of the body instead of places in the change. */
    private static ApiProblem placed(final ApiProblem problem, final ResourceLines lines) {
        final ApiProblem placed = new ApiProblem(problem.status(), problem.detail()).mend(problem.mend());
        problem.headers().forEach(placed::header);
        return placed.scope(problem.scope())
                .referrers(problem.referrers(), problem.referrerCount())
                .errors(lines.placed(problem.errors()));
    }

    private ResourceLines lines(final byte[] body) {
        final ResourceLines lines;
        try {
            lines = ResourceLines.read(new ByteArrayInputStream(body), linesMax);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!lines.isComplete()) {
            throw new ApiProblem(413, "the import has too many lines for one change: limit=" + linesMax)
                    .mend("import the file with: tandem import FILE");
        }
        if (!lines.problems().isEmpty()) {
            throw new ApiProblem(400, "the import has wrong lines").errors(lines.problems());
        }
        if (lines.lines().isEmpty()) {
            throw new ApiProblem(400, "the import has no lines").mend("send a resource a line");
        }
        return lines;
    }

    /** Accounts that the lines bring, by name: other lines may name them before they are there. */
    private Map<String, ResourceId> accounts(final List<Line> lines) {
        final Map<String, ResourceId> accounts = new LinkedHashMap<>();
        for (final Line line : lines) {
            if (line.kind() == ResourceKind.ACCOUNTS) {
                final Resource account = read(line, References.TRUSTING);
                final ResourceId known = account.names().isEmpty()
                        ? null
                        : all.find(account.names().getFirst());
                final boolean own = Json.isGiven(line.fields().get("id"));
                final JsonNode name = line.fields().get("name");
                if (name != null && name.isString()) {
                    accounts.put(name.stringValue(), known == null || own ? account.id() : known);
                }
            }
        }
        return accounts;
    }

    private Edit edit(final TenantDesk desk, final Line line, final Map<String, ResourceId> accounts) {
        final ResourceKind kind = line.kind();
        if (!desk.who().isOperator()
                && kind != ResourceKind.ACCOUNTS
                && !Json.isGiven(line.fields().get("account_id"))) {
            line.fields().put("account_id", desk.ownAccount().prefixed(ResourceKind.ACCOUNTS));
        }
        final StoredResource there = existing(line, accounts);
        if (there == null) {
            final JsonNode id = line.fields().get("id");
            return new Edit(
                    kind,
                    id != null && id.isString() ? ResourceId.parse(id.stringValue(), kind.prefix()) : null,
                    line.fields(),
                    "",
                    false);
        }
        final ResourceId id = there.resource().id();
        if (!desk.reaches(there.resource().accountId())
                || (kind == ResourceKind.ACCOUNTS && id.equals(desk.ownAccount()))) {
            throw new ApiProblem(403, "a line would change what the key may not change: line=" + line.number())
                    .mend("leave the line out");
        }
        line.fields().put("id", id.prefixed(kind));
        return Edit.put(kind, id, line.fields(), "");
    }

    private StoredResource existing(final Line line, final Map<String, ResourceId> accounts) {
        final JsonNode id = line.fields().get("id");
        if (id != null && id.isString()) {
            final ResourceId given = ResourceId.parse(id.stringValue(), line.kind().prefix());
            return given == null ? null : all.find(line.kind(), given);
        }
        final Resource resource = read(line, (kind, text, account) -> resolve(kind, text, account, accounts));
        if (resource.names().isEmpty()) {
            return null;
        }
        final ResourceId bearer = all.find(resource.names().getFirst());
        return bearer == null ? null : all.find(line.kind(), bearer);
    }

    private ResourceId resolve(
            final ResourceKind kind,
            final String text,
            final ResourceId account,
            final Map<String, ResourceId> accounts) {
        if (!text.startsWith(References.BY_NAME)) {
            return ResourceId.parse(text, kind.prefix());
        }
        final String name = text.substring(References.BY_NAME.length());
        final ResourceId brought = kind == ResourceKind.ACCOUNTS ? accounts.get(name) : null;
        return brought == null ? TenantReferences.byName(all, kind, name, account) : brought;
    }

    /** Reads a line for its names only; what is wrong with it comes out when the change is made. */
    private static Resource read(final Line line, final References references) {
        return line.kind().read(new Fields(
                line.fields().deepCopy(), line.kind().collection(), 0, references, new Problems(0), new Problems(0)));
    }
}
