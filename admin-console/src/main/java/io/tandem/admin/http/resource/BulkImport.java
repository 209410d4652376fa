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
import io.tandem.routing.model.Fields;
import io.tandem.routing.model.Problem;
import io.tandem.routing.model.Problems;
import io.tandem.routing.model.References;
import io.tandem.routing.model.Resource;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.Set;
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

    /** A line of the body that is not blank. */
    private record Line(int number, ResourceKind kind, ObjectNode fields) {}

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
        final List<Line> lines = lines(MediaTypes.lines(request, bytesMax));
        final Set<String> scopes = new TreeSet<>();
        lines.forEach(line -> scopes.add(line.kind.collection() + ":write"));
        scopes.forEach(desk::requireScope);
        final Map<String, ResourceId> accounts = accounts(lines);
        final List<Edit> edits = new ArrayList<>();
        for (final Line line : lines) {
            edits.add(edit(desk, line, accounts));
        }
        try {
            final ChangeResult result = desk.submit("import " + edits.size() + " lines", edits);
            final ObjectNode body = Json.object();
            body.put("revision", result.revision());
            body.put("applied", edits.size());
            return ApiAnswer.json(200, body);
        } catch (final ApiProblem e) {
            throw placed(e, lines);
        }
    }

    /** The same problem with lines of the body instead of places in the change. */
    private static ApiProblem placed(final ApiProblem problem, final List<Line> lines) {
        final ApiProblem placed = new ApiProblem(problem.status(), problem.detail()).mend(problem.mend());
        problem.headers().forEach(placed::header);
        placed.referrers(problem.referrers(), problem.referrerCount());
        return placed.errors(problem.errors().stream()
                .map(error -> new Problem(
                        error.line() > 0 && error.line() <= lines.size()
                                ? lines.get((int) error.line() - 1).number
                                : lines.size() == 1 ? lines.getFirst().number : 0,
                        error.resource(),
                        error.field(),
                        error.value(),
                        error.rule(),
                        error.mend()))
                .toList());
    }

    private List<Line> lines(final byte[] body) {
        final List<Line> lines = new ArrayList<>();
        final Problems problems = new Problems(linesMax);
        int number = 0;
        for (int start = 0; start < body.length; ) {
            int end = start;
            while (end < body.length && body[end] != '\n') {
                end++;
            }
            number++;
            if (!isBlank(body, start, end)) {
                if (lines.size() + problems.count() == linesMax) {
                    throw new ApiProblem(413, "the import has too many lines for one change: limit=" + linesMax)
                            .mend("import the file with: tandem import FILE");
                }
                final Line line = line(number, body, start, end - start, problems);
                if (line != null) {
                    lines.add(line);
                }
            }
            start = end + 1;
        }
        if (!problems.isEmpty()) {
            throw new ApiProblem(400, "the import has wrong lines").errors(problems.kept());
        }
        if (lines.isEmpty()) {
            throw new ApiProblem(400, "the import has no lines").mend("send a resource a line");
        }
        return lines;
    }

    private static Line line(
            final int number, final byte[] body, final int start, final int length, final Problems problems) {
        try {
            final ObjectNode fields = Json.object(body, start, length);
            final JsonNode named = fields.get("resource");
            final String collection = named != null && named.isString() ? named.stringValue() : "";
            final ResourceKind kind = ResourceKind.ofCollection(collection);
            if (kind != null) {
                return new Line(number, kind, fields);
            }
            problems.add(new Problem(
                    number, "", "resource", collection, "must name a collection", "see GET /v1/openapi.json"));
        } catch (final ApiProblem e) {
            problems.add(new Problem(number, "", "", "", e.detail(), e.mend()));
        }
        return null;
    }

    private static boolean isBlank(final byte[] body, final int start, final int end) {
        for (int i = start; i < end; i++) {
            if (body[i] != ' ' && body[i] != '\t' && body[i] != '\r') {
                return false;
            }
        }
        return true;
    }

    /** Accounts that the lines bring, by name: other lines may name them before they are there. */
    private Map<String, ResourceId> accounts(final List<Line> lines) {
        final Map<String, ResourceId> accounts = new LinkedHashMap<>();
        for (final Line line : lines) {
            if (line.kind == ResourceKind.ACCOUNTS) {
                final Resource account = read(line, References.TRUSTING);
                final ResourceId known = account.names().isEmpty()
                        ? null
                        : all.find(account.names().getFirst());
                final boolean own = Hidden.isGiven(line.fields.get("id"));
                final JsonNode name = line.fields.get("name");
                if (name != null && name.isString()) {
                    accounts.put(name.stringValue(), known == null || own ? account.id() : known);
                }
            }
        }
        return accounts;
    }

    private Edit edit(final TenantDesk desk, final Line line, final Map<String, ResourceId> accounts) {
        final ResourceKind kind = line.kind;
        if (!desk.who().isOperator()
                && kind != ResourceKind.ACCOUNTS
                && !Hidden.isGiven(line.fields.get("account_id"))) {
            line.fields.put("account_id", desk.ownAccount().prefixed(ResourceKind.ACCOUNTS));
        }
        final StoredResource there = existing(line, accounts);
        line.fields.remove("resource");
        if (there == null) {
            final JsonNode id = line.fields.get("id");
            return new Edit(
                    kind,
                    id != null && id.isString() ? ResourceId.parse(id.stringValue(), kind.prefix()) : null,
                    line.fields,
                    "",
                    false);
        }
        final ResourceId id = there.resource().id();
        if (!desk.reaches(there.resource().accountId())
                || (kind == ResourceKind.ACCOUNTS && id.equals(desk.ownAccount()))) {
            throw new ApiProblem(403, "a line would change what the key may not change: line=" + line.number)
                    .mend("leave the line out");
        }
        Hidden.keep(line.fields, there);
        line.fields.put("id", id.prefixed(kind));
        return Edit.put(kind, id, line.fields, "");
    }

    private StoredResource existing(final Line line, final Map<String, ResourceId> accounts) {
        final JsonNode id = line.fields.get("id");
        if (id != null && id.isString()) {
            final ResourceId given = ResourceId.parse(id.stringValue(), line.kind.prefix());
            return given == null ? null : all.find(line.kind, given);
        }
        final Resource resource = read(line, (kind, text, account) -> resolve(kind, text, account, accounts));
        if (resource.names().isEmpty()) {
            return null;
        }
        final ResourceId bearer = all.find(resource.names().getFirst());
        return bearer == null ? null : all.find(line.kind, bearer);
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
        return line.kind.read(new Fields(
                line.fields.deepCopy(), line.kind.collection(), 0, references, new Problems(0), new Problems(0)));
    }
}
