package io.tandem.admin.http.voipbin;

import io.tandem.admin.http.resource.TenantDesk;
import io.tandem.admin.http.wire.ApiProblem;
import io.tandem.routing.change.StoredResource;
import io.tandem.routing.model.Problem;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import java.util.List;

/** What the path of a request names, and what VoIPBIN's clients hear when it names nothing. */
final class VoipbinPath {
    private VoipbinPath() {}

    /** An identifier, a UUID there and taken in every spelling. */
    static ResourceId identifier(final ResourceKind kind, final String text) {
        final ResourceId id = ResourceId.parse(text, kind.prefix());
        if (id == null) {
            throw new ApiProblem(400, "the identifier is none")
                    .errors(List.of(
                            new Problem(0, "", "id", text, "must be a UUID", "take it from GET /" + kind.collection())))
                    .about(ApiProblem.ID);
        }
        return id;
    }

    /** A resource that is reached and was not given up. */
    static StoredResource require(final TenantDesk desk, final ResourceKind kind, final String text) {
        final StoredResource stored = desk.findEvenDeleted(kind, identifier(kind, text));
        if (stored == null || TenantDesk.isDeleted(stored)) {
            throw notThere(kind);
        }
        return stored;
    }

    static ApiProblem notThere(final ResourceKind kind) {
        return ApiProblem.notFound(kind == ResourceKind.FLOWS ? "the flow" : "the number")
                .about(kind.collection());
    }
}
