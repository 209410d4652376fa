package io.tandem.admin.http.resource;

import io.tandem.admin.view.ConfigurationDesk;
import io.tandem.routing.change.StoredResource;
import io.tandem.routing.model.NumberPattern;
import io.tandem.routing.model.References;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.model.UniqueName;

/**
 * Finds what a tenant's resource refers to, and nothing of tenants whom he does not reach. An identifier that nothing
 * has is taken on trust: the desk, which knows the whole change, judges it.
 */
final class TenantReferences implements References {
    private final ConfigurationDesk desk;
    private final Reach reach;

    TenantReferences(final ConfigurationDesk desk, final Reach reach) {
        this.desk = desk;
        this.reach = reach;
    }

    @Override
    public ResourceId find(final ResourceKind kind, final String text, final ResourceId account) {
        final ResourceId id = text.startsWith(BY_NAME)
                ? byName(desk, kind, text.substring(BY_NAME.length()), account)
                : ResourceId.parse(text, kind.prefix());
        if (id == null || id.isNil()) {
            return null;
        }
        final StoredResource stored = desk.find(kind, id);
        return stored == null || reach.includes(stored.resource().accountId()) ? id : null;
    }

    /** Who bears a name, within the account or on the whole platform; null for nobody. */
    static ResourceId byName(
            final ConfigurationDesk desk, final ResourceKind kind, final String name, final ResourceId account) {
        if (kind == ResourceKind.NUMBERS) {
            final NumberPattern pattern = NumberPattern.parse(name);
            return pattern.isThere() ? desk.find(pattern.name()) : null;
        }
        final ResourceId within = desk.find(new UniqueName(kind, kind.nameField(), account, name));
        return within != null ? within : desk.find(new UniqueName(kind, kind.nameField(), ResourceId.NIL, name));
    }
}
