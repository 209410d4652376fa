package io.tandem.routing.model;

import io.tandem.routing.number.Country;
import java.util.List;

/**
 * Addresses or a country that calls may, or may not, come from.
 *
 * @param value a block of addresses, or a country in two letters, as the type says.
 */
public record AclRule(
        ResourceId id, ResourceId accountId, PolicyScope scope, ResourceId scopeId, AclRuleType ruleType, String value)
        implements Policy {

    /** Reads one and reports what is wrong with it. */
    public static AclRule read(final Fields fields) {
        final ResourceId account = fields.requiredReference("account_id", ResourceKind.ACCOUNTS, ResourceId.NIL);
        final PolicyScope scope = fields.choice("scope_kind", PolicyScope.class, PolicyScope.ACCOUNT);
        final ResourceId scopeId = PolicyScope.readId(fields, scope, account);
        final AclRuleType type = fields.requiredChoice("rule_type", AclRuleType.class);
        final String value = value(fields, type);
        final String key = String.join(
                "\n", account.ulid(), Fields.word(scope), scopeId.ulid(), String.valueOf(type), value);
        final ResourceId id = fields.identity(ResourceKind.ACL_RULES, key);
        fields.finish();
        return new AclRule(id, account, scope, scopeId, type, value);
    }

    @Override
    public ResourceKind kind() {
        return ResourceKind.ACL_RULES;
    }

    @Override
    public List<UniqueName> names() {
        return List.of();
    }

    @Override
    public byte[] json() {
        final CanonicalJson json = new CanonicalJson();
        json.id("id", id, ResourceKind.ACL_RULES.prefix());
        json.id("account_id", accountId, ResourceKind.ACCOUNTS.prefix());
        json.word("scope_kind", scope);
        json.id("scope_id", scopeId, scope.kind().prefix());
        json.word("rule_type", ruleType);
        json.text("value", value);
        return json.finish();
    }

    private static String value(final Fields fields, final AclRuleType type) {
        final String value = fields.required("value");
        if (type == null || value.isEmpty()) {
            return value;
        }
        if (type.isGeo()) {
            final int country = Country.parse(value);
            if (country == Country.NONE) {
                fields.refuse("value", "must be a country of ISO 3166 in two letters for this type", "write it like DE");
            }
            return Country.text(country);
        }
        Trunk.checkRange(fields, "value", value);
        return value;
    }
}
