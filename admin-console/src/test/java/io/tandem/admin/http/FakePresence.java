package io.tandem.admin.http;

import io.tandem.admin.http.pbx.PresenceView;
import io.tandem.routing.model.ResourceId;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Phones that are registered and busy as a test says. */
final class FakePresence implements PresenceView {
    final Map<ResourceId, Integer> registered = new ConcurrentHashMap<>();
    final Set<ResourceId> onCall = ConcurrentHashMap.newKeySet();

    @Override
    public int registeredDevices(final ResourceId user) {
        return registered.getOrDefault(user, 0);
    }

    @Override
    public boolean isOnCall(final ResourceId user) {
        return onCall.contains(user);
    }
}
