package io.tandem.routing.model;

import java.util.List;

/**
 * Countries that may, or may not, be called.
 *
 * @param countries in two letters, ascending, each once.
 */
public record GeoPolicy(
        ResourceId id,
        ResourceId accountId,
        PolicyScope scope,
        ResourceId scopeId,
        GeoMode mode,
        List<String> countries) implements Policy {

    /** Copies the list. */
    public GeoPolicy {
        countries = List.copyOf(countries);
    }

    /** Reads one and reports what is wrong with it. */
    public static GeoPolicy read(final Fields fields) {
        final ResourceId account = fields.requiredReference("account_id", ResourceKind.ACCOUNTS, ResourceId.NIL);
        final PolicyScope scope = fields.choice("scope_kind", PolicyScope.class, PolicyScope.ACCOUNT);
        final ResourceId scopeId = PolicyScope.readId(fields, scope, account);
        final GeoMode mode = fields.requiredChoice("mode", GeoMode.class);
        final List<String> countries = Countries.readList(fields, "countries");
        if (mode == GeoMode.ALLOWLIST && !fields.given("countries")) {
            fields.warn("countries", "are missing: an empty allowlist lets no call out");
        }
        final String key = String.join(
                "\n", account.ulid(), Fields.word(scope), scopeId.ulid(), String.valueOf(mode));
        final ResourceId id = fields.identity(ResourceKind.GEO_POLICIES, key);
        fields.finish();
        return new GeoPolicy(id, account, scope, scopeId, mode, countries);
    }

    @Override
    public ResourceKind kind() {
        return ResourceKind.GEO_POLICIES;
    }

    @Override
    public List<UniqueName> names() {
        return List.of();
    }

    @Override
    public byte[] json() {
        final CanonicalJson json = new CanonicalJson();
        json.id("id", id, ResourceKind.GEO_POLICIES.prefix());
        json.id("account_id", accountId, ResourceKind.ACCOUNTS.prefix());
        json.word("scope_kind", scope);
        json.id("scope_id", scopeId, scope.kind().prefix());
        json.word("mode", mode);
        json.texts("countries", countries);
        return json.finish();
    }
}
