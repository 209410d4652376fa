package io.tandem.admin.http.key;

import io.tandem.routing.model.ApiKey;
import io.tandem.routing.model.ResourceId;
import java.util.List;

/**
 * Who asks.
 *
 * @param actor for the audit: {@code key key_01j...}, or {@code operator token}.
 * @param account whose resources he may reach; {@link ResourceId#NIL} for all of them.
 * @param scopes what he may do with them.
 */
public record Credential(String actor, ResourceId account, List<String> scopes) {
    /** The appliance's own operator: everything, everywhere. */
    public static final Credential OPERATOR =
            new Credential("operator token", ResourceId.NIL, List.of(ApiKey.EVERYTHING));

    /** Stands for nobody, on open routes. */
    public static final Credential NOBODY = new Credential("nobody", ResourceId.NIL, List.of());

    /** Copies the list. */
    public Credential {
        scopes = List.copyOf(scopes);
    }

    /** Whether he may do what a scope covers; every holder of a key covers the empty one. */
    public boolean allows(final String scope) {
        return scope.isEmpty() || scopes.contains(ApiKey.EVERYTHING) || scopes.contains(scope);
    }

    /** Whether he is bound to no account. */
    public boolean isOperator() {
        return account.isNil();
    }
}
