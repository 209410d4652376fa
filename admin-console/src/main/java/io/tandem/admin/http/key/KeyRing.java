package io.tandem.admin.http.key;

import java.util.Optional;

/** Knows whose a secret is. Any thread. */
@FunctionalInterface
public interface KeyRing {
    /**
     * Whose a secret is.
     *
     * @param presented as the client sent it; {@code sk_} or {@code do_live_} before it do not count.
     * @return empty when it is nobody's, or its key is disabled.
     */
    Optional<Credential> holder(String presented);
}
