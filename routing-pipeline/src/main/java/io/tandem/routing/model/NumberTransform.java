package io.tandem.routing.model;

import java.util.List;

/**
 * One rewriting rule for numbers.
 *
 * @param scopeId what it belongs to, of the kind that {@code scope} says.
 * @param matchRegex in the syntax of RE2; searched anywhere unless it says {@code ^} or {@code $}.
 * @param replacement what takes the place of the first match; {@code $1} or {@code \1} for a group.
 * @param ordering lower ones come first; ties by identifier.
 */
public record NumberTransform(
        ResourceId id,
        ResourceId accountId,
        TransformScope scope,
        ResourceId scopeId,
        TransformDirection direction,
        String matchRegex,
        String replacement,
        int ordering,
        boolean stopOnMatch) implements Resource {

    /** Reads one and reports what is wrong with it. */
    public static NumberTransform read(final Fields fields) {
        final ResourceId account = fields.requiredReference("account_id", ResourceKind.ACCOUNTS, ResourceId.NIL);
        final TransformScope scope = fields.requiredChoice("scope_kind", TransformScope.class);
        final ResourceId scopeId = scopeId(fields, scope, account);
        final TransformDirection direction = fields.requiredChoice("direction", TransformDirection.class);
        final String regex = fields.required("match_regex");
        final String replacement = fields.text("replacement", "");
        final int ordering = fields.integer("ordering", 0, 0, Integer.MAX_VALUE);
        final boolean stop = fields.flag("stop_on_match", false);
        final ResourceId id = fields.identity(
                ResourceKind.NUMBER_TRANSFORMS, key(account, scope, scopeId, direction, ordering, regex));
        fields.finish();
        return new NumberTransform(id, account, scope, scopeId, direction, regex, replacement, ordering, stop);
    }

    @Override
    public List<UniqueName> names() {
        return List.of(new UniqueName(ResourceKind.NUMBER_TRANSFORMS, "match_regex", accountId, key()));
    }

    @Override
    public byte[] json() {
        final CanonicalJson json = new CanonicalJson();
        json.id("id", id, ResourceKind.NUMBER_TRANSFORMS.prefix());
        json.id("account_id", accountId, ResourceKind.ACCOUNTS.prefix());
        json.word("scope_kind", scope);
        json.id("scope_id", scopeId, scope.kind().prefix());
        json.word("direction", direction);
        json.text("match_regex", matchRegex);
        json.text("replacement", replacement);
        json.number("ordering", ordering);
        json.flag("stop_on_match", stopOnMatch);
        return json.finish();
    }

    private String key() {
        return key(accountId, scope, scopeId, direction, ordering, matchRegex);
    }

    private static String key(
            final ResourceId account,
            final TransformScope scope,
            final ResourceId scopeId,
            final TransformDirection direction,
            final int ordering,
            final String regex) {
        return String.join(
                "\n",
                account.ulid(),
                String.valueOf(scope),
                scopeId.ulid(),
                String.valueOf(direction),
                Integer.toString(ordering),
                regex);
    }

    private static ResourceId scopeId(final Fields fields, final TransformScope scope, final ResourceId account) {
        if (scope == null) {
            fields.given("scope_id");
            return ResourceId.NIL;
        }
        if (scope == TransformScope.ACCOUNT) {
            return fields.given("scope_id")
                    ? fields.reference("scope_id", ResourceKind.ACCOUNTS, ResourceId.NIL)
                    : account;
        }
        return fields.requiredReference("scope_id", scope.kind(), account);
    }
}
