package io.tandem.admin.http.key;

import io.tandem.admin.view.ConfigurationDesk;
import io.tandem.routing.model.ApiKey;
import io.tandem.routing.model.ApiKeyStatus;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import java.util.Optional;

/** The keys of the configuration, found by the hash of their secrets: a key counts from the change that makes it on. */
public final class DeskKeyRing implements KeyRing {
    private final ConfigurationDesk desk;

    /** Keys of a desk. */
    public DeskKeyRing(final ConfigurationDesk desk) {
        this.desk = desk;
    }

    @Override
    public Optional<Credential> holder(final String presented) {
        final ResourceId id = desk.find(ApiKey.byHash(Secret.hash(presented)));
        final var stored = id == null ? null : desk.find(ResourceKind.API_KEYS, id);
        return stored != null && stored.resource() instanceof ApiKey key && key.status() == ApiKeyStatus.ACTIVE
                ? Optional.of(new Credential(
                        "key " + key.id().prefixed(ResourceKind.API_KEYS), key.accountId(), key.scopes()))
                : Optional.empty();
    }
}
