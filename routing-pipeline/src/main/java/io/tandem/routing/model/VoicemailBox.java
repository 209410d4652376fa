package io.tandem.routing.model;

import java.util.List;

/**
 * A voicemail box, which a media server keeps.
 *
 * @param greetingMediaId what callers hear, or {@link ResourceId#NIL} for the usual prompt in the account's language.
 * @param skipInstructions whether callers hear nothing but the greeting.
 * @param quotaMb most megabytes of messages, or {@link Fields#UNLIMITED}.
 */
public record VoicemailBox(
        ResourceId id,
        ResourceId accountId,
        String name,
        ResourceId greetingMediaId,
        boolean skipInstructions,
        int quotaMb,
        String notifyEmail,
        String pinSecretRef) implements Resource {

    private static final int QUOTA_MB_MAX = 1_000_000;

    /** Reads one and reports what is wrong with it. */
    public static VoicemailBox read(final Fields fields) {
        final ResourceId account = fields.requiredReference("account_id", ResourceKind.ACCOUNTS, ResourceId.NIL);
        final String name = fields.required("name");
        final VoicemailBox box = new VoicemailBox(
                fields.identity(ResourceKind.VOICEMAIL_BOXES, Trunk.naturalKey(account, name)),
                account,
                name,
                fields.reference("greeting_media_id", ResourceKind.MEDIA, account),
                fields.flag("skip_instructions", false),
                fields.integer("quota_mb", Fields.UNLIMITED, 1, QUOTA_MB_MAX),
                fields.text("notify_email", ""),
                fields.secretReference("pin_secret_ref"));
        if (!box.notifyEmail.isEmpty() && (box.notifyEmail.indexOf('@') < 1 || box.notifyEmail.indexOf(' ') >= 0)) {
            fields.refuse("notify_email", "must be a mail address", "write it like desk@example.com");
        }
        fields.finish();
        return box;
    }

    @Override
    public List<UniqueName> names() {
        return List.of(UniqueName.within(ResourceKind.VOICEMAIL_BOXES, accountId, name));
    }

    @Override
    public void check(final Fields fields, final Resources others) {
        Ownership.check(fields, "greeting_media_id", ResourceKind.MEDIA, greetingMediaId, accountId, others);
    }

    @Override
    public byte[] json() {
        final CanonicalJson json = new CanonicalJson();
        json.id("id", id, ResourceKind.VOICEMAIL_BOXES.prefix());
        json.id("account_id", accountId, ResourceKind.ACCOUNTS.prefix());
        json.text("name", name);
        json.id("greeting_media_id", greetingMediaId, ResourceKind.MEDIA.prefix());
        json.flag("skip_instructions", skipInstructions);
        json.number("quota_mb", quotaMb);
        json.text("notify_email", notifyEmail);
        json.text("pin_secret_ref", pinSecretRef);
        return json.finish();
    }
}
