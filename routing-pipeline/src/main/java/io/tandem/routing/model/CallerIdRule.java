package io.tandem.routing.model;

import java.util.List;

/**
 * Which number is shown to whom.
 *
 * @param matchCountry country of the called number; empty for any.
 * @param cidNumber the number shown, in digits.
 * @param cidName the name shown; empty for none.
 * @param priority lower ones come first.
 */
public record CallerIdRule(
        ResourceId id,
        ResourceId accountId,
        PolicyScope scope,
        ResourceId scopeId,
        String matchCountry,
        String cidNumber,
        String cidName,
        int priority) implements Policy {

    /** Greatest priority number. */
    public static final int PRIORITY_MAX = 1_000_000;

    /** Reads one and reports what is wrong with it. */
    public static CallerIdRule read(final Fields fields) {
        final ResourceId account = fields.requiredReference("account_id", ResourceKind.ACCOUNTS, ResourceId.NIL);
        final PolicyScope scope = fields.choice("scope_kind", PolicyScope.class, PolicyScope.ACCOUNT);
        final ResourceId scopeId = PolicyScope.readId(fields, scope, account);
        final String country = Countries.read(fields, "match_country");
        final String number = fields.number("cid_number");
        if (!fields.given("cid_number")) {
            fields.refuse("cid_number", "is required", "write it like 12025550123");
        }
        final String name = fields.text("cid_name", "");
        final int priority = fields.integer("priority", 0, 0, PRIORITY_MAX);
        final String key = String.join(
                "\n",
                account.ulid(),
                Fields.word(scope),
                scopeId.ulid(),
                country,
                Integer.toString(priority),
                number);
        final ResourceId id = fields.identity(ResourceKind.CALLER_ID_RULES, key);
        fields.finish();
        return new CallerIdRule(id, account, scope, scopeId, country, number, name, priority);
    }

    @Override
    public ResourceKind kind() {
        return ResourceKind.CALLER_ID_RULES;
    }

    @Override
    public List<UniqueName> names() {
        return List.of();
    }

    @Override
    public byte[] json() {
        final CanonicalJson json = new CanonicalJson();
        json.id("id", id, ResourceKind.CALLER_ID_RULES.prefix());
        json.id("account_id", accountId, ResourceKind.ACCOUNTS.prefix());
        json.word("scope_kind", scope);
        json.id("scope_id", scopeId, scope.kind().prefix());
        json.text("match_country", matchCountry);
        json.text("cid_number", cidNumber);
        json.text("cid_name", cidName);
        json.number("priority", priority);
        return json.finish();
    }
}
