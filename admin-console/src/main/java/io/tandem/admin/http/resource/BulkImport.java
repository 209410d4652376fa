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
import io.tandem.routing.change.HiddenFields;
import io.tandem.routing.change.StoredResource;
import io.tandem.routing.configuration.ResourceLines;
import io.tandem.routing.configuration.ResourceLines.Line;
import io.tandem.routing.model.Fields;
import io.tandem.routing.model.Problem;
import io.tandem.routing.model.Problems;
import io.tandem.routing.model.References;
import io.tandem.routing.model.Resource;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/**
 * Many resources as one change, a JSON object a line, each naming its collection by {@code resource}. A line makes its
 * resource or replaces the one of the same identifier or name; what no line names stays. All lines count, or none, and
 * all that is wrong with any of them is told at once. A line that says what is so already is no change: it asks for no
 * right to change anything.
 */
public final class BulkImport {
    private static final String DRY_RUN = "dry_run";

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
                "Makes and replaces resources, one a line, all or none; needs the write scope of each collection. With"
                        + " dry_run=1 it only says what would be wrong.",
                Payload.NDJSON,
                Payload.OBJECT,
                200,
                List.of(DRY_RUN),
                this::take));
    }

    private ApiAnswer take(final ApiRequest request, final Credential who, final Map<String, String> variables) {
        final boolean dryRun = Parameters.flag(request, DRY_RUN);
        final TenantDesk desk = desks.apply(who);
        final ResourceLines lines = lines(MediaTypes.lines(request, bytesMax));
        final Taken taken = new Taken(desk, lines.lines());
        final List<Problem> problems = ResourceLines.together(lines.problems(), taken.forbidden);
        final String action = "import " + lines.lines().size() + " lines";
        final ChangeResult result;
        try {
            result = dryRun || !problems.isEmpty()
                    ? desk.check(action, taken.edits, taken.repeated)
                    : desk.submit(action, taken.edits, taken.repeated);
        } catch (final ApiProblem e) {
            throw problems.isEmpty() || e.status() == 403
                    ? placed(e, taken.edited)
                    : wrong(problems, placed(e, taken.edited));
        }
        if (!lines.problems().isEmpty()) {
            throw wrong(problems, null);
        }
        if (!problems.isEmpty()) {
            throw new ApiProblem(
                            403,
                            "lines would change what the key may not change: line="
                                    + problems.getFirst().line())
                    .mend("leave them out")
                    .errors(problems);
        }
        final ObjectNode body = Json.object();
        body.put("revision", result.revision());
        body.put("applied", dryRun ? 0 : taken.edits.size());
        if (dryRun) {
            body.put("valid", taken.edits.size());
        }
        return desk.warning(ApiAnswer.json(200, body), ResourceLines.placed(result.warnings(), taken.edited));
    }

    /** All that is wrong, by line. */
    private static ApiProblem wrong(final List<Problem> problems, final ApiProblem others) {
        return new ApiProblem(400, "the import has wrong lines")
                .errors(others == null ? problems : ResourceLines.together(problems, others.errors()));
    }

    /** The same problem with lines of the body instead of places in the change. */
    private static ApiProblem placed(final ApiProblem problem, final List<Line> edited) {
        final ApiProblem placed = new ApiProblem(problem.status(), problem.detail()).mend(problem.mend());
        problem.headers().forEach(placed::header);
        return placed.scope(problem.scope())
                .referrers(problem.referrers(), problem.referrerCount())
                .errors(ResourceLines.together(ResourceLines.placed(problem.errors(), edited), List.of()));
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
                    .mend(TenantDesk.SPLIT);
        }
        if (lines.lines().isEmpty() && lines.problems().isEmpty()) {
            throw new ApiProblem(400, "the import has no lines").mend("send a resource a line");
        }
        return lines;
    }

    /** What the lines of one import come to. */
    private final class Taken {
        final List<Edit> edits = new ArrayList<>();
        final List<Line> edited = new ArrayList<>();
        final List<Problem> forbidden = new ArrayList<>();

        /** Which of the edits say what is so already. */
        final BitSet repeated = new BitSet();

        Taken(final TenantDesk desk, final List<Line> lines) {
            final ChangeNames names = new ChangeNames(all);
            final ResourceId[] ids = new ResourceId[lines.size()];
            for (final ResourceKind kind : ResourceKind.inOrderOfNaming()) {
                for (int i = 0; i < ids.length; i++) {
                    if (lines.get(i).kind() == kind) {
                        giveAccount(desk, lines.get(i));
                        ids[i] = names.enter(edit(lines.get(i), null));
                    }
                }
            }
            for (int i = 0; i < ids.length; i++) {
                take(desk, lines.get(i), ids[i]);
            }
        }

        private static void giveAccount(final TenantDesk desk, final Line line) {
            if (!desk.who().isOperator()
                    && line.kind() != ResourceKind.ACCOUNTS
                    && !Json.isGiven(line.fields().get("account_id"))) {
                line.fields().put("account_id", desk.ownAccount().prefixed(ResourceKind.ACCOUNTS));
            }
        }

        private static Edit edit(final Line line, final ResourceId id) {
            return new Edit(line.kind(), id, line.fields(), "", false);
        }

        private void take(final TenantDesk desk, final Line line, final ResourceId id) {
            final ResourceKind kind = line.kind();
            final StoredResource there = id == null ? null : all.find(kind, id);
            if (there != null && !desk.reaches(there.resource().accountId())) {
                forbid(line);
                return;
            }
            if (id != null) {
                line.fields().put("id", id.prefixed(kind));
            }
            if (there != null && !desk.who().isOperator() && isRepeated(there, line.fields())) {
                repeated.set(edits.size());
                edits.add(Edit.put(kind, id, line.fields(), there.tag()));
            } else if (there != null && kind == ResourceKind.ACCOUNTS && id.equals(desk.ownAccount())) {
                forbid(line);
                return;
            } else {
                edits.add(edit(line, id));
            }
            edited.add(line);
        }

        private void forbid(final Line line) {
            forbidden.add(new Problem(
                    line.number(),
                    line.kind().collection(),
                    "",
                    "",
                    "would change what the key may not change",
                    "leave the line out"));
        }
    }

    /** Whether a line says of a resource only what is so already. */
    private static boolean isRepeated(final StoredResource there, final ObjectNode fields) {
        final ResourceKind kind = there.kind();
        final ObjectNode given = fields.deepCopy();
        HiddenFields.keep(kind, given, there.resource());
        final Problems problems = new Problems(0);
        final Resource said = kind.read(
                        new Fields(given, kind.collection(), 0, References.TRUSTING, problems, new Problems(0)))
                .succeeding(there.resource());
        return problems.isEmpty() && Arrays.equals(said.json(), there.resource().json());
    }
}
