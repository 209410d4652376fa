package io.tandem.admin.http.pbx;

import io.tandem.routing.model.ResourceId;

/** Who can be reached at the moment. Any thread. */
public interface PresenceView {
    /** Of an appliance whose phones do not register: nobody. */
    PresenceView NOBODY = new PresenceView() {
        @Override
        public int registeredDevices(final ResourceId user) {
            return 0;
        }

        @Override
        public boolean isOnCall(final ResourceId user) {
            return false;
        }
    };

    /** How many of a user's devices are registered. */
    int registeredDevices(ResourceId user);

    /** Whether a user has a call. */
    boolean isOnCall(ResourceId user);
}
