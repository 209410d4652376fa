package io.tandem.routing.model;

import java.util.List;

/**
 * Whether calls are recorded.
 *
 * @param stereo whether each side has a channel of its own.
 */
public record RecordingRule(
        ResourceId id,
        ResourceId accountId,
        PolicyScope scope,
        ResourceId scopeId,
        RecordingDirection direction,
        RecordingMode mode,
        boolean stereo) implements Policy {

    /** Reads one and reports what is wrong with it. */
    public static RecordingRule read(final Fields fields) {
        final ResourceId account = fields.requiredReference("account_id", ResourceKind.ACCOUNTS, ResourceId.NIL);
        final PolicyScope scope = fields.choice("scope_kind", PolicyScope.class, PolicyScope.ACCOUNT);
        final ResourceId scopeId = PolicyScope.readId(fields, scope, account);
        final RecordingDirection direction =
                fields.choice("direction", RecordingDirection.class, RecordingDirection.ANY);
        final RecordingMode mode = fields.requiredChoice("mode", RecordingMode.class);
        final boolean stereo = fields.flag("stereo", false);
        final String key =
                String.join("\n", account.ulid(), Fields.word(scope), scopeId.ulid(), Fields.word(direction));
        final ResourceId id = fields.identity(ResourceKind.RECORDING_RULES, key);
        fields.finish();
        return new RecordingRule(id, account, scope, scopeId, direction, mode, stereo);
    }

    @Override
    public ResourceKind kind() {
        return ResourceKind.RECORDING_RULES;
    }

    @Override
    public List<UniqueName> names() {
        return List.of();
    }

    @Override
    public byte[] json() {
        final CanonicalJson json = new CanonicalJson();
        json.id("id", id, ResourceKind.RECORDING_RULES.prefix());
        json.id("account_id", accountId, ResourceKind.ACCOUNTS.prefix());
        json.word("scope_kind", scope);
        json.id("scope_id", scopeId, scope.kind().prefix());
        json.word("direction", direction);
        json.word("mode", mode);
        json.flag("stereo", stereo);
        return json.finish();
    }
}
