package io.tandem.appliance.operator;

import io.tandem.admin.view.SecretsView;
import io.tandem.appliance.secret.Resolution;
import io.tandem.appliance.secret.SecretReferences;
import io.tandem.appliance.secret.SecretStore;
import io.tandem.routing.configuration.Configuration;
import io.tandem.routing.model.Fields;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import java.util.ArrayList;
import java.util.List;

/** The references of one revision to secrets, resolved for operators. One thread. */
final class SecretViews {
    private final SecretStore secrets;
    private final int limit;
    private final List<SecretsView.Reference> unresolved = new ArrayList<>();
    private final List<SecretsView.Reference> resolved = new ArrayList<>();
    private long references;
    private long missing;
    private long refused;

    private SecretViews(final SecretStore secrets, final int limit) {
        this.secrets = secrets;
        this.limit = limit;
    }

    static SecretsView of(final Configuration configuration, final SecretStore secrets, final int limit) {
        final SecretViews views = new SecretViews(secrets, limit);
        for (final ResourceKind kind : SecretReferences.KINDS) {
            configuration.forEach(kind, (high, low, json) -> {
                final String id = new ResourceId(high, low).prefixed(kind);
                SecretReferences.forEach(json, (field, name) -> views.add(kind, id, field, name));
            });
        }
        final List<SecretsView.Reference> shown = new ArrayList<>(views.unresolved);
        shown.addAll(views.resolved.subList(0, Math.min(views.resolved.size(), limit - shown.size())));
        return new SecretsView(views.references, views.missing, views.refused, shown);
    }

    private void add(final ResourceKind kind, final String id, final String field, final String name) {
        references++;
        switch (secrets.resolve(name)) {
            case Resolution.Found found -> add(resolved, kind, id, field, name, Fields.word(found.source()), "");
            case Resolution.Missing absent -> {
                missing++;
                add(unresolved, kind, id, field, name, "missing", absent.mend());
            }
            case Resolution.Refused bad -> {
                refused++;
                add(unresolved, kind, id, field, name, "refused", bad.why());
            }
        }
    }

    private void add(
            final List<SecretsView.Reference> to,
            final ResourceKind kind,
            final String id,
            final String field,
            final String name,
            final String state,
            final String mend) {
        if (to.size() < limit) {
            to.add(new SecretsView.Reference(name, state, kind.collection(), id, field, mend));
        }
    }
}
