package io.tandem.admin.http.resource;

import io.tandem.admin.http.key.Credential;
import io.tandem.admin.http.wire.ApiAnswer;
import io.tandem.admin.http.wire.ApiRequest;
import io.tandem.admin.http.wire.Dialect;
import io.tandem.admin.http.wire.Json;
import io.tandem.admin.http.wire.Route;
import io.tandem.admin.http.wire.Route.Payload;
import io.tandem.routing.change.StoredResource;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import tools.jackson.databind.node.ObjectNode;

/**
 * Everything that a key may read, as a file that can be imported again: a JSON object a line. It is written while it is
 * read, page after page, so a change that is made meanwhile may show in part of it.
 */
public final class Export {
    private static final int PAGE = 1_000;

    private final Function<Credential, TenantDesk> desks;

    /** An export; {@code desks} makes a desk for each request. */
    public Export(final Function<Credential, TenantDesk> desks) {
        this.desks = desks;
    }

    /** What it answers. */
    public List<Route> routes() {
        return List.of(new Route(
                "GET",
                "/v1/export",
                Dialect.NATIVE,
                "",
                null,
                "Everything that the key may read, a resource a line.",
                Payload.NONE,
                Payload.NDJSON,
                200,
                List.of(),
                this::export));
    }

    private ApiAnswer export(final ApiRequest request, final Credential who, final Map<String, String> variables) {
        final TenantDesk desk = desks.apply(who);
        return ApiAnswer.stream(ApiAnswer.NDJSON, out -> {
            for (final ResourceKind kind : ResourceKind.values()) {
                if (who.allows(kind.collection() + ":read")) {
                    write(desk, kind, null, stored -> true, out);
                }
            }
        });
    }

    /** Writes the lines of one kind. */
    static void write(
            final TenantDesk desk,
            final ResourceKind kind,
            final ResourceId account,
            final Predicate<StoredResource> wanted,
            final OutputStream out)
            throws IOException {
        ResourceId after = null;
        do {
            final TenantDesk.Page page = desk.list(kind, account, after, PAGE, wanted);
            for (final StoredResource stored : page.resources()) {
                out.write(line(stored));
                out.write('\n');
            }
            after = page.next();
        } while (after != null);
    }

    private static byte[] line(final StoredResource stored) {
        final ObjectNode line = Json.object();
        line.put("resource", stored.kind().collection());
        final ObjectNode shown = NativeJson.of(stored);
        shown.remove(List.of(NativeJson.CREATED, NativeJson.UPDATED));
        line.setAll(shown);
        return Json.bytes(line);
    }
}
