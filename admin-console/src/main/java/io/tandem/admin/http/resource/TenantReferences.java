package io.tandem.admin.http.resource;

import io.tandem.admin.view.ConfigurationDesk;
import io.tandem.routing.change.StoredResource;
import io.tandem.routing.model.References;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;

/**
 * Finds what a tenant's resource refers to, and nothing of tenants whom he does not reach. What is not stored is taken
 * on trust, since the same change may make it: the desk, which knows the whole change, judges it.
 */
final class TenantReferences implements References {
    private final ConfigurationDesk desk;
    private final Reach reach;
    private final ChangeNames names;

    TenantReferences(final ConfigurationDesk desk, final Reach reach, final ChangeNames names) {
        this.desk = desk;
        this.reach = reach;
        this.names = names;
    }

    @Override
    public ResourceId find(final ResourceKind kind, final String text, final ResourceId account) {
        final ResourceId id = names.find(kind, text, account);
        if (id == null || id.isNil()) {
            return null;
        }
        final StoredResource stored = desk.find(kind, id);
        return stored == null || reach.includes(stored.resource().accountId()) ? id : null;
    }
}
