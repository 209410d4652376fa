package io.tandem.routing.model;

import java.util.List;
import java.util.Set;

/**
 * A key of the HTTP API: what its holder may do, and the hash of the secret that proves him. The secret has 256 random
 * bits, so one round of SHA-256 is enough: there is nothing to guess that a slow hash would protect.
 *
 * @param hash SHA-256 of the secret behind its prefix, 64 hexadecimal digits.
 * @param scopes such as {@code numbers:read} and {@code numbers:write}, or {@code *} for everything.
 */
public record ApiKey(
        ResourceId id, ResourceId accountId, String name, String hash, List<String> scopes, ApiKeyStatus status)
        implements Resource {

    /** Most scopes of one key. */
    public static final int SCOPES_MAX = 128;

    /** The scope that stands for all of them. */
    public static final String EVERYTHING = "*";

    /** What scopes stand for beside collections. */
    private static final Set<String> NO_COLLECTIONS = Set.of("explain", "revisions");

    private static final int HASH_LENGTH = 64;

    /** Copies the list. */
    public ApiKey {
        scopes = List.copyOf(scopes);
    }

    /** The name under which the key of a secret is found. */
    public static UniqueName byHash(final String hash) {
        return new UniqueName(ResourceKind.API_KEYS, "hash", ResourceId.NIL, hash);
    }

    /** Reads one and reports what is wrong with it. */
    public static ApiKey read(final Fields fields) {
        final ResourceId account = fields.requiredReference("account_id", ResourceKind.ACCOUNTS, ResourceId.NIL);
        final String name = fields.required("name");
        final ResourceId id = fields.identity(ResourceKind.API_KEYS, Trunk.naturalKey(account, name));
        final ApiKey key = new ApiKey(
                id,
                account,
                name,
                readHash(fields),
                readScopes(fields),
                fields.choice("status", ApiKeyStatus.class, ApiKeyStatus.ACTIVE));
        fields.finish();
        return key;
    }

    /** Whether a scope is one of its scopes. */
    public boolean allows(final String scope) {
        return scopes.contains(EVERYTHING) || scopes.contains(scope);
    }

    @Override
    public List<UniqueName> names() {
        return List.of(UniqueName.within(ResourceKind.API_KEYS, accountId, name), byHash(hash));
    }

    @Override
    public void check(final Fields fields, final Resources others) {
        for (final String scope : scopes) {
            final String collection = scope.equals(EVERYTHING) ? "" : scope.substring(0, scope.lastIndexOf(':'));
            if (!collection.isEmpty()
                    && !NO_COLLECTIONS.contains(collection)
                    && ResourceKind.ofCollection(collection) == null) {
                fields.refuse("scopes", "must hold scopes that there are: " + scope, "see GET /v1/openapi.json");
            }
        }
    }

    @Override
    public byte[] json() {
        final CanonicalJson json = new CanonicalJson();
        json.id("id", id, ResourceKind.API_KEYS.prefix());
        json.id("account_id", accountId, ResourceKind.ACCOUNTS.prefix());
        json.text("name", name);
        json.text("hash", hash);
        json.texts("scopes", scopes);
        json.word("status", status);
        return json.finish();
    }

    private static String readHash(final Fields fields) {
        final String hash = fields.required("hash");
        if (!hash.isEmpty() && !isHash(hash)) {
            fields.refuse("hash", "must be 64 hexadecimal digits, lower case", "give the SHA-256 of the secret");
        }
        return hash;
    }

    private static boolean isHash(final String text) {
        if (text.length() != HASH_LENGTH) {
            return false;
        }
        for (int i = 0; i < HASH_LENGTH; i++) {
            final char c = text.charAt(i);
            if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
                return false;
            }
        }
        return true;
    }

    private static List<String> readScopes(final Fields fields) {
        final List<String> scopes = fields.texts("scopes");
        if (scopes.size() > SCOPES_MAX) {
            fields.refuse("scopes", "must have at most " + SCOPES_MAX + " entries", "give * for all of them");
        }
        for (final String scope : scopes) {
            if (!isScope(scope)) {
                fields.refuse(
                        "scopes",
                        "must hold collections with :read or :write behind them, or *: " + scope,
                        "write them like numbers:read");
            }
        }
        return scopes;
    }

    private static boolean isScope(final String scope) {
        if (scope.equals(EVERYTHING)) {
            return true;
        }
        final int colon = scope.lastIndexOf(':');
        return colon > 0 && (scope.endsWith(":read") || scope.endsWith(":write"));
    }
}
